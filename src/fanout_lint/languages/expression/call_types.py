"""Whether a call fits a function's type, and the words for what does not."""

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.natures import ANY, Nature, Signature, assignable
from fanout_lint.languages.expression.nodes import Node


def called_name(callee: Node) -> str:
    match callee:
        case nodes.Identifier(name=name) | nodes.Member(property=nodes.String(value=name)):
            return name
    return "function"


def arity_fault(name: str, signature: Signature, count: int) -> str | None:
    wanted = len(signature.parameters)
    if not signature.results:
        return f"{name} gives no value"
    if len(signature.results) > 2:
        return f"{name} gives more than one value, which no expression can take"
    if signature.variadic:
        return f"{name} needs more arguments" if count < wanted - 1 else None
    if count == wanted:
        return None
    plural = "argument" if wanted == 1 else "arguments"
    return f"{name} takes {wanted} {plural}, not {count}"


def fits(nature: Nature, wanted: Nature) -> bool:
    if wanted.is_integer and nature.is_integer:
        return True
    if nature.is_nil:
        return wanted.kind in ("ptr", "interface")
    return (
        nature.is_unknown
        or wanted.type == ANY
        or assignable(nature, wanted)
        or (nature.kind == "ptr" and assignable(nature.dereferenced(), wanted))
    )


def unknown_name(name: str) -> str:
    known = {"null": "nil", "None": "nil", "undefined": "nil", "True": "true", "False": "false"}
    known |= {"fromJson": "fromJSON", "tojson": "toJson", "jsonPath": "jsonpath"}
    if name in known:
        return f"nothing is called {name!r} here; expr says {known[name]!r}"
    return f"nothing is called {name!r} here"


def hint(node: nodes.Binary, left: Nature, right: Nature) -> str:
    numbers = {"<", ">", "<=", ">=", "+", "-", "*", "/", "%", "==", "!="}
    if node.operator in numbers and {left.shown(), right.shown()} == {"string", "int"}:
        return "; asInt(…) makes a number of a text"
    return ""
