"""Says in few words what the analysis makes of a script."""

from fanout_lint.analysis.scripts.outputs import ScriptOutput
from fanout_lint.analysis.scripts.verdict import IsJson, NotJson, Reason, judge_list
from fanout_lint.unknown import Unknown


def verdict(output: ScriptOutput) -> str:
    """Return ``list``, ``unknown``, or ``error``/``warning`` with the reason."""
    judged = judge_list(output)
    match judged:
        case IsJson():
            return "list"
        case NotJson(reason=reason, sure=sure):
            return f"{'error' if sure else 'warning'} {reason.name}"
    assert isinstance(judged, Unknown)
    return "unknown"


def guilty_words(output: ScriptOutput, text: str) -> str:
    """Return the statement that breaks the list, as *text* has it."""
    judged = judge_list(output)
    assert isinstance(judged, NotJson)
    assert judged.guilty is not None, Reason
    return text[judged.guilty.start : judged.guilty.end]
