"""The schema for editors says what the loader does, for every configuration."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanout_lint.config.load import load
from fanout_lint.config.schema import config_schema
from fanout_lint.errors import ConfigError
from fanout_lint.rulebook.index import load_index
from tests.config.test_load import RULES, WHOLE
from tests.conftest import Golden

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"

NAMES = st.sampled_from(
    ["unbounded-fanout", "unknown-reference", "stage:risk", "stage:none", "nope", "", 3, None]
)
GLOBS = st.sampled_from(
    ["vendor/**", "!a", "./x", "*.yaml", "", ".", "./", "/", "é", 3, None, True]
)
EXTERNALS = st.sampled_from(
    ["a", "ci/a-*", "cluster:b?", "cluster:a/b", "A", "a/b/c", "", "a b", ":", "[ab]", "x:y", 1]
)
VERSIONS = st.one_of(
    st.sampled_from(["4.1", "v3.4", "3.10", "4.1.2", "4.1.", "4.1.2-rc1", "v", "", "4", 4.1, 3.4]),
    st.sampled_from([3.3, 4.2, 5, True, None, []]),
)
NUMBERS: st.SearchStrategy[Any] = st.one_of(
    st.integers(-5, 1005), st.sampled_from([0.5, 20.0, -0.5, 1e300, True, None, "3", [], 2**70])
)
TEXTS: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["strict", "loose", "on", "4.1", "~", "", "\n", 3, None, False, {}]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5),
)


def maps(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Maps with any of *values*, seldom another key, seldom no map."""
    named = {name.replace("_", "-"): value for name, value in values.items()}
    right = st.fixed_dictionaries({}, optional=named)
    odd = st.fixed_dictionaries({"other-key": st.just(1)}, optional=named)
    return st.one_of(right, right, right, odd, st.sampled_from([None, [], "text", 3, False]))


def lists(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.lists(items, max_size=3), st.sampled_from([None, "text", {}, 3]))


OPTIONS = maps(
    safe_width=NUMBERS,
    share=NUMBERS,
    mode=TEXTS,
    names=lists(TEXTS),
    deep=st.sampled_from([True, False, None, "true", 0]),
)
SEVERITIES = st.sampled_from(["error", "warning", "info", "off", "Off", "", None, False, 1])
CONFIGS = maps(
    argo_version=VERSIONS,
    select=lists(NAMES),
    ignore=lists(NAMES),
    exclude=lists(GLOBS),
    complete_project=st.sampled_from([True, False, None, "yes", 1]),
    external_templates=lists(EXTERNALS),
    rules=maps(
        unbounded_fanout=maps(severity=SEVERITIES, options=OPTIONS),
        unknown_reference=maps(severity=SEVERITIES, options=maps()),
    ),
)

VALIDATOR = jsonschema.Draft202012Validator(config_schema(RULES))


def loads(config: object, folder: Path) -> bool:
    path = folder / "c.yaml"
    path.write_text(json.dumps(config))
    try:
        load(str(path), "c.yaml", RULES)
    except ConfigError:
        return False
    return True


@settings(max_examples=600, suppress_health_check=list(HealthCheck))
@given(CONFIGS)
def test_schema_and_loader_take_the_same(
    tmp_path_factory: pytest.TempPathFactory, config: object
) -> None:
    folder = tmp_path_factory.getbasetemp()

    assert loads(config, folder) == VALIDATOR.is_valid(config)


def test_the_whole_configuration_is_valid() -> None:
    import yaml

    # An editor reads `off` as YAML 1.2 does, as a text.
    config = yaml.safe_load(WHOLE.replace("severity: off", "severity: 'off'"))

    assert list(VALIDATOR.iter_errors(config)) == []


def test_kept_schema_is_of_the_rules_that_there_are(golden: Golden) -> None:
    schema = config_schema({rule: card.options for rule, card in load_index().items()})
    jsonschema.Draft202012Validator.check_schema(schema)

    golden(SCHEMAS / "config.schema.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
