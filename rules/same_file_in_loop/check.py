"""Files and artifacts that every run of a loop writes to one place."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.loops_above import (
    LoopAbove,
    is_same_in_all_runs,
    loop_over_same,
    loops_above,
    runs_one_by_one,
)
from fanout_lint.analysis.project import Target
from fanout_lint.analysis.shared_volumes import has_mounts, mount_of, mounts, shared_in
from fanout_lint.analysis.stored_artifacts import folder_read, stored_artifacts
from fanout_lint.analysis.written_files import written_files
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.syntax.nodes import scalars


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        yield from _artifacts(facts, manifest, template)
        if has_mounts(template):
            yield from _files(facts, manifest, template)


def _artifacts(facts: Facts, manifest: Manifest, template: Template) -> Iterator[Hit]:
    told: set[int] = set()
    for stored in stored_artifacts(template):
        loop = loop_over_same(facts, template, stored.identity)
        if loop is None or id(stored.key) in told:
            continue
        if len(loop.way) > 1 and runs_one_by_one(facts, loop):
            continue
        told.add(id(stored.key))
        words = {"name": stored.artifact.name.value}
        folder = folder_read((manifest, loop.fanout.manifest), stored)
        if folder is None:
            face = "key" if stored.is_own else "archive"
            yield _hit(loop, node_place(stored.key), face, words)
            continue
        words["folder"] = folder.value
        is_lost = loop.is_sure and not stored.artifact.is_optional and _differs(loop, template)
        face = "lost" if is_lost else "collected"
        reader = Related(node_place(folder), "this reads a folder")
        yield _hit(loop, node_place(stored.key), face, words, reader)


def _differs(loop: LoopAbove, template: Template) -> bool:
    """Whether the runs are given different things to do."""
    texts = (text for text in scalars(template.node) if "{{" in text.value)
    return any(not is_same_in_all_runs(loop, text) for text in texts)


def _files(facts: Facts, manifest: Manifest, template: Template) -> Iterator[Hit]:
    loops = tuple(loops_above(facts, template))
    known = mounts(template, (manifest, *(loop.fanout.manifest for loop in loops)))
    shared = [mount for mount in known if shared_in(facts, template, mount) is not None]
    if not shared:
        return  # No script is read for nothing.
    for written in written_files(facts.links.producers, Target(template, manifest)):
        mount = mount_of(written.path, known)
        if mount is None or mount not in shared:
            continue
        loop = shared_in(facts, template, mount, written.name)
        if loop is not None:
            words = {"path": written.path, "volume": mount.volume}
            yield _hit(loop, written.place, "path", words)


def _hit(loop: LoopAbove, place: Place, face: str, words: dict[str, str], *also: Related) -> Hit:
    above = Place(loop.fanout.manifest.path, loop.fanout.loop.key.span)
    words["fan"] = loop.fanout.step.label
    return hit(place, face, (Related(above, "the loop"), *also), **words)
