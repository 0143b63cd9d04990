"""The parts of a workflow, as Argo's users name them, each with the node it came from.

The model covers what analysis needs; the rest stays nodes. It judges nothing: a
part that is missing, or is of the wrong kind, is ``None`` or left out, and the
shape stage has said so. Names and texts are the scalars themselves, so that every
one of them has its place.
"""

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from fanout_lint.syntax.nodes import Mapping, Node, Scalar


class Kind(Enum):
    """The four kinds of manifest that hold templates; the value is the ``kind`` field."""

    WORKFLOW = "Workflow"
    WORKFLOW_TEMPLATE = "WorkflowTemplate"
    CLUSTER_WORKFLOW_TEMPLATE = "ClusterWorkflowTemplate"
    CRON_WORKFLOW = "CronWorkflow"


class TemplateKind(Enum):
    """What a template does; the value is the field that says so."""

    CONTAINER = "container"
    CONTAINER_SET = "containerSet"
    SCRIPT = "script"
    STEPS = "steps"
    DAG = "dag"
    DATA = "data"
    HTTP = "http"
    RESOURCE = "resource"
    SUSPEND = "suspend"
    PLUGIN = "plugin"


CALLERS = frozenset((TemplateKind.STEPS, TemplateKind.DAG))
"""The kinds that run other templates."""

POD_KINDS = frozenset(
    (
        TemplateKind.CONTAINER,
        TemplateKind.CONTAINER_SET,
        TemplateKind.SCRIPT,
        TemplateKind.RESOURCE,
        TemplateKind.DATA,
    )
)
"""The kinds that run a pod of their own (``workflow_types.go:IsPodType`` of v4.1.2)."""


class LoopKind(Enum):
    """How a loop gets its items; the value is the field."""

    ITEMS = "withItems"
    PARAM = "withParam"
    SEQUENCE = "withSequence"


class ValueFrom(Struct, frozen=True, eq=False):
    """Where a parameter's value comes from. ``sources`` are the fields that are set."""

    node: Mapping
    sources: frozenset[str]
    path: Scalar | None
    parameter: Scalar | None
    expression: Scalar | None
    default: Node | None


class Parameter(Struct, frozen=True, eq=False):
    """An input, output or argument. ``value`` and ``default`` are ``None`` where null or absent."""

    node: Mapping
    name: Scalar
    value: Node | None
    default: Node | None
    value_from: ValueFrom | None
    global_name: Scalar | None

    @property
    def has_value(self) -> bool:
        return self.value is not None or self.value_from is not None


class Artifact(Struct, frozen=True, eq=False):
    """An input, output or argument artifact. ``has_location`` says that it names a store or key."""

    node: Mapping
    name: Scalar
    source: Scalar | None
    source_expression: Scalar | None
    path: Scalar | None
    global_name: Scalar | None
    is_optional: bool
    has_location: bool


class Arguments(Struct, frozen=True, eq=False):
    """Parameters and artifacts given or taken; ``node`` is ``None`` where the field is absent."""

    node: Mapping | None
    parameters: tuple[Parameter, ...]
    artifacts: tuple[Artifact, ...]

    def parameter(self, name: str) -> Parameter | None:
        for parameter in self.parameters:
            if parameter.name.value == name:
                return parameter
        return None

    def artifact(self, name: str) -> Artifact | None:
        for artifact in self.artifacts:
            if artifact.name.value == name:
                return artifact
        return None


class TemplateRef(Struct, frozen=True, eq=False):
    """``templateRef``, or ``workflowTemplateRef`` (then ``template`` is ``None``)."""

    node: Mapping
    name: Scalar | None
    template: Scalar | None
    is_cluster_scope: bool


class Loop(Struct, frozen=True, eq=False):
    """A ``with…`` field of a step or task. ``key`` is the field's name in the file."""

    kind: LoopKind
    key: Scalar
    value: Node

    @property
    def expands(self) -> bool:
        """Whether Argo takes it for a loop at all (``workflow_types.go:ShouldExpand``)."""
        match self.kind, self.value:
            case LoopKind.ITEMS, value:
                return getattr(value, "items", ()) != ()
            case LoopKind.PARAM, Scalar(value=text):
                return text != ""
        return True


class Hook(Struct, frozen=True, eq=False):
    """An entry of ``hooks``; ``name`` is its key (``exit`` runs at the end)."""

    name: Scalar
    node: Mapping
    template: Scalar | None
    template_ref: TemplateRef | None
    arguments: Arguments
    expression: Scalar | None


class Step(Struct, frozen=True, eq=False):
    """A step of a steps template, or a task of a dag template.

    ``group`` counts the parallel groups of a steps template from 0; it is 0 for
    every task. ``loop`` is the field that Argo would take: items over param over
    sequence; ``loops`` are all that are written.
    """

    node: Mapping
    name: Scalar | None
    is_task: bool
    group: int
    template: Scalar | None
    template_ref: TemplateRef | None
    inline: "Template | None"
    arguments: Arguments
    loops: tuple[Loop, ...]
    when: Scalar | None
    depends: Scalar | None
    dependencies: tuple[Scalar, ...]
    continue_on: Mapping | None
    hooks: tuple[Hook, ...]
    on_exit: Scalar | None

    @property
    def loop(self) -> Loop | None:
        """The loop that Argo carries out; ``None`` when none is written or none expands."""
        for loop in self.loops:
            if loop.expands:
                return loop
        return None

    @property
    def word(self) -> str:
        """What users call it."""
        return "task" if self.is_task else "step"

    @property
    def root(self) -> str:
        """The first segment of a tag that speaks of it."""
        return "tasks" if self.is_task else "steps"

    @property
    def label(self) -> str:
        return self.name.value if self.name is not None else "(no name)"


class Template(Struct, frozen=True, eq=False):
    """A template. ``kind`` is ``None`` unless exactly one kind of body is written.

    ``body`` is that body's node. ``steps`` are the steps in order of the text,
    groups flattened, or the tasks; empty for all other kinds.
    """

    node: Mapping
    name: Scalar | None
    kind: TemplateKind | None
    kinds: tuple[TemplateKind, ...]
    body: Node | None
    inputs: Arguments
    outputs: Arguments
    steps: tuple[Step, ...]
    is_inline: bool

    @property
    def label(self) -> str:
        if self.name is not None:
            return self.name.value
        return "inline" if self.is_inline else "(no name)"

    def step(self, name: str) -> Step | None:
        for step in self.steps:
            if step.name is not None and step.name.value == name:
                return step
        return None


class Manifest(Struct, frozen=True, eq=False):
    """One workflow, template library or cron workflow of a file.

    ``spec`` is the workflow spec (of a CronWorkflow its ``workflowSpec``); an
    empty map stands in where there is none. ``namespace`` is ``None`` where none
    is stated. ``written`` has every key of its document, at every depth.
    """

    path: str
    root: Mapping
    written: frozenset[str]
    kind: Kind
    name: Scalar | None
    generate_name: Scalar | None
    namespace: Scalar | None
    spec: Mapping
    entrypoint: Scalar | None
    on_exit: Scalar | None
    hooks: tuple[Hook, ...]
    arguments: Arguments
    templates: tuple[Template, ...]
    template_defaults: Mapping | None
    workflow_template_ref: TemplateRef | None

    @property
    def label(self) -> str:
        """What users call it in a message: its name, or what its name begins with."""
        if self.name is not None:
            return self.name.value
        return self.generate_name.value if self.generate_name is not None else self.kind.value

    @property
    def is_library(self) -> bool:
        """Whether other manifests may call its templates."""
        return self.kind in (Kind.WORKFLOW_TEMPLATE, Kind.CLUSTER_WORKFLOW_TEMPLATE)

    def template(self, name: str) -> Template | None:
        for template in self.templates:
            if template.name is not None and template.name.value == name:
                return template
        return None


def with_inline(template: Template) -> Iterator[Template]:
    """Yield *template* and the templates written inside its steps."""
    yield template
    for step in template.steps:
        if step.inline is not None:
            yield from with_inline(step.inline)
