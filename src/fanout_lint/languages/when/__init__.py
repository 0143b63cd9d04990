"""The condition ``when`` of a step or task, and of a CronWorkflow: govaluate as Argo calls it."""

from fanout_lint.languages.when.cron import CronFacts, read_cron_when
from fanout_lint.languages.when.evaluate import Remark, RemarkKind
from fanout_lint.languages.when.reading import Tag, WhenAnalysis, WhenFault, analyse_when, read_when
from fanout_lint.languages.when.tokens import FaultKind

__all__ = [
    "CronFacts",
    "FaultKind",
    "Remark",
    "RemarkKind",
    "Tag",
    "WhenAnalysis",
    "WhenFault",
    "analyse_when",
    "read_cron_when",
    "read_when",
]
