"""The JSON format, held to the schema that we publish."""

import json
from pathlib import Path

import jsonschema

from fanout_lint.assets import asset_dir
from fanout_lint.report import json as json_format
from tests.report.samples import everything, report

_SCHEMA = json.loads(Path(asset_dir("schemas"), "report.schema.json").read_text("utf-8"))


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(_SCHEMA)


def test_reports_follow_the_schema() -> None:
    check = jsonschema.Draft202012Validator(_SCHEMA)

    assert list(check.iter_errors(json_format.shape(everything()))) == []
    assert list(check.iter_errors(json_format.shape(report([])))) == []


def test_schema_knows_every_field_and_no_other() -> None:
    (written, *_) = json_format.shape(everything())["findings"]
    known = _SCHEMA["$defs"]["finding"]

    assert set(written) == set(known["properties"]) == set(known["required"])


def test_end_is_exclusive_and_all_counts_from_one() -> None:
    found = json_format.shape(everything())["findings"][1]

    assert (found["rule"], found["line"], found["column"]) == ("undeclared-output", 17, 73)
    assert (found["end_line"], found["end_column"]) == (17, 78)
