"""What programs write that a shell script starts."""

import itertools
import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from fanout_lint.analysis.scripts.chatter import habit_of, program_name
from fanout_lint.analysis.scripts.flow import (
    Notation,
    Stream,
    Target,
    Write,
    choose,
    sure_writes,
)
from fanout_lint.analysis.scripts.shell import jq
from fanout_lint.analysis.scripts.shell.redirect import file_path, stream_text, written
from fanout_lint.analysis.scripts.shell.state import (
    NEXT_FAILED,
    NEXT_MAYBE,
    NEXT_OK,
    Ends,
    Path,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    NUMBER_TEXT,
    PLAIN_TEXT,
    Either,
    Exact,
    Many,
    Noise,
    Text,
    concat,
    either,
    exact,
    literal,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.shell.run import Runner
    from fanout_lint.analysis.scripts.shell.simple import Call


def run(runner: "Runner", call: "Call") -> Ends:
    """Run a program that is no builtin and no function of the script."""
    name = program_name(call.name or "")
    known = _PROGRAMS.get(name)
    if known is not None:
        return known(runner, call)
    habit = habit_of(call.name or "", call.words)
    if habit is None:
        return {NEXT_MAYBE: unknown_program(call)}
    words = " ".join([name, *[w for w in call.words[:1] if re.fullmatch(r"[a-z][a-z0-9-]*", w)]])
    noise: Text = (Noise(),)
    if name in _MAKE_MORE and habit.talk in ("sure", "likely"):
        call = replace(call, path=_made(call, name, [Stream.SOME_FILE], ANY_TEXT))
    match habit.talk:
        case "silent":
            path = _silent(call, name)
        case "sure":
            path = call.write(noise, Notation.CHATTER, words)
        case "likely":
            path = call.write(either(((), noise), genuine=True), Notation.CHATTER, words)
        case "names":
            hint = f"lines of `{name}`, not JSON"
            content = either(((), noise), genuine=True)
            path = call.write(content, Notation.LINES, name, hint)
    return {NEXT_MAYBE: path}


_KEEP_LINES: Final = ("sort", "uniq", "head", "tail", "tac")
#: In a program of awk: ``print > "file"``, ``print | "command"``, ``system(…)``.
_AWK_WRITES: Final = r'>>|>\s*["(A-Za-z_$?]|(?<!\|)\|\s*["A-Za-z]|\bsystem\b'
#: Programs that talk, and make files that their words may name: in a folder, or by a rule.
_MAKE_MORE: Final = ("make", "unzip", "mvn", "gradle", "aws", "git", "terraform")
_FILE_MAKERS: Final = ("cp", "mv", "ln", "install")


def _silent(call: "Call", name: str) -> Path:
    """Return the path past a quiet program; some of them make files."""
    words = [word for word in call.words if not word.startswith("-")]
    known = all(words) and call.countable
    if name in ("mkdir", "sleep", "chmod", "chown", "rmdir"):
        return call.path
    if name == "touch" and known:
        return _made(call, name, [file_path(word, call.path.state) for word in words], ())
    moves = not any(re.fullmatch(r"-[A-Za-z]*t.*|--target.*", word) for word in call.words)
    if name in _FILE_MAKERS and known and len(words) == 2 and moves:
        onto = file_path(words[1], call.path.state)
        if any(write.target == onto for write in sure_writes(call.path.trail)):
            return _overwritten(call, name, onto, stream_text(call.path, words[0]) or ANY_TEXT)
        inside = words[1].rstrip("/") + "/" + words[0].rstrip("/").rsplit("/", 1)[-1]
        targets = [file_path(word, call.path.state) for word in (words[1], inside)]
        return _made(call, name, targets, ANY_TEXT)
    return _made(call, name, [Stream.SOME_FILE], ANY_TEXT)


def _overwritten(call: "Call", name: str, target: "Target", content: Text) -> Path:
    """Return the path past a copy over a file that the script has written itself."""
    write = Write(call.node.start, call.node.end, target, content, name, truncates=True)
    files = {**call.path.state.files, target: ()} if isinstance(target, str) else {}
    return written(replace(call.path, state=replace(call.path.state, files=files)), write)


def _made(call: "Call", name: str, targets: "list[Target]", content: Text) -> Path:
    """Return the path past a program that writes, or may write, the *targets*."""
    path = call.path
    files = {k: v for k, v in path.state.files.items() if k not in targets}
    files = {} if Stream.SOME_FILE in targets else files
    trail = path.trail
    for target in targets:
        write = Write(call.node.start, call.node.end, target, content, name)
        trail = (*trail, *choose(((write,), ()))) if len(targets) > 1 else (*trail, write)
    return Path(replace(path.state, files=files), trail)


def unknown_program(call: "Call") -> Path:
    from fanout_lint.analysis.scripts.shell.simple import _unknown_program

    return _unknown_program(call)


def _filter(content: "Callable[[Call], Text]") -> "Callable[[Runner, Call], Ends]":
    """Return a program that prints *content* and touches nothing else."""

    def run_filter(runner: "Runner", call: "Call") -> Ends:
        return {NEXT_MAYBE: call.write(content(call), Notation.TEXT, call.name or "")}

    return run_filter


def _cat(runner: "Runner", call: "Call") -> Ends:
    text = _input(call)
    return {NEXT_MAYBE: call.write(text, Notation.TEXT, "cat")}


def _input(call: "Call") -> Text:
    """Return what ``cat`` would print: the files named, or stdin."""
    names = [word for word in call.words if word not in ("-u", "--")]
    if any(word.startswith("-") and word != "-" for word in names) or not call.countable:
        return ANY_TEXT
    if not call.fields or call.words == ("-",):
        return call.path.state.stdin if call.path.state.stdin is not None else ANY_TEXT
    texts = [stream_text(call.path, name or None) for name in names]
    return concat(*[ANY_TEXT if text is None else text for text in texts])


def _tee(runner: "Runner", call: "Call") -> Ends:
    stdin = call.path.state.stdin
    text = stdin if stdin is not None else ANY_TEXT
    appends = "-a" in call.words or "--append" in call.words
    path = call.path
    for field in call.fields:
        name = exact(field.text)
        if name is not None and name.startswith("-"):
            continue
        target = file_path(name, path.state)
        write = Write(call.node.start, call.node.end, target, text, "tee", truncates=not appends)
        if isinstance(target, str) and not appends:
            files = {**path.state.files, target: ()}
            path = replace(path, state=replace(path.state, files=files))
        path = written(path, write)
    return {NEXT_OK: replace(call, path=path).write(text, Notation.TEXT, "tee")}


def _jq(runner: "Runner", call: "Call") -> Ends:
    parsed = jq.read_call(call.texts) if call.countable else None
    if parsed is None:
        content = ANY_TEXT
    else:
        stdin = call.path.state.stdin
        if parsed.files:
            names = [exact(text) for text in parsed.files]
            known = [stream_text(call.path, name) for name in names]
            stdin = known[0] if len(known) == 1 else None
        content = jq.output(parsed, stdin)
    raw = any(isinstance(p, Either) and (Noise(),) in p.options for p in content)
    notation = Notation.LINES if raw else Notation.JSON if content != ANY_TEXT else Notation.TEXT
    hint = "lines of plain text (`jq -r`), not a JSON list" if raw else ""
    good = call.write(content, notation, "jq", hint)
    bad = call.write(either(((), content)), notation, "jq", hint)
    if not good.trail or good.trail == call.path.trail:
        return {NEXT_MAYBE: good}
    return {NEXT_OK: good, NEXT_FAILED: bad}


def _curl(runner: "Runner", call: "Call") -> Ends:
    words = call.words
    saves = any(re.fullmatch(r"-[A-Za-z]*[oO]|--output|--remote-name(-all)?", w) for w in words)
    prints = any(w in ("-w", "--write-out", "-i", "-I", "--include", "-D", "-v") for w in words)
    bundled = any(re.fullmatch(r"-[A-Za-z]*[wiI][A-Za-z]*", w) for w in words)
    to_stdout = "-" in words or "/dev/stdout" in words
    if saves and not (prints or bundled or to_stdout):
        return {NEXT_MAYBE: _silent(call, "curl")}
    return {NEXT_MAYBE: unknown_program(call)}


def _wget(runner: "Runner", call: "Call") -> Ends:
    words = call.words
    prints = any(
        re.fullmatch(r"-[A-Za-z]*O-?|--output-document.*|-S|--spider|--help", w) for w in words
    )
    target = next((b for a, b in itertools.pairwise(words) if re.fullmatch(r"-[A-Za-z]*O", a)), "")
    if prints and target in ("", "-", "/dev/stdout"):
        return {NEXT_MAYBE: unknown_program(call)}
    return {NEXT_MAYBE: _silent(call, "wget")}


def _tar(runner: "Runner", call: "Call") -> Ends:
    flags = call.words[0] if call.fields else ""
    rest = call.words[1:]
    if (
        not re.fullmatch(r"-?[A-Za-z]+", flags)
        or "-" in rest
        or "--to-stdout" in rest
        or "O" in flags
    ):
        return {NEXT_MAYBE: unknown_program(call)}
    if "f" not in flags or "t" in flags:
        return {NEXT_MAYBE: unknown_program(call)}
    path = _silent(call, "tar")
    if "v" in flags or "-v" in rest:
        noise = either(((), (Noise(),)), genuine=True)
        path = replace(call, path=path).write(noise, Notation.CHATTER, "tar -v")
    return {NEXT_MAYBE: path}


def _date(call: "Call") -> Text:
    given = [word for word in call.words if not word.startswith("-u")]
    if not given and call.countable:
        return (Noise(),)
    pattern = call.words[-1] if call.fields else ""
    if re.fullmatch(r"\+[-%A-Za-z0-9:_/ .]*", pattern) and pattern not in ("+%s", "+%Y"):
        return concat(PLAIN_TEXT, literal("\n"))
    return ANY_TEXT


def _seq(call: "Call") -> Text:
    if not call.countable or any(re.match(r"-[a-z]|--", word) for word in call.words):
        return ANY_TEXT
    words = call.words
    if all(re.fullmatch(r"-?\d{1,6}", word) for word in words) and 1 <= len(words) <= 3:
        numbers = [int(word) for word in words]
        first, last = (1, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[-1])
        step = numbers[1] if len(numbers) == 3 else 1
        if step and abs(last - first) // abs(step) < 200:
            values = range(first, last + (1 if step > 0 else -1), step)
            return literal("".join(f"{value}\n" for value in values))
    return (Many(concat(NUMBER_TEXT, literal("\n"))),)


def _basename(call: "Call") -> Text:
    return concat(PLAIN_TEXT, literal("\n"))


def _wc(call: "Call") -> Text:
    piped = not [word for word in call.words if not word.startswith("-")]
    if piped and len(call.words) == 1:
        return concat(NUMBER_TEXT, literal("\n"))
    return ANY_TEXT


def _grep(call: "Call") -> Text:
    flags = "".join(word[1:] for word in call.words if re.fullmatch(r"-[A-Za-z]+", word))
    if "q" in flags or "--quiet" in call.words:
        return ()
    return concat(NUMBER_TEXT, literal("\n")) if flags == "c" else ANY_TEXT


def _any_output(call: "Call") -> Text:
    return ANY_TEXT


def _write_lines(call: "Call") -> Path:
    """Return the path past a filter that leaves lines as they are, or takes some away."""
    lines = call.path.state.stdin
    names: Text = either(((), (Noise(),)), genuine=True)
    keeps = call.name in _KEEP_LINES and all(word.startswith("-") for word in call.words)
    if keeps and call.countable and lines in (names, (Noise(),)):
        hint = f"lines that `{call.name}` is given, not JSON"
        return call.write(names, Notation.LINES, call.name or "", hint)
    return call.write(ANY_TEXT, Notation.TEXT, call.name or "")


def _writing_filter(pattern: str) -> "Callable[[Runner, Call], Ends]":
    """Return a filter that writes a file, too, where its words fit *pattern*."""

    def run_filter(runner: "Runner", call: "Call") -> Ends:
        path = _write_lines(call)
        if re.search(pattern, " ".join(_spelled(text) for text in call.texts)) is not None:
            path = _made(replace(call, path=path), call.name or "", [Stream.SOME_FILE], ANY_TEXT)
        return {NEXT_MAYBE: path}

    return run_filter


def _spelled(text: Text) -> str:
    """Return a word, with a question mark for each part that is not known."""
    return "".join(piece.text if isinstance(piece, Exact) else "?" for piece in text)


def _sed(runner: "Runner", call: "Call") -> Ends:
    if any(re.fullmatch(r"-[A-Za-z]*i.*|--in-place.*", word) for word in call.words):
        return {NEXT_MAYBE: _silent(call, "sed")}
    return _writing_filter(r"(^|[\s;{/])\d*w\s+[/?\w.]")(runner, call)


def _env(runner: "Runner", call: "Call") -> Ends:
    if call.fields:
        return {NEXT_MAYBE: unknown_program(call)}
    return {NEXT_MAYBE: call.write((Noise(),), Notation.LINES, "env")}


_PROGRAMS: "Final[dict[str, Callable[[Runner, Call], Ends]]]" = {
    "cat": _cat,
    "tee": _tee,
    "jq": _jq,
    "curl": _curl,
    "wget": _wget,
    "tar": _tar,
    "env": _env,
    "sed": _sed,
    **dict.fromkeys(("awk", "gawk"), _writing_filter(_AWK_WRITES)),
    **dict.fromkeys(("sort", "xmllint"), _writing_filter(r"(^| )(-[A-Za-z]*o|--output)")),
    **dict.fromkeys(("uniq", "xxd"), _writing_filter(r"(^| )[^- ]\S* .*[^- ]")),
    **dict.fromkeys(("head", "tail", "tac"), _writing_filter(r"(?!)")),
    "yq": _writing_filter(r"(^| )(-[A-Za-z]*[is]|--inplace|--split)"),
    "date": _filter(_date),
    "seq": _filter(_seq),
    "basename": _filter(_basename),
    "dirname": _filter(_basename),
    "nproc": _filter(lambda call: concat(NUMBER_TEXT, literal("\n"))),
    "wc": _filter(_wc),
    "grep": _filter(_grep),
    **{
        name: _filter(_any_output)
        for name in (
            "cut", "tr", "paste", "rev", "nl", "fold",
            "column", "base64", "sha256sum", "md5sum", "expr", "bc",
            "envsubst", "printenv", "getent", "diff", "comm", "od",
            "egrep", "fgrep", "zcat", "du", "stat", "readlink", "realpath", "hostname", "id",
        )
    },
}  # fmt: skip
