"""The filters that take outputs from a resource, and whether they can give a JSON list.

``jqFilter`` prints its results a line each; ``jsonPath`` prints values with blanks between
them, and a single list as JSON (``workflow/executor/resource.go`` of v4.1.2, kubectl).
"""

import re
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.languages.problem import Reading
from fanout_lint.model.workflow import Parameter
from fanout_lint.syntax.nodes import Scalar, child_scalar


class Filter(Struct, frozen=True, eq=False):
    """A filter without tags; ``is_jq`` tells the two languages apart."""

    text: Scalar
    is_jq: bool

    def read(self) -> Reading:
        """Return what is known of it for whatever resource."""
        if self.is_jq:
            from fanout_lint.languages.jq import read_jq

            return read_jq(self.text.value, None)
        from fanout_lint.languages.jsonpath_kubectl import read_jsonpath_kubectl

        return read_jsonpath_kubectl(self.text.value, None)


class Yield(Enum):
    """Whether a filter's output is a JSON list."""

    NO_LIST = "no-list"
    HARDLY_LIST = "hardly"  #: Only if there happens to be a single value that is one.
    PERHAPS = "perhaps"


def filter_of(output: Parameter) -> Filter | None:
    """Return the filter that *output* comes by."""
    node = output.value_from.node if output.value_from is not None else None
    for name in ("jsonPath", "jqFilter"):
        text = child_scalar(node, name)
        if text is not None and text.value:
            usable = is_plain_text(text) and "{{" not in text.value
            return Filter(text, name == "jqFilter") if usable else None
    return None


_KNOWN_TEXT = (
    r"(?:\.metadata\.(?:name|namespace|uid|generateName|resourceVersion|creationTimestamp)"
    r"|(?:^|[\s|{}\]])\.(?:kind|apiVersion)|\.status\.phase)\s*\}?\s*\Z"
)
"""Ends in a field that Kubernetes itself keeps as text in every object."""

_MAKES_TEXT_OF_JSON = r"tojson|@json|@text|tostring|\\\(|\["
_MAYBE_TEXT = (None, "lines", "words", "single", "string")
_NO_LISTS = ("number", "boolean", "object")


def list_yield(found: Filter, reading: Reading) -> Yield:
    """Return whether *found*, which *reading* finds no fault with, gives a JSON list."""
    text = found.text.value.strip()
    # What is text only is told by itself, and may be a list that is written out.
    if text.startswith("[") or reading.type in ("list", "null", "text"):
        return Yield.PERHAPS
    if reading.type in _MAYBE_TEXT and re.search(_KNOWN_TEXT, text):
        return Yield.NO_LIST
    if reading.type in _NO_LISTS:
        return Yield.NO_LIST
    if reading.type in ("lines", "words") and "range" not in text:
        return Yield.HARDLY_LIST
    if reading.type == "string" and not re.search(_MAKES_TEXT_OF_JSON, text):
        return Yield.HARDLY_LIST
    return Yield.PERHAPS
