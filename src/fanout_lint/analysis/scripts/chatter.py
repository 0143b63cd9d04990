"""Which commands talk on stdout, and what keeps them quiet. Plain data.

A command is looked up by its name, or name and subcommand. ``talk`` says what it
writes to stdout:

* ``sure``: lines of words in every run that ends well;
* ``likely``: lines of words, but not in every run;
* ``names``: lines of words, or nothing if there is nothing to name;
* ``silent``: nothing (what it says goes to stderr, if anywhere).

With a flag of ``quiet`` it is silent; with one of ``other`` it is unknown what it
does. A flag of one or two letters also counts inside a bundle (``-yqq``). Below
``words`` words after the name, too, it is unknown. What stands in neither table
is unknown.
"""

from typing import Final, Literal

from msgspec import Struct

Talk = Literal["sure", "likely", "names", "silent"]


class Habit(Struct, frozen=True):
    talk: Talk
    quiet: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    words: int = 0


_Q: Final = ("-q", "--quiet")
_QQ: Final = ("-qq", "-q=2")
_OUTPUT: Final = ("-o", "--output")
_V: Final = ("-v", "--verbose", "-c", "--changes", "--stdout", "-l", "--list", "--print")

SUBCOMMANDS: Final[dict[tuple[str, str], Habit]] = {
    ("pip", "install"): Habit("sure", _Q, ("--report", "--dry-run")),
    ("pip", "download"): Habit("sure", _Q),
    ("pip", "uninstall"): Habit("sure", _Q),
    ("uv", "pip install"): Habit("silent"),
    ("uv", "sync"): Habit("silent"),
    ("poetry", "install"): Habit("sure", _Q),
    ("conda", "install"): Habit("likely", _Q, ("--json",)),
    ("conda", "create"): Habit("likely", _Q, ("--json",)),
    ("apt-get", "update"): Habit("sure", _QQ),
    ("apt-get", "install"): Habit("sure", _QQ),
    ("apt-get", "upgrade"): Habit("sure", _QQ),
    ("apt", "update"): Habit("sure", _QQ),
    ("apt", "install"): Habit("sure", _QQ),
    ("apk", "add"): Habit("sure", _Q),
    ("apk", "update"): Habit("sure", _Q),
    ("apk", "upgrade"): Habit("sure", _Q),
    ("yum", "install"): Habit("sure", _Q),
    ("yum", "update"): Habit("sure", _Q),
    ("dnf", "install"): Habit("sure", _Q),
    ("microdnf", "install"): Habit("likely"),
    ("npm", "install"): Habit("sure", ("-s", "--silent"), ("--loglevel", "--json")),
    ("npm", "ci"): Habit("sure", ("-s", "--silent"), ("--loglevel", "--json")),
    ("yarn", "install"): Habit("sure", ("-s", "--silent"), ("--json",)),
    ("gem", "install"): Habit("sure", ("-q", "--quiet", "--silent")),
    ("git", "clone"): Habit("silent"),
    ("git", "fetch"): Habit("silent", other=("--porcelain",)),
    ("git", "push"): Habit("silent", other=("-u", "--set-upstream", "--porcelain")),
    ("git", "pull"): Habit("sure", _Q),
    ("git", "commit"): Habit("sure", _Q),
    ("git", "merge"): Habit("sure", _Q),
    ("git", "status"): Habit("sure", (), ("-s", "--short", "--porcelain", "-z")),
    ("git", "checkout"): Habit("likely", _Q),
    ("git", "switch"): Habit("likely", _Q),
    ("git", "reset"): Habit("likely", _Q),
    ("git", "init"): Habit("sure", _Q),
    ("git", "add"): Habit("silent", other=("-n", "--dry-run", "-v", "--verbose")),
    ("git", "config"): Habit("silent", other=("--get", "--list", "-l"), words=3),
    ("git", "ls-files"): Habit("names", other=("-z", "--format")),
    ("terraform", "init"): Habit("sure", (), ("-json",)),
    ("terraform", "plan"): Habit("sure", (), ("-json",)),
    ("terraform", "apply"): Habit("sure", (), ("-json",)),
    ("terraform", "destroy"): Habit("sure", (), ("-json",)),
    ("aws", "s3 cp"): Habit("sure", ("--quiet", "--only-show-errors"), ("-",)),
    ("aws", "s3 mv"): Habit("sure", ("--quiet", "--only-show-errors"), ("-",)),
    ("aws", "s3 sync"): Habit("likely", ("--quiet", "--only-show-errors")),
    ("aws", "s3 rm"): Habit("likely", ("--quiet", "--only-show-errors")),
    ("aws", "s3 ls"): Habit("names"),
    ("gsutil", "cp"): Habit("silent", other=("-",)),
    ("kubectl", "apply"): Habit("sure", (), _OUTPUT),
    ("kubectl", "create"): Habit("sure", (), _OUTPUT),
    ("kubectl", "delete"): Habit("likely", (), _OUTPUT),
    ("kubectl", "patch"): Habit("sure", (), _OUTPUT),
    ("kubectl", "scale"): Habit("sure", (), _OUTPUT),
    ("kubectl", "annotate"): Habit("sure", (), _OUTPUT),
    ("kubectl", "label"): Habit("sure", (), _OUTPUT),
    ("kubectl", "rollout restart"): Habit("sure", (), _OUTPUT),
    ("kubectl", "wait"): Habit("likely", (), _OUTPUT),
    ("helm", "install"): Habit("sure", (), _OUTPUT),
    ("helm", "upgrade"): Habit("sure", (), _OUTPUT),
    ("helm", "repo add"): Habit("sure", (), _OUTPUT),
    ("helm", "repo update"): Habit("sure", (), _OUTPUT),
    ("docker", "pull"): Habit("sure", (), _Q),
    ("docker", "push"): Habit("sure", (), _Q),
    ("docker", "login"): Habit("sure"),
    ("docker", "build"): Habit("likely", (), _Q),
    ("go", "mod download"): Habit("silent", other=("-json",)),
    ("go", "get"): Habit("silent"),
    ("go", "build"): Habit("silent", other=("-json",)),
    ("go", "test"): Habit("sure", (), ("-json",)),
    ("cargo", "build"): Habit("silent", other=("--message-format",)),
    ("gcloud", "auth activate-service-account"): Habit("silent"),
    ("az", "login"): Habit("sure", (), _OUTPUT),
}

COMMANDS: Final[dict[str, Habit]] = {
    "mvn": Habit("sure", ("-q", "--quiet")),
    "gradle": Habit("sure", ("-q", "--quiet")),
    "make": Habit("likely", (), ("-s", "--silent", "--quiet")),
    "unzip": Habit("sure", ("-q", "-qq"), ("-p", "-c", "-l", "-Z"), words=1),
    "ls": Habit("names", (), ("--zero", "-Q", "--quoting-style", "-m")),
    "find": Habit(
        "names",
        (),
        (
            "-exec", "-execdir", "-ok", "-okdir", "-printf", "-fprintf", "-print0",
            "-fprint", "-fprint0", "-ls", "-fls", "-delete", "-quit",
        ),
    ),
    "pwd": Habit("sure"),
    "uname": Habit("sure"),
    "whoami": Habit("sure"),
    "df": Habit("sure"),
    "ps": Habit("sure"),
    "uptime": Habit("sure"),
    "which": Habit("names"),
    "cowsay": Habit("sure"),
    "mkdir": Habit("silent", other=_V),
    "rmdir": Habit("silent", other=_V),
    "rm": Habit("silent", other=_V),
    "cp": Habit("silent", other=_V),
    "mv": Habit("silent", other=_V),
    "ln": Habit("silent", other=_V),
    "touch": Habit("silent"),
    "chmod": Habit("silent", other=_V),
    "chown": Habit("silent", other=_V),
    "sleep": Habit("silent"),
    "gzip": Habit("silent", other=_V, words=1),
    "gunzip": Habit("silent", other=_V, words=1),
    "mktemp": Habit("sure"),
    "ssh-keyscan": Habit("names"),
}  # fmt: skip

#: The same command by other names.
ALIASES: Final[dict[str, str]] = {
    "pip3": "pip",
    "./mvnw": "mvn",
    "mvnw": "mvn",
    "./gradlew": "gradle",
    "gradlew": "gradle",
    "tofu": "terraform",
    "mamba": "conda",
    "micromamba": "conda",
    "ll": "ls",
}


def program_name(word: str) -> str:
    """Return the name of the program that *word* calls.

    A path means the program that all know only in a folder for programs: ``/usr/bin/find``
    is ``find``, and ``/find`` is whatever the image has there.
    """
    folder, _, name = word.rpartition("/")
    return name if folder.endswith(("/bin", "/sbin")) else word


def habit_of(name: str, arguments: tuple[str, ...]) -> Habit | None:
    """Return what is known of ``name arguments…``, quiet flags applied; ``None`` if nothing is."""
    name = program_name(name)
    name = ALIASES.get(name, name)
    words = [word for word in arguments if not word.startswith("-")]
    row = (
        SUBCOMMANDS.get((name, " ".join(words[:2])))
        or SUBCOMMANDS.get((name, " ".join(words[:1])))
        or COMMANDS.get(name)
    )
    if row is None or len(words) < row.words or {"--help", "--version"} & set(arguments):
        return None
    if _has_flag(arguments, row.other):
        return None
    return Habit("silent") if _has_flag(arguments, row.quiet) else row


def _has_flag(arguments: tuple[str, ...], flags: tuple[str, ...]) -> bool:
    for argument in arguments:
        bundle = argument[1:] if argument[:1] == "-" and argument[1:2] != "-" else ""
        for flag in flags:
            if argument == flag or (flag.startswith("--") and argument.startswith(flag + "=")):
                return True
            short = flag[1:] if flag[1:2] != "-" and len(flag) <= 3 else ""
            if short and bundle.isalpha() and short in bundle:
                return True
    return False
