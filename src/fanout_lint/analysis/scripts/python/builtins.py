"""What the functions of Python and its library do, by their dotted names."""

import ast
import posixpath
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.flow import Notation, Stream, Target
from fanout_lint.analysis.scripts.python import commands, logs
from fanout_lint.analysis.scripts.python.expressions import chained, joined_path, plain
from fanout_lint.analysis.scripts.python.render import (
    NotSerialisable,
    notation,
    object_of,
    repr_text,
    shape,
    str_text,
    truth,
)
from fanout_lint.analysis.scripts.python.state import Kind
from fanout_lint.analysis.scripts.python.targets import stream_of
from fanout_lint.analysis.scripts.python.values import (
    NONE,
    OPAQUE,
    DictObject,
    Elements,
    File,
    Iterable,
    Key,
    ListObject,
    Logger,
    Named,
    Opaque,
    Partial,
    PathValue,
    Scalar,
    Str,
    Tuple,
    Typed,
    Value,
    join_values,
    kind_of,
    known,
    string,
    text_of,
)
from fanout_lint.analysis.scripts.shape import parse_json
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    PLAIN_TEXT,
    JsonText,
    Noise,
    Text,
    concat,
    exact,
    literal,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller

_BIGGEST_RANGE: Final = 300


def call(caller: "Caller", name: str, arguments: "Arguments", node: ast.Call) -> Value:
    """Call the builtin or library function *name*."""
    known_function = _FUNCTIONS.get(name)
    if known_function is not None and (arguments.positional or name not in _NEED_ONE):
        return known_function(caller, arguments, node)
    root = name.split(".")[0]
    if name.startswith("logging.") and name.split(".")[-1] in (*logs.LEVELS, "log"):
        logs.log(caller.evaluator, Logger(""), name.split(".")[-1], tuple(arguments.positional))
        return NONE
    if name.startswith(("subprocess.", "os.system", "os.popen", "os.exec", "os.spawn")):
        return commands.call(caller, name, arguments)
    caller.handed_over(arguments)
    if name in _TALKERS:
        caller.machine.write(caller.machine.state.stdout, ANY_TEXT, name)
        return NONE
    if root in sys.stdlib_module_names:
        return _library(name)
    if root in QUIET_LIBRARIES or "." not in name:
        caller.machine.understood = caller.machine.understood and "." not in name
        return Opaque(name)
    caller.machine.understood = False
    if caller.discarded is node:
        caller.machine.write(UNKNOWN, ANY_TEXT, name)
    return Opaque(name)


_NEED_ONE: Final = frozenset(
    ["reversed", "repr", "enumerate", "filter", "sum", "functools.partial"]
)
#: Libraries whose functions do not print of their own accord.
QUIET_LIBRARIES: Final = frozenset(
    ["pandas", "numpy", "requests", "boto3", "yaml", "httpx", "pyarrow", "sqlalchemy", "psycopg2"]
)
#: Functions that print text of their own.
_TALKERS: Final = frozenset(
    ["pprint.pprint", "pprint.pp", "rich.print", "click.echo", "click.secho", "typer.echo",
     "print_json", "rich.print_json", "help", "this", "pdb.set_trace", "input", "tabulate.print"]
)  # fmt: skip
_PLAIN_RESULTS: Final = frozenset(
    ["time.strftime", "os.path.basename", "os.getcwd", "socket.gethostname", "platform.node"]
)
_NUMBER_RESULTS: Final = frozenset(
    ["time.time", "os.cpu_count", "os.getpid", "math.floor", "math.ceil", "os.path.getsize",
     "random.randint", "random.random", "math.sqrt", "time.monotonic", "time.perf_counter"]
)  # fmt: skip
_DATES: Final = {
    "datetime.date": "date",
    "datetime.date.today": "date",
    "datetime.date.fromisoformat": "date",
    "datetime.datetime": "datetime",
    "datetime.datetime.now": "datetime",
    "datetime.datetime.utcnow": "datetime",
    "datetime.datetime.today": "datetime",
    "datetime.datetime.fromisoformat": "datetime",
    "datetime.datetime.strptime": "datetime",
    "decimal.Decimal": "decimal",
    "uuid.uuid4": "uuid",
    "uuid.uuid1": "uuid",
}


def _library(name: str) -> Value:
    """Return what a function of the standard library returns, which prints nothing."""
    if name in _DATES:
        return Typed(_DATES[name])
    if name in _PLAIN_RESULTS:
        return Str(PLAIN_TEXT)
    if name in _NUMBER_RESULTS:
        return Typed("float" if name.startswith(("time", "random.random", "math.sqrt")) else "int")
    if name in ("os.getenv", "os.environ.get"):
        return OPAQUE
    return Opaque(name)


# -- printing ---------------------------------------------------------------------


def _print(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    state = caller.machine.state
    separator = arguments.keywords.get("sep", NONE)
    ending = arguments.keywords.get("end", NONE)
    between = literal(" ") if separator == NONE else str_text(separator, state)
    texts: list[Text] = []
    for index, value in enumerate(arguments.positional):
        texts += [between, str_text(value, state)] if index else [str_text(value, state)]
    body = ANY_TEXT if arguments.open else concat(*texts)
    end = literal("\n") if ending == NONE else str_text(ending, state)
    kind, hint = notation(tuple(arguments.positional), state)
    target = _stream(caller, arguments.keywords.get("file"))
    caller.machine.write(target, concat(body, end), "print", kind, hint)
    return NONE


def _stream(caller: "Caller", value: Value | None) -> Target:
    """Return where ``file=value`` writes; ``None`` stands for stdout."""
    if value is None or value == NONE or value == Named("sys.stdout"):
        return caller.machine.state.stdout
    if value == Named("sys.stderr"):
        return caller.machine.state.stderr
    return stream_of(value)


def dumped(caller: "Caller", arguments: "Arguments") -> Text:
    """Return what ``json.dumps`` makes of its argument; where it raises, the way ends."""
    value = arguments.get(0, "obj")
    if value is None:
        return ANY_TEXT
    lenient = bool({"default", "cls"} & arguments.keywords.keys()) or arguments.open
    try:
        return (JsonText(shape(value, caller.machine.state, lenient=lenient)),)
    except NotSerialisable as problem:
        caller.machine.fail(f"json cannot write {problem}: TypeError")
        return ANY_TEXT


def _dumps(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return Str(dumped(caller, arguments))


def _dump(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    stream = arguments.get(1, "fp")
    content = dumped(caller, arguments)
    target = _stream(caller, stream) if stream is not None else UNKNOWN
    caller.machine.write(target, content, "json.dump", Notation.JSON)
    return NONE


def _loads(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    import json

    text = text_of(arguments.positional[0]) if arguments.positional else None
    if text is None or parse_json(text) is None:
        return OPAQUE
    return _built(caller, json.loads(text), node, "")


def _built(caller: "Caller", value: object, node: ast.Call, role: str) -> Value:
    match value:
        case list():
            items = tuple(_built(caller, v, node, f"{role}.{i}") for i, v in enumerate(value))
            return caller.machine.new(node, ListObject(known(items)), role)
        case dict():
            entries = {k: _built(caller, v, node, f"{role}.{k}") for k, v in value.items()}
            return caller.machine.new(node, DictObject(entries), role)
        case str():
            return string(value)
        case None | bool() | int() | float():
            return Scalar(value)
    return OPAQUE


def _talks(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    caller.machine.write(caller.machine.state.stdout, (Noise(),), "input", Notation.TEXT)
    return Str(ANY_TEXT)


# -- ends -----------------------------------------------------------------------------


def _exit(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    code = arguments.positional[0] if arguments.positional else NONE
    tested = truth(code, caller.machine.state)
    if isinstance(code, Str) or (tested is True and kind_of(code) in ("int", "bool")):
        caller.machine.leave(Kind.RAISE)
    caller.machine.leave(Kind.EXIT)
    return NONE


def _abort(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Do ``os._exit``: what is in Python's buffers is lost."""
    caller.machine.lose()
    return OPAQUE


def _at_exit(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    if arguments.positional:
        rest = tuple(arguments.positional[1:])
        kept = Partial(arguments.positional[0], rest, tuple(arguments.keywords.items()))
        state = caller.machine.state
        caller.machine.state = replace(state, at_exit=(*state.at_exit, (kept, True)))
    return NONE


# -- values -----------------------------------------------------------------------------


def _range(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    numbers = [plain(value) for value in arguments.positional]
    values = [n[0] for n in numbers if n is not None and isinstance(n[0], int)]
    if len(values) == len(numbers) and 1 <= len(values) <= 3 and not arguments.open:
        try:
            made = range(*values)
            length = len(made)
        except (ValueError, OverflowError):
            return Iterable("range", Elements(Typed("int")))
        if length <= _BIGGEST_RANGE:
            return Iterable("range", known(tuple(Scalar(number) for number in made)))
        return Iterable("range", Elements(Typed("int"), None, length))
    return Iterable("range", Elements(Typed("int")))


def _listed(kind: str) -> "Callable[[Caller, Arguments, ast.Call], Value]":
    def listed(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
        if not arguments.positional:
            return caller.machine.new_list(node, known(()), kind)
        elements = caller.evaluator.elements(arguments.positional[0])
        if kind == "set" and elements.items is not None:
            distinct = tuple(dict.fromkeys(elements.items))
            elements = Elements(join_values(distinct), None, min(1, len(distinct)))
        return caller.machine.new_list(node, elements, kind)

    return listed


def _sorted(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0]) if arguments.positional else None
    if elements is None:
        return OPAQUE
    items = elements.items
    plains = [plain(item) for item in items or ()]
    if items is not None and not arguments.keywords and all(plains):
        try:
            pairs = sorted(zip(plains, items, strict=True), key=lambda pair: pair[0])  # type: ignore[arg-type,return-value]
        except TypeError:
            return caller.machine.new_list(node, Elements(elements.item, None, elements.least))
        return caller.machine.new_list(node, known(tuple(item for _, item in pairs)))
    if items is not None and len(items) < 2:
        return caller.machine.new_list(node, elements)
    caller.handed_over(arguments)
    return caller.machine.new_list(node, Elements(elements.item, None, elements.least))


def _reversed(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0])
    items = elements.items
    turned = known(items[::-1]) if items is not None else elements
    return Iterable("list_reverseiterator", turned)


def _tuple(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    if not arguments.positional:
        return Tuple(())
    elements = caller.evaluator.elements(arguments.positional[0])
    return Tuple(elements.items) if elements.items is not None else Iterable("tuple", elements)


def _dict(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    entries: dict[Key, Value] = {}
    other: Value | None = OPAQUE if arguments.open else None
    perhaps: frozenset[object] = frozenset()
    for value in arguments.positional[:1]:
        item = object_of(value, caller.machine.state)
        if isinstance(item, DictObject):
            entries, other, perhaps = dict(item.entries), item.other, item.perhaps
            continue
        pairs = caller.evaluator.elements(value)
        for pair in pairs.items if pairs.items is not None else ():
            key = plain(pair.items[0]) if isinstance(pair, Tuple) and len(pair.items) == 2 else None
            if key is None or not isinstance(pair, Tuple):
                other = OPAQUE
            else:
                entries[key[0]] = pair.items[1]
        other = OPAQUE if pairs.items is None else other
    entries.update(arguments.keywords)
    return caller.machine.new(node, DictObject(entries, other, perhaps))


def _str(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    if not arguments.positional:
        return string("")
    value = arguments.positional[0]
    if kind_of(value) == "bytes":
        return Str(ANY_TEXT)
    return Str(str_text(value, caller.machine.state))


def _repr(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return Str(repr_text(arguments.positional[0], caller.machine.state))


def _number(kind: str) -> "Callable[[Caller, Arguments, ast.Call], Value]":
    def number(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
        value = plain(arguments.positional[0]) if len(arguments.positional) == 1 else None
        if value is None or (isinstance(value[0], str) and len(value[0]) > 30):
            return Typed(kind)
        try:
            made = int(value[0]) if kind == "int" else float(value[0])  # type: ignore[arg-type]
        except (ValueError, TypeError, OverflowError):
            return Typed(kind)
        return Scalar(made)

    return number


def _bool(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    tested = truth(arguments.positional[0], caller.machine.state) if arguments.positional else False
    return Typed("bool") if tested is None else Scalar(tested)


def _len(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    value = arguments.positional[0] if arguments.positional else OPAQUE
    text = text_of(value)
    if text is not None:
        return Scalar(len(text))
    if isinstance(value, Str):
        return Typed("int")
    items = caller.evaluator.elements(value).items
    return Typed("int") if items is None else Scalar(len(items))


def _enumerate(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0])
    start = plain(arguments.get(1, "start") or Scalar(0))
    if elements.items is not None and start is not None and isinstance(start[0], int):
        pairs = [Tuple((Scalar(start[0] + i), v)) for i, v in enumerate(elements.items)]
        return Iterable("enumerate", known(tuple(pairs)))
    pair = Tuple((Typed("int"), elements.item))
    return Iterable("enumerate", Elements(pair, None, elements.least))


def _zip(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    columns = [caller.evaluator.elements(value) for value in arguments.positional]
    items = [column.items for column in columns]
    if arguments.open:
        return Iterable("zip", Elements())
    if all(column is not None for column in items):
        rows = zip(*[column for column in items if column is not None], strict=False)
        return Iterable("zip", known(tuple(Tuple(tuple(row)) for row in rows)))
    row = Tuple(tuple(column.item for column in columns))
    return Iterable("zip", Elements(row, None, min((c.least for c in columns), default=0)))


def _map(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Do ``map(function, …)`` at once, though it runs only when it is used up."""
    from fanout_lint.analysis.scripts.python.functions import Arguments as Made

    function = arguments.positional[0] if arguments.positional else OPAQUE
    columns = [caller.evaluator.elements(value) for value in arguments.positional[1:]]
    if len(columns) != 1:
        caller.handed_over(arguments)
        return Iterable("map", Elements())
    elements = columns[0]
    if elements.items is not None and len(elements.items) <= _BIGGEST_RANGE:
        results: list[Value] = []
        for index, item in enumerate(elements.items):
            caller.machine.turns = (*caller.machine.turns, index)
            results.append(caller.apply(function, Made([item], {}), node))
            caller.machine.turns = caller.machine.turns[:-1]
        return Iterable("map", known(tuple(results)))
    found: list[Value] = []

    def turn() -> Value:
        found.append(caller.apply(function, Made([elements.item], {}), node))
        return OPAQUE

    caller.machine.repeated(turn)
    return Iterable("map", Elements(found[-1] if found else OPAQUE, None, elements.least))


def _filter(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    caller.handed_over(arguments)
    elements = caller.evaluator.elements(arguments.positional[-1])
    return Iterable("filter", Elements(elements.item))


def _sum(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0])
    kind = kind_of(elements.item)
    return Typed(kind) if kind in ("int", "float") else OPAQUE


def _product(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    columns = [caller.evaluator.elements(value) for value in arguments.positional]
    rows = known((Tuple(()),))
    for column in columns:
        if rows.items is None or column.items is None or len(rows.items) * len(column.items) > 300:
            return Iterable("itertools.product", Elements(Tuple(tuple(c.item for c in columns))))
        made = [
            Tuple((*row.items, item))
            for row in rows.items
            if isinstance(row, Tuple)
            for item in column.items
        ]
        rows = known(tuple(made))
    return Iterable("itertools.product", rows)


def _chain(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    total = known(())
    for value in arguments.positional:
        total = chained(total, caller.evaluator.elements(value))
    return Iterable("itertools.chain", Elements() if arguments.open else total)


def _partial(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    head, *rest = arguments.positional or [OPAQUE]
    return Partial(head, tuple(rest), tuple(arguments.keywords.items()))


def _asyncio_run(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return arguments.positional[0] if arguments.positional else OPAQUE


def _environment(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return OPAQUE


def _is_instance(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return Typed("bool")


# -- files ------------------------------------------------------------------------------


def opened(caller: "Caller", name: Text, mode: str | None) -> Value:
    """Open the file *name*; with ``w`` it is emptied at once."""
    machine = caller.machine
    if mode is not None and not set(mode) & set("wax+"):
        return File(Stream.ELSEWHERE, reads=True)
    target = file_target(name, machine.state.stdout)
    if mode is None:
        return File(UNKNOWN if target == machine.state.stdout else Stream.SOME_FILE)
    if target in machine.held and isinstance(target, str):
        machine.write(target, ANY_TEXT, "open")
    elif isinstance(target, str) and "w" in mode:
        machine.write(target, (), "open", truncates=True)
    elif isinstance(target, str) and "x" not in mode and "a" not in mode:
        return File(Stream.SOME_FILE)
    return File(target)


def file_target(name: Text, stdout: Target) -> Target:
    """Return the target that a file name stands for."""
    whole = exact(name)
    if whole is None:
        return Stream.SOME_FILE
    if whole in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        return Stream.STDOUT
    if whole.startswith(("/dev/", "/proc/")):
        return Stream.ELSEWHERE
    return posixpath.normpath(whole) if whole else Stream.SOME_FILE


def _open(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    name = arguments.get(0, "file")
    given = arguments.get(1, "mode")
    mode = "r" if given is None else text_of(given)
    if isinstance(name, Scalar):
        streams = {1: Stream.STDOUT, 2: Stream.ELSEWHERE, 0: Stream.ELSEWHERE}
        return File(streams.get(int(name.value or 0), UNKNOWN))
    if isinstance(name, Str | PathValue):
        return opened(caller, name.text, None if arguments.open else mode)
    return opened(caller, ANY_TEXT, mode)


def _path(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    texts = [str_text(value, caller.machine.state) for value in arguments.positional]
    return PathValue(joined_path(texts) if texts else literal("."))


def _joined(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    texts = [str_text(value, caller.machine.state) for value in arguments.positional]
    return Str(joined_path(texts)) if texts and not arguments.open else Str(ANY_TEXT)


def _copied(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Do what moves or copies a file: it may be any."""
    caller.machine.write(Stream.SOME_FILE, ANY_TEXT, "copy")
    return OPAQUE


def _names(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return caller.machine.new_list(node, Elements(Str(ANY_TEXT)))


# -- logging ----------------------------------------------------------------------------


def _basic_config(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    if arguments.open:
        logs.basic_config(caller.evaluator, {"stream": OPAQUE, "level": OPAQUE})
    else:
        logs.basic_config(caller.evaluator, arguments.keywords)
    return NONE


def _get_logger(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    if not arguments.positional or arguments.positional[0] == NONE:
        return Logger("")
    name = text_of(arguments.positional[0])
    return Logger(name or "?")


def _stream_handler(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return File(logs.target_of(arguments.get(0, "stream"), caller.evaluator))


def _quiet_handler(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return File(Stream.ELSEWHERE)


def _log_config(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    machine = caller.machine
    changed = replace(machine.state.logs, unsure=True)
    machine.state = replace(machine.state, logs=changed)
    return NONE


def _redirect(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    value = arguments.positional[0] if arguments.positional else OPAQUE
    return Tuple((Named("redirected"), File(_stream(caller, value))))


def _run_code(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    caller.machine.lose()
    return OPAQUE


_FUNCTIONS: "Final[dict[str, Callable[[Caller, Arguments, ast.Call], Value]]]" = {
    "print": _print,
    "builtins.print": _print,
    "json.dumps": _dumps,
    "json.dump": _dump,
    "json.loads": _loads,
    "input": _talks,
    "sys.exit": _exit,
    "exit": _exit,
    "quit": _exit,
    "SystemExit": _exit,
    "os._exit": _abort,
    "atexit.register": _at_exit,
    "range": _range,
    "list": _listed("list"),
    "set": _listed("set"),
    "frozenset": _listed("set"),
    "collections.deque": _listed("deque"),
    "sorted": _sorted,
    "reversed": _reversed,
    "tuple": _tuple,
    "dict": _dict,
    "collections.OrderedDict": _environment,
    "collections.defaultdict": _environment,
    "collections.Counter": _environment,
    "str": _str,
    "repr": _repr,
    "int": _number("int"),
    "float": _number("float"),
    "bool": _bool,
    "len": _len,
    "enumerate": _enumerate,
    "zip": _zip,
    "map": _map,
    "filter": _filter,
    "sum": _sum,
    "itertools.product": _product,
    "itertools.chain": _chain,
    "functools.partial": _partial,
    "asyncio.run": _asyncio_run,
    "os.getenv": _environment,
    "os.environ.get": _environment,
    "isinstance": _is_instance,
    "hasattr": _is_instance,
    "callable": _is_instance,
    "os.path.exists": _is_instance,
    "os.path.isfile": _is_instance,
    "os.path.isdir": _is_instance,
    "any": _is_instance,
    "all": _is_instance,
    "open": _open,
    "io.open": _open,
    "pathlib.Path": _path,
    "pathlib.PosixPath": _path,
    "pathlib.PurePath": _path,
    "os.path.join": _joined,
    "shutil.copy": _copied,
    "shutil.copyfile": _copied,
    "shutil.copy2": _copied,
    "shutil.copytree": _copied,
    "shutil.move": _copied,
    "os.rename": _copied,
    "os.replace": _copied,
    "os.symlink": _copied,
    "os.link": _copied,
    "os.chdir": _copied,
    "os.listdir": _names,
    "glob.glob": _names,
    "logging.basicConfig": _basic_config,
    "logging.getLogger": _get_logger,
    "logging.StreamHandler": _stream_handler,
    "logging.FileHandler": _quiet_handler,
    "logging.NullHandler": _quiet_handler,
    "logging.config.dictConfig": _log_config,
    "logging.config.fileConfig": _log_config,
    "contextlib.redirect_stdout": _redirect,
    "exec": _run_code,
    "eval": _run_code,
    "runpy.run_module": _run_code,
    "runpy.run_path": _run_code,
    "importlib.import_module": _run_code,
    "__import__": _run_code,
    "os.dup2": _run_code,
    "os.write": _run_code,
    "os.fdopen": _environment,
}
