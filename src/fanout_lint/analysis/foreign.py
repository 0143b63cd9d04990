"""Braces of other languages: Jinja, Go templates, GitHub Actions.

Argo leaves a tag alone whose first word it does not know, so scripts may hold the
braces of any template language. A text that shows signs of one is not judged for
words that both could mean, as ``{{ item }}``.
"""

import re
from functools import lru_cache

from fanout_lint.syntax.nodes import Scalar

_SIGNS = (
    r"\{%|\{#|\$\{\{|\{\{-|-\}\}|\{\{\s*+\.|\{\{/"
    r"|\{\{(?=[^{}=|\"'(:]*+[|\"'(:])[^{}]*+\}\}"
)
_MANIFEST = r"argoproj\.io/|\bwith(?:Items|Param|Sequence)\b"


@lru_cache(maxsize=16)  # Asked for each of the tags in a text, which may be thousands.
def is_foreign(scalar: Scalar) -> bool:
    """Whether the text shows signs of another template language."""
    return re.search(_SIGNS, scalar.value) is not None


@lru_cache(maxsize=16)
def holds_manifest(scalar: Scalar) -> bool:
    """Whether the text holds a workflow of its own, whose tags are not this workflow's."""
    return re.search(_MANIFEST, scalar.value) is not None
