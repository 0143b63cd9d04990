"""Which part of a template's command is a script, and in which language.

Only what is certain: an interpreter that is named, with flags that are known.
The images decide which shell ``sh`` is, where they are well-known ones.
"""

import posixpath
import re
from collections.abc import Sequence
from enum import Enum
from typing import Final

from msgspec import Struct, field

from fanout_lint.unknown import UNKNOWN, Unknown

Holes = tuple[tuple[int, int], ...]


class Language(Enum):
    PYTHON = "python"
    SHELL = "sh"  #: ``/bin/sh``: dash, busybox or bash, as the image has it.
    BASH = "bash"
    DASH = "dash"
    BUSYBOX = "busybox"  #: The ``ash`` of busybox and Alpine.
    JAVASCRIPT = "javascript"
    COMMAND = "command"  #: No script: one program and its arguments.


class Origin(Enum):
    """Where the text stands in the template."""

    SOURCE = "source"
    COMMAND = "command"
    ARGS = "args"


class Argument(Struct, frozen=True):
    """One text of a template, and the places of its tags: (start, end) in characters."""

    text: str
    holes: Holes = ()


class Script(Struct, frozen=True):
    """A text in a language.

    ``origin`` and ``index`` say where it came from, so that places map back:
    ``index`` counts in ``command`` or ``args``; it is 0 for ``source``. A single
    command has its words in ``words``, and an empty ``text``.
    """

    language: Language
    text: str
    holes: Holes
    origin: Origin
    index: int = 0
    words: tuple[Argument, ...] = ()
    errexit: bool = False
    trace: bool = False
    pipefail: bool = False
    parameters: tuple[Argument, ...] = field(default=())


_SHELLS: Final = {
    "sh": Language.SHELL,
    "bash": Language.BASH,
    "dash": Language.DASH,
    "ash": Language.BUSYBOX,
}
_DASH_IMAGES = r"(docker\.io/)?(library/)?(debian|ubuntu|python|node)(:[\w.-]+)?"
_BUSYBOX_IMAGES = r"(docker\.io/)?(library/)?(alpine|busybox)(:[\w.-]+)?"


def detect_source(
    command: Sequence[str], source: Argument, image: str = "", args: Sequence[str] = ()
) -> Script | Unknown:
    """Return the script of a ``script`` template: *source* is the last argument of *command*."""
    if args:
        return UNKNOWN
    head, flags = _interpreter([Argument(word) for word in command])
    if head is None or any(not flag.text.startswith(("-", "+")) for flag in _loose(flags)):
        return UNKNOWN
    language = _language(head, image)
    if language in (Language.PYTHON, Language.JAVASCRIPT):
        if any(flag.text not in _HARMLESS for flag in flags):
            return UNKNOWN
        return Script(language, source.text, source.holes, Origin.SOURCE)
    if language is None:
        return UNKNOWN
    options = _shell_options(flags)
    if options is None or options.reads_text:
        return UNKNOWN
    return options.script(language, source, Origin.SOURCE, 0)


def detect_command(
    command: Sequence[Argument], args: Sequence[Argument], image: str = ""
) -> Script | Unknown:
    """Return what a container runs: a script handed to an interpreter, or one command.

    Without a *command* the image's own entry point runs: ``UNKNOWN``.
    """
    if not command:
        return UNKNOWN
    words = [*command, *args]
    head, rest = _interpreter(words)
    if head is None:
        return UNKNOWN
    language = _language(head, image)
    if language is None:
        origin = Origin.COMMAND
        return Script(Language.COMMAND, "", (), origin, words=tuple(words))
    skipped = len(words) - len(rest)
    found = _text_argument(language, rest)
    if found is None:
        return UNKNOWN
    offset, options = found
    place = skipped + offset
    if place < len(command):
        origin, index = Origin.COMMAND, place
    else:
        origin, index = Origin.ARGS, place - len(command)
    parameters = tuple(words[place + 1 :])
    return options.script(language, words[place], origin, index, parameters)


_HARMLESS: Final = ("-u", "-B", "-E", "-I", "-s", "-S", "-O", "-OO", "-q", "--", "-")


class _Options(Struct, frozen=True):
    """The flags of a shell; ``reads_text`` for ``-c``."""

    errexit: bool = False
    trace: bool = False
    pipefail: bool = False
    reads_text: bool = False

    def script(
        self,
        language: Language,
        text: Argument,
        origin: Origin,
        index: int,
        parameters: tuple[Argument, ...] = (),
    ) -> Script:
        return Script(
            language,
            text.text,
            text.holes,
            origin,
            index,
            (),
            self.errexit,
            self.trace,
            self.pipefail,
            parameters,
        )


def _interpreter(words: Sequence[Argument]) -> tuple[str | None, list[Argument]]:
    """Return the program's name and what follows it, ``env`` looked through."""
    rest = list(words)
    while rest:
        head = rest.pop(0)
        if head.holes:
            return None, rest
        name = posixpath.basename(head.text)
        if name != "env" or not rest or rest[0].text.startswith("-"):
            return name, rest
        if "=" in rest[0].text:
            return None, rest
    return None, rest


_PYTHONS = frozenset(("python", "python3", "pypy", "pypy3"))


def _language(name: str, image: str) -> Language | None:
    if name in _PYTHONS or re.fullmatch(r"(python|pypy)3\.\d+", name):
        return Language.PYTHON
    if name in ("node", "nodejs"):
        return Language.JAVASCRIPT
    found = _SHELLS.get(name)
    if found is not Language.SHELL:
        return found
    if "alpine" not in image and re.fullmatch(_DASH_IMAGES, image, re.ASCII):
        return Language.DASH
    if re.fullmatch(_BUSYBOX_IMAGES, image, re.ASCII):
        return Language.BUSYBOX
    return found


def _loose(flags: Sequence[Argument]) -> list[Argument]:
    """Return the flags without the values of ``-o``."""
    loose = []
    skip = False
    for flag in flags:
        if not skip:
            loose.append(flag)
        skip = not skip and re.fullmatch(r"[-+][a-z]*o", flag.text) is not None
    return loose


def _shell_options(flags: Sequence[Argument]) -> _Options | None:
    """Return what the flags set; ``None`` for one that is not known."""
    letters, options = "", []
    waiting = False
    for flag in flags:
        if flag.holes:
            return None
        if waiting:
            options.append(flag.text)
            waiting = False
        elif re.fullmatch(r"-[a-zA-Z]+", flag.text):
            letters += flag.text[1:]
            waiting = "o" in flag.text
        elif flag.text not in ("--login", "--noprofile", "--norc", "--"):
            return None
    if waiting or any(letter not in "cefhilmouvx" for letter in letters) or "v" in letters:
        return None
    return _Options(
        "e" in letters or "errexit" in options,
        "x" in letters or "xtrace" in options,
        "pipefail" in options,
        "c" in letters,
    )


def _text_argument(language: Language, rest: Sequence[Argument]) -> tuple[int, _Options] | None:
    """Return the index in *rest* of the script's text, and the flags before it."""
    if language in (Language.PYTHON, Language.JAVASCRIPT):
        wanted = ("-c",) if language is Language.PYTHON else ("-e", "--eval")
        for index, word in enumerate(rest[:-1]):
            if word.text in wanted:
                return index + 1, _Options()
            if language is Language.PYTHON and re.fullmatch(r"-[uBEIsSOq]*c", word.text):
                return index + 1, _Options()
            if word.text not in _HARMLESS:
                return None
        return None
    index = 0
    while index < len(rest) and re.match(r"[-+][a-zA-Z]", rest[index].text):
        waits = re.fullmatch(r"[-+][a-zA-Z]*o[a-zA-Z]*", rest[index].text) is not None
        index += 2 if waits else 1
    while index < len(rest) and rest[index].text in ("--", "--login", "--noprofile", "--norc"):
        index += 1
    options = _shell_options(rest[:index])
    if options is None or not options.reads_text or index >= len(rest):
        return None
    return index, options
