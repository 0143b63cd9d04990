"""The scripts that make the lists of loops, each with the loop that takes it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.producers import Producer
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Place
from fanout_lint.model.workflow import Manifest
from fanout_lint.unknown import Unknown

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.verdict import Verdict


class Source(Struct, frozen=True):
    """A script whose output ``read`` takes as the list of ``fanout``.

    ``reader`` is the place of the tag that takes it. ``path`` is the file that
    holds the list, empty where it is printed.
    """

    fanout: FanOut
    read: ReadsStep
    producer: Producer
    verdict: "Verdict"
    reader: Place
    path: str

    @property
    def script_place(self) -> Place:
        """Where the producer's body begins: its key, as ``script``."""
        template = self.producer.template
        node = template.node
        key = node.key(template.kind.value) if template.kind is not None else None
        return Place(node.source.path, (key or node).span)


def list_sources(facts: Facts) -> Iterator[Source]:
    """Yield every script of the focus that makes the list of a loop, once for each part.

    A library's scripts are also read by those that call them, from any file.
    """
    seen: set[tuple[int, Part, str]] = set()
    for manifest in dict.fromkeys((*facts.focus, *_callers(facts))):
        for fanout, origin, read, target in facts.links.list_reads(manifest):
            key = (id(target.template), read.part, read.name)
            if key in seen or target.manifest not in facts.focus:
                continue
            producer = facts.links.producers.of(target)
            if isinstance(producer, Unknown):
                continue
            seen.add(key)
            verdict = facts.links.producers.judge(read, target)
            reader = Place(origin.site.manifest.path, origin.reference.span)
            yield Source(fanout, read, producer, verdict, reader, _path(read, target))


def _callers(facts: Facts) -> Iterator[Manifest]:
    for manifest, template in facts.templates:
        for call in facts.links.callers.of(template) if manifest.is_library else ():
            yield call.manifest


def _path(read: ReadsStep, target: Target) -> str:
    output = target.template.outputs.parameter(read.name)
    source = output.value_from if output is not None else None
    return source.path.value if source is not None and source.path is not None else ""
