"""Builds the tree of commands from the nodes of tree-sitter-bash."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fanout_lint.analysis.scripts.shell import changes
from fanout_lint.analysis.scripts.shell.tree import (
    AndOr,
    Assignment,
    Background,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Literal,
    Pipeline,
    Redirect,
    Redirected,
    Script,
    Simple,
    Unread,
    While,
    Word,
)
from fanout_lint.analysis.scripts.shell.word_parts import WordReader

if TYPE_CHECKING:
    from tree_sitter import Node


_DEEPEST = 40
ONE_LINE = {"command", "declaration_command", "unset_command", "variable_assignments"}
_OPERATORS = {"&&", "||", "|", "|&", "!"}
_REDIRECTS = {"file_redirect", "heredoc_redirect", "herestring_redirect"}
_DECLARATIONS = {"export", "declare", "local", "readonly", "typeset"}


class Builder:
    def __init__(self, text: str, source: bytes, holes: Sequence[tuple[int, int]]) -> None:
        self._ascii = len(text) == len(source)
        self._source = source
        self.text = text
        self.words = WordReader(text, self.place, holes, self.substitution)

    def place(self, node: "Node") -> tuple[int, int]:
        """Return the character offsets of *node*."""
        if self._ascii:
            return node.start_byte, node.end_byte
        start = len(self._source[: node.start_byte].decode("utf-8", "replace"))
        inner = self._source[node.start_byte : node.end_byte].decode("utf-8", "replace")
        return start, start + len(inner)

    def substitution(self, node: "Node", depth: int) -> Script | None:
        if node.has_error or depth > _DEEPEST:
            return None
        if self._source[node.start_byte : node.end_byte].lstrip()[:2] == b"$(":
            return self.script(node, depth + 1)
        inner = self._source[node.start_byte : node.end_byte]
        return None if b"\\" in inner else self.script(node, depth + 1)

    def script(self, parent: "Node", depth: int) -> Script:
        """Return the commands among the children of *parent*."""
        commands: list[Command] = []
        for child in parent.children:
            if child.type == "&" and commands:
                last = commands[-1]
                commands[-1] = Background(last.start, last.end, last)
            elif child.is_named and child.type not in ("comment", "heredoc_body"):
                commands += self.command(child, depth + 1)
            elif child.type == "ERROR" or child.is_missing:
                commands.append(Unread(*self.place(child)))
        return Script(tuple(commands))

    def command(self, node: "Node", depth: int) -> list[Command]:
        start, end = self.place(node)
        if depth > _DEEPEST or node.type == "ERROR" or node.is_missing:
            return [Unread(start, end)]
        if node.type in ("list", "pipeline", "negated_command"):
            return [self._and_or(node, depth)]
        if node.type == "redirected_statement":
            return [self._and_or(node, depth)]
        if node.type == "command":
            return self._simple(node, ())
        return [self._compound(node, depth)]

    def _compound(self, node: "Node", depth: int) -> Command:
        start, end = self.place(node)
        if any(child.type == "ERROR" or child.is_missing for child in node.children):
            return Unread(start, end)
        match node.type:
            case "compound_statement":
                if node.children and node.children[0].type == "((":
                    return self._tested(start, end, node)
                return Group(start, end, self.script(node, depth), subshell=False)
            case "subshell":
                return Group(start, end, self.script(node, depth), subshell=True)
            case "test_command":
                return self._tested(start, end, node)
            case "if_statement":
                return self._if(node, depth)
            case "for_statement" | "c_style_for_statement":
                return self._for(node, depth)
            case "while_statement":
                return self._while(node, depth)
            case "case_statement":
                return self._case(node, depth)
            case "function_definition":
                return self._function(node, depth)
            case "variable_assignment":
                return Simple(start, end, (self._assignment(node),))
            case "variable_assignments":
                return Simple(start, end, tuple(map(self._assignment, node.named_children)))
            case "declaration_command":
                return self._declaration(node)
            case "unset_command" if not node.has_error:
                return changes.unset(start, end, [self.words.word(c) for c in node.named_children])
        return Unread(start, end)

    def _tested(self, start: int, end: int, node: "Node") -> Command:
        text = self.text[start:end].strip()
        return changes.tested(start, end, text, self.words.inside(node))

    # -- and-or lists and pipes ------------------------------------------------

    def _and_or(self, node: "Node", depth: int) -> Command:
        start, end = self.place(node)
        flat = list(self._flatten(node, depth))
        links: list[tuple[str, Command]] = []
        word, index = "", 0
        while index < len(flat):
            stop = index
            while stop < len(flat) and flat[stop] not in ("&&", "||"):
                stop += 1
            command = self._pipeline(flat[index:stop])
            if command is None:
                return Unread(start, end)
            links.append((word, command))
            word = str(flat[stop]) if stop < len(flat) else ""
            index = stop + 1
        if not links or word:
            return Unread(start, end)
        if len(links) == 1:
            return links[0][1]
        return AndOr(start, end, links[0][1], tuple(links[1:]))

    def _pipeline(self, flat: "list[str | Command]") -> Command | None:
        negated = bool(flat) and flat[0] == "!"
        if negated:
            flat = flat[1:]
        commands = [part for part in flat[::2] if not isinstance(part, str)]
        pipes = [part for part in flat[1::2] if part in ("|", "|&")]
        if len(commands) + len(pipes) != len(flat) or len(pipes) != len(commands) - 1:
            return None
        if len(commands) == 1 and not negated:
            return commands[0]
        merged = tuple(pipe == "|&" for pipe in pipes)
        start, end = commands[0].start, commands[-1].end
        return Pipeline(start, end, tuple(commands), merged, negated)

    def _flatten(self, node: "Node", depth: int) -> "Iterator[str | Command]":
        """Yield commands and operators in the order of the text."""
        if depth > _DEEPEST:
            yield Unread(*self.place(node))
        elif node.type in ("list", "pipeline", "negated_command"):
            for child in node.children:
                if child.type in _OPERATORS:
                    yield child.type
                elif child.is_named:
                    yield from self._flatten(child, depth + 1)
                else:
                    yield Unread(*self.place(child))
        elif node.type == "redirected_statement":
            yield from self._flatten_redirected(node, depth)
        else:
            found = self.command(node, depth + 1)
            yield found[0] if len(found) == 1 else Unread(*self.place(node))

    def _flatten_redirected(self, node: "Node", depth: int) -> "Iterator[str | Command]":
        body = node.child_by_field_name("body")
        redirects = [child for child in node.children if child.type in _REDIRECTS]
        if body is None:
            start, end = self.place(node)
            yield Simple(start, end, redirects=self._redirects(redirects))
            return
        flat = list(self._flatten(body, depth + 1))
        last = flat.pop()
        if isinstance(last, str):
            yield Unread(*self.place(node))
            return
        yield from flat
        yield self._redirected(node, last, self._redirects(redirects))
        for redirect in redirects:
            yield from self._behind_heredoc(redirect, depth)

    def _behind_heredoc(self, redirect: "Node", depth: int) -> "Iterator[str | Command]":
        """Yield what follows a here-document's mark on its line: the grammar hangs it there."""
        if redirect.type != "heredoc_redirect":
            return
        for child in redirect.children:
            if child.type in _OPERATORS:
                yield child.type
            elif child.type in ("pipeline", "list", "command", "redirected_statement"):
                yield from self._flatten(child, depth + 1)

    def _redirected(
        self, node: "Node", last: Command, redirects: tuple[Redirect, ...] | None
    ) -> Command:
        start, end = last.start, self.place(node)[1]
        body = node.child_by_field_name("body")
        if body is not None and len(redirects or ()) == 1 and (redirects or ())[0].here is not None:
            end = last.end
        if redirects is None:
            return Unread(start, end)
        if isinstance(last, Simple):
            kept = last.redirects + redirects
            return Simple(start, end, last.assignments, last.words, kept, last.declares)
        return Redirected(start, end, last, redirects)

    # -- redirections ----------------------------------------------------------

    def _redirects(self, nodes: "Sequence[Node]") -> tuple[Redirect, ...]:
        found: list[Redirect] = []
        for node in nodes:
            found += self._redirect(node)
        return tuple(found)

    def _redirect(self, node: "Node") -> list[Redirect]:
        if any(child.type == "ERROR" or child.is_missing for child in node.children):
            return [Redirect("?", None, None)]
        if node.type == "herestring_redirect":
            word = self.words.word(node.named_children[-1])
            return [Redirect("<<<", None, None, word)]
        if node.type == "heredoc_redirect":
            return self._heredoc(node)
        descriptor = next((c for c in node.children if c.type == "file_descriptor"), None)
        number = self._number(descriptor)
        operator = next((c.type for c in node.children if c.type[0] in "<>&"), "?")
        targets = node.children_by_field_name("destination")
        if len(targets) != 1:
            closes = operator in (">&-", "<&-")
            return [Redirect(operator if closes else "?", number, None)]
        return [Redirect(operator, number, self.words.word(targets[0]))]

    def _heredoc(self, node: "Node") -> list[Redirect]:
        found: list[Redirect] = []
        here: Redirect | None = None
        for child in node.children:
            if child.type in _REDIRECTS:
                found += self._redirect(child)
            elif child.type == "heredoc_body":
                here = Redirect("<<", None, None, self.words.heredoc(node, child))
        if here is None:
            here = Redirect("<<", None, None, ())
        return [here, *found]

    def _number(self, node: "Node | None") -> int | None:
        if node is None:
            return None
        start, end = self.place(node)
        digits = self.text[start:end]
        return int(digits) if digits.isdigit() and len(digits) < 4 else -1

    # -- simple commands -------------------------------------------------------

    def _simple(self, node: "Node", redirects: tuple[Redirect, ...]) -> list[Command]:
        start, end = self.place(node)
        if any(child.type == "ERROR" or child.is_missing for child in node.children):
            return [Unread(start, end)]
        assignments: list[Assignment] = []
        words: list[Word] = []
        kept = list(redirects)
        previous_end = start
        for child in node.children:
            child_start, child_end = self.place(child)
            if "\n" in self.text[previous_end:child_start].replace("\\\n", ""):
                return [Unread(start, end)]
            if child.type == "variable_assignment":
                assignments.append(self._assignment(child))
            elif child.type in _REDIRECTS:
                kept += self._redirect(child)
            else:
                words.append(self.words.word(child))
            previous_end = child_end
        words = self.words.joined_dollars(words)
        return [self._declared_late(start, end, assignments, words, kept)]

    def _declared_late(
        self,
        start: int,
        end: int,
        assignments: list[Assignment],
        words: list[Word],
        redirects: list[Redirect],
    ) -> Command:
        head = words[0] if words else ()
        if len(head) == 1 and isinstance(head[0], Literal) and head[0].text in _DECLARATIONS:
            return Unread(start, end)
        return Simple(start, end, tuple(assignments), tuple(words), tuple(redirects))

    def _assignment(self, node: "Node") -> Assignment:
        name = node.child_by_field_name("name")
        value = node.child_by_field_name("value")
        adds = any(child.type == "+=" for child in node.children)
        place = self.place(name) if name is not None else (0, 0)
        label = self.text[place[0] : place[1]]
        if value is not None and value.type == "array":
            items = tuple(self.words.word(child) for child in value.named_children)
            return Assignment(label, (), adds, items)
        return Assignment(label, self.words.word(value) if value is not None else (), adds)

    def _declaration(self, node: "Node") -> Command:
        start, end = self.place(node)
        if node.has_error or changes.names_another(self.text[start:end]):
            return Unread(start, end)
        found = [c for c in node.named_children if c.type == "variable_assignment"]
        assignments = tuple(self._assignment(child) for child in found)
        return Simple(start, end, assignments, declares=node.children[0].type)

    # -- compound commands -----------------------------------------------------

    def _split(self, node: "Node", mark: str) -> "tuple[list[Node], list[Node]]":
        """Return the children before and after the keyword *mark*."""
        index = next((i for i, c in enumerate(node.children) if c.type == mark), 0)
        return node.children[:index], node.children[index + 1 :]

    def _commands(self, nodes: "Sequence[Node]", depth: int) -> Script:
        commands: list[Command] = []
        skipped = ("comment", "elif_clause", "else_clause", "heredoc_body")
        for node in nodes:
            if node.type == "&" and commands:
                last = commands[-1]
                commands[-1] = Background(last.start, last.end, last)
            elif node.is_named and node.type not in skipped:
                commands += self.command(node, depth + 1)
        return Script(tuple(commands))

    def _if(self, node: "Node", depth: int) -> Command:
        start, end = self.place(node)
        branches = [self._branch(node, depth)]
        otherwise = Script()
        for child in node.children:
            if child.type == "elif_clause":
                branches.append(self._branch(child, depth))
            elif child.type == "else_clause":
                otherwise = self._commands(child.children, depth)
        return If(start, end, tuple(branches), otherwise)

    def _branch(self, node: "Node", depth: int) -> tuple[Script, Script]:
        condition, body = self._split(node, "then")
        return self._commands(condition, depth), self._commands(body, depth)

    def _for(self, node: "Node", depth: int) -> Command:
        start, end = self.place(node)
        body = node.child_by_field_name("body")
        if body is None:
            return Unread(start, end)
        script = self.script(body, depth + 1)
        variable = node.child_by_field_name("variable")
        if variable is None or node.children[0].type != "for":
            head = self._tested(start + 3, self.place(body)[0], node)
            loop = For(start, end, "", None, script)
            return Group(start, end, Script((head, loop)), subshell=False)
        place = self.place(variable)
        listed = any(child.type == "in" for child in node.children)
        values = node.children_by_field_name("value")
        words = tuple(self.words.word(value) for value in values) if listed else None
        return For(start, end, self.text[place[0] : place[1]], words, script)

    def _while(self, node: "Node", depth: int) -> Command:
        start, end = self.place(node)
        body = node.child_by_field_name("body")
        if body is None:
            return Unread(start, end)
        condition = self._commands([c for c in node.children[1:] if c.type != "do_group"], depth)
        return While(start, end, condition, self.script(body, depth + 1))

    def _case(self, node: "Node", depth: int) -> Command:
        start, end = self.place(node)
        subject = node.child_by_field_name("value")
        items = []
        for item in (child for child in node.children if child.type == "case_item"):
            if any(c.type in ("ERROR", ";&", ";;&") or c.is_missing for c in item.children):
                return Unread(start, end)
            _, body = self._split(item, ")")
            patterns = tuple(self.words.word(v) for v in item.children_by_field_name("value"))
            items.append((patterns, self._commands(body, depth)))
        word = self.words.word(subject) if subject is not None else ()
        return Case(start, end, word, tuple(items))

    def _function(self, node: "Node", depth: int) -> Command:
        start, end = self.place(node)
        name = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        if name is None or body is None or node.child_by_field_name("redirect") is not None:
            return Unread(start, end)
        place = self.place(name)
        found = self.command(body, depth + 1)
        return Function(start, end, self.text[place[0] : place[1]], found[0])
