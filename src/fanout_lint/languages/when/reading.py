"""A ``when`` into true, false or a fault; and, while tags stand in it, into what is certain."""

from msgspec import Struct

from fanout_lint.languages.problem import Problem, Reading
from fanout_lint.languages.when.comparisons import check_pattern
from fanout_lint.languages.when.evaluate import Evaluation, Remark
from fanout_lint.languages.when.plan import check_order, plan, with_patterns, with_words_as_text
from fanout_lint.languages.when.tokens import (
    FaultKind,
    Kind,
    Token,
    UnfollowableError,
    WhenError,
    tokenize,
)
from fanout_lint.languages.when.values import Value, can_be_bool, show


class Tag(Struct, frozen=True):
    """A ``{{…}}`` in a ``when``; offsets take in the braces."""

    start: int
    end: int
    is_quoted: bool


class WhenFault(Struct, frozen=True):
    """Why every evaluation fails, and where."""

    kind: FaultKind
    message: str
    start: int
    end: int


class WhenAnalysis(Struct, frozen=True):
    """What is certain of a ``when`` whatever its tags give.

    A tag is taken for text without quotes, backslashes and brackets of its own, and an
    unquoted one for a single operand. ``fault`` is why every evaluation fails. ``value``
    is the outcome when no tag can change it. ``remarks`` need not be errors.
    """

    tags: tuple[Tag, ...]
    fault: WhenFault | None
    value: bool | None
    remarks: tuple[Remark, ...]

    @property
    def is_constant(self) -> bool:
        """Whether tags stand in the text and yet change nothing."""
        return self.value is not None and bool(self.tags)


def read_when(text: str, *, cron: bool = False) -> Reading:
    """Read a ``when`` whose tags have been substituted; the value is ``true`` or ``false``.

    With *cron*, read ``CronWorkflow.spec.when`` (``workflow/cron/operator.go:shouldExecute``
    of v4.1.2), where a bare word is a parameter that nobody knows.
    """
    if not text:
        return Reading((), "bool", "true")
    try:
        value = _evaluate(text, Evaluation(words_known=not cron))
    except WhenError as error:
        return Reading((Problem(error.message, error.start, error.end),))
    except UnfollowableError:
        return Reading()
    return Reading((), "bool", show(value) if isinstance(value, bool) else None)


def analyse_when(text: str, *, cron: bool = False, dates: bool = False) -> WhenAnalysis:
    """Say what is certain of a ``when`` in which each ``{{…}}`` is an unknown text.

    Quoted text that is a date is a number to govaluate. Only with *dates* is a quoted tag
    taken for one beside a plain number, where nobody means it.
    """
    mask = _mask(text)
    evaluation = Evaluation(mask.hole, words_known=not cron, dates=dates)
    fault: WhenFault | None = None
    value: Value = None
    try:
        value = _evaluate(mask.text, evaluation) if mask.text else True
    except WhenError as error:
        fault = WhenFault(error.kind, *mask.told(error.message, error.start, error.end))
    except UnfollowableError:
        evaluation.remarks.clear()
    remarks = tuple(
        Remark(remark.kind, *mask.told(remark.message, remark.start, remark.end))
        for remark in evaluation.remarks
    )
    return WhenAnalysis(_tags(mask), fault, value if isinstance(value, bool) else None, remarks)


_CHANGED = (Kind.WORD, Kind.PATTERN)
"""What Argo's second reading takes otherwise than its first did: words, and behind patterns."""


def _evaluate(text: str, evaluation: Evaluation) -> Value:
    """Return the value, which is a truth value or unknown."""
    tokens = tokenize(text, evaluation.hole)
    check_order(tokens)
    tokens = _compiled(tokens, evaluation.hole)
    if evaluation.words_known and any(token.kind in _CHANGED for token in tokens):
        tokens = with_words_as_text(tokens)
        check_order(tokens)
        tokens = _compiled(tokens, evaluation.hole)
    value = evaluation.value_of(plan(tokens))
    if not can_be_bool(value):
        shown = show(value)
        message = f"when must be true or false, this is `{shown}`"
        raise WhenError(message, 0, len(text), FaultKind.NO_CONDITION)
    return value


def _compiled(tokens: tuple[Token, ...], hole: str) -> tuple[Token, ...]:
    tokens = with_patterns(tokens)
    for token in tokens:
        if token.kind is Kind.PATTERN and not (hole and hole in token.sign):
            check_pattern(token.sign, token.start, token.end)
    return tokens


class _Mask(Struct, frozen=True):
    """The text with one character, the hole, for each tag."""

    text: str
    hole: str
    origins: tuple[int, ...]  #: The offset each character comes from, and the end.

    def told(self, message: str, start: int, end: int) -> tuple[str, int, int]:
        return message.replace(self.hole, "{{…}}"), self.origins[start], self.origins[end]


def _mask(text: str) -> _Mask:
    hole = next(chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    while (start := text.find("{{", position)) >= 0:
        end = text.find("}}", start + 2)
        if end < 0:
            break
        pieces += (text[position:start], hole)
        origins += (*range(position, start), start)
        position = end + 2
    pieces.append(text[position:])
    origins.extend(range(position, len(text) + 1))
    return _Mask("".join(pieces), hole, tuple(origins))


def _tags(mask: _Mask) -> tuple[Tag, ...]:
    """Return the tags; one is quoted when an odd number of quotes stands before it."""
    tags: list[Tag] = []
    closer = ""
    escaped = False
    for index, character in enumerate(mask.text):
        if character == mask.hole:
            tags.append(Tag(mask.origins[index], mask.origins[index + 1], bool(closer)))
        elif escaped or character == "\\":
            escaped = not escaped
        elif closer:
            closer = "" if character in closer else closer
        elif character in "'\"[":
            closer = "]" if character == "[" else "'\""
    return tuple(tags)
