"""A script in any language in, what it writes out."""

from fanout_lint.analysis.scripts.flow import unseen
from fanout_lint.analysis.scripts.language import Language, Script
from fanout_lint.analysis.scripts.outputs import ScriptOutput

_SHELLS = (Language.SHELL, Language.BASH, Language.DASH, Language.BUSYBOX)


def analyse(script: Script) -> ScriptOutput:
    """Return what *script* writes; in a language that nobody reads here it may write anything.

    Places are character offsets into ``script.text``; those of a single command
    count the characters of its words, joined with one blank each.
    """
    if script.language is Language.PYTHON:
        from fanout_lint.analysis.scripts.python.analyse import analyse as analyse_python

        return analyse_python(script.text, script.holes)
    if script.language in _SHELLS:
        from fanout_lint.analysis.scripts.shell.analyse import analyse as analyse_shell
        from fanout_lint.analysis.scripts.shell.state import Dialect

        return analyse_shell(
            script.text,
            script.holes,
            Dialect(script.language.value),
            errexit=script.errexit,
            trace=script.trace,
            pipefail=script.pipefail,
        )
    if script.language is Language.COMMAND:
        from fanout_lint.analysis.scripts.shell.analyse import analyse_words

        return analyse_words(script.words)
    return ScriptOutput((unseen(0, len(script.text)),), understood=False)
