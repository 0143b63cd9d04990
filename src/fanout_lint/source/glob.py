"""Globs as git reads them, as regular expressions.

``*`` and ``?`` stay within one part of a path, ``**`` as a whole part stands for
any number of parts, ``[a-z]`` for one character (git's ``wildmatch.c:dowild``
with WM_PATHNAME). The expressions are for ``fullmatch`` with
DOTALL, and never try a ``*``
again once what follows it has been found: the first place where that fits is as
good as any later one. So ``*a*a*a*a*b`` costs no more than its length allows.
"""

import re
from typing import Final

_CLASSES: Final = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "\\x21-\\x7e",
    "lower": "a-z",
    "print": "\\x20-\\x7e",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t-\\r",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_GLUED: Final = r"(?P<plain>[^*?\[\\]*[^/*?\[\\])\*\*+(?:(?P<more>/)|\Z)"


class BrokenGlob(Exception):
    """The glob ends inside a bracket or an escape; git lets it match nothing."""


def path_pattern(glob: str) -> str:
    """Return the expression for a whole path, its parts divided by ``/``."""
    if (found := re.match(_GLUED, glob)) is not None:
        # git compares the plain beginning by itself, so `**` begins what is left of
        # the glob and may cross parts (``dir.c:match_pathname``): a**/b matches ab.
        rest = path_pattern(glob[found.end() :]) if found["more"] else ""
        return re.escape(found["plain"]) + (f"(?:.*/)?{rest}" if found["more"] else ".*")
    stretches: list[list[str]] = [[]]
    for part in _parts(glob):
        if len(part) < 2 or part.strip("*"):
            stretches[-1].append(name_pattern(part))
        elif stretches[-1] or len(stretches) == 1:
            stretches.append([])
    if len(stretches) == 1:
        return "/".join(stretches[0])
    first, *middle, last = stretches
    pieces = [f"{name}/" for name in first]
    for stretch in middle:
        names = "".join(f"{name}/" for name in stretch)
        pieces.append(f"(?>(?:[^/]+/)*?{names})")
    pieces.append("(?:[^/]+/)*" + "/".join(last) if last else ".+")
    return "".join(pieces)


def _parts(glob: str) -> list[str]:
    """Cut *glob* at its slashes; an escaped one divides too, one in a set does not."""
    parts = []
    start = at = 0
    while at < len(glob):
        char = glob[at]
        end = at
        at += 1
        if char == "[":
            _, at = _bracket(glob, at)
        elif char == "\\":
            char = glob[at : at + 1]
            at += 1
        if char == "/":
            parts.append(glob[start:end])
            start = at
    return [*parts, glob[start:]]


def name_pattern(glob: str) -> str:
    """Return the expression for one part of a path, which has no ``/``."""
    pieces = _between_stars(glob)
    if len(pieces) == 1:
        return pieces[0]
    middle = "".join(f"(?>[^/]*?{piece})" for piece in pieces[1:-1] if piece)
    return f"{pieces[0]}{middle}[^/]*{pieces[-1]}"


def _between_stars(glob: str) -> list[str]:
    pieces = [""]
    at = 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "*":
            pieces.append("")
        elif char == "?":
            pieces[-1] += "[^/]"
        elif char == "[":
            bracket, at = _bracket(glob, at)
            pieces[-1] += bracket
        elif char == "\\":
            if at == len(glob):
                raise BrokenGlob(glob)
            pieces[-1] += re.escape(glob[at])
            at += 1
        else:
            pieces[-1] += re.escape(char)
    return pieces


def _bracket(glob: str, at: int) -> tuple[str, int]:
    """Return the expression of the set whose ``[`` stands before *at*, and where it ends."""
    is_negated = glob.startswith(("!", "^"), at)
    at += is_negated
    members: list[str] = []
    before = ""
    is_first = True
    while is_first or not glob.startswith("]", at):
        is_first = False
        if glob.startswith("[:", at) and glob.find("]", at + 2) < 0:
            raise BrokenGlob(glob)
        if glob.startswith("[:", at) and glob[glob.index("]", at + 2) - 1] == ":":
            stop = glob.index("]", at + 2)
            members.append(_character_class(glob, glob[at + 2 : stop - 1]))
            before, at = "", stop + 1
            continue
        is_range = before and glob.startswith("-", at) and glob[at + 1 : at + 2] not in ("", "]")
        char, at = _member(glob, at + 1 if is_range else at)
        if is_range:
            if before <= char:
                members.append(f"{re.escape(before)}-{re.escape(char)}")
            before = ""
        else:
            members.append(re.escape(char))
            before = char
    # A set never stands for the "/" between two parts.
    return f"(?!/)[{'^' if is_negated else ''}{''.join(members)}]", at + 1


def _member(glob: str, at: int) -> tuple[str, int]:
    if glob.startswith("\\", at):
        at += 1
    if at >= len(glob):
        raise BrokenGlob(glob)
    return glob[at], at + 1


def _character_class(glob: str, name: str) -> str:
    if name not in _CLASSES:
        raise BrokenGlob(glob)
    return _CLASSES[name]
