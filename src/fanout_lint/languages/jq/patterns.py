"""Taking values apart: ``. as [$a, {b: $c}]``."""

from collections.abc import Iterator

from fanout_lint.languages.jq.environment import Scope
from fanout_lint.languages.jq.faults import JqUnknown
from fanout_lint.languages.jq.nodes import Literal, Member, Node, Pattern, Sign, Text
from fanout_lint.languages.jq.operators import raised
from fanout_lint.languages.jq.paths import index
from fanout_lint.languages.jq.updates import Runner
from fanout_lint.languages.jq.values import kind_of, preview


def bind(
    runner: Runner, pattern: Pattern, value: object, scope: Scope, node: Node
) -> Iterator[Scope]:
    """Yield the scopes in which *pattern* has taken *value* apart; *node* is where it stands."""
    if pattern.name:
        yield scope.with_name("$" + pattern.name, value)
    elif pattern.items:
        if value is not None and kind_of(value) != "array":
            error = raised(f"{kind_of(value)} ({preview(value)}) is no array to be taken apart")
            error.start, error.end = node.start, node.end
            raise error
        scopes: Iterator[Scope] = iter((scope,))
        for place, inner in enumerate(pattern.items):
            scopes = _each(runner, scopes, inner, index(value, place), node)
        yield from scopes
    else:
        yield from _bind_members(runner, pattern.members, value, scope, node)


def _bind_members(
    runner: Runner, members: tuple[Member, ...], value: object, scope: Scope, node: Node
) -> Iterator[Scope]:
    if not all(is_constant(member.key) for member in members):
        raise JqUnknown
    scopes: Iterator[Scope] = iter((scope,))
    for member in members:
        key = next(runner.values(member.key, scope, (None, value)))
        part = runner.guarded(node, index, value, key)
        if member.name:
            scopes = _each(runner, scopes, Pattern(member.name), part, node)
        if member.pattern:
            scopes = _each(runner, scopes, member.pattern, part, node)
    yield from scopes


def _each(
    runner: Runner, scopes: Iterator[Scope], pattern: Pattern, value: object, node: Node
) -> Iterator[Scope]:
    for scope in scopes:
        yield from bind(runner, pattern, value, scope, node)


def is_constant(key: Node) -> bool:
    """Whether gojq takes *key* for a constant, which is then not run for each value."""
    match key:
        case Text(parts=parts, format=""):
            return all(isinstance(part, str) for part in parts)
        case Literal(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Sign(operand=Literal() as operand):
            return is_constant(operand)
    return False
