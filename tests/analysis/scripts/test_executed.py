"""The verdicts on workflows whose scripts were really executed."""

import json
import re
from pathlib import Path

import pytest
import yaml

from fanout_lint.analysis.scripts.analyse import analyse
from fanout_lint.analysis.scripts.files import judge_file
from fanout_lint.analysis.scripts.language import (
    Argument,
    Script,
    detect_command,
    detect_source,
)
from fanout_lint.analysis.scripts.verdict import NotJson, Verdict, judge_list
from fanout_lint.unknown import Unknown

EXECUTED = Path(__file__).parents[4] / "shared" / "truth" / "executed"
_PRODUCER = re.compile(
    r"\{\{=?\s*(?:steps|tasks)\.([\w-]+)\.outputs\.(result|parameters\.([\w-]+))\s*\}\}"
)


_LOOPS = {"withParam", "withItems", "withSequence"}


def _sure(verdicts: list[Verdict]) -> bool:
    return any(isinstance(verdict, NotJson) and verdict.sure for verdict in verdicts)


def _argument(text: object) -> Argument:
    whole = str(text)
    return Argument(whole, tuple(m.span() for m in re.finditer(r"\{\{.*?\}\}", whole, re.DOTALL)))


def _script(template: dict[str, object]) -> Script | Unknown | None:
    script, container = template.get("script"), template.get("container")
    if isinstance(script, dict):
        command = script.get("command") or []
        return detect_source(command, _argument(script["source"]), script.get("image", ""))
    if isinstance(container, dict):
        command = [_argument(word) for word in container.get("command") or []]
        args = [_argument(word) for word in container.get("args") or []]
        return detect_command(command, args, container.get("image", ""))
    return None


def _calls(template: dict[str, object]) -> list[dict[str, object]]:
    dag = template.get("dag")
    if isinstance(dag, dict):
        return list(dag["tasks"])
    steps = template.get("steps")
    return [step for group in steps for step in group] if isinstance(steps, list) else []


def _path_of(template: dict[str, object], parameter: str) -> str | None:
    outputs = template.get("outputs")
    for one in outputs.get("parameters", []) if isinstance(outputs, dict) else []:
        if one["name"] == parameter and "default" not in one.get("valueFrom", {}):
            path = one.get("valueFrom", {}).get("path")
            return str(path) if path is not None else None
    return None


def _verdicts(text: str) -> list[Verdict]:
    """Return what is said of the lists that this file's loops take from its own scripts."""
    found: list[Verdict] = []
    for document in yaml.safe_load_all(text):
        templates = {t["name"]: t for t in document["spec"].get("templates", [])}
        for template in templates.values():
            calls = {call["name"]: call for call in _calls(template)}
            for call in calls.values():
                tag = _PRODUCER.fullmatch(str(call.get("withParam", "")))
                producer = calls.get(tag[1]) if tag else None
                if tag is None or producer is None or _LOOPS & producer.keys():
                    continue
                made = templates.get(str(producer.get("template")))
                script = _script(made) if made else None
                if made is None or not isinstance(script, Script):
                    continue
                output = analyse(script)
                path = _path_of(made, tag[3]) if tag[3] else None
                if tag[2] == "result":
                    verdict = judge_list(output)
                elif path is not None:
                    verdict = judge_file(output, path)
                else:
                    continue
                found.append(verdict)
    return found


@pytest.fixture(scope="module")
def judged() -> dict[str, tuple[dict[str, object], list[Verdict]]]:
    if not EXECUTED.is_dir():
        pytest.skip("the executed workflows lie beside the checkout where the project is built")
    truth = json.loads((EXECUTED / "truth.json").read_text())
    return {name: (row, _verdicts((EXECUTED / name).read_text())) for name, row in truth.items()}


def test_no_list_that_ran_well_is_surely_wrong(
    judged: dict[str, tuple[dict[str, object], list[Verdict]]],
) -> None:
    wrong = [
        name for name, (row, found) in judged.items() if row["wrong"] == "none" and _sure(found)
    ]

    assert wrong == []


def test_lists_that_broke_at_run_time_are_surely_wrong(
    judged: dict[str, tuple[dict[str, object], list[Verdict]]],
) -> None:
    """All but those of node, one that goes through ``sed`` and ``paste``, and one whose bad list
    is an item of a good one."""
    missed = []
    for name, (row, found) in judged.items():
        broke = "could not be parsed as a JSON list" in json.dumps(row)
        if broke and found and "node" not in (EXECUTED / name).read_text() and not _sure(found):
            missed.append(name)

    assert missed == ["x047.yaml", "x085.yaml"]
