"""Bytes to a :class:`Source`, or why there is none.

The text is what stands after the byte-order mark; line ends stay as they are, so
offsets count the characters of the file. UTF-8 it is, or UTF-16 where a mark says
so: Go's YAML reader knows no others (``go.yaml.in/yaml/v2 readerc.go``).

No more than :data:`MAX_BYTES` of a file is ever held.
"""

import codecs
import os
import stat
from collections.abc import Mapping
from typing import BinaryIO, Final

from msgspec import Struct, field

from fanout_lint.source.text import Source

MAX_BYTES: Final = 16 * 1024 * 1024
"""What a file may hold; a manifest in a cluster may have 1.5 MB."""

_GROUP: Final = b"argoproj.io"
_CHUNK: Final = 1024 * 1024
_SHOWN: Final = 200
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


class Unreadable(Struct, frozen=True):
    """A file that gives no text.

    ``face`` says why: ``binary``, ``encoding`` (words: ``byte``, ``encoding``),
    ``gone``, ``folder``, ``forbidden``, ``too-large`` (``limit``), ``special`` (a
    socket or a disk) or ``failed`` (``reason``: what the system says). ``source``
    has as much of the text as it takes to show ``offset``, where the first wrong
    byte stands; it is empty where none was read.
    """

    source: Source
    face: str
    words: Mapping[str, str] = field(default_factory=dict)
    offset: int = 0


def holds_argo(data: bytes) -> bool:
    """Whether *data* may be a manifest of Argo: the name of its API group occurs."""
    if _GROUP in data:
        return True
    if data.startswith(codecs.BOM_UTF16_LE):
        return _GROUP.decode().encode("utf-16-le") in data
    if data.startswith(codecs.BOM_UTF16_BE):
        return _GROUP.decode().encode("utf-16-be") in data
    return False


def decode(display: str, data: bytes) -> Source | Unreadable:
    """Return the text of *data*, of a file that findings call *display*."""
    codec, encoding = "utf-8", "UTF-8"
    for mark, marked_codec, marked_encoding in _MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            codec, encoding = marked_codec, marked_encoding
            break
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        return _undecodable(display, data, error, encoding)
    wrong = text.find("\0")
    if wrong >= 0:
        return Unreadable(Source(display, _to_line_end(text, wrong)), "binary", {}, wrong)
    return Source(display, text)


def _undecodable(display: str, data: bytes, error: UnicodeDecodeError, encoding: str) -> Unreadable:
    before = data[: error.start].decode(error.encoding)
    if "\0" in before:
        wrong = before.index("\0")
        return Unreadable(Source(display, _to_line_end(before, wrong)), "binary", {}, wrong)
    after = data[error.start : error.start + 4 * _SHOWN].decode(error.encoding, "replace")
    text = _to_line_end(before + after, len(before))
    if b"\0" in data[:_CHUNK] and encoding == "UTF-8":
        return Unreadable(Source(display, text), "binary", {}, len(before))
    words = {"byte": f"0x{data[error.start]:02x}", "encoding": encoding}
    return Unreadable(Source(display, text), "encoding", words, len(before))


def _to_line_end(text: str, at: int) -> str:
    """Return *text* up to the end of the line around *at*, cut where that is far."""
    stops = [stop for stop in (text.find("\n", at), text.find("\r", at)) if stop >= 0]
    return text[: min([*stops, at + _SHOWN])]


def read_file(path: str, display: str) -> bytes | Unreadable:
    """Return the bytes of the file that is asked for by name; a pipe is read to its end."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            return Unreadable(Source(display, ""), "folder")
        if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            return Unreadable(Source(display, ""), "special")
        with open(path, "rb", buffering=0) as stream:
            if stat.S_ISREG(mode) and os.fstat(stream.fileno()).st_size > MAX_BYTES:
                return _too_large(display)
            return read_stream(stream, display)
    except OSError as error:
        return _refused(display, error)


def read_stream(stream: BinaryIO, display: str) -> bytes | Unreadable:
    """Return what *stream* holds up to its end."""
    chunks = []
    size = 0
    while chunk := stream.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            return _too_large(display)
    return b"".join(chunks)


def read_argo_file(path: str, display: str) -> bytes | Unreadable | None:
    """Return the bytes of a file that a walk found, ``None`` where it is not Argo's.

    A pipe or device that took the file's place is not waited for. What cannot be
    opened has an ``Unreadable`` other than ``too-large``, and may be anyone's.
    """
    try:
        # Without O_NONBLOCK, opening a pipe waits for someone to write into it.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except OSError as error:
        return _refused(display, error)
    try:
        return _read_argo(handle, display)
    except OSError as error:
        return _refused(display, error)
    finally:
        os.close(handle)


_BINARY: Final[int] = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _read_argo(handle: int, display: str) -> bytes | Unreadable | None:
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode):
        return Unreadable(Source(display, ""), "special")
    if facts.st_size > MAX_BYTES:
        return _too_large(display) if _streams_argo(handle) else None
    data = os.read(handle, facts.st_size + 1)
    if len(data) != facts.st_size:
        # It grew or shrank, or the system reads in smaller portions.
        while (more := os.read(handle, _CHUNK)) and len(data) <= MAX_BYTES:
            data += more
        if len(data) > MAX_BYTES:
            return _too_large(display)
    return data if holds_argo(data) else None


def _streams_argo(handle: int) -> bool:
    mark = b""
    tail = b""
    while chunk := os.read(handle, _CHUNK):
        mark = mark or chunk[:2]
        # The mark goes before each portion, since it says how the rest is written.
        if holds_argo(mark + tail + chunk):
            return True
        tail = chunk[-2 * len(_GROUP) :]
    return False


def _too_large(display: str) -> Unreadable:
    words = {"limit": f"{MAX_BYTES // 1024 // 1024} MiB"}
    return Unreadable(Source(display, ""), "too-large", words)


def _refused(display: str, error: OSError) -> Unreadable:
    nothing = Source(display, "")
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return Unreadable(nothing, "gone")
        case PermissionError():
            return Unreadable(nothing, "forbidden")
        case IsADirectoryError():
            return Unreadable(nothing, "folder")
        case _:
            reason = error.strerror or type(error).__name__
            return Unreadable(nothing, "failed", {"reason": reason})
