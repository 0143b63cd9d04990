"""Arguments that the called template does not take."""

from collections.abc import Iterator

from fanout_lint.analysis.arguments import unknown_arguments
from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Parameter
from fanout_lint.rulebook.words import offer


def check(facts: Facts) -> Iterator[Hit]:
    for call in facts.calls:
        for argument in unknown_arguments(call):
            target = call.targets[0]
            is_parameter = isinstance(argument, Parameter)
            inputs = target.template.inputs
            known = inputs.parameters if is_parameter else inputs.artifacts
            words = {
                "template": target.template.label,
                "name": argument.name.value,
                "offer": offer(argument.name.value, (each.name.value for each in known)),
            }
            name = target.template.name
            related = (
                (Related(Place(target.manifest.path, name.span), "this template is called"),)
                if name is not None
                else ()
            )
            place = Place(call.manifest.path, argument.name.span)
            yield hit(place, "parameter" if is_parameter else "artifact", related, **words)
