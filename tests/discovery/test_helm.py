"""Templates of Helm charts are not linted, and each chart that matters is named once."""

import io
from pathlib import Path

from fanout_lint.discovery.discover import Discovery, StandardInput
from fanout_lint.discovery.files import Skip
from fanout_lint.source.text import Source
from tests.discovery.trees import ARGO, OTHER, displays, find, lay

TREE = {
    "app/Chart.yaml": "name: app\n",
    "app/values.yaml": "a: 1\n",
    "app/templates/a.yaml": ARGO + "spec: {{ .Values.spec }}\n",
    "app/templates/deep/b.yaml": OTHER,
    "app/templates/_parts.tpl": "{{ define }}",
    "app/crds/c.yaml": ARGO,
    "app/charts/sub/Chart.yaml": "name: sub\n",
    "app/charts/sub/templates/d.yaml": ARGO,
    "app/charts/plain/Chart.yaml": "name: plain\n",
    "app/charts/plain/templates/e.yaml": OTHER,
    "flows/templates/f.yaml": ARGO,
}


def charts(discovery: Discovery) -> list[str]:
    return [chart.folder for project in discovery.projects for chart in project.charts]


def files(discovery: Discovery) -> list[str]:
    return [name for project in discovery.projects for name in displays(project.files)]


def test_templates_under_a_chart_are_passed_over_and_the_chart_is_named(tmp_path: Path) -> None:
    lay(tmp_path, TREE)

    discovery = find(tmp_path, ".")

    assert files(discovery) == ["app/crds/c.yaml", "flows/templates/f.yaml"]
    assert charts(discovery) == ["app", "app/charts/sub"]
    assert discovery.skipped[Skip.HELM] == 4
    assert discovery.problems == ()


def test_chart_comes_with_its_text(tmp_path: Path) -> None:
    lay(tmp_path, TREE)

    chart, _ = find(tmp_path, ".").projects[0].charts

    assert chart.content == Source("app/Chart.yaml", "name: app\n")
    assert chart.path == str(tmp_path / "app/Chart.yaml")


def test_chart_is_named_once_for_templates_asked_for_by_name_or_folder(tmp_path: Path) -> None:
    lay(tmp_path, TREE)
    by_name = find(
        tmp_path, "app/templates/a.yaml", "app/templates/a.yaml", "app/templates/deep/b.yaml"
    )

    assert (files(by_name), charts(by_name)) == ([], ["app"])
    assert by_name.skipped == {Skip.HELM: 2}
    assert charts(find(tmp_path, "app/templates")) == ["app"]
    assert charts(find(tmp_path, ".", "app/templates/a.yaml")) == ["app", "app/charts/sub"]
    assert charts(find(tmp_path, "app/templates/deep")) == []


def test_chart_in_the_working_folder_is_called_a_dot(tmp_path: Path) -> None:
    lay(tmp_path, TREE)
    here = tmp_path / "app"

    for path in (".", "templates", "templates/a.yaml"):
        chart = find(here, path).projects[0].charts[0]

        assert (chart.folder, chart.content.path) == (".", "Chart.yaml")  # type: ignore[union-attr]
    assert charts(find(here / "templates", "a.yaml")) == [".."]


def test_chart_without_anything_of_argos_is_not_named(tmp_path: Path) -> None:
    lay(tmp_path, {"Chart.yaml": "", "templates/a.yaml": OTHER})

    discovery = find(tmp_path, ".")

    assert (discovery.projects, discovery.problems) == ((), ())


def test_chart_whose_parts_speak_of_argo_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {"Chart.yaml": "", "templates/a.yaml": "", "templates/_b.tpl": ARGO})

    assert charts(find(tmp_path, ".")) == ["."]


def test_excluded_and_ignored_templates_name_no_chart(tmp_path: Path) -> None:
    lay(tmp_path, TREE)
    lay(tmp_path, {".fanout-lint.yaml": "exclude: [app/templates]\n", ".gitignore": "sub\n"})

    assert charts(find(tmp_path, ".")) == []
    assert charts(find(tmp_path, "app/templates/a.yaml")) == []


def test_standard_input_named_after_a_template_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, TREE)
    given = StandardInput(io.BytesIO(b"{{ x }}"), "app/templates/a.yaml")

    discovery = find(tmp_path, "-", standard_input=given)

    assert (files(discovery), charts(discovery)) == ([], ["app"])
