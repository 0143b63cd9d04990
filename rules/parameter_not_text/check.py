"""Values of parameters that are lists or maps, which Argo makes empty."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.origins import Literal
from fanout_lint.analysis.written_values import Written, parameter_values
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest
from fanout_lint.syntax.nodes import Scalar, Sequence


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        for written in parameter_values(manifest):
            if type(written.node) is not Scalar and written.parameter is not None:
                yield _hit(facts, manifest, written, written.parameter.name.value)


def _hit(facts: Facts, manifest: Manifest, written: Written, name: str) -> Hit:
    is_list = type(written.node) is Sequence
    related = tuple(
        Related(
            Place(fanout.manifest.path, fanout.loop.value.span),
            f"'{fanout.step.label}' loops over it, and so runs once, without an item",
        )
        for fanout in facts.links.fanouts_of(manifest)
        for origin in fanout.origins
        if isinstance(origin, Literal) and origin.node is written.node
    )
    words = {"name": name, "what": "list" if is_list else "map"}
    words["json"] = '\'["a", "b"]\'' if is_list else '\'{"key": "value"}\''
    face = "default" if written.is_default else "value"
    return hit(node_place(written.node), face, related[:1], **words)
