"""What the functions of Python and its library do, by their dotted names."""

import ast
import sys
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Notation, Stream
from fanout_lint.analysis.scripts.python.builtin_effects import (
    basic_config,
    copied,
    file_handler,
    formatter,
    get_logger,
    joined,
    log_config,
    lose_logs,
    names,
    open_call,
    opened_by_number,
    path,
    quiet_handler,
    redirect,
    run_code,
    stream_handler,
)
from fanout_lint.analysis.scripts.python.builtin_lists import (
    chain,
    dict_call,
    enumerate_call,
    filter_call,
    len_call,
    listed,
    map_call,
    product,
    range_call,
    reversed_call,
    sorted_call,
    sum_call,
    tuple_call,
    zip_call,
)
from fanout_lint.analysis.scripts.python.builtin_output import dump, dumps, print_call
from fanout_lint.analysis.scripts.python.operations import plain
from fanout_lint.analysis.scripts.python.render import (
    repr_text,
    str_text,
    truth,
)
from fanout_lint.analysis.scripts.python.state import Kind
from fanout_lint.analysis.scripts.python.values import (
    NONE,
    OPAQUE,
    DictObject,
    ListObject,
    Logger,
    Opaque,
    Partial,
    Scalar,
    Str,
    Typed,
    Value,
    kind_of,
    known,
    string,
    text_of,
)
from fanout_lint.analysis.scripts.shape import parse_json
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    PLAIN_TEXT,
    Noise,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller


def call(caller: "Caller", name: str, arguments: "Arguments", node: ast.Call) -> Value:
    """Call the builtin or library function *name*."""
    known_function = _FUNCTIONS.get(name)
    if known_function is not None and (arguments.positional or name not in _NEED_ONE):
        return known_function(caller, arguments, node)
    root = name.split(".")[0]
    if name.startswith("logging.") and _logs(caller, name, arguments):
        return NONE
    if name.startswith(("subprocess.", "os.system", "os.popen", "os.exec", "os.spawn")):
        from fanout_lint.analysis.scripts.python import commands

        return commands.call(caller, name, arguments)
    caller.handed_over(arguments)
    if name in _TALKERS:
        caller.machine.write(caller.machine.state.stdout, ANY_TEXT, name)
        return NONE
    if root == "pathlib":
        _makes_file(caller, name)
    if root in sys.stdlib_module_names:
        return _library(name)
    if root in QUIET_LIBRARIES or "." not in name:
        caller.machine.understood = caller.machine.understood and "." not in name
        return Opaque(name)
    caller.machine.understood = False
    if caller.discarded is node:
        caller.machine.write(UNKNOWN, ANY_TEXT, name)
    return Opaque(name)


def _logs(caller: "Caller", name: str, arguments: "Arguments") -> bool:
    """Log what *arguments* say; return whether *name* is a function that does."""
    from fanout_lint.analysis.scripts.python import logs

    level = name.split(".")[-1]
    if level not in (*logs.LEVELS, "log"):
        return False
    logs.log(caller.evaluator, Logger(""), level, tuple(arguments.positional))
    return True


def _makes_file(caller: "Caller", name: str) -> None:
    """Tell what ``Path.write_text(path, text)`` and its like write."""
    from fanout_lint.analysis.scripts.python.method_objects import MAKES_FILES

    if name.split(".")[-1] in MAKES_FILES:
        caller.machine.write(Stream.SOME_FILE, ANY_TEXT, name)


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


# -- logging ----------------------------------------------------------------------------


_FUNCTIONS: "Final[dict[str, Callable[[Caller, Arguments, ast.Call], Value]]]" = {
    "print": print_call,
    "builtins.print": print_call,
    "json.dumps": dumps,
    "json.dump": dump,
    "json.loads": _loads,
    "input": _talks,
    "sys.exit": _exit,
    "exit": _exit,
    "quit": _exit,
    "SystemExit": _exit,
    "os._exit": _abort,
    "atexit.register": _at_exit,
    "range": range_call,
    "list": listed("list"),
    "set": listed("set"),
    "frozenset": listed("set"),
    "collections.deque": listed("deque"),
    "sorted": sorted_call,
    "reversed": reversed_call,
    "tuple": tuple_call,
    "dict": dict_call,
    "collections.OrderedDict": _environment,
    "collections.defaultdict": _environment,
    "collections.Counter": _environment,
    "str": _str,
    "repr": _repr,
    "int": _number("int"),
    "float": _number("float"),
    "bool": _bool,
    "len": len_call,
    "enumerate": enumerate_call,
    "zip": zip_call,
    "map": map_call,
    "filter": filter_call,
    "sum": sum_call,
    "itertools.product": product,
    "itertools.chain": chain,
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
    "open": open_call,
    "io.open": open_call,
    "pathlib.Path": path,
    "pathlib.PosixPath": path,
    "pathlib.PurePath": path,
    "os.path.join": joined,
    "shutil.copy": copied,
    "shutil.copyfile": copied,
    "shutil.copy2": copied,
    "shutil.copytree": copied,
    "shutil.move": copied,
    "os.rename": copied,
    "os.replace": copied,
    "os.symlink": copied,
    "os.link": copied,
    "os.chdir": copied,
    "os.open": opened_by_number,
    "os.mkfifo": opened_by_number,
    "os.mknod": opened_by_number,
    "os.renames": copied,
    "os.listdir": names,
    "glob.glob": names,
    "logging.basicConfig": basic_config,
    "logging.getLogger": get_logger,
    "logging.StreamHandler": stream_handler,
    "logging.Formatter": formatter,
    "logging.disable": lose_logs,
    "logging.shutdown": lose_logs,
    "logging.FileHandler": file_handler,
    "logging.handlers.RotatingFileHandler": file_handler,
    "logging.handlers.TimedRotatingFileHandler": file_handler,
    "logging.handlers.WatchedFileHandler": file_handler,
    "logging.NullHandler": quiet_handler,
    "io.StringIO": quiet_handler,
    "io.BytesIO": quiet_handler,
    "logging.config.dictConfig": log_config,
    "logging.config.fileConfig": log_config,
    "contextlib.redirect_stdout": redirect,
    "exec": run_code,
    "eval": run_code,
    "runpy.run_module": run_code,
    "runpy.run_path": run_code,
    "importlib.import_module": run_code,
    "__import__": run_code,
    "os.dup2": run_code,
    "os.write": run_code,
    "os.fdopen": _environment,
}
