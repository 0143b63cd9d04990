"""What a configuration says, once it is read and found right.

The defaults are what holds where nothing is configured. The command line
replaces single fields with :func:`msgspec.structs.replace`.
"""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from msgspec import Struct, field

from fanout_lint.findings import Severity

ARGO_VERSIONS: Final = ((3, 4), (3, 5), (3, 6), (3, 7), (4, 0), (4, 1))
"""The versions of Argo that are told apart, as (major, minor), the oldest first."""

KnownRules = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""The options of each rule: a JSON Schema by the option's name."""


class Off(Enum):
    """A severity that is none: the rule does not run."""

    OFF = "off"


class RuleSettings(Struct, frozen=True):
    """``severity`` is ``None`` where the rule's own holds; ``options`` are of the right types."""

    severity: Severity | Off | None = None
    options: Mapping[str, object] = field(default_factory=dict)


class ExternalTemplate(Struct, frozen=True):
    """WorkflowTemplates that are known to exist elsewhere; both texts are globs.

    ``namespace`` is ``None`` where any will do, and always for a ClusterWorkflowTemplate.
    """

    namespace: str | None
    name: str
    is_cluster: bool = False


class Settings(Struct, frozen=True):
    """One project's configuration.

    ``select`` holds rule names and ``stage:NAME``; ``None`` selects all. ``path``
    is the file it was read from, ``folder`` the absolute folder that ``exclude``
    is relative to; both are ``None`` where nothing is configured.
    """

    argo_version: tuple[int, int] | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    complete_project: bool = False
    external_templates: tuple[ExternalTemplate, ...] = ()
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    path: str | None = None
    folder: str | None = None


PATCH: Final = r"(?:\.[0-9]{1,4}(?:[-+][0-9A-Za-z.+-]{1,40})?)?"
"""What may follow a version's two numbers; it is not looked at."""

_NAME: Final = r"[a-z0-9.*?\[\]!-]+"
_VERSION: Final = rf"v?([0-9]{{1,3}})\.([0-9]{{1,3}}){PATCH}"
EXTERNAL: Final = rf"(?:(cluster:)|(?:({_NAME})/)?)({_NAME})"
"""A template that exists elsewhere, a pattern: if it is a cluster's, its namespace, its name."""


def argo_version(text: str) -> tuple[int, int] | None:
    """Return the version that *text* (``4.1``, ``v4.1``, ``4.1.2``) is of, if it is one of ours."""
    found = re.fullmatch(_VERSION, text)
    version = (int(found[1]), int(found[2])) if found else None
    return version if version in ARGO_VERSIONS else None


def external_template(text: str) -> ExternalTemplate | None:
    """Return what ``[namespace/]name`` or ``cluster:name`` stands for; ``None``: it is neither."""
    found = re.fullmatch(EXTERNAL, text)
    if found is None:
        return None
    return ExternalTemplate(found[2], found[3], found[1] is not None)
