"""Whether a script writes a file, and whether it holds a JSON list then."""

import posixpath
from enum import Enum

from fanout_lint.analysis.scripts.flow import Stream
from fanout_lint.analysis.scripts.outputs import Certainty, ScriptOutput
from fanout_lint.analysis.scripts.verdict import Verdict, judge_json, judge_list
from fanout_lint.unknown import UNKNOWN, Unknown


class Writing(Enum):
    """How surely a file is written in the runs that end well."""

    SURE = "sure"
    PERHAPS = "perhaps"
    NEVER = "never"


def writes_to(output: ScriptOutput, path: str) -> Writing | Unknown:
    """Say whether *path* is written; ``UNKNOWN`` where something unseen may do it.

    ``NEVER`` holds only if all that the script does is understood. A relative
    path in the script may be the file in question, as its folder is not known.
    """
    if output.always_fails:
        return UNKNOWN
    path = posixpath.normpath(path)
    found = [write for write in output.writes if write.target == path]
    if any(output.certainty(write) == Certainty.SURE for write in found):
        return Writing.SURE
    if not output.understood or any(_may_be(write.target, path) for write in output.writes):
        return UNKNOWN
    return Writing.PERHAPS if found else Writing.NEVER


def judge_file(output: ScriptOutput, path: str, *, any_json: bool = False) -> Verdict:
    """Say whether *path* holds one JSON list (or, with *any_json*, one JSON value) in the end.

    ``UNKNOWN`` unless the script surely writes it.
    """
    path = posixpath.normpath(path)
    if writes_to(output, path) is not Writing.SURE:
        return UNKNOWN
    if any(_may_be(write.target, path) for write in output.writes):
        return UNKNOWN
    return judge_json(output, path) if any_json else judge_list(output, path)


def _may_be(target: object, path: str) -> bool:
    """Say whether a write to *target* may be one to *path* though it does not say so."""
    if target is UNKNOWN or target is Stream.SOME_FILE:
        return True
    if not isinstance(target, str):
        return False
    if path.startswith(target + "/"):
        return True  # A folder was copied, moved or linked to.
    if target.startswith("/"):
        return False
    return path.endswith("/" + target.lstrip("./")) or target == "."
