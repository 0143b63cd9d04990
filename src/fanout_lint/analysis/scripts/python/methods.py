"""What the methods of strings, lists, dicts, files, paths and loggers do."""

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.flow import Stream
from fanout_lint.analysis.scripts.python import logs
from fanout_lint.analysis.scripts.python.expressions import chained, joined_path, plain
from fanout_lint.analysis.scripts.python.render import object_of, str_text
from fanout_lint.analysis.scripts.python.values import (
    NONE,
    OPAQUE,
    DictObject,
    Elements,
    File,
    HeapObject,
    InstanceObject,
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
    join,
    join_values,
    kind_of,
    known,
    string,
    text_of,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    PLAIN_TEXT,
    Many,
    Text,
    concat,
    exact,
    literal,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller


def call(
    caller: "Caller", receiver: Value, name: str, arguments: "Arguments", node: ast.Call
) -> Value:
    """Call the method *name* of *receiver*."""
    match receiver:
        case Str(text):
            return _string(caller, text, name, arguments, node)
        case File():
            return _file(caller, receiver, name, arguments)
        case PathValue():
            return _path(caller, receiver, name, arguments)
        case Logger():
            return _logger(caller, receiver, name, arguments)
        case Opaque(origin):
            return _opaque(caller, origin, name, arguments, node)
        case Typed(kind):
            return _typed(kind, name)
    item = object_of(receiver, caller.machine.state)
    if isinstance(receiver, Ref) and isinstance(item, ListObject):
        return _list(caller, receiver, item, name, arguments, node)
    if isinstance(receiver, Ref) and isinstance(item, DictObject):
        return _dict(caller, receiver, item, name, arguments, node)
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
        return Str(_joined(caller, text, arguments.positional[0]))
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


def _joined(caller: "Caller", between: Text, value: Value) -> Text:
    elements = caller.evaluator.elements(value)
    if elements.items is not None:
        pieces: list[Text] = []
        for index, item in enumerate(elements.items):
            one = item.text if isinstance(item, Str) else ANY_TEXT
            pieces += [between, one] if index else [one]
        return concat(*pieces)
    one = elements.item.text if isinstance(elements.item, Str) else ANY_TEXT
    return (Many(one, between, elements.least, None),)


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


def _list(
    caller: "Caller",
    receiver: Ref,
    item: ListObject,
    name: str,
    arguments: "Arguments",
    node: ast.Call,
) -> Value:
    elements = item.elements
    given = arguments.positional
    change: Callable[[Elements], Elements] | None = None
    result: Value = NONE
    match name:
        case "append" | "appendleft" | "add" if given:
            appended = known((given[0],))
            change = lambda old: chained(old, appended)  # noqa: E731
            if name != "append" or item.kind == "set":
                change = lambda old: Elements(  # noqa: E731
                    given[0] if old.items == () else join(old.item, given[0]), None, 1
                )
        case "extend" | "update" if given:
            more = caller.evaluator.elements(given[0])
            change = lambda old: chained(old, more)  # noqa: E731
        case "insert" if len(given) == 2:
            index = plain(given[0])
            change = lambda old: _inserted(old, index, given[1])  # noqa: E731
        case "pop" | "popleft" | "remove" | "discard":
            result = elements.item if name.startswith("pop") else NONE
            change = lambda old: Elements(old.item)  # noqa: E731
        case "clear":
            change = lambda old: known(())  # noqa: E731
        case "sort" | "reverse":
            change = lambda old: _shuffled(old)  # noqa: E731
            caller.handed_over(arguments)
        case "copy":
            return caller.machine.new_list(node, elements, item.kind)
        case "index" | "count":
            return Typed("int")
        case _:
            caller.handed_over(arguments)
            return caller.machine.new_list(node, Elements(elements.item), item.kind)
    if change is not None:
        apply = change

        def changed(old: HeapObject) -> HeapObject:
            if isinstance(old, ListObject):
                return ListObject(apply(old.elements), old.kind)
            return old

        caller.machine.change(receiver, changed)
    return result


def _inserted(old: Elements, index: object, value: Value) -> Elements:
    if old.items is not None and isinstance(index, tuple) and isinstance(index[0], int):
        items = list(old.items)
        items.insert(index[0], value)
        return known(tuple(items))
    return Elements(join(old.item, value), None, old.least + 1)


def _shuffled(old: Elements) -> Elements:
    return old if old.items is not None and len(old.items) < 2 else replace(old, items=None)


def _dict(
    caller: "Caller",
    receiver: Ref,
    item: DictObject,
    name: str,
    arguments: "Arguments",
    node: ast.Call,
) -> Value:
    from fanout_lint.analysis.scripts.python.targets import set_item

    given = arguments.positional
    complete = item.other is None and not item.perhaps
    values = [*item.entries.values(), *([] if item.other is None else [item.other])]
    joined = join_values(tuple(values))
    match name:
        case "keys":
            return Iterable("dict_keys", caller.evaluator.elements(receiver))
        case "values":
            whole = known(tuple(item.entries.values()))
            return Iterable("dict_values", whole if complete else Elements(joined))
        case "items":
            return Iterable("dict_items", _pairs(item, joined, complete))
        case "get" if given:
            return _got(item, given, complete)
        case "setdefault" | "update" | "pop" | "clear" | "popitem":
            if name == "update":
                _updated(caller, receiver, arguments)
                return NONE
            set_item(caller.evaluator, receiver, OPAQUE, given[1] if len(given) > 1 else OPAQUE)
            return OPAQUE if name != "setdefault" else join(joined, OPAQUE)
        case "copy":
            return caller.machine.new(node, item)
    caller.handed_over(arguments)
    return OPAQUE


def _pairs(item: DictObject, joined: Value, complete: bool) -> Elements:
    if not complete:
        return Elements(Tuple((OPAQUE, joined)))
    pairs = []
    for key, value in item.entries.items():
        name: Value = string(key) if isinstance(key, str) else Scalar(key)
        pairs.append(Tuple((name, value)))
    return known(tuple(pairs))


def _got(item: DictObject, given: list[Value], complete: bool) -> Value:
    key = plain(given[0])
    default = given[1] if len(given) > 1 else NONE
    if key is not None:
        if key[0] in item.entries and key[0] not in item.perhaps:
            return item.entries[key[0]]
        if complete:
            return default
    others = [*item.entries.values(), default]
    return OPAQUE if item.other is not None else join_values(tuple(others))


def _updated(caller: "Caller", receiver: Ref, arguments: "Arguments") -> None:
    more = [object_of(value, caller.machine.state) for value in arguments.positional]

    def changed(old: HeapObject) -> HeapObject:
        if not isinstance(old, DictObject):
            return old
        for one in more:
            if isinstance(one, DictObject) and one.other is None and not one.perhaps:
                old = replace(old, entries={**old.entries, **one.entries})
            else:
                return DictObject({}, OPAQUE)
        named: dict[Key, Value] = dict(arguments.keywords.items())
        return replace(old, entries={**old.entries, **named})

    caller.machine.change(receiver, changed)


# -- streams, paths, loggers ----------------------------------------------------------


def _file(caller: "Caller", receiver: File, name: str, arguments: "Arguments") -> Value:
    machine = caller.machine
    target = Stream.ELSEWHERE if receiver.reads else receiver.target
    match name:
        case "write" if arguments.positional:
            value = arguments.positional[0]
            text = value.text if isinstance(value, Str) else ANY_TEXT
            wrong = object_of(value, machine.state) is not None or kind_of(value) in (
                "int",
                "float",
            )
            if wrong and not isinstance(object_of(value, machine.state), InstanceObject):
                machine.fail("write() takes text only: TypeError")
            by = "sys.stdout.write" if target is machine.state.stdout else "write"
            machine.write(target, text, by)
            return Typed("int")
        case "writelines" if arguments.positional:
            machine.write(target, _joined(caller, (), arguments.positional[0]), "writelines")
        case "read":
            return Str(ANY_TEXT)
        case "readlines":
            return Iterable("lines", Elements(Str(ANY_TEXT)))
        case "setFormatter" | "setLevel" | "flush" | "close" | "fileno" | "isatty":
            if name == "close" and target in machine.held:
                machine.held.remove(target)
            return OPAQUE
        case "reconfigure" | "detach" | "seek" | "truncate":
            if name in ("seek", "truncate", "detach"):
                machine.write(target, ANY_TEXT, name)
    return NONE


def _path(caller: "Caller", receiver: PathValue, name: str, arguments: "Arguments") -> Value:
    from fanout_lint.analysis.scripts.python.builtins import file_target, opened

    machine = caller.machine
    given = arguments.positional
    match name:
        case "write_text" if given:
            value = given[0]
            target = file_target(receiver.text, machine.state.stdout)
            if object_of(value, machine.state) is not None or isinstance(value, Scalar | Tuple):
                machine.fail("write_text() takes text only: TypeError")
            text = value.text if isinstance(value, Str) else ANY_TEXT
            if target in machine.held:
                text = ANY_TEXT
            machine.write(target, text, "write_text", truncates=target not in machine.held)
            return Typed("int")
        case "write_bytes":
            target = file_target(receiver.text, machine.state.stdout)
            machine.write(target, ANY_TEXT, "write_bytes", truncates=True)
            return Typed("int")
        case "open":
            mode = arguments.get(0, "mode")
            return opened(caller, receiver.text, "r" if mode is None else text_of(mode))
        case "joinpath":
            texts = [str_text(value, machine.state) for value in given]
            return PathValue(joined_path([receiver.text, *texts]))
        case "read_text" | "as_posix":
            return Str(ANY_TEXT if name == "read_text" else receiver.text)
        case "exists" | "is_file" | "is_dir":
            return Typed("bool")
        case "resolve" | "absolute" | "expanduser":
            whole = exact(receiver.text)
            return receiver if whole is not None and whole.startswith("/") else Opaque("pathlib")
        case "glob" | "rglob" | "iterdir":
            return Iterable("generator", Elements(Opaque("pathlib.Path")))
        case "rename" | "replace" | "symlink_to" | "touch" | "hardlink_to":
            machine.write(Stream.SOME_FILE, ANY_TEXT, name)
    return Opaque("pathlib.Path")


def _logger(caller: "Caller", receiver: Logger, name: str, arguments: "Arguments") -> Value:
    given = arguments.positional
    if name in (*logs.LEVELS, "log") and name != "notset":
        logs.log(caller.evaluator, receiver, name, tuple(given))
        return NONE
    if name == "setLevel" and given:
        logs.set_level(caller.evaluator, receiver, given[0])
    elif name == "addHandler" and given:
        logs.add_handler(caller.evaluator, receiver, given[0])
    return OPAQUE
