"""Reads the parts of a shell word: what is literal, what is quoted, what is expanded."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from fanout_lint.analysis.scripts.shell import changes
from fanout_lint.analysis.scripts.shell.tree import (
    Arithmetic,
    Gap,
    Literal,
    Part,
    Script,
    Strange,
    Substitution,
    Variable,
    Word,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_EXPANSIONS = {
    "simple_expansion",
    "expansion",
    "command_substitution",
    "arithmetic_expansion",
    "process_substitution",
}
_ANSI = {
    "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a",
    "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "E": "\x1b", "?": "?",
}  # fmt: skip
_VARIABLE = r"\$\{([A-Za-z_]\w*|[0-9]+|[?$#!@*-])(\[[@*]\])?(:?[-=?+]|%%?|##?|//?|\^\^?|,,?|:)?"


class WordReader:
    """Reads words of one source; *place* gives a node's character offsets."""

    def __init__(
        self,
        text: str,
        place: "Callable[[Node], tuple[int, int]]",
        holes: Sequence[tuple[int, int]],
        substitution: "Callable[[Node, int], Script | None]",
    ) -> None:
        self.text = text
        self.place = place
        self.holes = holes
        self.substitution = substitution

    def word(self, node: "Node", quoted: bool = False, depth: int = 0) -> Word:
        return tuple(self._parts(node, quoted, depth))

    def _parts(self, node: "Node", quoted: bool, depth: int) -> Iterator[Part]:
        start, end = self.place(node)
        if depth > 30 or node.type == "ERROR" or node.is_missing:
            yield self._strange(node, quoted)
            return
        match node.type:
            case "command_name":
                for child in node.children:
                    yield from self._parts(child, quoted, depth + 1)
            case "concatenation":
                yield from self._filled(node, start, end, depth, quoted=False)
            case "raw_string":
                yield Literal("", quoted=True)
                yield from self._literal(start + 1, end - 1, quoted=True, escapes="")
            case "ansi_c_string":
                yield Literal(_decode_ansi(self.text[start + 2 : end - 1]), quoted=True)
            case "string":
                yield Literal("", quoted=True)
                yield from self._filled(node, start + 1, end - 1, depth, quoted=True)
            case "brace_expression":
                yield from self._literal(start, end, quoted, escapes="")
            case _ if node.type in _EXPANSIONS:
                yield self._expansion(node, quoted, depth)
            case _ if node.named_child_count and node.type not in ("word", "variable_name"):
                yield self._strange(node, quoted)
            case _:
                yield from self._literal(start, end, quoted, "" if quoted else "*")

    def _filled(
        self,
        node: "Node",
        start: int,
        end: int,
        depth: int,
        *,
        quoted: bool,
        escapes: str = '$`"\\\n',
    ) -> Iterator[Part]:
        """Yield the parts of *node* from *start* to *end*, text between its expansions too."""
        at = start
        escapes = escapes if quoted else "*"
        for child in node.children:
            inside = child.type in _EXPANSIONS or not quoted
            child_start, child_end = self.place(child)
            if not inside or child_start < start or child_end > end:
                if child.type == "ERROR":
                    yield self._strange(child, quoted)
                continue
            if child.type in _EXPANSIONS:
                blanks = self.text[child_start:child_end]
                child_start += len(blanks) - len(blanks.lstrip())
            yield from self._literal(at, child_start, quoted, escapes)
            yield from self._parts(child, quoted, depth + 1)
            at = child_end
        yield from self._literal(at, end, quoted, escapes)

    def _literal(self, start: int, end: int, quoted: bool, escapes: str) -> Iterator[Part]:
        """Yield the literal text there, tags as gaps; *escapes* are what a backslash may quote."""
        for hole_start, hole_end in self.holes:
            if start <= hole_start and hole_end <= end:
                yield from _unescaped(self.text[start:hole_start], quoted, escapes)
                yield Gap(quoted)
                start = hole_end
        yield from _unescaped(self.text[start:end], quoted, escapes)

    def _expansion(self, node: "Node", quoted: bool, depth: int) -> Part:
        start, end = self.place(node)
        text = self.text[start:end].lstrip()
        match node.type:
            case "simple_expansion":
                return Variable(text[1:], quoted)
            case "command_substitution":
                return Substitution(self.substitution(node, depth), quoted)
            case "arithmetic_expansion":
                runs = changes.commands_in(text[3:])
                return Arithmetic(quoted, changes.names_set(text), runs)
            case "process_substitution" if text.startswith("<("):
                return Strange(quoted, "inside", self.substitution(node, depth))
            case "expansion":
                return self._parameter(node, text, quoted, depth)
        return self._strange(node, quoted)

    def _strange(self, node: "Node", quoted: bool) -> Strange:
        return Strange(quoted, changes.commands_in(self.text[slice(*self.place(node))]))

    def inside(self, node: "Node") -> tuple[Word, ...]:
        """Return the substitutions of a test."""
        found: list[Word] = []
        waiting = list(node.children)
        while waiting:
            child = waiting.pop(0)
            if child.type in ("command_substitution", "process_substitution"):
                found.append(self.word(child))
            elif child.type not in ("do_group", "compound_statement"):
                waiting = [*child.children, *waiting]
        return tuple(found)

    def _parameter(self, node: "Node", text: str, quoted: bool, depth: int) -> Part:
        if re.match(r"\$\{#", text) and text != "${#}":
            return Arithmetic(quoted)
        found = re.match(_VARIABLE, text, re.ASCII)
        if found is None or node.has_error:
            return self._strange(node, quoted)
        name, index, operator = found[1], (found[2] or "")[1:-1], found[3] or ""
        operand = text[found.end() : -1]
        if not operator:
            return self._strange(node, quoted) if operand else Variable(name, quoted, index=index)
        start = self.place(node)[1] - 1 - len(operand)
        if any(
            start < hole_end and hole_start < start + len(operand)
            for hole_start, hole_end in self.holes
        ):
            return self._strange(node, quoted)
        return Variable(name, quoted, operator, self._operand(node, operand, quoted, depth), index)

    def _operand(self, node: "Node", operand: str, quoted: bool, depth: int) -> Word:
        """Return the word behind the operator; one with expansions inside is strange."""
        if re.fullmatch(r"[^$`\\\"']*", operand):
            return (Literal(operand, quoted),) if operand else ()
        strange = (Strange(quoted, changes.commands_in(operand)),)
        if re.fullmatch(r"\"[^$`\\\"]*\"", operand) or re.fullmatch(r"'[^']*'", operand):
            single_in_double = operand[0] == "'" and quoted
            return strange if single_in_double else (Literal(operand[1:-1], True),)
        return strange

    def joined_dollars(self, words: list[Word]) -> list[Word]:
        """Join a lone ``$`` to the word behind it: the grammar parts ``$"text"`` so."""
        if not any(word == (Literal("$", quoted=False),) for word in words):
            return words
        return [
            (Strange(quoted=False),) if word == (Literal("$", False),) else word for word in words
        ]

    def heredoc(self, node: "Node", body: "Node") -> Word:
        """Return the text of a here-document; a quoted mark keeps it as it is."""
        mark = next((child for child in node.children if child.type == "heredoc_start"), None)
        mark_text = self.text[slice(*self.place(mark))] if mark is not None else ""
        start, end = self.place(body)
        if any(child.type == "<<-" for child in node.children):
            return self._without_tabs(body, start, end, mark_text)
        if any(quote in mark_text for quote in "'\"\\"):
            return tuple(self._literal(start, end, quoted=True, escapes=""))
        return tuple(self._filled(body, start, end, 0, quoted=True, escapes="$`\\\n"))

    def _without_tabs(self, body: "Node", start: int, end: int, mark: str) -> Word:
        plain = not any(child.type in _EXPANSIONS for child in body.children)
        raw = any(quote in mark for quote in "'\"\\")
        if not (plain or raw) or any(start <= hole[0] < end for hole in self.holes):
            return (Strange(True, changes.commands_in(self.text[start:end])),)
        lines = self.text[start:end].split("\n")
        text = "\n".join(line.lstrip("\t") for line in lines)
        return tuple(_unescaped(text, True, "" if raw else "$`\\\n"))


def _unescaped(text: str, quoted: bool, escapes: str) -> Iterator[Part]:
    """Yield *text* with its backslashes done; outside quotes what they quote is quoted."""
    if not text:
        return
    if not escapes or "\\" not in text:
        yield Literal(text, quoted)
        return
    at = 0
    for found in re.finditer(r"\\(.?)", text, re.DOTALL):
        if found.start() < at:
            continue
        after = found[1]
        if escapes != "*" and after not in escapes:
            continue
        if found.start() > at:
            yield Literal(text[at : found.start()], quoted)
        if after != "\n" and after:
            yield Literal(after, quoted=True)
        at = found.end()
    if at < len(text):
        yield Literal(text[at:], quoted)


def _decode_ansi(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found[1]:
            return _ANSI.get(found[1], "\\" + found[1])
        digits = found[2] or ""
        return chr(int(digits, 8) & 0xFF) if digits else chr(int(found[3], 16))

    pattern = r"\\(?:([a-tvwyzA-TV-Z\\'\"?])|([0-7]{1,3})|[xu]([0-9a-fA-F]{1,4}))"
    return re.sub(pattern, one, text)
