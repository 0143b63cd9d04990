"""Assigns values to the targets of Python statements."""

import ast
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Stream, Target
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    DictObject,
    Elements,
    File,
    HeapObject,
    InstanceObject,
    ListObject,
    Logger,
    Named,
    Ref,
    Value,
    join,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.expressions import Evaluator


def assign(evaluator: "Evaluator", target: ast.expr, value: Value) -> None:
    """Bind *value* to *target*: a name, a pattern of names, an attribute, an element."""
    match target:
        case ast.Name(name):
            evaluator.machine.bind(name, value)
        case ast.Starred(inner):
            assign(evaluator, inner, OPAQUE)
        case ast.Tuple(elts) | ast.List(elts):
            _unpack(evaluator, elts, value)
        case ast.Attribute(owner, name):
            _set_attribute(evaluator, evaluator.value(owner), name, value)
        case ast.Subscript(owner, index):
            key = None if isinstance(index, ast.Slice) else evaluator.value(index)
            set_item(evaluator, evaluator.value(owner), key, value)


def _unpack(evaluator: "Evaluator", targets: list[ast.expr], value: Value) -> None:
    elements = evaluator.elements(value)
    starred = any(isinstance(target, ast.Starred) for target in targets)
    if elements.items is not None and len(elements.items) == len(targets) and not starred:
        for target, item in zip(targets, elements.items, strict=True):
            assign(evaluator, target, item)
        return
    for target in targets:
        item = OPAQUE if isinstance(target, ast.Starred) else elements.item
        if isinstance(target, ast.Starred):
            item = evaluator.machine.new_list(target, Elements(elements.item))
            assign(evaluator, target.value, item)
        else:
            assign(evaluator, target, item)


def _set_attribute(evaluator: "Evaluator", owner: Value, name: str, value: Value) -> None:
    machine = evaluator.machine
    if isinstance(owner, Named):
        if owner.name == "sys" and name == "stdout":
            machine.state = replace(machine.state, stdout=stream_of(value))
            return
        if owner.name == "sys" and name == "stderr":
            machine.state = replace(machine.state, stderr=stream_of(value))
            return
        machine.state = machine.state.bound((-1, f"{owner.name}.{name}"), value)
        return
    if isinstance(owner, Logger):
        from fanout_lint.analysis.scripts.python.logs import lose_track

        lose_track(evaluator)
        return
    if isinstance(owner, Ref):

        def changed_item(item: HeapObject) -> HeapObject:
            if isinstance(item, InstanceObject):
                return replace(item, attributes={**item.attributes, name: value})
            return item

        machine.change(owner, changed_item)


def stream_of(value: Value) -> Target:
    """Return the target that writing to *value* writes to."""
    match value:
        case File(target, reads):
            return Stream.ELSEWHERE if reads else target
        case Named("sys.__stdout__"):
            return Stream.STDOUT
        case Named("sys.stderr" | "sys.__stderr__"):
            return Stream.ELSEWHERE
        case Named(name) if name.startswith("io."):
            return Stream.ELSEWHERE
    return UNKNOWN


def set_item(evaluator: "Evaluator", owner: Value, key: Value | None, value: Value) -> None:
    """Do ``owner[key] = value``; *key* is ``None`` for a slice."""
    from fanout_lint.analysis.scripts.python.operations import plain

    if not isinstance(owner, Ref):
        return
    constant = plain(key) if key is not None else None

    def changed(item: HeapObject) -> HeapObject:
        match item:
            case DictObject():
                if constant is not None:
                    entries = {**item.entries, constant[0]: value}
                    return replace(item, entries=entries, perhaps=item.perhaps - {constant[0]})
                other = value if item.other is None else join(item.other, value)
                entries = {k: join(v, value) for k, v in item.entries.items()}
                return replace(item, entries=entries, other=other)
            case ListObject(elements, kind):
                items = elements.items
                if items is not None and constant is not None and isinstance(constant[0], int):
                    index = constant[0]
                    if -len(items) <= index < len(items):
                        changed_items = list(items)
                        changed_items[index] = value
                        joined = join(elements.item, value)
                        return ListObject(Elements(joined, tuple(changed_items), len(items)), kind)
                if key is None:
                    return ListObject(Elements(), kind)
                return ListObject(Elements(join(elements.item, value), None, elements.least), kind)
        return item

    evaluator.machine.change(owner, changed)
