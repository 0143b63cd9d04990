"""Bytes become text within bounds, or it is said why not."""

import io
import os
import threading
import time
from pathlib import Path

import pytest

from fanout_lint.source.read import (
    MAX_BYTES,
    Unreadable,
    decode,
    holds_argo,
    read_argo_file,
    read_file,
    read_stream,
)
from fanout_lint.source.text import Position, Source

ARGO = "apiVersion: argoproj.io/v1alpha1\n"


def wrong(outcome: object) -> tuple[str, dict[str, str], Position]:
    assert isinstance(outcome, Unreadable)
    return outcome.face, dict(outcome.words), outcome.source.position(outcome.offset)


@pytest.mark.parametrize(
    "data",
    [
        "a: é\r\n".encode(),
        "a: é\r\n".encode("utf-8-sig"),
        b"\xff\xfe" + "a: é\r\n".encode("utf-16-le"),
        b"\xfe\xff" + "a: é\r\n".encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16 little", "utf-16 big"],
)
def test_text_begins_after_the_mark_and_keeps_its_line_ends(data: bytes) -> None:
    assert decode("x.yaml", data) == Source("x.yaml", "a: é\r\n")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: 1\nb: \xc3\xa9\xff!\n", ("encoding", {"byte": "0xff", "encoding": "UTF-8"}, (2, 5))),
        (b"a: \xed\xa0\x80", ("encoding", {"byte": "0xed", "encoding": "UTF-8"}, (1, 4))),
        (b"a: \xe2\x82", ("encoding", {"byte": "0xe2", "encoding": "UTF-8"}, (1, 4))),
        (
            b"\xff\xfea\0\n\0\x00\xd8b\0",
            ("encoding", {"byte": "0x00", "encoding": "UTF-16"}, (2, 1)),
        ),
        (b"\xff\xfea\0b", ("encoding", {"byte": "0x62", "encoding": "UTF-16"}, (1, 2))),
        (b"a\nb\0c", ("binary", {}, (2, 2))),
        (b"\x89PNG\r\n\0\0", ("binary", {}, (1, 1))),
        (b"PK\0\xff", ("binary", {}, (1, 3))),
        ("a: 1".encode("utf-16-le"), ("binary", {}, (1, 2))),
        ("a: 1".encode("utf-32"), ("binary", {}, (1, 1))),
    ],
)
def test_first_wrong_byte_is_placed(
    data: bytes, expected: tuple[str, dict[str, str], tuple[int, int]]
) -> None:
    face, words, place = expected

    assert wrong(decode("x.yaml", data)) == (face, words, Position(*place))


def test_source_of_what_is_wrong_shows_its_line_and_no_more() -> None:
    outcome = decode("x.yaml", b"first\nsecond \xff line\nthird\n" + b"x" * 1000)

    assert isinstance(outcome, Unreadable)
    assert outcome.source.text == "first\nsecond \ufffd line"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ARGO.encode(), True),
        (ARGO.encode("utf-8-sig"), True),
        (b"\xff\xfe" + ARGO.encode("utf-16-le"), True),
        (b"\xfe\xff" + ARGO.encode("utf-16-be"), True),
        (ARGO.encode("utf-16-le"), False),
        (b"apiVersion: apps/v1\n", False),
        (b"", False),
    ],
)
def test_the_name_of_the_group_is_found_in_each_encoding(data: bytes, expected: bool) -> None:
    assert holds_argo(data) is expected


def test_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    locked = tmp_path / "locked.yaml"
    locked.write_text(ARGO)
    locked.chmod(0)
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    outcomes = {
        name: read_file(str(tmp_path / name), name)
        for name in ("absent.yaml", "dangling.yaml", "locked.yaml/x", ".")
    }

    faces = {name: wrong(outcome)[0] for name, outcome in outcomes.items()}

    assert faces == {
        "absent.yaml": "gone",
        "dangling.yaml": "gone",
        "locked.yaml/x": "gone",
        ".": "folder",
    }


def test_file_without_permission_is_forbidden(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything; runs as any other user")
    locked = tmp_path / "locked.yaml"
    locked.write_text(ARGO)
    locked.chmod(0)

    assert wrong(read_file(str(locked), "x"))[0] == "forbidden"
    assert wrong(read_argo_file(str(locked), "x"))[0] == "forbidden"


def large(path: Path, head: str) -> Path:
    with path.open("wb") as stream:
        stream.write(head.encode())
        stream.truncate(MAX_BYTES + 1)
    return path


def test_large_file_is_refused_without_being_held(tmp_path: Path) -> None:
    named = read_file(str(large(tmp_path / "a.yaml", "")), "a.yaml")
    streamed = read_stream(io.BytesIO(b"x" * (MAX_BYTES + 1)), "-")

    assert wrong(named)[:2] == ("too-large", {"limit": "16 MiB"})
    assert wrong(streamed)[:2] == ("too-large", {"limit": "16 MiB"})


def test_file_of_the_greatest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"#" * MAX_BYTES)

    outcome = read_file(str(path), "a.yaml")

    assert isinstance(outcome, bytes)
    assert len(outcome) == MAX_BYTES


def test_large_file_of_a_walk_counts_only_if_it_is_argos(tmp_path: Path) -> None:
    ours = large(tmp_path / "ours.yaml", "#" * (1024 * 1024 - 5) + ARGO)
    others = large(tmp_path / "others.yaml", "kind: Other\n")

    assert wrong(read_argo_file(str(ours), "ours.yaml"))[0] == "too-large"
    assert read_argo_file(str(others), "others.yaml") is None


def test_large_utf_16_file_of_a_walk_is_recognised_across_portions(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    text = "#" * (512 * 1024 - 20) + ARGO + "#" * MAX_BYTES
    path.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))

    assert wrong(read_argo_file(str(path), "ours.yaml"))[0] == "too-large"


def _write_later(handle: int) -> None:
    time.sleep(0.1)
    os.write(handle, ARGO.encode())
    os.close(handle)


@pytest.mark.timeout(10)
def test_pipe_is_read_when_it_is_named_and_passed_by_in_a_walk(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)

    assert wrong(read_argo_file(str(path), "pipe.yaml"))[0] == "special"

    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(path, "wb", buffering=0) as writer:
        threading.Thread(target=_write_later, args=(os.dup(writer.fileno()),)).start()
    outcome = read_file(str(path), "pipe.yaml")
    os.close(reader)

    assert outcome == ARGO.encode()


def test_device_without_end_is_too_large() -> None:
    if not os.path.exists("/dev/zero"):
        pytest.skip("runs where there is /dev/zero")

    assert wrong(read_file("/dev/zero", "/dev/zero"))[0] == "too-large"
