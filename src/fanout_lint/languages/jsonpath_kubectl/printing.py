"""The text that kubectl prints for a template, in whatever order it walks maps."""

from fanout_lint.languages.expression.json_text import UnknownText, marshal
from fanout_lint.languages.expression.values import GoError, SizedNumber
from fanout_lint.languages.jsonpath_kubectl.evaluation import (
    MAX_STEPS,
    Evaluation,
    TemplateUnknown,
    Values,
)
from fanout_lint.languages.jsonpath_kubectl.nodes import Template, TemplateError
from fanout_lint.languages.sprig.kinds import real_text

#: So many orders of maps are tried. A result that hangs on the order differs in half of
#: all orders or more.
_ORDERS = 16

#: Beyond so many steps they are not tried.
_MAX_RETRIED = 3_000


def print_template(template: Template, document: object) -> tuple[list[Values], str]:
    """Return the values of each part and the text that kubectl prints.

    Raises TemplateError where the template fails, and TemplateUnknown where the order
    of a map decides, or too much is to be done.
    """
    evaluation = Evaluation(template)
    outcome = _outcome(evaluation, document)
    if evaluation.by_chance:
        if evaluation.left < MAX_STEPS - _MAX_RETRIED:
            raise TemplateUnknown
        from random import Random

        for seed in range(_ORDERS):
            other = _outcome(Evaluation(template, Random(seed)), document)
            if type(other) is not type(outcome) or (
                not isinstance(outcome, TemplateError) and other != outcome
            ):
                raise TemplateUnknown
    if isinstance(outcome, TemplateError):
        raise outcome
    results = evaluation.results
    return results, outcome


def _outcome(evaluation: Evaluation, document: object) -> str | TemplateError:
    try:
        evaluation.results = evaluation.run(document)
    except TemplateError as error:
        return error
    whole = "".join(" ".join(map(_text, values)) for values in evaluation.results)
    if any("\ud800" <= character <= "\udfff" for character in whole):
        raise TemplateUnknown
    return whole


def _text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case float():
            return real_text(value)
        case int() if abs(value) >= 1_000_000:
            raise TemplateUnknown
        case int():
            return str(value)
        case SizedNumber(value=number):
            return str(number)
        case dict() | list():
            try:
                return marshal(value)
            except (UnknownText, GoError) as error:
                raise TemplateUnknown from error
    return "<no value>"
