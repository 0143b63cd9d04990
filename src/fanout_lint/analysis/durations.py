"""The fields of a manifest that hold durations, each with the dialect that Argo reads it in.

Most take a plain number for seconds; two call Go's own parser, which does not
(``pkg/apis/workflow/v1alpha1/utils.go`` and ``container_set_template_types.go``,
``workflow/controller/operator.go`` of v4.1.2).
"""

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.model.workflow import CALLERS, Template
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, child_mapping, child_scalar


class Reader(Enum):
    """Who reads the field, and when."""

    TIMEOUT = "timeout"  #: At every start; ``argo lint`` refuses a plain number.
    START = "start"  #: At every start.
    CACHE = "cache"  #: At every start, in Go's dialect.
    CONTAINER_SET = "container-set"  #: In the pod at every start, in Go's dialect.
    RETRY = "retry"  #: After a run has failed.
    CLEANUP = "cleanup"  #: At the end; what cannot be read is as if it were not there.

    @property
    def takes_plain_seconds(self) -> bool:
        return self not in (Reader.CACHE, Reader.CONTAINER_SET)


class DurationField(Struct, frozen=True, eq=False):
    """A duration that is written out. ``name`` is the field as people write it, with its parent."""

    name: str
    reader: Reader
    text: Scalar


def duration_fields(facts: Facts) -> Iterator[DurationField]:
    """Yield the durations of the focus that are texts without tags."""
    for manifest in facts.focus:
        spec = manifest.spec
        yield from _of("podGC.deleteDelayDuration", Reader.CLEANUP, child_mapping(spec, "podGC"))
        yield from _retry(spec)
        if manifest.template_defaults is not None:
            yield from _template(manifest.template_defaults)
            yield from _retry(manifest.template_defaults)
    for _, template in facts.templates:
        yield from _retry(template.node)
        if not _runs_others(template):
            yield from _template(template.node)


def _runs_others(template: Template) -> bool:
    return template.kind in CALLERS


def _template(node: Mapping) -> Iterator[DurationField]:
    yield from _of("timeout", Reader.TIMEOUT, node)
    yield from _of("pendingTimeout", Reader.START, node)
    yield from _of("suspend.duration", Reader.START, child_mapping(node, "suspend"))
    memoize = child_mapping(node, "memoize")
    if child_mapping(child_mapping(memoize, "cache"), "configMap") is not None:
        yield from _of("memoize.maxAge", Reader.CACHE, memoize)
    retry = child_mapping(child_mapping(node, "containerSet"), "retryStrategy")
    if retry is not None and retry.get("retries") is not None:
        yield from _of("retryStrategy.duration", Reader.CONTAINER_SET, retry)


def _retry(node: Mapping) -> Iterator[DurationField]:
    backoff = child_mapping(child_mapping(node, "retryStrategy"), "backoff")
    for name in ("duration", "maxDuration", "cap"):
        yield from _of(f"backoff.{name}", Reader.RETRY, backoff)


def _of(name: str, reader: Reader, node: Node | None) -> Iterator[DurationField]:
    text = child_scalar(node, name.split(".")[-1])
    if text is not None and text.value and "{{" not in text.value and is_plain_text(text):
        yield DurationField(name, reader, text)
