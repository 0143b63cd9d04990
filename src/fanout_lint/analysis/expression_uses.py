"""The names that an expression reads, resolved as those of simple tags are.

An expression may take a part of a path (``steps.a.outputs`` is an object) and go on behind
its end (``fromJSON(…)``, ``[0]``), so a path is cut to what the scope has names for.
Argo's lint does not look into expressions: nothing is ever refused there.
"""

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fanout_lint.analysis.expression_fields import ROOTS
from fanout_lint.analysis.outcomes import (
    NoGlobal,
    NoInput,
    NoItem,
    NoOutput,
    NoPart,
    NoPod,
    NoRetry,
    NoStep,
    NotUpstream,
    NoWorkflowField,
    NoWorkflowParameter,
    OtherRoot,
    Outcome,
    Part,
    ReadsOther,
)
from fanout_lint.analysis.sites import Text
from fanout_lint.languages.expression.builtin_names import BUILTINS
from fanout_lint.languages.expression.nodes import Nil, Node, walk
from fanout_lint.languages.expression.references import (
    HyphenatedName,
    Segment,
    hyphenated_names,
    references,
)
from fanout_lint.languages.expression.references import Reference as Path
from fanout_lint.languages.expression.signatures import ARGO_FUNCTIONS
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.reference import Reference
from fanout_lint.tags.scan import Tag
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Links, Use

_PROVIDED_FOR = (NoInput, NoWorkflowParameter, NoWorkflowField, NoGlobal, NoRetry, NoItem)
"""What may well be absent by intent where an expression says what it takes instead."""

_RETRY_PARTS = ("exitCode", "status", "duration", "message")
_BRACKET = r"\s*\]"
_NO_NAMES = frozenset((*BUILTINS, *ARGO_FUNCTIONS, "sprig"))
_LONGEST: dict[tuple[str, ...], int] = {
    ("inputs", "parameters"): 3,
    ("inputs", "artifacts"): 4,
    ("workflow", "parameters"): 3,
    ("workflow", "outputs"): 4,
}


def uses_of(links: "Links", text: Text, written: str, start: int, root: Node) -> "tuple[Use, ...]":
    """Return the names that the expression *written*, at *start* of its scalar, reads."""
    from fanout_lint.analysis.facts import Use

    asks_for_nil = any(isinstance(node, Nil) for node in walk(root))
    uses: list[Use] = []
    for path in references(root):
        if path.called or path.segments[0].text in _NO_NAMES:
            continue
        names = names_of(path)
        reference = refer_to(path, names, text.scalar, written, start)
        guarded = path.guarded or asks_for_nil or any(part.optional for part in path.segments)
        outcome = _resolve(links, names, text)
        if guarded and isinstance(outcome, _PROVIDED_FOR):
            outcome = UNKNOWN
        uses.append(Use(reference, text, outcome, is_guarded=guarded))
    return tuple(uses)


def refer_to(
    path: Path, names: tuple[str, ...], scalar: Scalar, written: str, start: int
) -> Reference:
    """Return the first *names* of *path*, which is read by *written*, at *start* of *scalar*."""
    last = _end(written, path.segments[len(names) - 1])
    segments = tuple(
        (start + segment.start, start + segment.end) for segment in path.segments[: len(names)]
    )
    shown = written[path.start : last]
    tag = Tag(scalar, start, start + len(written), shown, start + path.start, True, False)
    return Reference(tag, names, segments)


def subtracted_names(root: Node) -> tuple[HyphenatedName, ...]:
    """Return the names of *root* whose hyphen is read as a minus, since nothing is so called.

    ``item.size-n`` may well be a subtraction where ``let`` names ``n``, or it is a root.
    """
    hyphenated = hyphenated_names(root)
    if not hyphenated:
        return ()
    paths = references(root)
    found: list[HyphenatedName] = []
    for name in hyphenated:
        behind = {part.split(".")[0] for part in name.segments[name.hyphenated].split("-")[1:]}
        if any(
            path.segments[0].text in behind - ROOTS and name.start < path.start < name.end
            for path in paths
        ):
            found.append(name)
    return tuple(found)


def _end(written: str, segment: Segment) -> int:
    """Return where the path ends with *segment*: behind the bracket around a quoted name."""
    closing = re.compile(_BRACKET).match(written, segment.end) if segment.quote else None
    return segment.end if closing is None else closing.end()


def names_of(path: Path) -> tuple[str, ...]:
    """Return the names of *path*, cut where what the scope knows of ends."""
    names = tuple(segment.text for segment in path.segments)
    if names[0] == "item":
        return names[:2]
    if names[0] in ("steps", "tasks"):
        if names[2:3] != ("outputs",):
            return names[:3]
        return names[:4] if names[3:4] == ("result",) else names[:5]
    return names[: _LONGEST.get(names[:2], len(names))]


def _resolve(links: "Links", names: tuple[str, ...], text: Text) -> Outcome:
    if len(names) == 1 and names[0] not in ("item", "retries"):
        return UNKNOWN
    if names[0] == "lastRetry" and names[1:2] and names[1] not in _RETRY_PARTS:
        return NoPart(1, _RETRY_PARTS, refused=False)
    asked = names
    if names[0] in ("steps", "tasks") and names[2:] in ((), ("outputs",), ("outputs", "artifacts")):
        asked = (*names[:2], "id")
    outcome = links.scope.resolve(asked, text.site, "")
    match outcome:
        case NoOutput(part=Part.PARAMETERS) | NoWorkflowParameter(name=""):
            return ReadsOther()
        case NoWorkflowField() if names[1:2] == ("outputs",) and len(names) < 4:
            return UNKNOWN
        case (
            NoStep()
            | OtherRoot()
            | NotUpstream()
            | NoPart()
            | NoOutput()
            | NoInput()
            | NoWorkflowParameter()
            | NoGlobal()
            | NoWorkflowField()
            | NoItem()
            | NoPod()
        ):
            return replace(outcome, refused=False)
    return UNKNOWN if asked != names and not isinstance(outcome, ReadsOther) else outcome
