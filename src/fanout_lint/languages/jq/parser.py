"""Parses a jq filter in gojq's dialect (v0.12.19).

By rank, lowest first: ``|`` and ``as``, ``,``, ``//``, ``=`` and its kin, ``or``, ``and``,
comparisons, ``+ -``, ``* / %``. Comparisons and assignments do not chain. ``def`` and
``label`` may start a query only, and reach to its end. The bodies of ``try`` and
``catch`` are single terms.
"""

from fanout_lint.languages.jq.faults import JqError
from fanout_lint.languages.jq.nodes import (
    UPDATES,
    Binary,
    Bind,
    Define,
    Function,
    Import,
    Label,
    Member,
    Missing,
    Node,
    Pattern,
    Program,
)
from fanout_lint.languages.jq.terms import Terms, text_node
from fanout_lint.languages.jq.tokens import Token
from fanout_lint.languages.jq.words import Words

_RANKS: dict[str, tuple[int, str]] = {
    "//": (1, "right"),
    **dict.fromkeys(UPDATES, (2, "none")),
    "or": (3, "left"),
    "and": (4, "left"),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), (5, "none")),
    **dict.fromkeys("+-", (6, "left")),
    **dict.fromkeys("*/%", (7, "left")),
}


def parse_filter(source: str) -> Program:
    """Return the tree of *source*; JqError where gojq refuses it.

    Raises JqUnknown where it is nested too deeply to be read.
    """
    return _Queries(Words(source)).program()


class _Queries:
    """Reads queries, and hands their terms to :class:`Terms`."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.terms = Terms(words, self)

    def program(self) -> Program:
        if self.words.takes("module"):
            self.terms.constant_object()
            self.words.need(";")
        imports = []
        while (
            self.words.peek().text in ("import", "include") and self.words.peek().kind == "keyword"
        ):
            imports.append(self._import())
        functions, start = [], self.words.peek().start
        while self.words.is_keyword("def"):
            functions.append(self._function())
        missing = self.words.peek().kind == "end"
        query: Node = Missing(start, self.words.peek().end) if missing else self.query()
        if self.words.peek().kind != "end":
            raise self.words.unexpected()
        for function in reversed(functions):
            query = Define(function, query, start, query.end)
        return Program(tuple(imports), query)

    def _import(self) -> Import:
        word = self.words.take()
        path = self.terms.plain_string()
        if word.text == "import":
            self.words.need_keyword("as")
            if self.words.peek().kind not in ("word", "variable") or "::" in self.words.peek().text:
                raise self.words.unexpected()
            self.words.take()
        if self.words.is_text("{"):
            self.terms.constant_object()
        end = self.words.need(";").end
        return Import(path, word.start, end)

    def query(self) -> Node:
        """Read a query with pipes, commas and what binds them."""
        self.words.enter()
        left = self._piece()
        while self.words.is_text(","):
            comma = self.words.take()
            left = Binary(",", left, self._piece(), comma.start, comma.end)
        if self.words.is_text("|"):
            pipe = self.words.take()
            left = Binary("|", left, self.query(), pipe.start, pipe.end)
        self.words.depth -= 1
        return left

    def _piece(self) -> Node:
        """Read what stands between commas; definitions, labels and ``as`` reach to the end."""
        token = self.words.peek()
        if self.words.is_keyword("def"):
            function = self._function()
            body = self.query()
            return Define(function, body, token.start, body.end)
        if self.words.is_keyword("label"):
            self.words.take()
            name = self.words.variable()
            self.words.need("|")
            body = self.query()
            return Label(name, body, token.start, body.end)
        source = self.expression()
        if not self.words.is_keyword("as"):
            return source
        word = self.words.take()
        patterns = [self.pattern()]
        while self.words.is_text("?//"):
            self.words.take()
            patterns.append(self.pattern())
        self.words.need("|")
        return Bind(source, tuple(patterns), self.query(), word.start, word.end)

    def _function(self) -> Function:
        self.words.take()
        name = self._bare_word()
        parameters: list[str] = []
        if self.words.takes("("):
            parameters.append(self._parameter())
            while self.words.takes(";"):
                parameters.append(self._parameter())
            self.words.need(")")
        self.words.need(":")
        body = self.query()
        self.words.need(";")
        return Function(name, tuple(parameters), body)

    def _bare_word(self) -> str:
        if self.words.peek().kind != "word" or "::" in self.words.peek().text:
            raise self.words.unexpected()
        return self.words.take().text

    def _parameter(self) -> str:
        return (
            "$" + self.words.variable()
            if self.words.peek().kind == "variable"
            else self._bare_word()
        )

    def expression(self, lowest: int = 0) -> Node:
        left = self.terms.term()
        while True:
            operator = self.words.peek()
            rank, side = _RANKS.get(operator.text, (-1, ""))
            if rank < max(lowest, 1) or not self._is_operator(operator):
                return left
            self.words.take()
            right = self.expression(rank if side == "right" else rank + 1)
            left = Binary(operator.text, left, right, operator.start, operator.end)
            following = self.words.peek()
            if side == "none" and _RANKS.get(following.text, (-1, ""))[0] == rank:
                if not self._is_operator(following):
                    return left
                message = f"{operator.text!r} and {following.text!r} do not chain: use brackets"
                raise JqError(message, following.start, following.end)

    @staticmethod
    def _is_operator(token: Token) -> bool:
        return token.kind in ("operator", "other", "keyword")

    def pattern(self) -> Pattern:
        self.words.enter()
        found = self._pattern()
        self.words.depth -= 1
        return found

    def _pattern(self) -> Pattern:
        if self.words.peek().kind == "variable":
            return Pattern(name=self.words.variable())
        if self.words.takes("["):
            items = [self.pattern()]
            while self.words.takes(","):
                items.append(self.pattern())
            self.words.need("]")
            return Pattern(items=tuple(items))
        if self.words.takes("{"):
            members = [self._member()]
            while self.words.takes(","):
                members.append(self._member())
            self.words.need("}")
            return Pattern(members=tuple(members))
        raise self.words.unexpected()

    def _member(self) -> Member:
        token = self.words.peek()
        key: Node
        if token.kind == "variable":
            name = self.words.variable()
            return Member(
                text_node(name, token), name, self.pattern() if self.words.takes(":") else None
            )
        if self.words.takes("("):
            key = self.query()
            self.words.need(")")
        elif token.kind == "string":
            key = self.terms.string("")
        elif word := self.words.key():
            key = text_node(word, token)
        else:
            raise self.words.unexpected()
        self.words.need(":")
        return Member(key, "", self.pattern())
