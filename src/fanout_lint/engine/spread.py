"""Spreads work over copies of this process, where the system can make some (``fork``).

To judge files takes longer than to read them, and each is judged by itself once all are
linked. A copy starts at once, shares what has been read, and sends back its results only.
Some files take a hundred times as long as others, so nobody is told beforehand which are theirs.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeVar

from msgspec import Struct, msgpack

Result = TypeVar("Result")

_WORTH_IT = 50
"""For how many files a copy pays; to make one and to hear from it takes some milliseconds."""
_MOST = 8
_PARTS = 255
"""Into how many parts work is cut at most: the number of each is a byte, which is read whole."""
_NUMBER = 8  #: The bytes of each number before a result: its index, and how long it is.


class _Copy(Struct, frozen=True):
    """Another process at work; each of its results comes through ``results`` with its index."""

    pid: int
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
    parts = [range(first, count, _PARTS) for first in range(min(count, _PARTS))]
    todo = _queue(len(parts)) if processes > 1 else None
    if todo is None:
        return [_counted(work, index, advance) for index in range(count)]
    copies = [_start(work, todo, parts) for _ in range(processes - 1)]
    done = {index: _counted(work, index, advance) for index in _taken(todo, parts)}
    os.close(todo)
    decoder = msgpack.Decoder(kind)
    for copy in filter(None, copies):
        for index, result in _received(copy):
            done[index] = decoder.decode(result)
            advance()
    for index in range(count):
        if index not in done:
            done[index] = _counted(work, index, advance)
    return [done[index] for index in range(count)]


def _counted(work: Callable[[int], Result], index: int, advance: Callable[[], None]) -> Result:
    result = work(index)
    advance()
    return result


def _queue(parts: int) -> int | None:
    """Return a file that holds the numbers of *parts*, a byte each: whoever is free takes the next.

    ``None`` where the system allows no more files.
    """
    try:
        reading, writing = os.pipe()
    except OSError:
        return None
    os.write(writing, bytes(range(parts)))
    os.close(writing)
    return reading


def _taken(todo: int, parts: Sequence[range]) -> Iterator[int]:
    """Yield the indexes of one part after the other, until all are taken."""
    while number := os.read(todo, 1):
        yield from parts[number[0]]


def _start(work: Callable[[int], object], todo: int, parts: Sequence[range]) -> _Copy | None:
    """Return a copy at work on *todo*; ``None`` where the system allows no more of them."""
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
        return _Copy(pid, os.fdopen(reading, "rb"))
    try:
        os.close(reading)
        encoder = msgpack.Encoder()
        results = [(index, encoder.encode(work(index))) for index in _taken(todo, parts)]
        # Not before: a pipe that is full stops who writes, until the other has done its own.
        with os.fdopen(writing, "wb") as pipe:
            for index, result in results:
                pipe.write(index.to_bytes(_NUMBER) + len(result).to_bytes(_NUMBER))
                pipe.write(result)
    finally:
        os._exit(0)  # Whatever happened: what is missing is done by the one who started it.


def _received(copy: _Copy) -> Iterator[tuple[int, bytes]]:
    """Yield the results of *copy* with their indexes, until there are no more whole ones."""
    with copy.results:
        while len(numbers := copy.results.read(2 * _NUMBER)) == 2 * _NUMBER:
            size = int.from_bytes(numbers[_NUMBER:])
            if len(result := copy.results.read(size)) < size:
                break
            yield int.from_bytes(numbers[:_NUMBER]), result
    os.waitpid(copy.pid, 0)
