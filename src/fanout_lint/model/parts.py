"""The parts that steps, templates and workflows share: parameters, references, hooks."""

from fanout_lint.model.workflow import (
    Arguments,
    Artifact,
    Hook,
    Parameter,
    TemplateRef,
    ValueFrom,
)
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    mappings,
)

_VALUE_SOURCES = (
    "path",
    "parameter",
    "expression",
    "jqFilter",
    "jsonPath",
    "supplied",
    "event",
    "configMapKeyRef",
)
_NOT_LOCATIONS = frozenset(
    (
        "name",
        "path",
        "mode",
        "from",
        "fromExpression",
        "optional",
        "archive",
        "archiveLogs",
        "globalName",
        "subPath",
        "recurseMode",
        "artifactGC",
        "deleted",
    )
)

_NO_ARGUMENTS = Arguments(None, (), ())


def text(node: Node | None, name: str) -> Scalar | None:
    """Return the scalar under *name* that is not empty, as Argo tells set from unset."""
    scalar = child_scalar(node, name)
    return scalar if scalar is not None and scalar.value != "" else None


def is_true(node: Node | None, name: str) -> bool:
    scalar = child_scalar(node, name)
    return scalar is not None and scalar.resolved is True


def arguments(node: Mapping | None) -> Arguments:
    """Return the parameters and artifacts of an ``inputs``, ``outputs`` or ``arguments`` map.

    Those without a name are left out: nothing can speak of them.
    """
    if node is None:
        return _NO_ARGUMENTS
    parameters = [_parameter(item) for _, item in mappings(child_sequence(node, "parameters"))]
    artifacts = [_artifact(item) for _, item in mappings(child_sequence(node, "artifacts"))]
    return Arguments(
        node,
        tuple(parameter for parameter in parameters if parameter is not None),
        tuple(artifact for artifact in artifacts if artifact is not None),
    )


def _loosely(node: Mapping, name: str) -> Node | None:
    """Return the value of *name* in any letter case: below a step Argo does not mind the case.

    Elsewhere another case is refused, which the shape stage says.
    """
    exact = node.get(name)
    if exact is not None:
        return exact
    folded = name.lower()
    return next((node.get(key) for key in node.entries if key.lower() == folded), None)


def _parameter(node: Mapping) -> Parameter | None:
    name = text(node, "name")
    if name is None:
        return None
    return Parameter(
        node,
        name,
        _loosely(node, "value"),
        node.get("default"),
        _value_from(child_mapping(node, "valueFrom")),
        text(node, "globalName"),
    )


def _value_from(node: Mapping | None) -> ValueFrom | None:
    if node is None:
        return None
    sources = frozenset(name for name in _VALUE_SOURCES if _is_set(node.get(name)))
    return ValueFrom(
        node,
        sources,
        text(node, "path"),
        text(node, "parameter"),
        text(node, "expression"),
        node.get("default"),
    )


def _is_set(node: Node | None) -> bool:
    return node is not None and not (type(node) is Scalar and node.value == "")


def _artifact(node: Mapping) -> Artifact | None:
    name = text(node, "name")
    if name is None:
        return None
    return Artifact(
        node,
        name,
        text(node, "from"),
        text(node, "fromExpression"),
        text(node, "path"),
        text(node, "globalName"),
        is_true(node, "optional"),
        any(field not in _NOT_LOCATIONS for field in node.entries),
    )


def template_ref(node: Mapping) -> TemplateRef:
    """Return a ``templateRef`` or ``workflowTemplateRef``."""
    return TemplateRef(
        node, text(node, "name"), text(node, "template"), is_true(node, "clusterScope")
    )


def hooks(node: Mapping | None) -> tuple[Hook, ...]:
    """Return the ``hooks`` of a step, task or workflow spec."""
    entries = child_mapping(node, "hooks")
    if entries is None:
        return ()
    return tuple(
        _hook(entry.key, entry.value)
        for entry in entries.entries.values()
        if type(entry.value) is Mapping
    )


def _hook(name: Scalar, node: Mapping) -> Hook:
    reference = child_mapping(node, "templateRef")
    return Hook(
        name,
        node,
        text(node, "template"),
        None if reference is None else template_ref(reference),
        arguments(child_mapping(node, "arguments")),
        text(node, "expression"),
    )
