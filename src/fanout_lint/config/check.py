"""A configuration's nodes to :class:`Settings`, or everything that is wrong with it.

YAML and TOML come here as the same nodes. All faults are told in one go, each as
``path:line:column: what is wrong; the way out``.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from fanout_lint.config.options import option_value
from fanout_lint.config.settings import (
    ARGO_VERSIONS,
    ExternalTemplate,
    KnownRules,
    Off,
    RuleSettings,
    Settings,
    argo_version,
    external_template,
)
from fanout_lint.errors import ConfigError
from fanout_lint.findings import Severity, Stage
from fanout_lint.source.glob import BrokenGlob, path_pattern
from fanout_lint.syntax.nodes import Entry, Node, Scalar, Sequence
from fanout_lint.syntax.nodes import Mapping as MappingNode

KEYS: Final = (
    "argo-version",
    "select",
    "ignore",
    "exclude",
    "complete-project",
    "external-templates",
    "rules",
)
_SEVERITIES: Final[Mapping[str, Severity | Off]] = {
    **{severity.value: severity for severity in Severity},
    "off": Off.OFF,
}
_RULES: Final = "'rules'"
_SHOWN: Final = 60
_TOLD: Final = 20


class Checker:
    """Reads the nodes of one configuration and keeps count of its faults."""

    def __init__(self, known_rules: KnownRules) -> None:
        self.known_rules = known_rules
        self.faults: list[tuple[int, str]] = []

    def settings(self, root: Node, path: str, folder: str) -> Settings:
        """Return what *root* says.

        :raises ConfigError: when anything in it is wrong.
        """
        entries = self._entries(root, KEYS, "a configuration")
        found = Settings(
            argo_version=self._version(entries.get("argo-version")),
            select=self._selection("select", entries.get("select")) or None,
            ignore=self._selection("ignore", entries.get("ignore")),
            exclude=self._globs(entries.get("exclude")),
            complete_project=self._flag(entries.get("complete-project")),
            external_templates=self._externals(entries.get("external-templates")),
            rules=self._rules(entries.get("rules")),
            path=path,
            folder=folder,
        )
        select = entries.get("select")
        if isinstance(select, Sequence) and not select.items:
            self._fault(select, "'select' has no name, so no rule would run; leave the key out")
        if self.faults:
            raise ConfigError("\n".join(self._told()))
        return found

    def _told(self) -> list[str]:
        faults = [fault for _, fault in sorted(self.faults)]
        more = len(faults) - _TOLD
        return [*faults[:_TOLD], f"and {more} more like these"] if more > 0 else faults

    def _fault(self, node: Node, text: str) -> None:
        start = node.span.start
        place = node.source.position(start)
        where = f"{node.source.path}:{place.line}:{place.column}"
        self.faults.append((start, f"{where}: {text}"))

    def _entries(self, node: Node, names: Iterable[str], what: str) -> dict[str, Node]:
        """Return the values that are stated; a null is none."""
        if not isinstance(node, MappingNode):
            self._fault(node, f"{what} is a map, not {_kind(node)}")
            return {}
        for doubled in node.doubled:
            if not doubled.merged:
                self._fault(doubled.second, f"the key {doubled.name!r} stands here twice")
        known = tuple(names)
        for name, entry in node.entries.items():
            if name not in known:
                self._unknown_key(entry, name, known, what)
        return {name: value for name in known if (value := node.get(name)) is not None}

    def _unknown_key(self, entry: Entry, name: str, known: tuple[str, ...], what: str) -> None:
        near = nearest(name, known)
        if what == _RULES:
            self._fault(entry.key, no_such_rule(name, known))
        elif near:
            self._fault(entry.key, f"{what} has no key {_shown(name)}; did you mean {near!r}?")
        else:
            has = f"it has {', '.join(known)}" if known else "it has none"
            self._fault(entry.key, f"{what} has no key {_shown(name)}; {has}")

    def _version(self, node: Node | None) -> tuple[int, int] | None:
        if node is None:
            return None
        # As it is written: as a number, 3.10 would be 3.1.
        is_text = isinstance(node, Scalar) and isinstance(node.resolved, (str, float))
        version = argo_version(node.value) if isinstance(node, Scalar) and is_text else None
        if version is None:
            known = ", ".join(f"{major}.{minor}" for major, minor in ARGO_VERSIONS)
            self._fault(node, f"'argo-version' takes one of {known}, not {_written(node)}")
        return version

    def _texts(self, name: str, node: Node | None) -> list[tuple[Scalar, str]]:
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self._fault(node, f"{name!r} takes a list of texts, not {_kind(node)}")
            return []
        texts = []
        for item in node.items:
            if isinstance(item, Scalar) and isinstance(item.resolved, str):
                texts.append((item, item.resolved))
            else:
                self._fault(item, f"{name!r} takes texts, not {_kind(item)}; put it in quotes")
        return texts

    def _selection(self, key: str, node: Node | None) -> tuple[str, ...]:
        chosen = []
        stages = [f"stage:{stage.value}" for stage in Stage]
        for item, name in self._texts(key, node):
            if name in self.known_rules or name in stages:
                chosen.append(name)
                continue
            self._fault(item, no_such_rule(name, (*self.known_rules, *stages)))
        return tuple(chosen)

    def _globs(self, node: Node | None) -> tuple[str, ...]:
        globs = []
        for item, text in self._texts("exclude", node):
            glob = text.removeprefix("./")
            try:
                path_pattern(glob.removeprefix("!"))
            except BrokenGlob:
                self._fault(item, f"the glob {_shown(text)} breaks off in a bracket or an escape")
                continue
            if not glob.strip("!/ ."):
                self._fault(item, f"the glob {_shown(text)} names nothing")
                continue
            globs.append(glob)
        return tuple(globs)

    def _flag(self, node: Node | None) -> bool:
        if node is None:
            return False
        value = node.resolved if isinstance(node, Scalar) else None
        if not isinstance(value, bool):
            self._fault(node, f"'complete-project' takes true or false, not {_written(node)}")
            return False
        return value

    def _externals(self, node: Node | None) -> tuple[ExternalTemplate, ...]:
        found = []
        for item, text in self._texts("external-templates", node):
            template = external_template(text)
            if template is None:
                forms = "NAME, NAMESPACE/NAME or cluster:NAME, in lower case, with * and ?"
                self._fault(item, f"'external-templates' takes {forms}, not {_shown(text)}")
            else:
                found.append(template)
        return tuple(found)

    def _rules(self, node: Node | None) -> Mapping[str, RuleSettings]:
        if node is None:
            return {}
        entries = self._entries(node, self.known_rules, _RULES)
        return {name: self._rule(name, value) for name, value in entries.items()}

    def _rule(self, name: str, node: Node) -> RuleSettings:
        if not _is_map(node):
            severity = _severity(node)
            form = f"{{severity: {severity.value}}}" if severity else "a map"
            self._fault(node, f"the rule {name!r} takes {form}, not {_written(node)}")
            return RuleSettings()
        entries = self._entries(node, ("severity", "options"), f"the rule {name!r}")
        severity = _severity(entries.get("severity"))
        if "severity" in entries and severity is None:
            stated = entries["severity"]
            known = ", ".join(_SEVERITIES)
            self._fault(stated, f"'severity' takes one of {known}, not {_written(stated)}")
        options = self._options(name, entries["options"]) if "options" in entries else {}
        return RuleSettings(severity, options)

    def _options(self, rule: str, node: Node) -> Mapping[str, object]:
        schemas = self.known_rules[rule]
        if not _is_map(node):
            self._fault(node, f"'options' takes a map, not {_kind(node)}")
            return {}
        fault: Callable[[Node, str], None] = self._fault
        return {
            name: option_value(name, value, schemas[name], fault)
            for name, value in self._entries(node, schemas, f"'options' of {rule!r}").items()
        }


def _is_map(node: Node) -> bool:
    return isinstance(node, MappingNode)


def _severity(node: Node | None) -> Severity | Off | None:
    # By its text: a plain `off` is the boolean false in YAML 1.1.
    return _SEVERITIES.get(node.value) if isinstance(node, Scalar) else None


def _kind(node: Node) -> str:
    match node:
        case MappingNode():
            return "a map"
        case Sequence():
            return "a list"
        case _:
            return _written(node)


def _written(node: Node) -> str:
    if not isinstance(node, Scalar):
        return _kind(node)
    if node.is_null:
        return "nothing"
    is_text = isinstance(node.resolved, str)
    return _shown(node.value) if is_text else node.value[:_SHOWN]


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def no_such_rule(name: str, names: Iterable[str]) -> str:
    """Return the sentence that says that none of *names* is *name*."""
    near = nearest(name, names)
    way_out = f"did you mean {near!r}?" if near else "see `fanout-lint rules`"
    return f"no rule is called {_shown(name)}; {way_out}"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return which of *names* comes nearest to *name*, ``None`` when none is near."""
    import difflib

    wanted = name[:_SHOWN].lower().replace("_", "-")
    found = difflib.get_close_matches(wanted, sorted(names), n=1, cutoff=0.6)
    return found[0] if found else None
