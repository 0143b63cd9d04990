"""``when`` and ``stopStrategy`` of a CronWorkflow, read with all that is known beforehand.

The controller evaluates both before every run (``workflow/cron/operator.go`` of v4.1.2).
``stopStrategy.expression`` is plain expr, with none of Argo's functions, over one map.
"""

from itertools import product

from fanout_lint.languages.problem import Problem, Reading

_COUNTS = (0, 1, 3)
_NO_CONDITIONS = ("string", "int", "float", "array", "map", "nil", "time.Time", "time.Duration")


def read_when(text: str, name: str | None) -> Reading:
    """Read the ``when`` of the CronWorkflow called *name*."""
    from fanout_lint.languages.when import CronFacts, read_cron_when

    return read_cron_when(text, CronFacts(name))


def stop_fault(text: str) -> Problem | None:
    """Return why the expression fails however often the workflow failed and succeeded."""
    from fanout_lint.languages.expression.reading import read_expression
    from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING, SizedNumber

    first: Problem | None = None
    for failed, succeeded in product(_COUNTS, repeat=2):
        known: dict[str, object] = {
            "name": UNKNOWN_STRING,
            "namespace": UNKNOWN_STRING,
            "labels": UNKNOWN,
            "annotations": UNKNOWN,
            "labels.json": UNKNOWN_STRING,
            "annotations.json": UNKNOWN_STRING,
            "failed": SizedNumber("int64", failed),
            "succeeded": SizedNumber("int64", succeeded),
            "lastScheduledTime": UNKNOWN,
        }
        reading = read_expression(text, {"cronworkflow": known}, functions=False)
        if reading.problems:
            first = first or reading.problems[0]
        elif reading.type in _NO_CONDITIONS:
            message = f"the expression gives {reading.type}, and must give true or false"
            first = first or Problem(message, 0, len(text))
        else:
            return None
    return first
