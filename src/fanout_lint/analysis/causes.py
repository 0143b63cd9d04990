"""One cause, one finding: places that one mistake spoils are told together."""

from collections.abc import Callable, Hashable, Iterable, Iterator

from fanout_lint.analysis.facts import Use
from fanout_lint.findings import Related

_MOST = 20


def by_cause(
    uses: Iterable[Use], cause: Callable[[Use], Hashable | None], also: str = "and here"
) -> Iterator[tuple[Use, tuple[Related, ...]]]:
    """Yield the first use of each cause with the places of its others.

    A use whose cause is ``None`` is left out.
    """
    groups: dict[Hashable, list[Use]] = {}
    for use in uses:
        key = cause(use)
        if key is not None:
            groups.setdefault(key, []).append(use)
    for first, *others in groups.values():
        yield first, tuple(Related(use.place(), also, again=True) for use in others[:_MOST])
