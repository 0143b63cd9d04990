"""Terms of jq: what stands between operators, with its suffixes."""

from typing import Protocol

from msgspec.structs import replace

from fanout_lint.languages.jq.faults import JqError
from fanout_lint.languages.jq.nodes import (
    Array,
    Binary,
    Break,
    Call,
    Cut,
    Entry,
    Fold,
    Format,
    Identity,
    If,
    Index,
    Iterate,
    Literal,
    Node,
    Object,
    Pattern,
    Sign,
    Text,
    Try,
    Variable,
)
from fanout_lint.languages.jq.tokens import Token, string_part
from fanout_lint.languages.jq.values import number_of
from fanout_lint.languages.jq.words import Words

_CONSTANTS: dict[str, object] = {"null": None, "true": True, "false": False}


class Queries(Protocol):
    """What reads queries inside terms."""

    def query(self) -> Node: ...

    def expression(self, lowest: int = 0) -> Node: ...

    def pattern(self) -> Pattern: ...


def text_node(text: str, token: Token) -> Text:
    return Text((text,), "", token.start, token.end)


class Terms:
    """Reads terms out of *words*; *queries* reads what stands in their brackets."""

    def __init__(self, words: Words, queries: Queries) -> None:
        self.words = words
        self.queries = queries

    def term(self) -> Node:
        found = self._base()
        while True:
            token = self.words.peek()
            if token.kind == "field":
                self.words.take()
                key = text_node(token.text[1:], token)
                found = Index(found, key, True, token.start, token.end)
            elif self.words.is_text("["):
                found = self._bracket(found)
            elif self.words.is_text("?"):
                self.words.take()
                found = _optional(found, token)
            elif self.words.is_text("."):
                self.words.take()
                if self.words.peek().kind == "string":
                    key = self.string("")
                    found = Index(found, key, True, token.start, key.end)
                elif self.words.is_text("["):
                    found = self._bracket(found)
                else:
                    raise self.words.unexpected()
            else:
                return found

    def _bracket(self, target: Node, *, suffix: bool = True) -> Node:
        start = self.words.take().start
        if self.words.is_text("]"):
            return Iterate(target, start, self.words.take().end)
        if self.words.takes(":"):
            last = self.queries.query()
            return Cut(target, None, last, suffix, start, self.words.need("]").end)
        first = self.queries.query()
        if not self.words.takes(":"):
            return Index(target, first, suffix, start, self.words.need("]").end)
        last_or_none = None if self.words.is_text("]") else self.queries.query()
        return Cut(target, first, last_or_none, suffix, start, self.words.need("]").end)

    def _base(self) -> Node:
        token = self.words.peek()
        match token.kind:
            case "field":
                self.words.take()
                key = text_node(token.text[1:], token)
                return Index(Identity(token.start, token.start), key, False, token.start, token.end)
            case "recurse":
                self.words.take()
                return Call("recurse", (), token.start, token.end)
            case "number":
                self.words.take()
                return Literal(number_of(token.text), token.start, token.end)
            case "variable":
                self.words.take()
                return Variable(token.text[1:], token.start, token.end)
            case "word":
                return self._call()
            case "string":
                return self.string("")
            case "format":
                return self._format()
            case "keyword":
                return self._keyword()
        return self._punctuation()

    def _call(self) -> Node:
        token = self.words.take()
        arguments: list[Node] = []
        end = token.end
        if self.words.takes("("):
            arguments.append(self.queries.query())
            while self.words.takes(";"):
                arguments.append(self.queries.query())
            end = self.words.need(")").end
        return Call(token.text, tuple(arguments), token.start, end)

    def _format(self) -> Node:
        token = self.words.take()
        if self.words.peek().kind == "string":
            return self.string(token.text)
        return Format(token.text, token.start, token.end)

    def string(self, format_name: str) -> Text:
        opening = self.words.take()
        parts: list[str | Node] = []
        while True:
            text, place = string_part(self.words.source, self.words.place)
            if text:
                parts.append(text)
            self.words.place, self.words.ahead = place + 1, None
            if self.words.source[place] == '"':
                return Text(tuple(parts), format_name, opening.start, place + 1)
            self.words.place = place + 2
            parts.append(self.queries.query())
            self.words.need(")")

    def plain_string(self) -> str:
        """Take a string without insertions, and return its text."""
        if self.words.peek().kind != "string":
            raise self.words.unexpected()
        found = self.string("")
        if any(not isinstance(part, str) for part in found.parts):
            raise JqError("this string may hold no insertions", found.start, found.end)
        return "".join(part for part in found.parts if isinstance(part, str))

    def _punctuation(self) -> Node:
        token = self.words.peek()
        if token.kind not in ("other", "operator"):
            raise self.words.unexpected()
        match token.text:
            case ".":
                self.words.take()
                return self._after_dot(token)
            case "(":
                self.words.take()
                found = self.queries.query()
                end = self.words.need(")").end
                return Binary("|", Identity(token.start, token.start), found, token.start, end)
            case "[":
                self.words.take()
                body = None if self.words.is_text("]") else self.queries.query()
                return Array(body, token.start, self.words.need("]").end)
            case "{":
                return self._object()
            case "+" | "-":
                self.words.take()
                operand = self.term()
                return Sign(token.text, operand, token.start, operand.end)
        raise self.words.unexpected()

    def _after_dot(self, token: Token) -> Node:
        here = Identity(token.start, token.end)
        if self.words.peek().kind == "string":
            key = self.string("")
            return Index(here, key, False, token.start, key.end)
        if self.words.is_text("["):
            return self._bracket(here, suffix=False)
        return here

    def _keyword(self) -> Node:
        token = self.words.peek()
        match token.text:
            case "null" | "true" | "false":
                self.words.take()
                return Literal(_CONSTANTS[token.text], token.start, token.end)
            case "if":
                self.words.take()
                return self._if(token)
            case "try":
                self.words.take()
                body = self.term()
                handler = self.term() if self.words.takes("catch") else None
                return Try(body, handler, token.start, (handler or body).end)
            case "reduce" | "foreach":
                return self._fold()
            case "break":
                self.words.take()
                return Break(self.words.variable(), token.start, self.words.place)
        raise self.words.unexpected()

    def _if(self, token: Token) -> Node:
        condition = self.queries.query()
        self.words.need_keyword("then")
        body = self.queries.query()
        if self.words.is_keyword("elif"):
            return If(condition, body, self._if(self.words.take()), token.start, self.words.place)
        otherwise = self.queries.query() if self.words.takes("else") else None
        return If(condition, body, otherwise, token.start, self.words.need_keyword("end").end)

    def _fold(self) -> Node:
        word = self.words.take()
        source = self.queries.expression()
        self.words.need_keyword("as")
        pattern = self.queries.pattern()
        self.words.need("(")
        first = self.queries.query()
        self.words.need(";")
        update = self.queries.query()
        extract = None
        if word.text == "foreach" and self.words.takes(";"):
            extract = self.queries.query()
        end = self.words.need(")").end
        return Fold(word.text, source, pattern, first, update, extract, word.start, end)

    def _object(self) -> Node:
        start = self.words.take().start
        entries: list[Entry] = []
        while not self.words.is_text("}"):
            entries.append(self._entry())
            if not self.words.takes(","):
                break
        return Object(tuple(entries), start, self.words.need("}").end)

    def _entry(self) -> Entry:
        token = self.words.peek()
        key: Node
        if self.words.takes("("):
            key = self.queries.query()
            self.words.need(")")
            self.words.need(":")
            return Entry(key, self._entry_value())
        if token.kind == "variable" and "::" not in token.text:
            self.words.take()
            variable = Variable(token.text[1:], token.start, token.end)
            if self.words.takes(":"):
                return Entry(variable, self._entry_value())
            return Entry(text_node(token.text[1:], token), variable)
        if token.kind == "string":
            key = self.string("")
        elif word := self.words.key():
            key = text_node(word, token)
        else:
            raise self.words.unexpected()
        return Entry(key, self._entry_value() if self.words.takes(":") else None)

    def _entry_value(self) -> Node:
        value = self.queries.expression()
        if self.words.is_text("|"):
            pipe = self.words.take()
            return Binary("|", value, self._entry_value(), pipe.start, pipe.end)
        return value

    def constant_object(self) -> None:
        """Take the object of ``module`` and ``import``: constants alone."""
        self.words.need("{")
        while not self.words.is_text("}"):
            if self.words.peek().kind == "string":
                self.plain_string()
            elif not self.words.key():
                raise self.words.unexpected()
            self.words.need(":")
            self._constant()
            if not self.words.takes(","):
                break
        self.words.need("}")

    def _constant(self) -> None:
        if self.words.is_text("{"):
            self.constant_object()
        elif self.words.takes("["):
            while not self.words.is_text("]"):
                self._constant()
                if not self.words.is_text("]"):
                    self.words.need(",")
                    if self.words.is_text("]"):
                        raise self.words.unexpected()
            self.words.take()
        elif self.words.peek().kind == "string":
            self.plain_string()
        elif self.words.peek().kind == "number" or self.words.peek().text in _CONSTANTS:
            self.words.take()
        else:
            raise self.words.unexpected()


def _optional(found: Node, token: Token) -> Node:
    """Return *found* with ``?``: of several suffixes it guards the last alone."""
    here = Identity(found.start, found.start)
    if isinstance(found, Index | Cut) and found.suffix:
        guarded: Node = replace(found, target=here, suffix=False)
    elif isinstance(found, Iterate):
        guarded = replace(found, target=here)
    else:
        return Try(found, None, token.start, token.end)
    guard = Try(guarded, None, token.start, token.end)
    return Binary("|", found.target, guard, token.start, token.end)
