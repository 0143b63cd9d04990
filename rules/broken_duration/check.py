"""Durations that their fields cannot read."""

from collections.abc import Iterator

from fanout_lint.analysis.durations import DurationField, Reader, duration_fields
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.strings import in_words, words_place
from fanout_lint.findings import Hit, hit
from fanout_lint.languages.duration import (
    DurationFault,
    overflows,
    parse_argo_duration,
    parse_go_duration,
    print_duration,
)
from fanout_lint.languages.gonumber import atoi


def check(facts: Facts) -> Iterator[Hit]:
    for field in duration_fields(facts):
        found = _judge(field)
        if found is not None:
            yield found


def _judge(field: DurationField) -> Hit | None:
    value = field.text.value
    whole = words_place(field.text, 0, len(value))
    is_plain = atoi(value) is not None
    if is_plain and field.reader is Reader.TIMEOUT:
        return hit(node_place(field.text), "timeout", value=value)
    if field.reader.takes_plain_seconds:
        read = parse_argo_duration(value)
    else:
        read = parse_go_duration(value)
    if isinstance(read, DurationFault):
        if is_plain:
            return hit(whole, "plain", field=field.name, value=value)
        place = words_place(field.text, read.start, read.end)
        return hit(place, _face(field), reason=in_words(read.message), field=field.name)
    if field.reader is Reader.CONTAINER_SET and read < 0:
        return hit(whole, "negative", field=field.name)
    if field.reader.takes_plain_seconds and overflows(value):
        return hit(whole, "overflow", field=field.name, value=print_duration(read))
    return None


def _face(field: DurationField) -> str:
    if field.reader in (Reader.RETRY, Reader.CLEANUP):
        return str(field.reader.value)
    return "start"
