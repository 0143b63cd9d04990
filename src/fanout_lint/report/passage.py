"""A finding → its passage in a text report: head, lines of the file, way out, other places.

::

    error[undeclared-output]: template 'make' has no output parameter 'itmes'
      --> workflows/fanout.yaml:14:52
       |
    13 |   - name: number
    14 |     value: "{{steps.generate.outputs.parameters.itmes}}"
       |                                                 ^^^^^
       |
       = help: write 'items'
"""

from collections.abc import Sequence

from msgspec.structs import replace

from fanout_lint.findings import Finding, Place, Related
from fanout_lint.report.contract import Report, extent
from fanout_lint.report.marks import wrapped
from fanout_lint.report.paint import TINTS, Look, Tint
from fanout_lint.report.snippet import Snippet, draw, snippet
from fanout_lint.report.visible import leading, visible

_NEAR = 12
"""Within how many lines of the main place another is shown in the same snippet."""

_MOST_PLACES = 6
"""How many second places of one finding are shown with their lines; the rest is listed."""

_MOST_LISTED = 12


def passage(report: Report, finding: Finding, look: Look) -> str:
    """Return the lines that show *finding*, its line end included."""
    tint = TINTS[finding.severity]
    shown = finding.related[:_MOST_PLACES]
    near = [related for related in shown if _is_near(report, finding, related)]
    main = _main_snippet(report, finding, near, tint)
    if main is None:
        near = []
    notes = [(r, _note_snippet(report, r)) for r in shown if r not in near]
    gutter = _gutter([main, *(note for _, note in notes)])
    head = f"{finding.severity.value}[{visible(finding.rule)}]"
    lines = [
        look.paint(head, tint) + look.paint(f": {visible(finding.message)}", Tint.STRONG),
        _arrow(report, finding.place, gutter, look),
    ]
    if main:
        lines.extend(draw(main, gutter, look))
    closing = _closing(report, finding, gutter, look)
    if main and closing:
        lines.append(look.paint(f"{'':{gutter}} |", Tint.FRAME))
    lines.extend(closing)
    for related, note in notes:
        lines.extend(_note(report, related, note, gutter, look))
    return "\n".join(lines) + "\n"


def _main_snippet(
    report: Report, finding: Finding, near: Sequence[Related], tint: str
) -> Snippet | None:
    source = report.sources.get(finding.place.path)
    if source is None or not source.text:
        return None
    return snippet(source, finding.place.span, tint, near)


def _note_snippet(report: Report, related: Related) -> Snippet | None:
    source = report.sources.get(related.place.path)
    if source is None or not source.text:
        return None
    return snippet(source, None, Tint.FRAME, [related])


def _is_near(report: Report, finding: Finding, related: Related) -> bool:
    if related.place.path != finding.place.path:
        return False
    main, other = extent(report, finding.place), extent(report, related.place)
    return main.start.line - _NEAR <= other.start.line <= main.end.line + _NEAR


def _gutter(snippets: Sequence[Snippet | None]) -> int:
    """Return how many columns the highest line number takes, so that all gutters align."""
    return max((len(str(shown.lines[-1])) for shown in snippets if shown), default=1)


def _arrow(report: Report, place: Place, gutter: int, look: Look) -> str:
    start = extent(report, place).start
    arrow = look.paint(f"{'':{gutter}}-->", Tint.FRAME)
    return f"{arrow} {visible(place.path)}:{start.line}:{start.column}"


def _note(
    report: Report, related: Related, shown: Snippet | None, gutter: int, look: Look
) -> list[str]:
    """Return the lines of a second place that stands elsewhere."""
    head = look.paint("note", Tint.GOOD) + look.paint(f": {visible(related.message)}", Tint.STRONG)
    lines = [head, _arrow(report, related.place, gutter, look)]
    if shown:
        # The message stands above its lines already.
        unsaid = tuple(replace(stroke, label="") for stroke in shown.strokes)
        lines.extend(draw(replace(shown, strokes=unsaid), gutter, look))
    return lines


def _closing(report: Report, finding: Finding, gutter: int, look: Look) -> list[str]:
    """Return the lines that have no place of their own: the help, and the places left over."""
    lines: list[str] = []
    if finding.help:
        lines.extend(_said("help", finding.help, gutter, look))
    left_over = [
        f"{related.place.path}:{start.line}:{start.column}"
        for related in finding.related[_MOST_PLACES:]
        for start in [extent(report, related.place).start]
    ]
    if left_over:
        listed = ", ".join(left_over[:_MOST_LISTED])
        more = len(left_over) - _MOST_LISTED
        also = f"also at {listed}" + (f" and {more} more places" if more > 0 else "")
        lines.extend(_said("note", also, gutter, look))
    return lines


def _said(kind: str, text: str, gutter: int, look: Look) -> list[str]:
    """Return *text* below ``= kind:``, wrapped; lines of it that are indented stay as they are."""
    lead = f"{'':{gutter}} = "
    indent = len(lead) + len(kind) + 2
    lines: list[str] = []
    for line in text.rstrip().split("\n"):
        is_code = line.startswith(" ")
        lines.extend([visible(line)] if is_code else wrapped(line, look.width - indent))
    first = f"{look.paint(lead, Tint.FRAME)}{look.paint(kind + ':', Tint.STRONG)} {lines[0]}"
    return [first, *(f"{'':{indent}}{leading(line)}".rstrip() for line in lines[1:])]
