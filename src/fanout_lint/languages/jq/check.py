"""What gojq refuses when it compiles a filter: names that nothing defines, modules, no query."""

from fanout_lint.languages.jq.builtin_names import BUILTINS, WITHOUT_INPUT
from fanout_lint.languages.jq.faults import JqError
from fanout_lint.languages.jq.nodes import (
    Array,
    Binary,
    Bind,
    Break,
    Call,
    Cut,
    Define,
    Fold,
    If,
    Index,
    Iterate,
    Label,
    Missing,
    Node,
    Object,
    Pattern,
    Program,
    Sign,
    Text,
    Try,
    Variable,
)

#: Names that can be used at a place: ``f/1``, ``$x``, and ``label x``.
Names = frozenset[str]


def check_program(program: Program) -> None:
    """Raise JqError for the first thing that gojq cannot compile."""
    for one in program.imports:
        raise JqError(f"Argo loads no modules, such as {one.path!r}", one.start, one.end)
    _check(program.query, frozenset())


def pattern_names(pattern: Pattern) -> set[str]:
    """Return the variables, without dollars, that *pattern* sets."""
    found = {pattern.name} if pattern.name else set()
    for item in pattern.items:
        found |= pattern_names(item)
    for member in pattern.members:
        found |= {member.name} if member.name else set()
        found |= pattern_names(member.pattern) if member.pattern else set()
    return found


def _check(node: Node, names: Names) -> None:
    match node:
        case Missing():
            raise JqError("there is no query; '.' is the whole document", node.start, node.end)
        case Variable(name=name):
            if "$" + name not in names and name != "ENV":
                raise JqError(f"nothing sets ${name}", node.start, node.end)
        case Call():
            _check_call(node, names)
        case Break(name=name):
            if "label " + name not in names:
                raise JqError(f"there is no label ${name} around", node.start, node.end)
        case Define():
            _check_definition(node, names)
        case Label(name=name, body=body):
            _check(body, names | {"label " + name})
        case Bind():
            _check(node.source, names)
            inner = names
            for pattern in node.patterns:
                inner |= {"$" + name for name in pattern_names(pattern)}
            for pattern in node.patterns:
                _check_pattern(pattern, inner)
            _check(node.body, inner)
        case Fold():
            _check_fold(node, names)
        case _:
            for child in children(node):
                _check(child, names)


def _check_call(node: Call, names: Names) -> None:
    for argument in node.arguments:
        _check(argument, names)
    known = f"{node.name}/{len(node.arguments)}"
    if known in names or known in BUILTINS:
        return
    if known in WITHOUT_INPUT:
        raise JqError(
            f"Argo gives a filter one document, and no {node.name!r}", node.start, node.end
        )
    others = sorted(one for one in names | BUILTINS if one.startswith(node.name + "/"))
    hint = f"; there is {', '.join(others)}" if others else ""
    raise JqError(f"there is no function {known}{hint}", node.start, node.end)


def _check_definition(node: Define, names: Names) -> None:
    function = node.function
    outer = names | {f"{function.name}/{len(function.parameters)}"}
    inner = outer
    for parameter in function.parameters:
        inner |= {f"{parameter.removeprefix('$')}/0"}
        inner |= {parameter} if parameter.startswith("$") else frozenset()
    _check(function.body, inner)
    _check(node.body, outer)


def _check_pattern(pattern: Pattern, names: Names) -> None:
    for item in pattern.items:
        _check_pattern(item, names)
    for member in pattern.members:
        _check(member.key, names)
        if member.pattern:
            _check_pattern(member.pattern, names)


def _check_fold(node: Fold, names: Names) -> None:
    _check(node.source, names)
    _check(node.first, names)
    inner = names | {"$" + name for name in pattern_names(node.pattern)}
    _check_pattern(node.pattern, inner)
    _check(node.update, inner)
    if node.extract:
        _check(node.extract, inner)


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node that binds no names."""
    match node:
        case Index(target=target, key=key):
            return target, key
        case Cut(target=target, first=first, last=last):
            return (target, *(bound for bound in (first, last) if bound))
        case Iterate(target=target):
            return (target,)
        case Try(body=body, handler=handler):
            return (body, handler) if handler else (body,)
        case Text(parts=parts):
            return tuple(part for part in parts if not isinstance(part, str))
        case Array(body=items):
            return (items,) if items else ()
        case Object(entries=entries):
            values = [entry.value for entry in entries if entry.value]
            return (*(entry.key for entry in entries), *values)
        case Sign(operand=operand):
            return (operand,)
        case If(condition=condition, body=body, otherwise=otherwise):
            return (condition, body, otherwise) if otherwise else (condition, body)
        case Binary(left=left, right=right):
            return left, right
    return ()
