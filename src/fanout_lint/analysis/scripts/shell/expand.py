"""Expands shell words: variables, substitutions, field splitting, quote removal."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import UNSEEN, Stream, Target, Write
from fanout_lint.analysis.scripts.shell.state import Dialect, Path
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
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    NUMBER_TEXT,
    PLAIN_TEXT,
    Anything,
    Either,
    Exact,
    Many,
    Piece,
    Text,
    concat,
    either,
    exact,
    first_words,
    literal,
)
from fanout_lint.unknown import UNKNOWN


class Field(Struct, frozen=True):
    """One argument. ``single`` is false where it may be none or several; ``glob`` says that it
    is an unquoted pattern, which is replaced by the files that match. ``bare`` says that quotes
    around some of it were taken away, ``braced`` that some shells make several of it."""

    text: Text
    single: bool = True
    glob: bool = False
    bare: bool = False
    braced: bool = False

    @property
    def is_one(self) -> bool:
        """Whether it is one argument, and no other number of them."""
        return self.single and not self.glob and not self.braced

    @property
    def is_item(self) -> bool:
        """Whether it is one item of an array where it stands: ``[3]=x`` chooses its own place."""
        placed = first_words(self.text)[:1] == "[" and "]=" in first_words(self.text)
        return self.is_one and not placed


#: Stand for unquoted characters that the shell acts on, until the field is whole.
_OPEN, _COMMA, _CLOSE, _STAR, _BREAK = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARKS: Final = {"{": _OPEN, ",": _COMMA, "}": _CLOSE, "*": _STAR, "?": _STAR + "?"}
_UNMARK: Final = {_OPEN: "{", _COMMA: ",", _CLOSE: "}", _STAR + "?": "?", _STAR: "*"}
_BRACES = (
    f"{_OPEN}([^{_OPEN}{_CLOSE}]*{_COMMA}[^{_OPEN}{_CLOSE}]*|-?[0-9]{{1,4}}\\.\\.-?[0-9]{{1,4}})"
    f"{_CLOSE}"
)  #: Compiled when a word has such a mark, which few have.
_SEQUENCE = f"{_OPEN}[^{_OPEN}{_CLOSE}]*\\.\\.[^{_OPEN}{_CLOSE}]*{_CLOSE}"
_LONGEST_SEQUENCE: Final = 64

Run = Callable[[Script, Path], tuple[Path, Text]]  #: Runs a substitution; what it prints, trimmed.


class Expander:
    """Expands words for one dialect; *run* runs the scripts in ``$(…)``."""

    def __init__(self, dialect: Dialect, run: Run) -> None:
        self.dialect = dialect
        self.run = run

    def value(self, word: Word, path: Path) -> tuple[Path, Text]:
        """Return *word* as one text, as in an assignment: nothing is split."""
        texts: list[Text] = []
        for part in word:
            path, text, _ = self._part(part, path)
            texts.append(text)
        return path, concat(*texts)

    def fields(self, word: Word, path: Path) -> tuple[Path, list[Field]]:
        """Return the arguments that *word* becomes."""
        items = _items(word, path)
        if items:
            return path, [Field(item, single=True) for item in items]
        pieces: list[Piece] = []
        single, quoted = True, False
        for part in word:
            quoted = quoted or (isinstance(part, Literal) and part.quoted)
            path, text, splits = self._part(part, path)
            if isinstance(part, Variable) and "@" in (part.name, part.index):
                single = single and exact(text) not in (None, "")
            if isinstance(part, Literal) and not part.quoted:
                pieces += literal(_marked(part.text))
            elif splits:
                known = exact(text)
                if known is not None:
                    pieces += literal(re.sub(r"[ \t\n]+", _BREAK, known))
                else:
                    single = single and all(map(_unbroken, text))
                    pieces += text
            else:
                pieces += text
        fields = list(self._finished(concat(pieces), single, quoted))
        return path, fields

    def _finished(self, text: Text, single: bool, quoted: bool) -> Iterator[Field]:
        if not text:
            if quoted:
                yield Field((), single)
            return
        bare = quoted
        for field in _broken(text):
            for expanded in self._braced(field):
                if self.dialect not in _NO_BRACES and any(map(_has_sequence, expanded)):
                    yield Field(ANY_TEXT, single=False)
                    continue
                glob = any(isinstance(p, Exact) and _STAR in p.text for p in expanded)
                braced = expanded != field and self.dialect is Dialect.SH
                yield Field(concat(*map(_unmarked, expanded)), single, glob, bare, braced)

    def _braced(self, field: Text) -> list[Text]:
        """Return the field, or what bash makes of its braces."""
        known = exact(field)
        if known is None or not _has_braces(known) or self.dialect in _NO_BRACES:
            return [field]
        if self.dialect is Dialect.SH:
            joined = " ".join(_brace_words(known))
            return [either((field, literal(joined)))]
        return [literal(word) for word in _brace_words(known)]

    def _part(self, part: Part, path: Path) -> tuple[Path, Text, bool]:
        """Return the text of *part*, and whether the shell splits it at blanks."""
        match part:
            case Literal(text):
                return path, literal(text), False
            case Gap(quoted):
                return path, ANY_TEXT, not quoted
            case Arithmetic():
                path = _ran_unseen(path, part.runs) if part.runs else path
                for name in part.sets:
                    path = replace(path, state=path.state.assigned(name, NUMBER_TEXT))
                return path, NUMBER_TEXT, False
            case Variable():
                value = self._variable(part, path)
                for inner in part.operand or ():
                    if isinstance(inner, Strange) and inner.runs:
                        path = _ran_unseen(path, inner.runs)
                if part.operator in (":=", "=") and not part.index:
                    path = replace(path, state=path.state.assigned(part.name, value))
                return path, value, not part.quoted
            case Substitution(body, quoted):
                if body is None:
                    return _ran_unseen(path, "inside"), ANY_TEXT, not quoted
                path, printed = self.run(body, path)
                return path, printed, not quoted
            case Strange(quoted):
                if part.body is not None:
                    path, _ = self.run(part.body, path)
                elif part.runs:
                    path = _ran_unseen(path, part.runs)
                return path, ANY_TEXT, not quoted

    def _variable(self, part: Variable, path: Path) -> Text:
        state = path.state
        if part.name in ("?", "#", "$", "!") and not part.operator:
            return NUMBER_TEXT
        if part.index and part.name in state.arrays and not part.operator:
            return self._array(part, path)
        if part.name in state.arrays or part.index:
            return ANY_TEXT
        value = state.variable(part.name)
        if not part.operator:
            return value
        known = exact(value)
        operand = part.operand or ()
        if part.operator in (":-", "-", ":=", "="):
            if known:
                return value
            _, other = self.value(operand, path)
            return other if known == "" and ":" in part.operator else either((value, other))
        if part.operator in ("%", "%%", "#", "##"):
            return _cut(value, part.operator, operand)
        return ANY_TEXT

    def _array(self, part: Variable, path: Path) -> Text:
        items = path.state.arrays[part.name]
        if items is None or not part.quoted:
            return ANY_TEXT
        if part.index == "@":
            return concat(*items) if len(items) == 1 else ANY_TEXT
        separator = exact(path.state.variables.get("IFS", literal(" ")))
        if separator is None:
            return ANY_TEXT
        between = literal(separator[:1])
        joined: list[Text] = []
        for index, item in enumerate(items):
            joined += [between, item] if index else [item]
        return concat(*joined)


_NO_BRACES: Final = (Dialect.DASH, Dialect.BUSYBOX)


def _ran_unseen(path: Path, runs: str) -> Path:
    """Return the path past commands that are not followed."""
    target: Target = UNKNOWN if runs == "beside" else Stream.SOME_FILE
    write = Write(0, 0, target, ANY_TEXT, UNSEEN)
    return Path(replace(path.state, files={}), (*path.trail, write))


def _items(word: Word, path: Path) -> tuple[Text, ...] | None:
    """Return the items of a known array, where *word* is ``"${array[@]}"``."""
    parts = [part for part in word if part != Literal("", quoted=True)]
    part = parts[0] if len(parts) == 1 else None
    if isinstance(part, Variable) and part.quoted and part.index == "@" and not part.operator:
        return path.state.arrays.get(part.name)
    return None


def _marked(text: str) -> str:
    return "".join(_MARKS.get(character, character) for character in text)


def _unmarked(piece: Piece) -> Text:
    if not isinstance(piece, Exact):
        return (piece,)
    text = piece.text
    for mark, character in _UNMARK.items():
        text = text.replace(mark, character)
    return literal(text)


def _has_sequence(piece: Piece) -> bool:
    """Say whether *piece* has ``{1..9}`` in it that was not expanded here."""
    text = piece.text if isinstance(piece, Exact) else ""
    return _OPEN in text and re.search(_SEQUENCE, text) is not None


def _has_braces(word: str) -> bool:
    return _OPEN in word and re.search(_BRACES, word) is not None


def _unbroken(piece: Piece) -> bool:
    """Say whether *piece* is surely one word."""
    match piece:
        case Exact(text):
            return re.search(r"\s", text) is None
        case Anything(plain):
            return plain
        case Either(options):
            return all(all(map(_unbroken, option)) and option for option in options)
        case Many():
            return False
    return not isinstance(piece, Anything)


def _broken(text: Text) -> Iterator[Text]:
    """Split *text* at the breaks that field splitting left in it."""
    current: list[Piece] = []
    for piece in text:
        if isinstance(piece, Exact) and _BREAK in piece.text:
            first, *rest = piece.text.split(_BREAK)
            current += literal(first)
            for part in rest:
                if current:
                    yield tuple(current)
                current = list(literal(part))
        else:
            current.append(piece)
    if current:
        yield tuple(current)


def _between_braces(inner: str) -> list[str]:
    """Return the words of ``{a,b}`` or ``{1..3}``; a long sequence, or one with zeros in front,
    is left as it is."""
    if _COMMA in inner:
        return inner.split(_COMMA)
    first, last = inner.split("..")
    start, end = int(first), int(last)
    if abs(end - start) >= _LONGEST_SEQUENCE or inner != f"{start}..{end}":
        return [_OPEN + inner + _CLOSE]
    step = 1 if end >= start else -1
    return [str(number) for number in range(start, end + step, step)]


def _brace_words(text: str) -> list[str]:
    """Return the words that bash makes of the first braces, and of what is left in each."""
    words = [text]
    for _ in range(6):
        if len(words) > 64 or not any(map(_has_braces, words)):
            break
        expanded: list[str] = []
        for word in words:
            found = re.search(_BRACES, word) if _OPEN in word else None
            if found is None:
                expanded.append(word)
                continue
            head, tail = word[: found.start()], word[found.end() :]
            expanded += [head + middle + tail for middle in _between_braces(found[1])]
        words = expanded
    return words


def _cut(value: Text, operator: str, operand: Word) -> Text:
    """Return *value* without a literal end or start; patterns are not understood."""
    if len(operand) != 1 or not isinstance(operand[0], Literal):
        return ANY_TEXT
    pattern = operand[0].text
    if not operand[0].quoted and re.search(r"[*?\[\\]", pattern):
        return PLAIN_TEXT if all(p == PLAIN_TEXT[0] for p in value) else ANY_TEXT
    known = exact(value)
    if known is not None:
        cut = known.removesuffix(pattern) if "%" in operator else known.removeprefix(pattern)
        return literal(cut)
    if "%" in operator and value:
        return _cut_last(value, pattern)
    return ANY_TEXT


def _cut_last(value: Text, pattern: str) -> Text:
    last = value[-1]
    if isinstance(last, Exact) and len(last.text) >= len(pattern):
        return concat(value[:-1], literal(last.text.removesuffix(pattern)))
    if isinstance(last, Many) and last.most is None and not last.between and last.least <= 1:
        tail = last.body[-1] if last.body else None
        if isinstance(tail, Exact) and tail.text.endswith(pattern):
            once = concat(last.body[:-1], literal(tail.text.removesuffix(pattern)))
            some = concat(value[:-1], (Many(last.body, (), 0, None),), once)
            none = concat(value[:-1])
            return some if last.least else either((none, some), genuine=True)
    return ANY_TEXT
