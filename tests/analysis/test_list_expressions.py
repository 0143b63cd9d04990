"""What expressions give to the loops that take them for their lists."""

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fanout_lint.config.settings import Settings
from tests.linting import Found, lint_all

_LATEST = Settings(argo_version=(4, 1))
_RULE = "with-param-not-a-list"


def _script(name: str, image: str, command: str, source: str) -> dict[str, Any]:
    script = {"image": image, "command": [command], "source": source}
    return {"name": name, "script": script}


def _loop(expression: str, value: str = "{{item}}") -> dict[str, Any]:
    arguments = {"parameters": [{"name": "m", "value": value}]}
    fan = {"name": "fan", "template": "work", "withParam": expression, "arguments": arguments}
    makers = [{"name": name, "template": name} for name in ("list", "object", "maps")]
    python = "import json\nprint(json.dumps([{'id': i, 'n': str(i)} for i in range(5)]))"
    parameters = [{"name": "csv", "value": "a,b"}, {"name": "json", "value": '["a", "b"]'}]
    work = {"name": "work", "inputs": {"parameters": [{"name": "m"}]}}
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Workflow",
        "metadata": {"generateName": "x-"},
        "spec": {
            "entrypoint": "main",
            "parallelism": 3,
            "arguments": {"parameters": parameters},
            "templates": [
                {"name": "main", "steps": [makers, [fan]]},
                _script("list", "alpine:3.20", "sh", "echo '[1, 2, 3]'"),
                _script("object", "alpine:3.20", "sh", """echo '{"a": [1]}'"""),
                _script("maps", "python:3.12", "python", python),
                {**work, "container": {"image": "a:1", "args": ["{{inputs.parameters.m}}"]}},
            ],
        },
    }


def _told(expression: str, value: str = "{{item}}") -> list[Found]:
    manifest = _loop(f"{{{{={expression}}}}}", value)
    found = lint_all(json.dumps(manifest), _LATEST)
    return [one for one in found if one.severity != "info"]


@pytest.mark.parametrize(
    ("expression", "severity"),
    [
        ("len(fromJSON(steps.list.outputs.result))", "error"),
        ("fromJSON(steps.object.outputs.result)", "error"),
        ("toJson(fromJSON(steps.object.outputs.result))", "error"),
        ("toJson(steps.list.outputs.result)", "error"),
        ("toJson(workflow.parameters.json)", "error"),
        ("steps.list.outputs.result == '[]' ? 1 : 'x'", "error"),
        ("string([1, 2])", "error"),
        ("''", "error"),
        ("sprig.join(',', sprig.splitList('-', workflow.name))", "warning"),
        ("join(keys({'a': 1}), ',')", "error"),
        ("len(steps.list.outputs.result) > 9 ? 1 : join(['a'], '!')", "error"),
    ],
)
def test_what_gives_no_list_is_told(expression: str, severity: str) -> None:
    assert [(one.rule, one.severity) for one in _told(expression)] == [(_RULE, severity)]


@pytest.mark.parametrize(
    "expression",
    [
        "steps.list.outputs.result",
        "steps['list'].outputs.result",
        "fromJSON(steps.object.outputs.result).a",
        "fromJSON(steps.list.outputs.result ?? '[]')",
        "toJson(steps.list.outputs.result ?? [])",
        "'[' + workflow.parameters.csv + ']'",
        "split(workflow.parameters.csv, ',')",
        "sprig.list('a')",
        "keys({'a': 1})",
        "steps.list.outputs.result == '[]' ? [] : fromJSON(steps.list.outputs.result)",
        "toJson(fromJSON(steps.object.outputs.result).a)",
        "let found = fromJSON(steps.list.outputs.result); found[0:2]",
        "nil ?? [1]",
    ],
)
def test_what_may_be_a_list_is_not_told(expression: str) -> None:
    assert _told(expression) == []


@pytest.mark.parametrize(
    ("expression", "key", "message"),
    [
        ("[{'id': 1}, {'id': 2}]", "n", "no item has a key 'n'"),
        ("map(split(workflow.name, '-'), {{'id': #} })", "n", "have no key 'n'"),
        ("filter(fromJSON(steps.maps.outputs.result), .id > 2)", "name", "have no key 'name'"),
        ("map(fromJSON(steps.maps.outputs.result), .id)", "id", "are each a number"),
        ("split(workflow.parameters.csv, ',')", "id", "are each a string"),
        ("toJson(sortBy(fromJSON(steps.maps.outputs.result), .id))", "name", "have no key 'name'"),
        ("steps.list.outputs.result", "id", "'list' makes items that are each a number"),
    ],
)
def test_a_key_that_made_items_lack_is_told(expression: str, key: str, message: str) -> None:
    (found,) = _told(expression, f"{{{{item.{key}}}}}")

    assert (found.rule, found.words) == ("missing-item-key", f"item.{key}")
    assert message in found.message


@pytest.mark.parametrize(
    "expression",
    [
        "[{'id': 1}, {'id': 2}]",
        "map(fromJSON(steps.list.outputs.result), {{'id': #} })",
        "map(split(workflow.name, '-'), {{(#): 1} })",
        "filter(fromJSON(steps.maps.outputs.result), .id > 2)",
        "steps.maps.outputs.result",
        "concat(fromJSON(steps.maps.outputs.result), [1])",
        "steps.list.outputs.result ?? '[]'",
    ],
)
def test_a_key_that_items_may_have_is_not_told(expression: str) -> None:
    assert _told(expression, "{{item.id}}") == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab[] ", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1), inner),
    max_leaves=5,
)


@settings(max_examples=60)
@given(_JSON)
def test_a_constant_expression_is_judged_as_the_text_it_gives(value: object) -> None:
    text = json.dumps(value)
    assume("}}" not in text)
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    written = lint_all(json.dumps(_loop(text, "{{item.a}}")), _LATEST)
    made = lint_all(json.dumps(_loop(f"{{{{='{quoted}' }}}}", "{{item.a}}")), _LATEST)

    assert [one.rule for one in made] == [one.rule for one in written]
