"""Conditions on a resource: ``labels.Parse`` of Kubernetes, over the fields of a document.

``resource.successCondition`` and ``failureCondition`` are label selectors, whose keys Argo
looks up in the resource as gjson paths (``workflow/executor/resource.go:matchConditions``
of v4.1.2). All parts of a success condition must hold; one part of a failure condition is
enough. ``>`` and ``<`` take whole numbers only, and there are no quotes, ``>=`` or ``&&``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct

from fanout_lint.languages.gonumber import atoi, print_number
from fanout_lint.languages.problem import Problem, Reading


class Relation(Enum):
    EXISTS = ""
    ABSENT = "!"
    EQUALS = "="
    DOUBLE_EQUALS = "=="
    DIFFERS = "!="
    GREATER = ">"
    LESS = "<"
    IN = "in"
    NOT_IN = "notin"


class Requirement(Struct, frozen=True):
    """One part between commas; ``values`` is sorted, each once."""

    key: str
    relation: Relation
    values: tuple[str, ...]
    start: int
    end: int

    def __str__(self) -> str:
        match self.relation:
            case Relation.EXISTS:
                return self.key
            case Relation.ABSENT:
                return f"!{self.key}"
            case Relation.IN | Relation.NOT_IN:
                return f"{self.key} {self.relation.value} ({','.join(self.values)})"
        return f"{self.key}{self.relation.value}{self.values[0]}"


class SelectorError(Exception):
    """The text is no selector."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


class _Unfollowable(Exception):
    """A tag stands where an operator may be."""


class _Token(Struct, frozen=True):
    text: str
    start: int
    end: int

    @property
    def is_sign(self) -> bool:
        return self.text in _SIGNS


_SIGNS = frozenset(("", ")", ",", "!", "==", "=", ">", "<", "!=", "("))
_TOKEN = re.compile(r"[ \t\r\n]*+(?:(?P<sign>==|!=|[=!(),<>])|(?P<word>[^ \t\r\n=!(),<>\0]++))")
_BINARY = {
    relation.value: relation
    for relation in Relation
    if relation not in (Relation.EXISTS, Relation.ABSENT)
}
_NAME = r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
_DOMAIN = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*"
_MAX_LABEL = 63
_MAX_DOMAIN = 253
_HINTS = {
    "&&": "write `,` for and",
    "and": "write `,` for and",
    "||": "a success condition has no or",
    "or": "a success condition has no or",
    "In": "write `in`",
    "NotIn": "write `notin`",
    "eq": "write `==`",
}


def parse_selector(text: str, hole: str = "") -> tuple[Requirement, ...]:
    """Return the parts in order of the text; raise SelectorError where Kubernetes fails.

    A word that holds the character *hole* is not looked at.
    """
    return tuple(_Parser(text, hole).parse())


class _Parser:
    def __init__(self, text: str, hole: str) -> None:
        self._hole = hole
        self._tokens = tuple(_tokens(text))
        self._next = 0

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._peek()
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def parse(self) -> Iterator[Requirement]:
        if not self._peek().text:
            return
        while True:
            yield self._requirement()
            token = self._take()
            if not token.text:
                return
            if token.text != ",":
                raise self._unexpected(token, "`,`")

    def _unexpected(self, token: _Token, wanted: str) -> SelectorError:
        if self._hole and self._hole in token.text:
            raise _Unfollowable
        if not token.text:
            return SelectorError(f"{wanted} is missing at the end", token.start, token.end)
        message = f"`{token.text}` cannot stand here; {wanted} can"
        hint = _HINTS.get(token.text)
        if hint is not None:
            message = f"`{token.text}` is no operator here; {hint}"
        return SelectorError(message, token.start, token.end)

    def _requirement(self) -> Requirement:
        token = self._take()
        start = token.start
        absent = token.text == "!"
        if absent:
            token = self._take()
        if token.is_sign:
            raise self._unexpected(token, "the name of a field")
        self._check_key(token)
        if absent or self._peek().text in ("", ","):
            relation = Relation.ABSENT if absent else Relation.EXISTS
            return Requirement(token.text, relation, (), start, token.end)
        operator = self._take()
        relation_found = _BINARY.get(operator.text)
        if relation_found is None:
            raise self._unexpected(operator, "=, ==, !=, in, notin, < or >")
        values = self._values(relation_found, operator)
        end = self._tokens[self._next - 1].end
        texts = tuple(sorted({value.text for value in values}))
        return Requirement(token.text, relation_found, texts, start, end)

    def _check_key(self, token: _Token) -> None:
        if self._hole and self._hole in token.text:
            return
        prefix, slash, name = token.text.rpartition("/")
        if len(name) > _MAX_LABEL or re.fullmatch(_NAME, name) is None:
            raise SelectorError(
                f"`{token.text}` is no field; write a path of names and numbers, as status.phase",
                token.start,
                token.end,
            )
        if slash and (len(prefix) > _MAX_DOMAIN or re.fullmatch(_DOMAIN, prefix) is None):
            raise SelectorError(f"`{prefix}` is no domain", token.start, token.end)

    def _values(self, relation: Relation, operator: _Token) -> list[_Token]:
        if relation in (Relation.IN, Relation.NOT_IN):
            values = self._list()
        else:
            values = [self._single(operator)]
        for value in values:
            self._check_value(value, relation)
        return values

    def _single(self, operator: _Token) -> _Token:
        token = self._peek()
        if token.text in ("", ","):
            return _Token("", operator.end, operator.end)
        if token.is_sign:
            if operator.text in ("<", ">") and token.text == "=":
                message = f"`{operator.text}=` is no operator here; `>` and `<` are"
                raise SelectorError(message, operator.start, token.end)
            raise self._unexpected(token, "a value")
        return self._take()

    def _list(self) -> list[_Token]:
        opening = self._take()
        if opening.text != "(":
            raise self._unexpected(opening, "`(`")
        values: list[_Token] = []
        empty = True  # two commas, or a comma beside a bracket, mean an empty value
        while True:
            token = self._take()
            if token.text in (",", ")"):
                if empty:
                    values.append(_Token("", token.start, token.start))
                if token.text == ")":
                    return values
                empty = True
            elif token.is_sign:
                raise self._unexpected(token, "a value, `,` or `)`")
            elif not empty:
                raise self._unexpected(token, "`,` or `)`")
            else:
                values.append(token)
                empty = False

    def _check_value(self, value: _Token, relation: Relation) -> None:
        if self._hole and self._hole in value.text:
            return
        text = value.text
        if relation in (Relation.GREATER, Relation.LESS) and atoi(text) is None:
            message = f"`{relation.value}` compares whole numbers; `{text}` is none"
            raise SelectorError(message, value.start, value.end)
        if len(text) > _MAX_LABEL:
            message = f"a value has at most {_MAX_LABEL} characters, this has {len(text)}"
            raise SelectorError(message, value.start, value.end)
        if text and re.fullmatch(_NAME, text) is None:
            message = f"a value is made of letters, digits, `-`, `_`, `.`; `{text}` is not"
            if text[0] in "'\"":
                message = f"`{text}` is read with its quotes; take them off"
            raise SelectorError(message, value.start, value.end)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the tokens, an empty one last; a NUL ends a word, or the text between words."""
    position = 0
    while (match := _TOKEN.match(text, position)) is not None:
        kind = "sign" if match["sign"] is not None else "word"
        yield _Token(match[kind], *match.span(kind))
        position = match.end() + text.startswith("\0", match.end())
    end = len(text.rstrip(" \t\r\n"))
    yield _Token("", end, end)


def read_labelselector(text: str) -> Reading:
    """Read a condition in which all tags are substituted; the value is its canonical form."""
    try:
        requirements = parse_selector(text)
    except SelectorError as error:
        return Reading((Problem(error.message, error.start, error.end),))
    ordered = sorted(requirements, key=lambda requirement: requirement.key)
    return Reading((), "condition", ",".join(map(str, ordered)))


def find_selector_fault(text: str) -> Problem | None:
    """Return what is wrong with a condition whatever its tags will be.

    A tag is taken for a word of its own, or a part of one.
    """
    hole = next(chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    masked: list[str] = []
    origins: list[int] = []
    position = 0
    while (start := text.find("{{", position)) >= 0 and (end := text.find("}}", start + 2)) >= 0:
        masked += (text[position:start], hole)
        origins += (*range(position, start), start)
        position = end + 2
    masked.append(text[position:])
    origins.extend(range(position, len(text) + 1))
    try:
        parse_selector("".join(masked), hole)
    except SelectorError as error:
        message = error.message.replace(hole, "{{…}}")
        return Problem(message, origins[error.start], origins[error.end])
    except _Unfollowable:
        pass
    return None


class _Missing(Enum):
    MISSING = 0
    UNKNOWN = 1


def succeeds(requirements: Sequence[Requirement], document: object) -> bool | None:
    """Return whether all parts hold of the resource; ``None``: unknown."""
    answers = [_matches(requirement, document) for requirement in requirements]
    return False if False in answers else None if None in answers else True


def fails(requirements: Sequence[Requirement], document: object) -> bool | None:
    """Return whether a part holds, which fails the step when it is the failure condition."""
    answers = [_matches(requirement, document) for requirement in requirements]
    return True if True in answers else None if None in answers else False


def _matches(requirement: Requirement, document: object) -> bool | None:
    value = _look_up(document, requirement.key)
    if value is _Missing.UNKNOWN:
        return None
    exists = value is not _Missing.MISSING
    text = _printed(value) if exists else ""
    match requirement.relation:
        case Relation.EXISTS:
            return exists
        case Relation.ABSENT:
            return not exists
        case Relation.IN | Relation.EQUALS | Relation.DOUBLE_EQUALS:
            return exists and text in requirement.values
        case Relation.NOT_IN | Relation.DIFFERS:
            return not exists or text not in requirement.values
    number, limit = atoi(text), atoi(requirement.values[0])
    if not exists or number is None or limit is None:
        return False
    return number > limit if requirement.relation is Relation.GREATER else number < limit


def _look_up(document: object, path: str) -> object:
    """Follow a gjson path: dots part names, and numbers count into lists."""
    found = document
    for part in path.split("."):
        if not part:
            return _Missing.UNKNOWN
        if isinstance(found, Mapping):
            found = found.get(part, _Missing.MISSING)
        elif isinstance(found, Sequence) and not isinstance(found, str | bytes):
            index = atoi(part) if part[0].isdecimal() else None
            inside = index is not None and index < len(found)
            found = found[index] if inside and index is not None else _Missing.MISSING
        else:
            return _Missing.MISSING
    return found


def _printed(value: object) -> str:
    """Return the text of a value in gjson; a list or map is JSON, which equals no value."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return print_number(value)
        case str():
            return value
    return "{}"
