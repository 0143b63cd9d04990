"""Helm charts: whose templates are no YAML until Helm has filled them."""

import os

from fanout_lint.discovery.files import HelmChart
from fanout_lint.discovery.walk import CHART, ChartFile
from fanout_lint.source.read import Unreadable, decode, read_argo_file, read_file


def chart_above(path: str) -> str | None:
    """Return the folder of the chart in whose ``templates`` the absolute *path* lies."""
    found = None
    folder = os.path.dirname(path)
    while (above := os.path.dirname(folder)) != folder:
        is_templates = os.path.basename(folder) == "templates"
        if is_templates and os.path.isfile(os.path.join(above, CHART)):
            found = above
        folder = above
    return found


def charts(files: list[ChartFile]) -> tuple[HelmChart, ...]:
    """Return the charts among whose *files* one speaks of Argo, each once."""
    found: dict[str, HelmChart] = {}
    for file in files:
        if file.chart not in found and _speaks_of_argo(file.path):
            found[file.chart] = _chart(file)
    return tuple(sorted(found.values(), key=lambda chart: chart.folder))


def _speaks_of_argo(path: str) -> bool:
    data = read_argo_file(path, path)
    return isinstance(data, bytes) or (data is not None and data.face == "too-large")


def _chart(file: ChartFile) -> HelmChart:
    path = os.path.join(file.chart, CHART)
    display = CHART if file.display == "." else f"{file.display.rstrip('/')}/{CHART}"
    data = read_file(path, display)
    content = data if isinstance(data, Unreadable) else decode(display, data)
    return HelmChart(path, file.display, content)
