"""Methods of lists, dicts, files, paths and loggers."""

import ast
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Stream
from fanout_lint.analysis.scripts.python import logs
from fanout_lint.analysis.scripts.python.operations import chained, joined_path, plain
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
    exact,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller

from fanout_lint.analysis.scripts.python.joining import joined

MAKES_FILES: Final = (
    "write_text", "write_bytes", "open", "touch", "rename", "replace", "symlink_to",
    "hardlink_to",
)  # fmt: skip


def list_method(
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
        case "index" | "count" | "__len__":
            return Typed("int")
        case "issubset" | "issuperset" | "isdisjoint" | "__contains__":
            return Typed("bool")
        case _:
            caller.handed_over(arguments)
            return caller.machine.new_list(node, Elements(elements.item), item.kind)
    if change is not None:
        _change_list(caller, receiver, change)
    return result


def _change_list(caller: "Caller", receiver: Ref, change: "Callable[[Elements], Elements]") -> None:
    def changed(old: HeapObject) -> HeapObject:
        if isinstance(old, ListObject):
            return ListObject(change(old.elements), old.kind)
        return old

    caller.machine.change(receiver, changed)


def _inserted(old: Elements, index: object, value: Value) -> Elements:
    if old.items is not None and isinstance(index, tuple) and isinstance(index[0], int):
        items = list(old.items)
        items.insert(index[0], value)
        return known(tuple(items))
    return Elements(join(old.item, value), None, old.least + 1)


def _shuffled(old: Elements) -> Elements:
    return old if old.items is not None and len(old.items) < 2 else replace(old, items=None)


def dict_method(
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


def file_method(caller: "Caller", receiver: File, name: str, arguments: "Arguments") -> Value:
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
            strange = isinstance(object_of(value, machine.state), InstanceObject)
            if wrong and not strange and target is not UNKNOWN:
                machine.fail("write() takes text only: TypeError")
            by = "sys.stdout.write" if target is machine.state.stdout else "write"
            machine.write(target, text, by)
            return Typed("int")
        case "writelines" if arguments.positional:
            machine.write(target, joined(caller, (), arguments.positional[0]), "writelines")
        case "read" | "getvalue":
            return Str(ANY_TEXT)
        case "readlines":
            return Iterable("list", Elements(Str(ANY_TEXT)))
        case "setFormatter" | "setLevel" | "addFilter" | "setStream" if receiver.handler:
            given = arguments.positional or list(arguments.keywords.values())
            logs.set_up_handler(caller.evaluator, receiver, name, given[0] if given else OPAQUE)
        case "setFormatter" | "setLevel" | "flush" | "close" | "fileno" | "isatty":
            if name == "close" and target in machine.held:
                machine.held.remove(target)
            return OPAQUE
        case "reconfigure" | "detach" | "seek" | "truncate":
            if name in ("seek", "truncate", "detach"):
                machine.write(target, ANY_TEXT, name)
    return NONE


def path_method(caller: "Caller", receiver: PathValue, name: str, arguments: "Arguments") -> Value:
    from fanout_lint.analysis.scripts.python.builtin_effects import file_target, opened

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
            if whole is None or not whole.startswith("/"):
                return PathValue(ANY_TEXT)
            return receiver
        case "glob" | "rglob" | "iterdir":
            return Iterable("generator", Elements(PathValue(ANY_TEXT)))
        case "with_suffix" | "with_name" | "with_stem" | "relative_to":
            return PathValue(ANY_TEXT)
        case "rename" | "replace" | "symlink_to" | "touch" | "hardlink_to":
            machine.write(Stream.SOME_FILE, ANY_TEXT, name)
    return Opaque("pathlib.Path")


def logger_method(caller: "Caller", receiver: Logger, name: str, arguments: "Arguments") -> Value:
    given = arguments.positional
    if name in (*logs.LEVELS, "log") and name != "notset":
        logs.log(caller.evaluator, receiver, name, tuple(given))
        return NONE
    if name == "setLevel" and given:
        logs.set_level(caller.evaluator, receiver, given[0])
    elif name == "addHandler" and given:
        logs.add_handler(caller.evaluator, receiver, given[0])
    elif name in ("removeHandler", "addFilter", "handle"):
        logs.lose_track(caller.evaluator)
    elif name == "getChild" and given:
        child = text_of(given[0]) or "?"
        return Logger(f"{receiver.name}.{child}" if receiver.name else child)
    return OPAQUE
