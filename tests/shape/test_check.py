"""What Argo's decoder refuses is told at the key or the value, and what it takes is not."""

import time

import pytest

from fanout_lint.findings import Hit
from fanout_lint.shape.check import check
from fanout_lint.source.text import Source
from fanout_lint.syntax.nodes import Mapping
from fanout_lint.syntax.parse import parse

NEWEST = (4, 1)


def hits_of(text: str, version: tuple[int, int] | None = NEWEST) -> list[Hit]:
    documents, refused = parse(Source("x.yaml", text))

    assert refused == []
    root = documents[0].root
    assert isinstance(root, Mapping)
    kind = root.get("kind")
    return check(root, getattr(kind, "value", ""), version)


def found(text: str, version: tuple[int, int] | None = NEWEST) -> list[tuple[str, str, str]]:
    """Return rule, face and flagged words of each hit."""
    return [
        (hit.rule, hit.face, text[hit.place.span.start : hit.place.span.end])
        for hit in hits_of(text, version)
    ]


def spec(line: str) -> str:
    return f"kind: Workflow\nspec:\n  {line}\n"


def template(line: str) -> str:
    return f"kind: Workflow\nspec:\n  templates:\n  - name: main\n    {line}\n"


def step(line: str) -> str:
    return template(f"steps: [[{{name: s, template: work, {line}}}]]")


@pytest.mark.parametrize(
    "line",
    [
        "parallelism: 1e3",
        "parallelism: 1.0",
        "parallelism: 0o17",
        "parallelism: 9.2e18",
        "parallelism: null",
        "suspend: on",
        "serviceAccountName: 2020-01-01",
        "serviceAccountName: 1:30",
        "serviceAccountName: ~",
        "serviceAccountName: !!str 5",
        "serviceAccountName: !!binary aGVsbG8=",
        "volumes: [null]",
        "podMetadata: {labels: {a: null}}",
        "arguments: {parameters: [{name: a, value: 1}, {name: b, value: y}]}",
        "arguments: {parameters: [{name: a, value: [1]}, {name: b, enum: [1, true]}]}",
        "volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1}}}}]",
        "podDisruptionBudget: {minAvailable: 50%}",
        "artifactGC: {strategy: Never}",
    ],
)
def test_what_argo_takes_in_a_spec_is_not_told(line: str) -> None:
    assert found(spec(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "retryStrategy: {limit: 5}",
        "retryStrategy: {limit: '5', affinity: {nodeAntiAffinity: {}}}",
        "container: {image: x, resources: {limits: {memory: 1.5, cpu: null, a: ' 1Gi '}}}",
        "plugin: {any: {thing: [1]}}",
        "http: {bodyFrom: {bytes: aGVsbG8=}}",
        "metrics: {prometheus: [{histogram: {buckets: [x, true]}}]}",
        "steps: [null, [null]]",
        "dag: {tasks: [{name: a, withItems: [1, a, [b], {c: d}, null]}]}",
    ],
)
def test_what_argo_takes_in_a_template_is_not_told(line: str) -> None:
    assert found(template(line)) == []


@pytest.mark.parametrize(
    ("line", "face", "words"),
    [
        ("parallelism: 1.5", "kind", "1.5"),
        ("parallelism: '5'", "quoted", "'5'"),
        ("parallelism: five", "kind", "five"),
        ("parallelism: '{{workflow.parameters.n}}'", "tag", "'{{workflow.parameters.n}}'"),
        ("parallelism: 1e19", "range", "1e19"),
        ("parallelism: true", "kind", "true"),
        ("parallelism: [1]", "kind", "[1]"),
        ("parallelism: !!str 5", "quoted", "5"),
        ("priority: 3000000000", "range", "3000000000"),
        ("suspend: 'true'", "quoted", "'true'"),
        ("serviceAccountName: y", "read-as", "y"),
        ("serviceAccountName: 0700", "read-as", "0700"),
        ("serviceAccountName: {a: 1}", "kind", "{a: 1}"),
        ("serviceAccountName: !!int '5'", "kind", "'5'"),
        ("podMetadata: {labels: {a: 1}}", "read-as", "1"),
        ("podMetadata: x", "kind", "x"),
        ("podMetadata: [a]", "kind", "[a]"),
        ("volumes: {name: x}", "one-for-list", "{name: x}"),
        ("volumes: ''", "one-for-list", "''"),
        ("arguments: {parameters: [x]}", "kind", "x"),
        ("parallelism: .inf", "not-json", ".inf"),
        ("arguments: {parameters: [{name: a, value: .nan}]}", "not-json", ".nan"),
    ],
)
def test_a_wrong_value_in_a_spec_is_told_at_the_value(line: str, face: str, words: str) -> None:
    assert found(spec(line)) == [("wrong-type", face, words)]


@pytest.mark.parametrize(
    ("line", "face", "words"),
    [
        ("retryStrategy: {limit: true}", "kind", "true"),
        ("retryStrategy: {limit: 1.5}", "kind", "1.5"),
        ("retryStrategy: {limit: 3000000000}", "range", "3000000000"),
        ("container: {command: python}", "one-for-list", "python"),
        ("container: {args: [1]}", "read-as", "1"),
        ("container: {resources: {limits: {memory: '{{inputs.x}}'}}}", "tag", "'{{inputs.x}}'"),
        ("container: {resources: {limits: {memory: 2GB}}}", "form", "2GB"),
        ("container: {resources: {limits: {memory: ''}}}", "form", "''"),
        ("container: {resources: {limits: {memory: true}}}", "kind", "true"),
        ("plugin: {a: 1, b: 2}", "keys", "{a: 1, b: 2}"),
        ("plugin: x", "kind", "x"),
        ("http: {bodyFrom: {bytes: '!!!'}}", "form", "'!!!'"),
        ("steps: [{name: s}]", "flat-steps", "{name: s}"),
        ("steps: {name: s}", "one-for-list", "{name: s}"),
        ("steps: [[foo]]", "kind", "foo"),
        ("steps: [[{name: y}]]", "read-as", "y"),
        ("steps: [[{withItems: [.inf]}]]", "not-json", ".inf"),
        ("steps: [[{withItems: {a: 1}}]]", "one-for-list", "{a: 1}"),
        ("steps: [[{arguments: {parameters: [{Name: 5}]}}]]", "read-as", "5"),
        ("inputs: {artifacts: [{git: {depth: -1}}]}", "range", "-1"),
    ],
)
def test_a_wrong_value_in_a_template_is_told_at_the_value(line: str, face: str, words: str) -> None:
    assert [hit for hit in found(template(line)) if hit[0] == "wrong-type"] == [
        ("wrong-type", face, words)
    ]


def test_a_time_must_be_one_that_go_reads() -> None:
    text = "kind: Workflow\nmetadata: {creationTimestamp: 2020-01-01, deletionTimestamp: null}\n"

    assert found(text) == [("wrong-type", "form", "2020-01-01")]


@pytest.mark.parametrize(
    ("text", "face", "field", "meant"),
    [
        (spec("entrypont: main"), "unknown-near", "entrypont", "entrypoint"),
        (spec("Entrypoint: main"), "unknown-near", "Entrypoint", "entrypoint"),
        (spec("parameters: []"), "unknown-elsewhere", "parameters", "'arguments'"),
        (spec("zzz: 1"), "unknown", "zzz", ""),
        (template("container: {podGC: x}"), "unknown-elsewhere", "podGC", "'spec'"),
        (template("suspend: {x: 1}"), "unknown", "x", ""),
        (template("with_items: []"), "unknown", "with_items", ""),
        (step("with_items: []"), "unknown-near", "with_items", "withItems"),
        (step("continueOn: {fail: true}"), "ignored-near", "fail", "failed"),
        (step("withSequence: {cnt: 5}"), "ignored-near", "cnt", "count"),
        (step("templateRef: {zzz: 5}"), "ignored", "zzz", ""),
        (step("templateRef: {parameters: []}, arguments: {x1: 1}"), "ignored", "x1", ""),
        (step("arguments: {parameters: [{name: m, Value: x}]}"), "loose-case", "Value", "value"),
        (template("dag: {tasks: [{inlin: {}}]}"), "unknown-near", "inlin", "inline"),
        (step("inline: {steps: [[{foo: 1}]]}"), "unknown", "foo", ""),
        (step("inline: {container: {foo: 1}}"), "ignored", "foo", ""),
    ],
)  # fmt: skip
def test_an_unknown_field_is_told_with_the_one_that_was_meant(
    text: str, face: str, field: str, meant: str
) -> None:
    hits = [hit for hit in hits_of(text) if hit.words["field"] == field]

    assert [(hit.face, hit.words.get("nearest") or hit.words.get("owner", "")) for hit in hits] == [
        (face, meant)
    ]


def test_a_field_of_the_spec_under_metadata_belongs_to_the_spec() -> None:
    text = "kind: Workflow\nmetadata:\n  parallelism: 5\nspec:\n  entrypoint: a\n"
    hits = hits_of(text)

    assert [(hit.face, hit.words["owner"], hit.words["parent"]) for hit in hits] == [
        ("unknown-elsewhere", "'spec'", "'metadata'")
    ]


@pytest.mark.parametrize(
    ("version", "line", "faces"),
    [
        (None, "synchronization: {mutex: {name: a}}", ["not-in-every-version-instead"]),
        (None, "synchronization: {mutexes: [{name: a}]}", ["not-in-every-version-instead"]),
        ((3, 5), "synchronization: {mutex: {name: a}}", []),
        ((3, 5), "synchronization: {mutexes: [{name: a}]}", ["not-in-version-instead"]),
        ((3, 7), "synchronization: {mutex: {name: a}, mutexes: [{name: a}]}", []),
        ((4, 1), "synchronization: {mutex: {name: a}}", ["not-in-version-instead"]),
        ((4, 1), "synchronization: {mutexes: [{name: a, database: true}]}", []),
        (None, "podPriority: 5", ["not-in-every-version-instead"]),
        ((3, 4), "executorPlugins: [{spec: {}}]", ["not-in-version"]),
        (None, "executorPlugins: [{spec: {sidecar: {}}}]", ["not-in-every-version"]),
        (None, "Entrypoint: main", ["case"]),
        ((3, 4), "Entrypoint: main", []),
        (None, "artifactGC: {strategy: Never, podMetadata: {}}", []),
    ],
)
def test_a_field_of_some_versions_is_judged_by_the_version_that_is_stated(
    version: tuple[int, int] | None, line: str, faces: list[str]
) -> None:
    assert [hit.face for hit in hits_of(spec(line), version)] == faces


def test_a_removed_field_says_which_versions_have_it_and_what_took_its_place() -> None:
    text = "kind: CronWorkflow\nspec:\n  schedule: '* * * * *'\n"
    (hit,) = hits_of(text, None)

    assert hit.words == {
        "field": "schedule",
        "parent": "'spec'",
        "versions": "3.4 to 3.7",
        "instead": "schedules",
    }


def test_below_a_step_a_field_of_another_version_is_left_out_without_a_word() -> None:
    line = "inline: {synchronization: {mutex: {name: a}}}"

    assert found(step(line)) == [("unknown-field", "ignored-in-version-instead", "mutex")]


def test_a_fault_that_an_alias_shares_is_told_once_at_the_anchor() -> None:
    text = spec("podMetadata: &m {labels: {a: 1}}\n  workflowMetadata: *m")

    assert found(text) == [("wrong-type", "read-as", "1")]


def test_a_fault_that_an_alias_brings_names_the_alias() -> None:
    text = spec("serviceAccountName: &m [a]\n  imagePullSecrets: *m")
    related = [
        [text[each.place.span.start : each.place.span.end] for each in hit.related]
        for hit in hits_of(text)
    ]

    assert related == [[], ["*m"]]


def test_other_kinds_are_left_alone() -> None:
    assert found("kind: Sensor\nspec: {zzz: 1}\n") == []


def test_hits_come_in_the_order_of_the_text() -> None:
    text = spec("zzz: 1\n  suspend: 5\n  yyy: 2\n  parallelism: x")

    assert [words for _, _, words in found(text)] == ["zzz", "5", "yyy", "x"]


def test_a_map_of_many_unknown_fields_takes_no_long_time() -> None:
    text = "kind: Workflow\nspec:\n" + "".join(f"  some{at}: 1\n" for at in range(20_000))
    start = time.process_time()
    hits = hits_of(text)

    assert len(hits) == 20_000
    assert time.process_time() - start < 60


def test_nested_aliases_are_walked_once() -> None:
    lines = ["a0: &a0 {inline: {dag: {tasks: []}}}"]
    lines += [
        f"a{at}: &a{at} {{inline: {{dag: {{tasks: [*a{at - 1}, *a{at - 1}]}}}}}}"
        for at in range(1, 5)
    ]
    text = "kind: Workflow\nspec: {templates: [{dag: {tasks: [*a4, *a4]}}]}\n"
    hits = hits_of("\n".join(lines) + "\n" + text)

    assert [hit.words["field"] for hit in hits] == [f"a{at}" for at in range(5)]
