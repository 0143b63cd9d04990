"""Spreads work over copies of this process, where the system can make some (``fork``).

To judge files takes longer than to read them, and each is judged by itself once all are
linked. A copy starts at once, shares what has been read, and sends back its results only.
"""

import os
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

from msgspec import Struct, msgpack

Result = TypeVar("Result")

_WORTH_IT = 50
"""For how many files a copy pays; to make one and to hear from it takes some milliseconds."""
_MOST = 8
_LENGTH = 8  #: The bytes before each result that say how long it is.


class _Copy(Struct, frozen=True):
    """Another process at work on ``share``; its results come through ``results`` in that order."""

    pid: int
    share: range
    results: BinaryIO


def processes_for(files: int) -> int:
    """Return over how many processes to spread work on so many files.

    macOS has ``fork``, but its own libraries may not survive one; nor may a thread, which
    is not copied, and keeps what it has locked.
    """
    threading = sys.modules.get("threading")  # Who has any threads has imported it.
    has_threads = threading is not None and threading.active_count() > 1
    if not hasattr(os, "fork") or sys.platform == "darwin" or has_threads:
        return 1
    usable = getattr(os, "sched_getaffinity", None)
    processors = len(usable(0)) if usable is not None else os.cpu_count() or 1
    return max(1, min(processors, files // _WORTH_IT, _MOST))


def spread(
    work: Callable[[int], Result],
    count: int,
    processes: int,
    kind: type[Result],
    advance: Callable[[], None],
) -> list[Result]:
    """Return ``work(0)`` to ``work(count - 1)``, and call *advance* once for each.

    *kind* is the type of the results, one that msgpack can carry. What a copy does not
    bring to an end is done here.
    """
    shares = [range(first, count, processes) for first in range(1, processes)]
    copies = [copy for share in shares if (copy := _start(work, share)) is not None]
    done: dict[int, Result] = {}
    for index in range(0, count, processes):
        done[index] = work(index)
        advance()
    decoder = msgpack.Decoder(kind)
    for copy in copies:
        for index, result in zip(copy.share, _received(copy), strict=False):
            done[index] = decoder.decode(result)
            advance()
    for index in range(count):
        if index not in done:
            done[index] = work(index)
            advance()
    return [done[index] for index in range(count)]


def _start(work: Callable[[int], object], share: range) -> _Copy | None:
    """Return a copy at work on *share*; ``None`` where the system allows no more of them."""
    try:
        reading, writing = os.pipe()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if pid:
        os.close(writing)
        return _Copy(pid, share, os.fdopen(reading, "rb"))
    try:
        os.close(reading)
        encoder = msgpack.Encoder()
        results = [encoder.encode(work(index)) for index in share]
        # Not before: a pipe that is full stops who writes, until the other has done its own.
        with os.fdopen(writing, "wb") as pipe:
            for result in results:
                pipe.write(len(result).to_bytes(_LENGTH))
                pipe.write(result)
    finally:
        os._exit(0)  # Whatever happened: what is missing is done by the one who started it.


def _received(copy: _Copy) -> Iterator[bytes]:
    """Yield the results of *copy* as they come, until there are no more whole ones."""
    with copy.results:
        while len(length := copy.results.read(_LENGTH)) == _LENGTH:
            size = int.from_bytes(length)
            if len(result := copy.results.read(size)) < size:
                break
            yield result
    os.waitpid(copy.pid, 0)
