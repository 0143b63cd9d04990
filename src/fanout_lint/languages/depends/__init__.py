"""The ``depends`` of a DAG's task: words that name tasks, their results, and a condition."""

from fanout_lint.languages.depends.reading import Depends, joins_names, parse_depends, read_depends
from fanout_lint.languages.depends.words import LOOP_RESULTS, RESULTS, TaskWord

__all__ = [
    "LOOP_RESULTS",
    "RESULTS",
    "Depends",
    "TaskWord",
    "joins_names",
    "parse_depends",
    "read_depends",
]
