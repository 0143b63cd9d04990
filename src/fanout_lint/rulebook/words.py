"""Words that many messages share: which name was meant, which names there are."""

from collections.abc import Iterable

_MOST = 6


def offer(name: str, known: Iterable[str]) -> str:
    """Return the way out for an unknown *name*: the nearest of *known*, else what there is.

    The sentence is whole: ``did you mean 'items'?``, ``there are 'a' and 'b'``,
    ``there are none``.
    """
    names = list(dict.fromkeys(known))
    nearest = nearest_name(name, names)
    if nearest is not None:
        return f"did you mean '{nearest}'?"
    if not names:
        return "there are none"
    return f"there {'is' if len(names) == 1 else 'are'} {listed(names)}"


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that *name* surely misspells, ``None`` where none is near."""
    names = [other for other in known if other != name]
    folded = {other.lower().replace("_", "-"): other for other in reversed(names)}
    if (same := folded.get(name.lower().replace("_", "-"))) is not None:
        return same
    near = [other for other in names if abs(len(other) - len(name)) <= 4]
    if not near or not name:
        return None
    import difflib

    found = difflib.get_close_matches(name[:100], near, n=1, cutoff=0.7)
    return found[0] if found else None


def listed(names: Iterable[str], joint: str = "and") -> str:
    """Return *names* in quotes as a person lists them; only the first few of many."""
    quoted = [f"'{name}'" for name in names]
    if len(quoted) > _MOST:
        return ", ".join(quoted[:_MOST]) + f" {joint} {len(quoted) - _MOST} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return ", ".join(quoted[:-1]) + f" {joint} {quoted[-1]}"
