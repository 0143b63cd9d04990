"""What the methods of strings, lists, dicts, files, paths and loggers do."""

import ast
from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.flow import Stream
from fanout_lint.analysis.scripts.python.joining import joined
from fanout_lint.analysis.scripts.python.logs import lose_track
from fanout_lint.analysis.scripts.python.method_objects import (
    MAKES_FILES,
    dict_method,
    file_method,
    list_method,
    logger_method,
    path_method,
)
from fanout_lint.analysis.scripts.python.operations import plain
from fanout_lint.analysis.scripts.python.render import object_of, str_text
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    DictObject,
    Elements,
    File,
    Iterable,
    Key,
    ListObject,
    Logger,
    Opaque,
    PathValue,
    Ref,
    Scalar,
    Str,
    Tuple,
    Typed,
    Value,
    known,
    string,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    PLAIN_TEXT,
    Text,
    concat,
    exact,
    literal,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller


def call(
    caller: "Caller", receiver: Value, name: str, arguments: "Arguments", node: ast.Call
) -> Value:
    """Call the method *name* of *receiver*."""
    match receiver:
        case Str(text):
            return _string(caller, text, name, arguments, node)
        case File():
            return file_method(caller, receiver, name, arguments)
        case PathValue():
            return path_method(caller, receiver, name, arguments)
        case Logger():
            return logger_method(caller, receiver, name, arguments)
        case Opaque(origin):
            return _opaque(caller, origin, name, arguments, node)
        case Typed(kind):
            return _typed(kind, name)
        case Iterable("handlers"):
            lose_track(caller.evaluator)
            return OPAQUE
    item = object_of(receiver, caller.machine.state)
    if isinstance(receiver, Ref) and isinstance(item, ListObject):
        return list_method(caller, receiver, item, name, arguments, node)
    if isinstance(receiver, Ref) and isinstance(item, DictObject):
        return dict_method(caller, receiver, item, name, arguments, node)
    caller.handed_over(arguments)
    return OPAQUE


_PLAIN_METHODS: Final = ("isoformat", "strftime", "hexdigest", "ctime")
_TEXT_METHODS: Final = ("decode", "as_posix", "getvalue", "text")


def _typed(kind: str, name: str) -> Value:
    if name in _PLAIN_METHODS:
        return Str(PLAIN_TEXT)
    if kind in ("date", "datetime") and name in ("replace", "astimezone"):
        return Typed(kind)
    if kind == "datetime" and name == "date":
        return Typed("date")
    if kind == "datetime" and name == "timestamp":
        return Typed("float")
    if name in _TEXT_METHODS:
        return Str(ANY_TEXT)
    return OPAQUE


def _opaque(
    caller: "Caller", origin: str, name: str, arguments: "Arguments", node: ast.Call
) -> Value:
    """Call a method of something unknown: it prints only if the script has such a method."""
    import sys

    caller.handed_over(arguments)
    root = origin.split(".")[0]
    if root == "pathlib" and name in MAKES_FILES:
        caller.machine.write(Stream.SOME_FILE, ANY_TEXT, name)
    if name in caller.printing_methods:
        caller.machine.lose()
    elif root not in sys.stdlib_module_names and not (root == "" and name in _HARMLESS):
        caller.machine.understood = False
        if caller.discarded is node and not _is_quiet(root):
            caller.machine.write(UNKNOWN, ANY_TEXT, name)
    if name in _PLAIN_METHODS:
        return Str(PLAIN_TEXT)
    if name in _TEXT_METHODS or (name in _STRING_METHODS and not origin):
        return Str(ANY_TEXT)
    if name in ("split", "splitlines") and not origin:
        return caller.machine.new_list(node, Elements(Str(ANY_TEXT)))
    return Opaque(origin) if origin else OPAQUE


def _is_quiet(root: str) -> bool:
    from fanout_lint.analysis.scripts.python.builtins import QUIET_LIBRARIES

    return root in QUIET_LIBRARIES


_STRING_METHODS: Final = (
    "strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "zfill", "format",
    "casefold", "removeprefix", "removesuffix", "swapcase", "expandtabs",
)  # fmt: skip
_HARMLESS: Final = frozenset(
    [
        *_STRING_METHODS, "get", "items", "keys", "values", "append", "extend", "add", "update",
        "split", "splitlines", "join", "replace", "startswith", "endswith", "find", "index",
        "count", "pop", "insert", "sort", "remove", "copy", "isoformat", "strftime", "json",
        "read", "readline", "readlines", "close", "encode", "decode", "group", "groups",
        "setdefault", "sum", "tolist", "exists", "is_dir", "is_file", "mkdir", "glob", "rglob",
        "iterdir", "relative_to", "most_common", "date", "total_seconds", "timestamp",
        "match", "search", "findall", "sub", "raise_for_status", "upper", "elements",
    ]
)  # fmt: skip


# -- strings ----------------------------------------------------------------------


def _string(
    caller: "Caller", text: Text, name: str, arguments: "Arguments", node: ast.Call
) -> Value:
    if name == "join" and arguments.positional:
        return Str(joined(caller, text, arguments.positional[0]))
    if name == "format":
        return Str(_format(caller, text, arguments))
    constant = exact(text)
    operands = [plain(value) for value in arguments.positional]
    values = [operand[0] for operand in operands if operand is not None]
    if constant is not None and len(values) == len(operands) and name in _PURE:
        result = _pure(constant, name, values)
        if result is not None:
            return _lifted(caller, result, node)
    if name in ("split", "rsplit", "splitlines"):
        plain_parts = text == PLAIN_TEXT
        item = Str(PLAIN_TEXT if plain_parts else ANY_TEXT)
        return caller.machine.new_list(node, Elements(item, None, 0 if name == "splitlines" else 1))
    if name in ("startswith", "endswith") or name.startswith("is"):
        return Typed("bool")
    if name in ("find", "index", "count", "rfind", "rindex"):
        return Typed("int")
    if name == "encode":
        return Typed("bytes")
    if name == "replace" and len(arguments.positional) == 2:
        return Str(ANY_TEXT)
    return Str(PLAIN_TEXT if text == PLAIN_TEXT else ANY_TEXT)


_PURE: Final = frozenset(
    [*_STRING_METHODS, "split", "rsplit", "splitlines", "replace", "startswith", "endswith",
     "find", "count", "isdigit", "isalpha", "partition"]
) - {"format", "expandtabs"}  # fmt: skip


def _pure(constant: str, name: str, values: list[Key]) -> object:
    if len(constant) > 20_000 or any(isinstance(v, int) and abs(v) > 1000 for v in values):
        return None
    try:
        result: object = getattr(constant, name)(*values)
    except (TypeError, ValueError):
        return None
    return result if not isinstance(result, str) or len(result) < 100_000 else None


def _lifted(caller: "Caller", result: object, node: ast.Call) -> Value:
    match result:
        case str():
            return string(result)
        case bool() | int():
            return Scalar(result)
        case list():
            return caller.machine.new_list(node, known(tuple(string(part) for part in result)))
        case tuple():
            return Tuple(tuple(string(part) for part in result))
    return OPAQUE


def _format(caller: "Caller", text: Text, arguments: "Arguments") -> Text:
    """Return ``text.format(…)`` for the plain fields; a format that is stranger is unknown."""
    import string as strings

    template = exact(text)
    if template is None or arguments.open:
        return ANY_TEXT
    pieces: list[Text] = []
    try:
        parts = list(strings.Formatter().parse(template))
    except ValueError:
        return ANY_TEXT
    automatic = 0
    for before, name, spec, conversion in parts:
        pieces.append(literal(before))
        if name is None:
            continue
        if name == "":
            name, automatic = str(automatic), automatic + 1
        value = (
            arguments.positional[int(name)]
            if name.isdigit() and int(name) < len(arguments.positional)
            else arguments.keywords.get(name)
        )
        simple = value is not None and not spec and not conversion
        pieces.append(str_text(value, caller.machine.state) if simple and value else ANY_TEXT)
    return concat(*pieces)


# -- lists and dicts ----------------------------------------------------------------


# -- streams, paths, loggers ----------------------------------------------------------
