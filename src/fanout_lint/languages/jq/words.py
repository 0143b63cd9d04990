"""A filter read word by word, with one word of foresight."""

from fanout_lint.languages.jq.faults import JqError, JqUnknown
from fanout_lint.languages.jq.tokens import Token, next_token

#: How deep queries may be nested before nothing is told.
MAX_DEPTH = 60


class Words:
    """The words of a filter from *place* on."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.ahead: Token | None = None
        self.depth = 0

    def enter(self) -> None:
        """Count one level of nesting."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise JqUnknown

    def peek(self) -> Token:
        if self.ahead is None:
            self.ahead = next_token(self.source, self.place)
        return self.ahead

    def take(self) -> Token:
        token = self.peek()
        self.place, self.ahead = token.end, None
        return token

    def is_text(self, text: str) -> bool:
        return self.peek().text == text and self.peek().kind in ("other", "operator")

    def is_keyword(self, word: str) -> bool:
        return self.peek().text == word and self.peek().kind == "keyword"

    def takes(self, text: str) -> bool:
        """Take the word *text* if it is next."""
        if self.is_text(text) or self.is_keyword(text):
            self.take()
            return True
        return False

    def need(self, text: str) -> Token:
        if not self.is_text(text):
            raise self.unexpected(text)
        return self.take()

    def need_keyword(self, word: str) -> Token:
        if not self.is_keyword(word):
            raise self.unexpected(word)
        return self.take()

    def unexpected(self, wanted: str = "") -> JqError:
        token = self.peek()
        hint = f"; {wanted!r} is wanted" if wanted else ""
        if token.kind == "end":
            return JqError(f"the filter ends too early{hint}", token.start, token.end)
        if token.text == "'":
            hint = "; jq's strings stand in double quotes"
        return JqError(f"{token.text!r} cannot stand here{hint}", token.start, token.end)

    def variable(self) -> str:
        """Take ``$name`` and return the name."""
        if self.peek().kind != "variable" or "::" in self.peek().text:
            raise self.unexpected("$name")
        return self.take().text[1:]

    def key(self) -> str | None:
        """Take a bare word that may be a key, and return it; None if none stands here."""
        token = self.peek()
        if token.kind == "keyword" or (token.kind == "word" and "::" not in token.text):
            return self.take().text
        return None
