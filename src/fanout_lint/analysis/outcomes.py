"""What a tag turns out to speak of: something that is there, something that is not, or unknown.

``refused`` on an outcome says that ``argo lint`` refuses the tag (``workflow/
validate/validate.go:resolveAllVariables`` of v4.1.2), so that nothing of the
workflow ever runs. Where it is false, the fault shows only at run time: the tag
stays as it is, or the step waits for ever.
"""

from enum import Enum
from typing import Final

from msgspec import Struct

from fanout_lint.analysis.project import Callee, Target, targets_of
from fanout_lint.model.workflow import Artifact, Parameter, Step, Template
from fanout_lint.unknown import Unknown


class Part(Enum):
    """What of a step or task a tag reads; the value is how the tag spells it."""

    ID = "id"
    STATUS = "status"
    IP = "ip"
    EXIT_CODE = "exitCode"
    STARTED_AT = "startedAt"
    FINISHED_AT = "finishedAt"
    HOST_NODE_NAME = "hostNodeName"
    RESULT = "outputs.result"
    PARAMETERS = "outputs.parameters"
    PARAMETER = "outputs.parameters.NAME"
    ARTIFACT = "outputs.artifacts.NAME"


PLAIN_PARTS = {
    part.value: part
    for part in (
        Part.ID,
        Part.STATUS,
        Part.IP,
        Part.EXIT_CODE,
        Part.STARTED_AT,
        Part.FINISHED_AT,
        Part.HOST_NODE_NAME,
    )
}


class ReadsStep(Struct, frozen=True):
    """A part of a step or task that is there, as far as can be known.

    ``declared`` are the outputs of that name, one for each template that the step
    may call; empty unless ``part`` is a named output of a known template.
    """

    step: Step
    part: Part
    name: str
    callee: Callee
    declared: tuple[Parameter | Artifact, ...] = ()

    @property
    def targets(self) -> tuple[Target, ...]:
        return targets_of(self.callee)


class ReadsInput(Struct, frozen=True):
    """An input of the template that holds the tag."""

    template: Template
    declared: Parameter | Artifact


class ReadsWorkflowParameter(Struct, frozen=True):
    """A parameter of the workflow."""

    declared: Parameter


class ReadsGlobal(Struct, frozen=True):
    """An output that was given a ``globalName``; ``name`` is that name."""

    name: str
    is_artifact: bool


class ReadsItem(Struct, frozen=True):
    """The item of the loop of ``step``, or its ``key``; an empty key is the whole item."""

    step: Step
    key: str


class ReadsOther(Struct, frozen=True):
    """Something else that is there: the workflow's name, the pod's, a list of all inputs."""


Present = ReadsStep | ReadsInput | ReadsWorkflowParameter | ReadsGlobal | ReadsItem | ReadsOther


class Upstream:
    """Why a step that exists cannot be read here."""

    LATER: Final = "later"
    SAME_GROUP: Final = "same-group"
    ITSELF: Final = "itself"
    OWN_HOOK: Final = "own-hook"  #: By a hook, where only one that has an exit hook beside it may.
    NO_ANCESTOR: Final = "no-ancestor"


class NoStep(Struct, frozen=True):
    """No step or task of that name is in the template; ``known`` are those that are.

    ``template`` is ``None`` in a template that has no steps at all.
    """

    name: str
    known: tuple[str, ...]
    refused: bool
    template: Template | None


class OtherRoot(Struct, frozen=True):
    """``steps.`` in a dag template, or ``tasks.`` in a steps template."""

    right: str
    refused: bool


class NotUpstream(Struct, frozen=True):
    """A step or task that has not ended when the tag is replaced."""

    step: Step
    reader: Step
    why: str
    refused: bool


class NoPart(Struct, frozen=True):
    """No step has such a part, as in ``steps.a.output.result``; ``at`` indexes the segment."""

    at: int
    known: tuple[str, ...]
    refused: bool


class NoOutput(Struct, frozen=True):
    """The template that the step calls has no such output.

    ``part`` is PARAMETER, ARTIFACT, RESULT, EXIT_CODE, IP or PARAMETERS.
    """

    step: Step
    part: Part
    name: str
    known: tuple[str, ...]
    callee: Callee
    refused: bool

    @property
    def targets(self) -> tuple[Target, ...]:
        return targets_of(self.callee)


class OnlyInside(Struct, frozen=True):
    """What an inline template knows, and ``template``, which it is written in, does not."""

    template: Template


class NoInput(Struct, frozen=True):
    """The template that holds the tag takes no such input. ``at`` indexes the segment."""

    template: Template
    name: str
    at: int
    known: tuple[str, ...]
    is_artifact: bool
    refused: bool


class NoOwnOutput(Struct, frozen=True):
    """The template that holds the tag declares no such output."""

    name: str
    known: tuple[str, ...]
    is_artifact: bool


class NoWorkflowParameter(Struct, frozen=True):
    """The workflow has no such parameter; an empty name stands for all of none."""

    name: str
    known: tuple[str, ...]
    refused: bool


class NoGlobal(Struct, frozen=True):
    """No output of any template has that ``globalName``."""

    name: str
    known: tuple[str, ...]
    is_artifact: bool
    refused: bool


class NoWorkflowField(Struct, frozen=True):
    """A workflow has no such variable; ``at`` indexes the segment."""

    at: int
    known: tuple[str, ...]
    refused: bool


class Where:
    """Where an item is read though no loop reaches there."""

    STEP: Final = "step"
    BODY: Final = "body"
    OUTPUTS: Final = "outputs"
    ELSEWHERE: Final = "elsewhere"


class NoItem(Struct, frozen=True):
    """An item outside a loop. ``looped`` is a loop before it in the same template, if any."""

    where: str
    looped: Step | None
    refused: bool


class NoRetry(Struct, frozen=True):
    """``retries`` or ``lastRetry`` in a template that is never retried."""


class NoPod(Struct, frozen=True):
    """``pod.name`` in a template that runs no pod."""

    template: Template
    refused: bool


class NoRoot(Struct, frozen=True):
    """The first word is none of Argo's, and is nearly one; ``nearest`` is the whole text meant.

    ``is_strict`` says that an unknown tag there stops the step: its loop replaces
    every tag or none.
    """

    nearest: str
    is_strict: bool


Absent = (
    NoStep
    | OtherRoot
    | NotUpstream
    | NoPart
    | NoOutput
    | OnlyInside
    | NoInput
    | NoOwnOutput
    | NoWorkflowParameter
    | NoGlobal
    | NoWorkflowField
    | NoItem
    | NoRetry
    | NoPod
    | NoRoot
)
Outcome = Present | Absent | Unknown
