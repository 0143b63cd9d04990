"""One text of a little language, and what is known around it, into what is known of the text.

This is what stands behind ``fanout-lint try``: every language by its name, each with
the surroundings that it reads. A language's module is imported when it is asked for.
"""

from collections.abc import Mapping
from functools import partial
from importlib import import_module

from msgspec import Struct

from fanout_lint.languages.problem import Problem, Reading

LANGUAGES = (
    "expr",
    "when",
    "cronwhen",
    "depends",
    "sequence",
    "cron",
    "duration",
    "quantity",
    "labelselector",
    "goregexp",
    "jsonpath",
    "jq",
    "tag",
)

DIALECTS = ("expr", "kubectl")
"""Of jsonpath: that of ``jsonpath()`` in expressions, and that of ``valueFrom.jsonPath``."""


class Surroundings(Struct, frozen=True):
    """What is known around a text; ``None`` stands for: nothing is.

    ``names`` are Argo's flat names and their values, as JSON has them. ``tasks`` are the
    other tasks of the DAG and ``loops`` those of them that loop. ``document`` is what a
    filter reads, as ``json.loads`` gives it.
    """

    names: Mapping[str, object] | None = None
    tasks: tuple[str, ...] | None = None
    loops: tuple[str, ...] | None = None
    dialect: str = "expr"
    timezone: str | None = None
    document: object = None


ALONE = Surroundings()

_PLAIN = {
    "sequence": "read_sequence",
    "duration": "read_duration",
    "quantity": "read_quantity",
    "labelselector": "read_labelselector",
    "goregexp": "read_goregexp",
}
"""The languages that need nothing but the text, each with the reader in its module."""


def try_text(language: str, text: str, around: Surroundings = ALONE) -> Reading:
    """Return what is known of *text*; *language* must be one of :data:`LANGUAGES`."""
    if language in _PLAIN:
        module = import_module(f"fanout_lint.languages.{language}")
        reading = getattr(module, _PLAIN[language])(text)
        assert isinstance(reading, Reading)
        return reading
    readers = {
        "expr": _expression,
        "when": _when,
        "cronwhen": _cron_when,
        "depends": _depends,
        "cron": _cron,
        "jsonpath": _jsonpath,
        "jq": _jq,
        "tag": _tag,
    }
    return readers[language](text, around)


def _expression(text: str, around: Surroundings) -> Reading:
    from fanout_lint.languages.expression.reading import read_expression

    return read_expression(text, around.names, functions=not _is_plain_field(around.names))


def _is_plain_field(names: Mapping[str, object] | None) -> bool:
    """Whether *names* are those of a plain expr field, where Argo's functions do not exist.

    Argo's own names stand for texts; ``response`` and ``request`` of ``http.successCondition``,
    ``data`` of a transformation and ``cronworkflow`` of a stopStrategy are objects and lists.
    """
    return any(isinstance(value, dict | list) for value in (names or {}).values())


def _when(text: str, around: Surroundings) -> Reading:
    """Read a condition; where nothing is known of names, its tags are unknown texts."""
    from fanout_lint.languages.when import analyse_when, read_when

    if "{{" not in text:
        return read_when(text)
    if around.names is None:
        analysis = analyse_when(text, dates=True)
        fault = analysis.fault
        if fault is None:
            value = None if analysis.value is None else str(analysis.value).lower()
            return Reading((), "bool", value)
        return Reading((Problem(fault.message, fault.start, fault.end),))
    from fanout_lint.languages.expression.passes import Pass
    from fanout_lint.languages.tag import replace

    replaced = replace(text, around.names, Pass.OPEN)
    if replaced.problem is None and replaced.text is not None and "{{" in replaced.text:
        replaced = replace(text, around.names, Pass.STEPS)
    if replaced.problem is not None:
        return Reading((replaced.problem,))
    if replaced.text is None:
        return Reading((), "bool")
    reading = read_when(replaced.text)
    told = partial(_of_whole, text, replaced.text)
    return Reading(tuple(map(told, reading.problems)), reading.type, reading.value)


def _of_whole(text: str, replaced: str, problem: Problem) -> Problem:
    """Place a fault of the replaced text, whose offsets mean nothing in *text*."""
    if replaced == text:
        return problem
    words = replaced[problem.start : problem.end] or replaced
    return Problem(f"{problem.message} (at `{words}` of `{replaced}`)", 0, len(text))


def _cron_when(text: str, around: Surroundings) -> Reading:
    from fanout_lint.languages.when import CronFacts, read_cron_when

    names = around.names or {}
    words = [names.get(f"cronworkflow.{name}") for name in ("name", "namespace")]
    counts = [names.get(f"cronworkflow.{name}") for name in ("failed", "succeeded")]
    name, namespace = (word if isinstance(word, str) else None for word in words)
    failed, succeeded = (
        count if isinstance(count, int) and not isinstance(count, bool) else None
        for count in counts
    )
    return read_cron_when(text, CronFacts(name, namespace, failed, succeeded))


def _depends(text: str, around: Surroundings) -> Reading:
    """Read a condition; where no tasks are known, every word is one, and may be a loop."""
    from fanout_lint.languages.depends import parse_depends, read_depends

    tasks = parse_depends(text).tasks if around.tasks is None else around.tasks
    return read_depends(text, tasks, tasks if around.loops is None else around.loops)


def _cron(text: str, around: Surroundings) -> Reading:
    from fanout_lint.languages.cron import read_cron

    return read_cron(text, around.timezone)


def _jsonpath(text: str, around: Surroundings) -> Reading:
    if around.dialect == "kubectl":
        from fanout_lint.languages.jsonpath_kubectl import read_jsonpath_kubectl

        return read_jsonpath_kubectl(text, around.document)
    from fanout_lint.languages.jsonpath_expression import read_jsonpath_expression

    return read_jsonpath_expression(text, around.document)


def _jq(text: str, around: Surroundings) -> Reading:
    from fanout_lint.languages.jq import read_jq

    return read_jq(text, around.document)


def _tag(text: str, around: Surroundings) -> Reading:
    from fanout_lint.languages.tag import read_tag

    return read_tag(text, around.names)
