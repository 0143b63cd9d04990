"""sprig's ``semver`` and ``semverCompare`` (Masterminds/semver v3.5.0)."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import bytes_of

_TAIL = r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
_VERSION = rf"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?{_TAIL}"
_PART = r"[0-9|xX*]+"
_WANTED = rf"v?({_PART})(?:\.({_PART}))?(?:\.({_PART}))?{_TAIL}"
_OPERATOR = r"(?:!=|>=|=>|<=|=<|~>|=|>|<|~|\^)?"
_CONSTRAINT = rf"[\t\n\f\r ]*({_OPERATOR})[\t\n\f\r ]*({_WANTED})[\t\n\f\r ]*"
_SEPARATOR = r",[\t\n\f\r ]*"
_RANGE = rf"[\t\n\f\r ]*({_WANTED})[\t\n\f\r ]+-[\t\n\f\r ]+({_WANTED})[\t\n\f\r ]*"

_MAX_UINT64 = 2**64 - 1


class Version(Struct, frozen=True):
    """A version; *prerelease* is what follows the hyphen, and build metadata counts for nothing."""

    numbers: tuple[int, int, int]
    prerelease: str


class Constraint(Struct, frozen=True):
    """One comparison; *given* counts the numbers that are written and are no ``x``."""

    operator: str
    version: Version
    given: int


def parse_version(text: str) -> Version:
    """Return the version that *text* writes, missing numbers being 0; else SprigError."""
    found = re.fullmatch(_VERSION, text)
    if not found or len(bytes_of(text)) > 256:
        raise SprigError(f"{text!r} is no semantic version")
    major, minor, patch = (int(part or 0) for part in found.group(1, 2, 3))
    if max(major, minor, patch) > _MAX_UINT64:
        raise SprigError(f"a number of version {text!r} is too large")
    for part in (found[4] or "0").split("."):
        if part.isdigit() and len(part) > 1 and part[0] == "0":
            raise SprigError(f"a number of version {text!r} starts with 0")
    return Version((major, minor, patch), found[4] or "")


def _parse_constraints(text: str) -> list[list[Constraint]]:
    """Return the alternatives of *text*, each a list of what must hold together."""
    if len(bytes_of(text)) > 512:
        raise SprigError("the version constraint is longer than 512 bytes")
    text = re.sub(_RANGE, _as_comparisons, text)
    groups = text.split("||")
    if len(groups) > 32:
        raise SprigError("the version constraint has more than 32 alternatives")
    return [_parse_group(group) for group in groups]


def _as_comparisons(found: re.Match[str]) -> str:
    return f">= {found[1]}, <= {found[7]} "


def _parse_group(group: str) -> list[Constraint]:
    constraints: list[Constraint] = []
    place = 0
    while place < len(group) or not constraints:
        found = re.compile(_CONSTRAINT).match(group, place)
        if not found:
            raise SprigError(f"{group!r} is no version constraint")
        constraints.append(_constraint(found))
        place = found.end()
        if place == len(group):
            break
        if comma := re.compile(_SEPARATOR).match(group, place):
            place = comma.end()
            if place == len(group):
                raise SprigError(f"{group!r} is no version constraint")
        elif not group[place - 1].isspace():
            raise SprigError(f"{group!r} is no version constraint")
    return constraints


def _constraint(found: re.Match[str]) -> Constraint:
    operator, parts = found[1], found.group(3, 4, 5)
    given = 0
    for part in parts:
        if part is None or part in ("x", "X", "*"):
            break
        given += 1
    if not all(part.isdigit() for part in parts[:given] if part):
        raise SprigError(f"{found[0]!r} is no version constraint")
    numbers = [*(part or "0" for part in parts[:given]), "0", "0", "0"][:3]
    tail = f"-{found[6]}" if found[6] else ""
    return Constraint(operator, parse_version(".".join(numbers) + tail), given)


def _compare(left: Version, right: Version) -> int:
    if left.numbers != right.numbers:
        return 1 if left.numbers > right.numbers else -1
    if left.prerelease == right.prerelease:
        return 0
    if not left.prerelease or not right.prerelease:
        return -1 if left.prerelease else 1
    return _compare_prereleases(left.prerelease, right.prerelease)


def _compare_prereleases(left: str, right: str) -> int:
    ours, theirs = left.split("."), right.split(".")
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            return 1 if _rank(one) > _rank(other) else -1
    return (len(ours) > len(theirs)) - (len(ours) < len(theirs))


def _rank(part: str) -> tuple[int, int, bytes]:
    number = int(part) if part.isdigit() else _MAX_UINT64 + 1
    return (0, number, b"") if number <= _MAX_UINT64 else (1, 0, bytes_of(part))


def _holds(constraint: Constraint, version: Version, with_prereleases: bool) -> bool:
    if version.prerelease and not with_prereleases:
        return False
    order = _compare(version, constraint.version)
    same = _same_numbers(constraint, version)
    whole = constraint.given == 3
    match constraint.operator:
        case "" | "=":
            return order == 0 if whole else _holds_tilde(constraint, version, order)
        case "!=":
            return order != 0 if whole else not _is_within(constraint, version, same)
        case ">":
            return order > 0 if whole or not constraint.given else _is_above(constraint, version)
        case "<":
            return order < 0
        case ">=" | "=>":
            return order >= 0
        case "<=" | "=<":
            return order <= 0 if whole else not _is_above_all(constraint, version)
        case "~" | "~>":
            return _holds_tilde(constraint, version, order)
    return _holds_caret(constraint, version, order)


def _same_numbers(constraint: Constraint, version: Version) -> int:
    """Return how many leading numbers agree."""
    same = 0
    for one, other in zip(constraint.version.numbers, version.numbers, strict=True):
        if one != other:
            break
        same += 1
    return same


def _is_within(constraint: Constraint, version: Version, same: int) -> bool:
    """Whether ``!=`` of an incomplete version finds *version* equal to it."""
    if constraint.given == 0:
        return version.numbers == (0, 0, 0) and _compare(version, constraint.version) == 0
    if constraint.given == 1:
        return same >= 1
    if same < 2:
        return False
    return version.prerelease == constraint.version.prerelease


def _is_above(constraint: Constraint, version: Version) -> bool:
    return version.numbers[: constraint.given] > constraint.version.numbers[: constraint.given]


def _is_above_all(constraint: Constraint, version: Version) -> bool:
    """Whether ``<=`` of an incomplete version finds *version* too high."""
    major, minor, _ = constraint.version.numbers
    if version.numbers[0] != major:
        return version.numbers[0] > major
    return version.numbers[1] > minor and constraint.given != 1


def _holds_tilde(constraint: Constraint, version: Version, order: int) -> bool:
    if order < 0:
        return False
    wanted, given = constraint.version.numbers, constraint.given
    if wanted == (0, 0, 0) and given not in (1, 2):
        return True
    return version.numbers[0] == wanted[0] and (given == 1 or version.numbers[1] == wanted[1])


def _holds_caret(constraint: Constraint, version: Version, order: int) -> bool:
    if order < 0:
        return False
    major, minor, patch = constraint.version.numbers
    if version.numbers[0] != major:
        return False
    if major > 0 or constraint.given == 1:
        return True
    if minor > 0 or constraint.given == 2:
        return version.numbers[1] == minor
    return version.numbers[1] == 0 and version.numbers[2] == patch


def semver(text: str) -> object:
    """Check *text*; the version itself is a Go object with methods, which is not told."""
    parse_version(text)
    raise SprigUnknown


def semver_compare(constraint: str, version: str) -> bool:
    groups = _parse_constraints(constraint)
    wanted = parse_version(version)
    for group in groups:
        with_prereleases = any(one.version.prerelease for one in group)
        if all(_holds(one, wanted, with_prereleases) for one in group):
            return True
    return False


CALLS: Mapping[str, Callable[..., object] | None] = {
    "semver(string) any": semver,
    "semverCompare(string, string) bool": semver_compare,
}
