"""Parses kubectl's JSONPath templates (``k8s.io/client-go/util/jsonpath`` v0.35.4).

``name: {.metadata.name}`` is plain text and one action. Outside braces all is text,
even ``$.metadata.name``. A subscript ends at the first ``]``, whatever quotes say.
"""

import re

from fanout_lint.languages.gotext import is_digit, is_letter
from fanout_lint.languages.jsonpath_kubectl.nodes import (
    Action,
    Field,
    Filter,
    Identifier,
    Literal,
    Node,
    Recursive,
    Slice,
    Template,
    TemplateError,
    Union,
    Wildcard,
    Words,
)
from fanout_lint.languages.jsonpath_kubectl.quotes import unquote

_TERMINATORS = frozenset(" \t\r\n.,[]$@{}")
_DICT_KEY = r"'([^']*)'"
_SLICE = r"(-?[0-9]*)(:-?[0-9]*)?(:-?[0-9]*)?"
_COMPARISON = r"([^!<>=]+)([!<>=]+)(.+)"


def parse_template(text: str) -> Template:
    """Return the parts of *text*; TemplateError where kubectl refuses it."""
    if not text:
        raise TemplateError("the template is empty", 0, 0)
    return _Parser(text, 0).parse()


def _is_word(character: str) -> bool:
    return character == "_" or is_letter(character) or is_digit(character)


class _Parser:
    """Reads one text, whose first character is at *base* in the whole template."""

    def __init__(self, text: str, base: int) -> None:
        self.text = text
        self.base = base
        self.place = 0

    def _fault(self, message: str, start: int, end: int) -> TemplateError:
        return TemplateError(message, max(self.base + start, 0), max(self.base + end, 0))

    def parse(self) -> Template:
        parts: list[Words | Action] = []
        while self.place < len(self.text):
            start = self.place
            opening = self.text.find("{", start)
            self.place = len(self.text) if opening < 0 else opening
            if self.place > start:
                words = self.text[start : self.place]
                parts.append(Words(words, self.base + start, self.base + self.place))
            if opening >= 0:
                self.place += 1
                parts.append(self._action(opening))
        return tuple(parts)

    def _action(self, opening: int) -> Action:
        steps: list[Node] = []
        while not self._ahead("}"):
            if self._ahead("[?("):
                steps.append(self._filter())
            elif self._ahead(".."):
                self._recursive(steps)
            else:
                self._step(steps, opening)
        self.place += 1
        return Action(tuple(steps))

    def _ahead(self, word: str) -> bool:
        return self.text.startswith(word, self.place)

    def _step(self, steps: list[Node], opening: int) -> None:
        start = self.place
        character = self.text[start : start + 1]
        self.place += 1
        if character in ("", "\r", "\n"):
            end = min(opening + 1, len(self.text))
            raise self._fault("'{' has no '}' on its line", opening, end)
        if character in " @$":
            return
        if character == "[":
            steps += self._subscript(start)
        elif character in "\"'":
            steps.append(self._quoted(start, character))
        elif character == ".":
            steps.append(self._field(start))
        elif character in "+-" or is_digit(character):
            steps.append(self._number(start))
        elif _is_word(character):
            steps.append(self._word(start))
        else:
            message = f"{character!r} means nothing inside braces"
            raise self._fault(message, start, start + 1)

    def _span(self, start: int) -> tuple[int, int]:
        return max(self.base + start, 0), max(self.base + self.place, 0)

    def _recursive(self, steps: list[Node]) -> None:
        start = self.place
        self.place += 2
        if steps and isinstance(steps[-1], Recursive):
            raise self._fault("'..' stands after '..'", start, self.place)
        steps.append(Recursive(*self._span(start)))
        if self.place < len(self.text) and _is_word(self.text[self.place]):
            steps.append(self._field(self.place))

    def _field(self, start: int) -> Node:
        name_start = self.place
        while self.place < len(self.text):
            character = self.text[self.place]
            if character == "\\":
                self.place += 1
            elif character in _TERMINATORS:
                break
            self.place += 1
        self.place = min(self.place, len(self.text))
        name = self.text[name_start : self.place]
        if name == "*":
            return Wildcard(*self._span(start))
        return Field(name.replace("\\", ""), *self._span(start))

    def _word(self, start: int) -> Node:
        while self.place < len(self.text) and self.text[self.place] not in _TERMINATORS:
            self.place += 1
        name = self.text[start : self.place]
        if name in ("true", "false"):
            return Literal(name == "true", *self._span(start))
        return Identifier(name, *self._span(start))

    def _number(self, start: int) -> Node:
        while self.place < len(self.text):
            character = self.text[self.place]
            if character != "." and not is_digit(character):
                break
            self.place += 1
        text = self.text[start : self.place]
        if re.fullmatch(r"[+-]?[0-9]+", text) and len(text) <= 20:
            number = int(text)
            if -(2**63) <= number < 2**63:
                return Literal(number, *self._span(start))
        if re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", text) and len(text) < 300:
            return Literal(float(text), *self._span(start))
        raise self._fault(f"{text!r} is no number", start, self.place)

    def _quoted(self, start: int, quote: str) -> Node:
        while True:
            if self.place >= len(self.text) or self.text[self.place] == "\n":
                raise self._fault("the quoted text has no end on its line", start, start + 1)
            self.place += 1
            if self.text[self.place - 1] == quote and self.text[self.place - 2] != "\\":
                break
        words = self.text[start : self.place]
        unquoted = unquote(words)
        if unquoted is None:
            message = f"the quoted text {words} has an escape that Go does not know"
            raise self._fault(message, start, self.place)
        return Words(unquoted, *self._span(start))

    def _subscript(self, start: int) -> list[Node]:
        closing = self.text.find("]", self.place)
        newline = self.text.find("\n", self.place)
        if closing < 0 or 0 <= newline < closing:
            raise self._fault("'[' has no ']' on its line", start, start + 1)
        inside_start = self.place
        inside = self.text[inside_start:closing]
        self.place = closing + 1
        if "," in inside:
            return [self._union(inside, inside_start, start)]
        if key := re.fullmatch(_DICT_KEY, inside):
            return [*self._nested("." + key[1], inside_start).steps]
        return [self._slice("*" if inside == "*" else inside, start)]

    def _nested(self, text: str, start: int) -> Action:
        """Return the action of *text*, whose first character is at *start* here."""
        template = _Parser("{" + text + "}", self.base + start - 1).parse()
        first = template[0]
        return first if isinstance(first, Action) else Action(())

    def _union(self, inside: str, inside_start: int, start: int) -> Node:
        members = []
        place = inside_start
        for part in inside.split(","):
            stripped = part.strip(" ")
            offset = place + len(part) - len(part.lstrip(" "))
            members.append(self._nested(f"[{stripped}]", offset - 1))
            place += len(part) + 1
        return Union(tuple(members), *self._span(start))

    def _slice(self, inside: str, start: int) -> Node:
        found = re.fullmatch(_SLICE, ":" if inside == "*" else inside)
        if not found:
            message = f"[{inside}] is no index, slice, '*' or key in single quotes"
            raise self._fault(message, start, self.place)
        first, last, step = (self._bound(found[group], start) for group in (1, 2, 3))
        if found[2]:
            return Slice(first, last, step, False, *self._span(start))
        return Slice(first, (first or 0) + 1, step, True, *self._span(start))

    def _bound(self, text: str | None, start: int) -> int | None:
        bare = (text or "").removeprefix(":")
        if not bare:
            return None
        if bare == "-" or len(bare) > 19 or not -(2**63) <= int(bare) < 2**63:
            raise self._fault(f"{bare!r} is no number", start, self.place)
        return int(bare)

    def _filter(self) -> Node:
        start = self.place
        self.place += 3
        inside_start = self.place
        closing = self._filter_end(start)
        self.place = closing + 1
        if not self._ahead("]"):
            end = min(self.place + 1, len(self.text))
            raise self._fault("']' is missing after the filter's ')'", start, end)
        self.place += 1
        inside = self.text[inside_start:closing]
        found = re.fullmatch(_COMPARISON, inside)
        if not found:
            left = self._nested(inside, inside_start)
            return Filter(left, "exists", Action(()), *self._span(start))
        left = self._nested(found[1], inside_start)
        right = self._nested(found[3], inside_start + found.start(3))
        return Filter(left, found[2], right, *self._span(start))

    def _filter_end(self, start: int) -> int:
        """Return the place of the filter's ``)``: the first one not inside the first quotes."""
        quote = ""
        closed = False
        for place in range(self.place, len(self.text)):
            character = self.text[place]
            if character == "\n":
                break
            if character in "\"'":
                if not quote:
                    quote = character
                elif character == quote and self.text[place - 1] != "\\":
                    closed = True
            elif character == ")" and bool(quote) == closed:
                return place
        raise self._fault("the filter '[?(' has no ')' on its line", start, start + 3)
