"""Python's ``logging``: where its handlers write, and what a log line looks like."""

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Notation, Stream, Target
from fanout_lint.analysis.scripts.python.state import Handler, Logs
from fanout_lint.analysis.scripts.python.values import (
    File,
    Logger,
    Named,
    PathValue,
    Scalar,
    Str,
    Tuple,
    Value,
    text_of,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    Text,
    concat,
    either,
    literal,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.expressions import Evaluator

LEVELS: Final = {
    "debug": 10, "info": 20, "warning": 30, "warn": 30, "error": 40, "exception": 40,
    "critical": 50, "fatal": 50, "notset": 0,
}  # fmt: skip
_BASIC_FORMAT: Final = "%(levelname)s:%(name)s:%(message)s"


def level_of(value: Value | None) -> int | None:
    """Return the number of a level; ``None`` where it is not known."""
    match value:
        case Scalar(int() as number):
            return int(number)
        case Named(name) if name.startswith("logging."):
            return LEVELS.get(name.removeprefix("logging.").lower())
    word = text_of(value) if value is not None else None
    return LEVELS.get(word.lower()) if word is not None else None


def target_of(value: Value | None, evaluator: "Evaluator") -> Target:
    """Return where a stream handler for *value* writes; without one it is stderr."""
    state = evaluator.machine.state
    match value:
        case None | Scalar(None) | Named("sys.stderr" | "sys.__stderr__"):
            return state.stderr
        case Named("sys.stdout"):
            return state.stdout
        case Named("sys.__stdout__"):
            return Stream.STDOUT
        case File(target):
            return target
    return UNKNOWN


def basic_config(evaluator: "Evaluator", keywords: "dict[str, Value]") -> None:
    """Do ``logging.basicConfig``: nothing if the root has handlers, unless forced."""
    machine = evaluator.machine
    logs = machine.state.logs
    if logs.handlers.get("") and "force" not in keywords:
        return
    if "handlers" in keywords:
        found = evaluator.elements(keywords["handlers"]).items
        handlers = [_handler(value, evaluator) for value in found or ()]
        if found is None or None in handlers:
            machine.state = replace(machine.state, logs=replace(logs, unsure=True))
            return
        made = tuple(handler for handler in handlers if handler is not None)
    elif "filename" in keywords:
        log_file(evaluator, keywords["filename"])
        made = (Handler(Stream.ELSEWHERE),)
    else:
        made = (Handler(target_of(keywords.get("stream"), evaluator)),)
    given = keywords.get("format")
    template = _BASIC_FORMAT if given is None else text_of(given)
    if "style" in keywords:
        template = None
    made = tuple(replace(handler, format=template) for handler in made)
    levels = dict(logs.levels)
    if "level" in keywords:
        levels[""] = level_of(keywords["level"])
    changed = replace(logs, handlers={**logs.handlers, "": made}, levels=levels)
    machine.state = replace(machine.state, logs=changed)


def log_file(evaluator: "Evaluator", name: Value | None) -> None:
    """Note that logs go to the file *name* from here on."""
    from fanout_lint.analysis.scripts.python.builtin_effects import file_target

    machine = evaluator.machine
    text = name.text if isinstance(name, Str | PathValue) else ANY_TEXT
    machine.write(file_target(text, machine.state.stdout), ANY_TEXT, "logging")


def _handler(value: Value, evaluator: "Evaluator") -> Handler | None:
    if isinstance(value, File):
        return Handler(value.target, number=value.handler)
    return None


def add_handler(evaluator: "Evaluator", logger: Logger, value: Value) -> None:
    """Do ``logger.addHandler(value)``."""
    machine = evaluator.machine
    logs = machine.state.logs
    handler = _handler(value, evaluator)
    if handler is None:
        changed = replace(logs, unsure=True)
    else:
        kept = (*logs.handlers.get(logger.name, ()), handler)
        changed = replace(logs, handlers={**logs.handlers, logger.name: kept})
    machine.state = replace(machine.state, logs=changed)


def set_up_handler(evaluator: "Evaluator", handler: File, name: str, value: Value) -> None:
    """Do ``handler.setFormatter(value)`` or ``handler.setLevel(value)``; all else is unsure."""
    machine = evaluator.machine
    logs, number = machine.state.logs, handler.handler
    match name, value:
        case "setFormatter", Tuple((Named("logging.Formatter"), template)):
            changed = replace(logs, formats={**logs.formats, number: text_of(template)})
        case "setFormatter", _:
            changed = replace(logs, formats={**logs.formats, number: None})
        case "setLevel", _:
            changed = replace(logs, thresholds={**logs.thresholds, number: level_of(value)})
        case _:
            changed = replace(logs, unsure=True)
    machine.state = replace(machine.state, logs=changed)


def lose_track(evaluator: "Evaluator") -> None:
    """Go on past something that may change any logger or handler."""
    machine = evaluator.machine
    machine.state = replace(machine.state, logs=replace(machine.state.logs, unsure=True))


def set_level(evaluator: "Evaluator", logger: Logger, value: Value) -> None:
    machine = evaluator.machine
    logs = machine.state.logs
    changed = replace(logs, levels={**logs.levels, logger.name: level_of(value)})
    machine.state = replace(machine.state, logs=changed)


def log(evaluator: "Evaluator", logger: Logger, name: str, arguments: tuple[Value, ...]) -> None:
    """Do ``logger.info(…)`` and its like: a line to each handler whose level lets it pass."""
    machine = evaluator.machine
    logs = machine.state.logs
    if name == "log":
        level = level_of(arguments[0]) if arguments else None
        arguments = arguments[1:]
    else:
        level = LEVELS[name]
    by = f"logging.{name}" if not logger.name else f"log.{name}"
    if logs.unsure:
        machine.write(UNKNOWN, ANY_TEXT, by, Notation.LOG)
        return
    handlers = [h for above in _and_above(logger.name) for h in logs.handlers.get(above, ())]
    if not handlers and not logger.name:
        basic_config(evaluator, {})
        return
    passes = _passes(logs, logger, level)
    if passes is False:
        return
    message = _message(evaluator, arguments)
    for handler in handlers:
        least = logs.thresholds.get(handler.number, handler.level) if handler.number else 0
        if least is not None and level is not None and level < least:
            continue
        template = logs.formats.get(handler.number, handler.format)
        line = _line(template, logger, name, message)
        sure = passes is True and least is not None and level is not None
        content = line if sure else either(((), line), genuine=True)
        machine.write(handler.target, content, by, Notation.LOG)


def _and_above(name: str) -> list[str]:
    """Return a logger's name and those of the loggers above it, the root's first."""
    parts = name.split(".") if name else []
    return ["", *(".".join(parts[: index + 1]) for index in range(len(parts)))]


def _passes(logs: Logs, logger: Logger, level: int | None) -> bool | None:
    least = logs.levels.get(logger.name)
    if logger.name not in logs.levels or least == 0:
        least = logs.levels.get("", 30)
    if least is None or level is None:
        return None
    return level >= least


def _message(evaluator: "Evaluator", arguments: tuple[Value, ...]) -> Text:
    from fanout_lint.analysis.scripts.python.expressions import percent
    from fanout_lint.analysis.scripts.python.render import str_text

    if not arguments:
        return ANY_TEXT
    text = str_text(arguments[0], evaluator.machine.state)
    if len(arguments) == 1:
        return text
    return percent(text, Tuple(arguments[1:]), evaluator)


def _line(template: str | None, logger: Logger, level: str, message: Text) -> Text:
    """Return the log line; ``asctime`` begins like ``2024-01-01 …``."""
    if template is None:
        return concat(ANY_TEXT, literal("\n"))
    shown = {"warn": "WARNING", "exception": "ERROR", "fatal": "CRITICAL"}.get(level, level.upper())
    pieces: list[Text] = []
    at = 0
    for found in re.finditer(r"%\((\w+)\)-?\d*(\.\d+)?[a-z]", template):
        pieces.append(literal(template[at : found.start()]))
        at = found.end()
        match found[1]:
            case "message":
                pieces.append(message)
            case "levelname":
                pieces.append(literal(shown) if level != "log" else ANY_TEXT)
            case "asctime":
                pieces.append(literal("2024-01-01 00:00:00,000"))
            case "name" if not logger.name:
                pieces.append(literal("root"))
            case _:
                pieces.append(ANY_TEXT)
    pieces.append(literal(template[at:]))
    return concat(*pieces, literal("\n"))
