"""``valueFrom.jsonPath`` of resource templates: the text after ``kubectl get -o jsonpath=``.

Argo hands it to kubectl (``workflow/executor/resource.go:SaveResourceParameters`` of
v4.1.2) and keeps what is printed. Several values are printed with blanks between
them, which is no JSON list; a single list is printed as JSON.
"""

from typing import TYPE_CHECKING

from fanout_lint.languages.jsonpath_kubectl.nodes import (
    Action,
    Filter,
    Identifier,
    Recursive,
    Slice,
    Template,
    TemplateError,
    Union,
    Wildcard,
    Words,
)
from fanout_lint.languages.jsonpath_kubectl.parser import parse_template
from fanout_lint.languages.problem import Problem, Reading

if TYPE_CHECKING:
    from fanout_lint.languages.jsonpath_kubectl.evaluation import Values

__all__ = ["TemplateError", "read_jsonpath_kubectl"]


def read_jsonpath_kubectl(text: str, document: object | None) -> Reading:
    """Return what is known of the template *text*, and what kubectl prints for *document*.

    *document* is a value as ``json.loads`` gives it; without one only faults are told
    that every resource meets. The type is ``text`` (nothing is looked up), ``words``
    (several values, or none, with blanks between them, or several parts), ``single``
    (one value, or nothing), and with a document ``list`` or ``object`` for a single one.
    """
    try:
        template = parse_template(text)
        _check_words(template)
        if document is None:
            return Reading((), _type_of(template), None)
        return _printed(template, document)
    except TemplateError as error:
        start, end = (min(place, len(text)) for place in (error.start, error.end))
        return Reading((Problem(str(error), start, end),))
    except RecursionError:
        return Reading()


def _printed(template: Template, document: object) -> Reading:
    # Half of the imports, which nobody needs who has no document.
    from fanout_lint.languages.jsonpath_kubectl.evaluation import TemplateUnknown
    from fanout_lint.languages.jsonpath_kubectl.printing import print_template

    try:
        ready = _as_kubernetes(document)
    except OverflowError:
        return Reading()
    try:
        results, value = print_template(template, ready)
    except TemplateUnknown:
        return Reading()
    return Reading((), _type_of_results(template, results), value)


def _check_words(template: Template) -> None:
    """Raise TemplateError for a word that fails on every resource."""
    has_range = any(isinstance(part, Action) and _has_range(part) for part in template)
    for part in template:
        for step in part.steps if isinstance(part, Action) else ():
            if isinstance(step, Identifier) and step.name not in ("range", "end"):
                message = f"{step.name!r} is no word of a template; a field starts with '.'"
                raise TemplateError(message, step.start, step.end)
            if isinstance(step, Identifier) and not has_range:
                raise TemplateError("'end' has no 'range' before it", step.start, step.end)


def _has_range(action: Action) -> bool:
    """Whether the word ``range`` stands anywhere in *action*, also inside a filter."""
    for step in action.steps:
        match step:
            case Identifier(name="range"):
                return True
            case Filter(left=left, right=right):
                if _has_range(left) or _has_range(right):
                    return True
            case Union(members=members):
                if any(map(_has_range, members)):
                    return True
    return False


def _type_of(template: Template) -> str:
    if all(isinstance(part, Words) for part in template):
        return "text"
    steps = [step for part in template if isinstance(part, Action) for step in part.steps]
    several = any(
        isinstance(step, Wildcard | Recursive | Filter | Union | Identifier)
        or (isinstance(step, Slice) and not step.single)
        for step in steps
    )
    return "words" if several or len(template) > 1 else "single"


def _type_of_results(template: Template, results: "list[Values]") -> str:
    if len(template) == 1 and len(results) == 1 and len(results[0]) == 1:
        match results[0][0]:
            case list():
                return "list"
            case dict():
                return "object"
    return _type_of(template)


def _as_kubernetes(value: object) -> object:
    """Return *value* with whole numbers beyond 64 bits as floats, as apimachinery reads them.

    :raises OverflowError: for one that no float holds.
    """
    match value:
        case int() if not -(2**63) <= value < 2**63:
            return float(value)
        case list():
            return [_as_kubernetes(item) for item in value]
        case dict():
            return {str(key): _as_kubernetes(item) for key, item in value.items()}
    return value
