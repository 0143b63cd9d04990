"""The JSON Schema of configurations, for editors.

It is made from what the loader knows; ``schemas/config.schema.json`` keeps it,
and a test holds the two to each other. It says all that the loader checks but
whether a glob breaks off, a key stands twice, and that 4 is not written 4.0.
"""

from collections.abc import Mapping
from typing import Any

from fanout_lint.config.settings import ARGO_VERSIONS, EXTERNAL, PATCH, KnownRules, Off
from fanout_lint.findings import Severity, Stage

Schema = dict[str, Any]


def config_schema(known_rules: KnownRules) -> Schema:
    """Return the schema of a configuration in which *known_rules* can be set."""
    names = sorted(known_rules)
    chosen = {"enum": [*names, *(f"stage:{stage.value}" for stage in Stage)]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A configuration of fanout-lint: .fanout-lint.yaml or [tool.fanout-lint]",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "argo-version": _argo_version(),
            "select": {
                **_list_of(chosen, "What runs: rules, or stage:NAME. All run by default."),
                "minItems": 1,
            },
            "ignore": _list_of(chosen, "What does not run, though it is selected."),
            "exclude": _list_of(
                {"type": "string", "pattern": "[^!/ .]"},
                "Globs of files and folders that are not linted, relative to this file, "
                "as in a .gitignore.",
            ),
            "complete-project": {
                "type": ["boolean", "null"],
                "default": False,
                "description": "Whether a reference to what is in no file is an error.",
            },
            "external-templates": _list_of(
                {"type": "string", "pattern": f"^(?:{EXTERNAL})$"},
                "Templates that are known to exist elsewhere: [namespace/]name or cluster:name, "
                "with * and ?.",
            ),
            "rules": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "description": "Settings of single rules.",
                "properties": {name: _rule(known_rules[name]) for name in names},
            },
        },
    }


def _argo_version() -> Schema:
    versions = "|".join(rf"{major}\.{minor}" for major, minor in ARGO_VERSIONS)
    return {
        "description": "The version of Argo Workflows that will run it; 3.4 to 4.1 by default.",
        "anyOf": [
            {"type": "string", "pattern": rf"^v?(?:{versions}){PATCH}$"},
            {"enum": [float(f"{major}.{minor}") for major, minor in ARGO_VERSIONS]},
            {"type": "null"},
        ],
    }


def _list_of(items: Schema, description: str) -> Schema:
    return {"type": ["array", "null"], "items": items, "description": description}


def _rule(options: Mapping[str, Mapping[str, Any]]) -> Schema:
    severities = [severity.value for severity in (*Severity, Off.OFF)]
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "severity": {"enum": [*severities, None]},
            "options": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {name: _option(options[name]) for name in sorted(options)},
            },
        },
    }


def _option(schema: Mapping[str, Any]) -> Schema:
    about = {key: schema[key] for key in ("description", "default") if key in schema}
    judging = {key: value for key, value in schema.items() if key not in about}
    return {**about, "anyOf": [judging, {"type": "null"}]}
