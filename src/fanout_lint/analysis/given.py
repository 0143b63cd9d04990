"""The values that a single tag is known to get, and which of them are sure to come.

Sure is what a call passes on, and what a workflow that runs as it is written has for a
parameter; of an empty one it is taken that the submitter fills it in.
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.origins import Literal, Outside
from fanout_lint.analysis.sites import Site
from fanout_lint.model.workflow import Kind
from fanout_lint.syntax.nodes import Scalar

_RUNNABLE = (Kind.WORKFLOW, Kind.CRON_WORKFLOW)


class Given(Struct, frozen=True, eq=False):
    """A value that is written in the files, and whether some run surely gets it."""

    literal: Literal
    is_sure: bool


def given_values(facts: Facts, tag: Scalar, site: Site) -> Iterator[Given]:
    """Yield the values that the files show for *tag* at *site*, a text that is one tag."""
    origins = facts.links.origins.of(tag, site)
    is_open = any(isinstance(origin, Outside) for origin in origins)
    for origin in origins:
        if isinstance(origin, Literal):
            as_written = (
                not is_open and origin.text.strip() != "" and origin.manifest.kind in _RUNNABLE
            )
            yield Given(origin, not origin.is_default or as_written)
