"""Commands that a Python script starts: what they print, where it goes."""

from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.flow import Choice, Flow, Repeat, Stream, Target, Write
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    File,
    Named,
    Opaque,
    Scalar,
    Str,
    Typed,
    Value,
    text_of,
)
from fanout_lint.analysis.scripts.text import ANY_TEXT
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller

_TAKES_OUTPUT: Final = ("subprocess.check_output", "subprocess.getoutput", "os.popen")
_OWN_END: Final = ("os.exec", "os.spawn")


def call(caller: "Caller", name: str, arguments: "Arguments") -> Value:
    """Start a command; its stdout is the script's own, unless it is taken."""
    machine = caller.machine
    if name.startswith(_OWN_END):
        machine.lose()
        return OPAQUE
    if not name.split(".")[-1][:1].islower() and name != "subprocess.Popen":
        return Named(name)
    taken = _taken(arguments, name)
    if taken is not None and taken is not Stream.STDOUT:
        if isinstance(taken, str):
            machine.write(taken, ANY_TEXT, name)
        elif taken is UNKNOWN:
            machine.write(UNKNOWN, ANY_TEXT, name)
        machine.write(Stream.SOME_FILE, ANY_TEXT, name)
        return Str(ANY_TEXT) if name in _TAKES_OUTPUT else Opaque("subprocess")
    flow = _flow(caller, name, arguments)
    for write in _flattened(flow):
        machine.write(write.target, write.content, _by(write, name), write.notation, write.hint)
    return Typed("int") if name in ("os.system", "subprocess.call") else Opaque("subprocess")


def _by(write: Write, name: str) -> str:
    return write.by if write.by not in ("", "a command") else name


def _taken(arguments: "Arguments", name: str) -> Target | None:
    """Return where the command's stdout goes; ``None`` if to the script's own."""
    if name in _TAKES_OUTPUT or arguments.keywords.get("capture_output") == Scalar(True):
        return Stream.ELSEWHERE
    value = arguments.keywords.get("stdout")
    if arguments.open or ("capture_output" in arguments.keywords and value is None):
        return UNKNOWN
    match value:
        case None | Scalar(None):
            return None
        case Named("subprocess.PIPE" | "subprocess.DEVNULL" | "sys.stderr"):
            return Stream.ELSEWHERE
        case File(target):
            return None if target is Stream.STDOUT else target
    return UNKNOWN


def _flow(caller: "Caller", name: str, arguments: "Arguments") -> Flow:
    """Return what the command writes."""
    from fanout_lint.analysis.scripts.language import Argument
    from fanout_lint.analysis.scripts.shell.analyse import analyse, analyse_words

    given = arguments.get(0, "args")
    shell = name == "os.system" or arguments.keywords.get("shell") == Scalar(True)
    text = text_of(given) if given is not None else None
    if shell and text is not None:
        output = analyse(text)
        return output.flow
    if given is not None and not shell:
        items = caller.evaluator.elements(given).items if not isinstance(given, Str) else None
        words = [text_of(item) for item in items or ()]
        if items and words[0] is not None:
            known = tuple(
                Argument(word) if word is not None else Argument("?", ((0, 1),)) for word in words
            )
            return analyse_words(known).flow
    return (
        Write(0, 0, Stream.STDOUT, ANY_TEXT, name),
        Write(0, 0, Stream.SOME_FILE, ANY_TEXT, name),
    )


def _flattened(flow: Flow) -> list[Write]:
    """Return the writes of a command in a row; of one with branches, that it may print anything."""
    if any(isinstance(node, Choice | Repeat) for node in flow):
        return [Write(0, 0, UNKNOWN, ANY_TEXT, "a command")]
    return [node for node in flow if isinstance(node, Write)]
