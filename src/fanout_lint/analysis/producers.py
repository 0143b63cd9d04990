"""What the templates that make values print and write, worked out once for each.

The scripts are read by :mod:`fanout_lint.analysis.scripts`; here a template's
fields are brought into the form that it takes, and its places back into the file.
"""

from typing import TYPE_CHECKING

from msgspec import Struct, field

from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Place
from fanout_lint.model.workflow import Template, TemplateKind
from fanout_lint.syntax.ink import span_in
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, child_scalar
from fanout_lint.tags.scan import scan
from fanout_lint.unknown import UNKNOWN, Unknown

# The readers of scripts are imported when a script is read: most runs read none.
if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.flow import Write
    from fanout_lint.analysis.scripts.language import Argument, Script
    from fanout_lint.analysis.scripts.outputs import ScriptOutput
    from fanout_lint.analysis.scripts.shape import Shape
    from fanout_lint.analysis.scripts.verdict import Verdict

_SCRIPTED = {TemplateKind.SCRIPT: "script", TemplateKind.CONTAINER: "container"}


class Producer(Struct, frozen=True, eq=False):
    """A template's script, what it writes, and the scalars that its text stands in."""

    template: Template
    script: "Script"
    output: "ScriptOutput"

    def place(self, write: "Write", words: str = "") -> Place | None:
        """Return where the statement of *write* stands in the file, or *words* if it has them."""
        from fanout_lint.analysis.scripts.language import Language

        scalar = self._scalar()
        if scalar is None:
            return None
        if self.script.language is Language.COMMAND:
            return Place(scalar.source.path, scalar.span)
        start, end = write.start, write.end
        at = scalar.value.find(words, start, end) if words else -1
        if at >= 0:
            start, end = at, at + len(words)
        return Place(scalar.source.path, span_in(scalar, start, end))

    def statement_place(self, start: int, end: int) -> Place | None:
        """Return where the statement at *start* to *end* of the script stands in the file."""
        scalar = self._scalar()
        return None if scalar is None else Place(scalar.source.path, span_in(scalar, start, end))

    def _scalar(self) -> Scalar | None:
        from fanout_lint.analysis.scripts.language import Origin

        body = self.template.body
        if self.script.origin is Origin.SOURCE:
            return child_scalar(body, "source")
        texts = _scalars(body, "command" if self.script.origin is Origin.COMMAND else "args")
        return texts[self.script.index] if self.script.index < len(texts) else None


class Producers(Struct, frozen=True, eq=False):
    """Answers what templates print and write; remembers what it has worked out."""

    _known: dict[Template, Producer | Unknown] = field(default_factory=dict)

    def of(self, target: Target) -> Producer | Unknown:
        """Return what the script of *target* does; unknown for all that runs no readable script."""
        template = target.template
        if template not in self._known:
            self._known[template] = _read(target)
        return self._known[template]

    def printed_list(self, target: Target) -> "Verdict":
        """Say whether all that *target* prints to stdout is one JSON list."""
        from fanout_lint.analysis.scripts.verdict import judge_list

        producer = self.of(target)
        return UNKNOWN if isinstance(producer, Unknown) else judge_list(producer.output)

    def printed_json(self, target: Target) -> "Verdict":
        """Say whether all that *target* prints to stdout is one JSON value."""
        from fanout_lint.analysis.scripts.verdict import judge_json

        producer = self.of(target)
        return UNKNOWN if isinstance(producer, Unknown) else judge_json(producer.output)

    def written_list(self, target: Target, path: str) -> "Verdict":
        """Say whether the file *path* holds one JSON list when *target* has ended."""
        from fanout_lint.analysis.scripts.files import judge_file

        producer = self.of(target)
        if isinstance(producer, Unknown) or "{{" in path:
            return UNKNOWN
        return judge_file(producer.output, path)

    def judge(self, read: ReadsStep, target: Target) -> "Verdict":
        """Say whether what *read* takes of *target* is one JSON list."""
        if read.part is Part.RESULT:
            return self.printed_list(target)
        if read.part is Part.PARAMETER:
            output = target.template.outputs.parameter(read.name)
            source = None if output is None else output.value_from
            if source is not None and source.path is not None:
                return self.written_list(target, source.path.value)
        return UNKNOWN

    def shape_of(self, read: ReadsStep) -> "Shape":
        """Return the shape of the JSON that *read* takes of a step which runs one template once."""
        if read.step.loops or len(read.targets) != 1:
            return UNKNOWN
        from fanout_lint.analysis.scripts.verdict import IsJson

        verdict = self.judge(read, read.targets[0])
        return verdict.shape if isinstance(verdict, IsJson) else UNKNOWN

    def printed_text(self, target: Target) -> str | None:
        """Return what *target* prints, less one line break, where every run prints the same."""
        from fanout_lint.analysis.scripts.flow import Stream, written_text
        from fanout_lint.analysis.scripts.text import exact

        producer = self.of(target)
        if isinstance(producer, Unknown):
            return None
        output = producer.output
        if output.always_fails or not output.understood:
            return None
        text = exact(written_text(output.flow, Stream.STDOUT))
        return None if text is None else text.removesuffix("\n")


def _read(target: Target) -> Producer | Unknown:
    template = target.template
    name = _SCRIPTED.get(template.kind) if template.kind is not None else None
    defaults = target.manifest.template_defaults
    if name is None or (defaults is not None and name in defaults.entries):
        return UNKNOWN
    from fanout_lint.analysis.scripts.analyse import analyse

    script = _script(template)
    if isinstance(script, Unknown):
        return UNKNOWN
    return Producer(template, script, analyse(script))


def _script(template: Template) -> "Script | Unknown":
    from fanout_lint.analysis.scripts.language import detect_command, detect_source

    body = template.body
    if type(body) is not Mapping:
        return UNKNOWN
    image = child_scalar(body, "image")
    image_name = "" if image is None or "{{" in image.value else image.value
    command = [_argument(word) for word in _scalars(body, "command")]
    args = [_argument(word) for word in _scalars(body, "args")]
    if template.kind is TemplateKind.SCRIPT:
        source = child_scalar(body, "source")
        if source is None or any(word.holes for word in command):
            return UNKNOWN
        words = [word.text for word in command]
        return detect_source(words, _argument(source), image_name, [word.text for word in args])
    return detect_command(command, args, image_name)


def _argument(scalar: Scalar) -> "Argument":
    from fanout_lint.analysis.scripts.language import Argument

    return Argument(scalar.value, tuple((tag.start, tag.end) for tag in scan(scalar)))


def _scalars(body: Node | None, name: str) -> list[Scalar]:
    words = body.get(name) if type(body) is Mapping else None
    if type(words) is not Sequence:
        return []
    return [word for word in words.items if type(word) is Scalar]
