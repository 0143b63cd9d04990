"""Names that no pod can have."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.findings import Hit, hit
from fanout_lint.model.workflow import POD_KINDS

_HUMP = r"(?<=[a-z0-9])(?=[A-Z])"
_SIGNS = frozenset("-.0123456789abcdefghijklmnopqrstuvwxyz")


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        name = manifest.name
        if name is not None and not _is_object_name(name.value) and "{{" not in name.value:
            yield hit(node_place(name), "workflow", lower=_lower(name.value))
        for template in manifest.templates:
            name = template.name
            if name is None or template.kind not in POD_KINDS:
                continue
            if name.value != name.value.lower() and "{{" not in name.value:
                words = {"name": name.value, "lower": _lower(name.value)}
                yield hit(node_place(name), "template", **words)


def _is_object_name(name: str) -> bool:
    """Whether an object may be called *name*, whose length is not looked at."""
    return name != "" and _SIGNS.issuperset(name) and name.strip("-.") == name


def _lower(name: str) -> str:
    return re.sub(r"[^-a-z0-9.]+", "-", re.sub(_HUMP, "-", name).lower()).strip("-.")
