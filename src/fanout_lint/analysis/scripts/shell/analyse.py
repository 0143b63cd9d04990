"""A shell script's text in, what it writes out."""

from collections.abc import Sequence

from fanout_lint.analysis.scripts.flow import Stream, unseen
from fanout_lint.analysis.scripts.language import Argument
from fanout_lint.analysis.scripts.outputs import ScriptOutput
from fanout_lint.analysis.scripts.shell.parse import parse
from fanout_lint.analysis.scripts.shell.run import Overrun, Runner
from fanout_lint.analysis.scripts.shell.state import Dialect, State
from fanout_lint.analysis.scripts.shell.tree import Gap, Literal, Part, Script, Simple, Word


def analyse(
    text: str,
    holes: Sequence[tuple[int, int]] = (),
    dialect: Dialect = Dialect.SH,
    *,
    errexit: bool = False,
    trace: bool = False,
    pipefail: bool = False,
) -> ScriptOutput:
    """Return what the script writes; one that cannot be read may write anything."""
    nothing_known = ScriptOutput((unseen(0, len(text)),), understood=False)
    if len(text) > 200_000:
        return nothing_known
    script = parse(text, holes)
    if script is None:
        return nothing_known
    sinks = {1: Stream.STDOUT, 2: Stream.ELSEWHERE}
    state = State(errexit=errexit, trace=trace, pipefail=pipefail, sinks=sinks)
    try:
        return Runner(dialect).finish(script, state)
    except (Overrun, RecursionError):
        return nothing_known


def analyse_words(words: Sequence[Argument]) -> ScriptOutput:
    """Return what one command writes that runs without a shell; its words are taken as they are.

    Such a program is no builtin: its ``echo`` is that of the image (GNU or busybox),
    which leaves escapes alone like bash's.
    """
    parts: list[Word] = []
    for word in words:
        pieces: list[Part] = [Literal("", quoted=True)]
        at = 0
        for start, end in word.holes:
            pieces += [Literal(word.text[at:start], quoted=True), Gap(quoted=True)]
            at = end
        parts.append((*pieces, Literal(word.text[at:], quoted=True)))
    length = sum(len(word.text) + 1 for word in words) - 1
    command = Simple(0, length, words=tuple(parts))
    return Runner(Dialect.BASH).finish(Script((command,)), State())
