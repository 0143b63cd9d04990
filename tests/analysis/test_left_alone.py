"""What is not looked for where it cannot be: fields of unrelated files, tags where none are."""

from fanout_lint.analysis.facts import Facts, Links
from fanout_lint.analysis.project import Project
from fanout_lint.analysis.sites import texts
from fanout_lint.engine.reading import read_source
from fanout_lint.model.workflow import Manifest
from fanout_lint.source.text import Source

_HEAD = "apiVersion: argoproj.io/v1alpha1\n"
_LIBRARY = f"""\
{_HEAD}kind: WorkflowTemplate
metadata: {{name: library}}
spec:
  templates:
  - name: work
    memoize: {{key: a, cache: {{configMap: {{name: c}}}}}}
    container: {{image: "a:1"}}
"""
_ALONE = f"""\
{_HEAD}kind: Workflow
metadata: {{name: alone}}
spec:
  entrypoint: main
  templates:
  - name: main
    steps: [[{{name: a, template: work}}]]
  - name: work
    container: {{image: "a:1"}}
"""
_CALLER = _ALONE.replace("template: work", "templateRef: {name: library, template: work}")


def _manifest(text: str, path: str = "w.yaml") -> Manifest:
    (manifest,) = read_source(Source(path, text), path, True).manifests
    return manifest


def _written(text: str) -> frozenset[str]:
    own = _manifest(text)
    project = Project((own, _manifest(_LIBRARY, "library.yaml")))
    return Facts(Links(project), (own,)).written


def test_a_workflow_that_stands_alone_has_nothing_to_do_with_the_fields_of_other_files() -> None:
    assert "memoize" not in _written(_ALONE)


def test_the_fields_of_other_files_count_for_who_calls_them_or_may_be_called() -> None:
    assert "memoize" in _written(_CALLER)
    assert "memoize" in _written(_LIBRARY.replace("library}", "other}").replace("memoize", "x"))
    assert "memoize" in _written(
        f"{_HEAD}kind: Workflow\nmetadata: {{name: w}}\n"
        "spec: {workflowTemplateRef: {name: library}}\n"
    )


def test_a_tag_is_found_however_its_braces_are_written() -> None:
    plain, escaped = "'{{workflow.name}}'", '"\\x7b{workflow.name}}"'
    for image in (plain, escaped):
        assert len(list(texts(_manifest(_ALONE.replace('"a:1"', image))))) == 1
    assert list(texts(_manifest(_ALONE))) == []


def test_a_tag_is_found_behind_an_alias_to_another_manifest_of_a_list() -> None:
    first = _ALONE.replace('"a:1"', "&image '{{workflow.name}}'")
    second = _ALONE.replace('"a:1"', "*image")
    items = "".join(
        "- " + "\n  ".join(text.rstrip("\n").split("\n")) + "\n" for text in (first, second)
    )
    text = f"apiVersion: v1\nkind: List\nitems:\n{items}"
    found = read_source(Source("w.yaml", text), "w.yaml", True).manifests
    assert [len(list(texts(manifest))) for manifest in found] == [1, 1]
