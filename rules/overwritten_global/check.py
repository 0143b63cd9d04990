"""Global outputs that every run of a loop writes."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.loops_above import LoopAbove, is_same_in_all_runs, loops_above
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Artifact, Parameter
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import as_tag


def check(facts: Facts) -> Iterator[Hit]:
    for _, template in facts.templates:
        outputs: list[Parameter | Artifact] = [
            *template.outputs.parameters,
            *template.outputs.artifacts,
        ]
        for output in outputs:
            name = output.global_name
            for loop in loops_above(facts, template) if name is not None else ():
                if name is not None and is_same_in_all_runs(loop, name):
                    yield _hit(loop, output, name)
                    break


def _hit(loop: LoopAbove, output: Parameter | Artifact, name: Scalar) -> Hit:
    step = loop.fanout.step
    words = {"fan": step.label, "name": name.value}
    words["list"] = "pass the value up as an output, and read the list of them all"
    if len(loop.way) == 1:
        name_of_all = f"{step.root}.{step.label}.outputs.parameters.{output.name.value}"
        words["list"] = f"read the list of all runs, '{as_tag(name_of_all)}'"
    place = Place(loop.fanout.manifest.path, loop.fanout.loop.key.span)
    face = "artifact" if isinstance(output, Artifact) else "every"
    return hit(node_place(name), face, (Related(place, "the loop"),), **words)
