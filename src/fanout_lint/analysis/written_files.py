"""The files that a template surely writes, each with the place that says so.

An output parameter is read from a file that the main container has written, and so is
an output artifact. What a script writes is known where its language is read.
"""

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import node_place
from fanout_lint.analysis.producers import Producer, Producers
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Place
from fanout_lint.syntax.nodes import Scalar, child_scalar
from fanout_lint.unknown import Unknown


class WrittenFile(Struct, frozen=True, eq=False):
    """A file at the absolute ``path``; ``name`` is the scalar that has it, tags and all.

    In a script a file has no ``name``: its path has no tags, else it would not be known.
    """

    path: str
    place: Place
    name: Scalar | None = None


def written_files(producers: Producers, target: Target) -> Iterator[WrittenFile]:
    """Yield the files that *target* writes from their beginning, each once, its script's first."""
    seen: set[str] = set()
    for written in (*_by_script(producers, target), *_by_outputs(target)):
        if written.path not in seen:
            seen.add(written.path)
            yield written


def _by_outputs(target: Target) -> Iterator[WrittenFile]:
    outputs = target.template.outputs
    for parameter in outputs.parameters:
        if parameter.value_from is not None and parameter.value_from.path is not None:
            yield _output(parameter.value_from.path)
    for artifact in outputs.artifacts:
        # What has no ending may be a folder, in which each run has files of its own.
        if artifact.path is not None and posixpath.splitext(artifact.path.value)[1]:
            yield _output(artifact.path)


def _output(path: Scalar) -> WrittenFile:
    return WrittenFile(posixpath.normpath(path.value), node_place(path), path)


def _by_script(producers: Producers, target: Target) -> Iterator[WrittenFile]:
    producer = producers.of(target)
    if isinstance(producer, Unknown) or producer.output.always_fails:
        return
    yield from _emptied(producer)


def _emptied(producer: Producer) -> Iterator[WrittenFile]:
    """Yield the files that a script surely empties first, and then writes something into."""
    from fanout_lint.analysis.scripts.outputs import Certainty

    output = producer.output
    folder = _folder(producer)
    filled = {write.target for write in output.writes if write.content}
    for write in output.writes:
        name = write.target
        if not write.truncates or not isinstance(name, str) or name not in filled:
            continue
        path = posixpath.normpath(posixpath.join(folder, name))
        if not path.startswith("/") or output.certainty(write) != Certainty.SURE:
            continue
        place = producer.place(write, name)
        if place is not None:
            yield WrittenFile(path, place)


def _folder(producer: Producer) -> str:
    """Return the folder that the script runs in, empty where that is not known."""
    folder = child_scalar(producer.template.body, "workingDir")
    if folder is None or "{{" in folder.value:
        return ""
    # What the script says about a change of folder is not followed here.
    is_left = any(word in producer.script.text for word in ("cd ", "chdir", "pushd"))
    return "" if is_left else folder.value
