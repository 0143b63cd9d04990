"""JSON as Go reads and writes it, and the other texts that Go makes of values.

``encoding/json`` differs from Python's ``json`` in what an expression shows: keys
are sorted, ``<``, ``>`` and ``&`` are escaped, whole floats have no ``.0``,
numbers of a text become ``float64``, and some values cannot be written at all.
"""

from base64 import b64encode
from collections.abc import Iterator

from fanout_lint.languages.expression.values import (
    Duration,
    Function,
    GoError,
    Location,
    SizedNumber,
    Slice,
    Time,
    TypedMap,
    Unknown,
    Unordered,
)

MAX_DEPTH = 200

_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f"}
_SHORT_ESCAPES |= {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def marshal(value: object, indent: str | None = None) -> str:
    """Return the text of ``json.Marshal``, or of ``json.MarshalIndent`` with *indent*.

    Raises :class:`GoError` for what Go cannot marshal, and :class:`UnknownText`
    where the text depends on an UNKNOWN value.
    """
    pieces: list[str] = []
    _write(value, pieces, indent, 0)
    return "".join(pieces)


class UnknownText(Exception):
    """The text depends on what is UNKNOWN, or is too deep to be told."""


def json_string(text: str) -> str:
    """Return *text* as a JSON string with quotes, HTML characters escaped."""
    return '"' + "".join(_json_characters(text)) + '"'


def _json_characters(text: str) -> Iterator[str]:
    for character in text:
        if short := _SHORT_ESCAPES.get(character):
            yield short
        elif character < " " or character in "<>&\u2028\u2029":
            yield f"\\u{ord(character):04x}"
        elif "\ud800" <= character <= "\udfff":
            yield "\\ufffd"
        else:
            yield character


def json_float(value: float, *, narrow: bool = False) -> str:
    """Return *value* as ``encoding/json`` writes a float; GoError for NaN and infinity."""
    if value != value or value in (float("inf"), float("-inf")):
        raise GoError(f"json: unsupported value: {format_float(value)}")
    size = abs(value)
    if size != 0 and (size < 1e-6 or size >= 1e21):
        mantissa, _, exponent = _scientific(value, narrow).partition("e")
        sign, digits = exponent[0], exponent[1:]
        if sign == "-" and len(digits) == 2 and digits[0] == "0":
            digits = digits[1]
        return f"{mantissa}e{sign}{digits}"
    return _plain(value, narrow)


def format_float(value: float) -> str:
    """Return *value* as Go's ``%v`` shows a ``float64``."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "+Inf" if value > 0 else "-Inf"
    scientific = _scientific(value, False)
    exponent = int(scientific.partition("e")[2])
    return scientific if exponent < -4 or exponent >= 6 else _plain(value, False)


def _shortest(value: float, narrow: bool) -> str:
    if not narrow:
        return repr(value)
    import struct

    for digits in range(1, 17):
        text = f"{value:.{digits}g}"
        if struct.pack("f", float(text)) == struct.pack("f", value):
            return text
    return repr(value)


def _digits(value: float, narrow: bool) -> tuple[str, str, int]:
    """Return sign, shortest significant digits, and the power of ten of the first digit."""
    from decimal import Decimal

    sign, digits, exponent = Decimal(_shortest(value, narrow)).as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    stripped = text.rstrip("0")
    power = int(exponent) + len(text) - 1 if text else 0
    return "-" if sign else "", stripped or "0", power


def _scientific(value: float, narrow: bool) -> str:
    sign, digits, power = _digits(value, narrow)
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{sign}{mantissa}e{'-' if power < 0 else '+'}{abs(power):02d}"


def _plain(value: float, narrow: bool) -> str:
    sign, digits, power = _digits(value, narrow)
    if power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{digits}"
    whole = digits[: power + 1].ljust(power + 1, "0")
    fraction = digits[power + 1 :]
    return sign + whole + ("." + fraction if fraction else "")


def _write(value: object, pieces: list[str], indent: str | None, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise UnknownText
    match value:
        case None:
            pieces.append("null")
        case bool():
            pieces.append("true" if value else "false")
        case int():
            pieces.append(str(value))
        case float():
            pieces.append(json_float(value))
        case str():
            pieces.append(json_string(value))
        case bytes():
            pieces.append(f'"{b64encode(value).decode()}"')
        case list():
            _write_items(value, pieces, indent, depth)
        case Slice(is_nil=True):
            pieces.append("null")
        case Slice():
            _write_items(value.items, pieces, indent, depth)
        case dict():
            _write_entries(value, pieces, indent, depth)
        case _:
            pieces.append(_odd_text(value, pieces, indent, depth))


def _odd_text(value: object, pieces: list[str], indent: str | None, depth: int) -> str:
    """Return the text of a value that plain Python does not stand for ("" if already written)."""
    match value:
        case SizedNumber(kind="float32", value=number):
            return json_float(float(number), narrow=True)
        case SizedNumber(value=number):
            return str(number)
        case Duration(nanoseconds=nanoseconds):
            return str(nanoseconds)
        case Time():
            from fanout_lint.languages.expression.times import rfc3339

            return f'"{rfc3339(value)}"'
        case TypedMap(key="string"):
            entries = {str(key): item for key, item in value.items.items()}
            _write_entries(entries, pieces, indent, depth)
            return ""
        case TypedMap():
            raise GoError(f"json: unsupported type: map[{value.key}]{value.element}")
        case Function():
            raise GoError("json: unsupported type: func")
        case Unknown() | Unordered():
            raise UnknownText
        case Location():
            return "{}"
    raise TypeError(f"no Go value: {value!r}")


def _write_items(items: list[object], pieces: list[str], indent: str | None, depth: int) -> None:
    if not items:
        pieces.append("[]")
        return
    _write_body([("", item) for item in items], "[]", pieces, indent, depth)


def _write_entries(
    entries: dict[str, object], pieces: list[str], indent: str | None, depth: int
) -> None:
    if not entries:
        pieces.append("{}")
        return
    colon = ":" if indent is None else ": "
    body = [(json_string(key) + colon, entries[key]) for key in sorted(entries)]
    _write_body(body, "{}", pieces, indent, depth)


def _write_body(
    body: list[tuple[str, object]],
    brackets: str,
    pieces: list[str],
    indent: str | None,
    depth: int,
) -> None:
    outer = "" if indent is None else "\n" + indent * depth
    inner = "" if indent is None else outer + indent
    pieces.append(brackets[0])
    for position, (label, item) in enumerate(body):
        pieces.append(("," if position else "") + inner + label)
        _write(item, pieces, indent, depth + 1)
    pieces.append(outer + brackets[1])


def unmarshal(text: str) -> object:
    """Return the value that Go's ``json.Unmarshal`` into ``any`` gives for *text*.

    Every number is a float. Raises :class:`GoError` where Go does, and
    :class:`UnknownText` where the text is nested too deeply to be told.
    """
    import json

    try:
        value: object = json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        raise GoError(f"is not JSON: {error.msg} (offset {error.pos})") from error
    except RecursionError as error:
        raise UnknownText from error
    return _without_surrogates(value) if "\\u" in text or not text.isascii() else value


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise GoError(f"json: cannot unmarshal number {text} into Go value of type float64")
    return value


def _no_constant(text: str) -> float:
    raise GoError(f"is not JSON: {text}")


def _without_surrogates(value: object) -> object:
    """Return *value* with U+FFFD for each lone surrogate and stray byte, as Go decodes them."""
    match value:
        case str():
            if value.isascii():
                return value
            return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
        case list():
            return [_without_surrogates(item) for item in value]
        case dict():
            return {
                str(_without_surrogates(key)): _without_surrogates(item)
                for key, item in value.items()
            }
    return value


def quote(text: str) -> str:
    """Return *text* as Go's ``strconv.Quote`` writes it, quotes included."""
    return '"' + "".join(map(_quoted, text)) + '"'


_QUOTE_ESCAPES = {'"': '\\"', "\\": "\\\\", "\a": "\\a", "\b": "\\b", "\f": "\\f"}
_QUOTE_ESCAPES |= {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}


def _quoted(character: str) -> str:
    if short := _QUOTE_ESCAPES.get(character):
        return short
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if character == " " or (character.isprintable() and not 0xD800 <= code <= 0xDFFF):
        return character
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def show(value: object, depth: int = 0) -> str:
    """Return the text that Go's ``%v`` gives for *value*.

    Raises :class:`UnknownText` for what is UNKNOWN or has no settled text.
    """
    if depth > MAX_DEPTH:
        raise UnknownText
    match value:
        case None:
            return "<nil>"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return value
        case float():
            return format_float(value)
        case bytes():
            return "[" + " ".join(map(str, value)) + "]"
        case list():
            return "[" + " ".join(show(item, depth + 1) for item in value) + "]"
        case Slice():
            return show(value.items, depth)
        case dict():
            entries = (f"{key}:{show(value[key], depth + 1)}" for key in sorted(value))
            return "map[" + " ".join(entries) + "]"
    return _show_odd(value, depth)


def _show_odd(value: object, depth: int) -> str:
    match value:
        case SizedNumber(kind="float32"):
            raise UnknownText
        case SizedNumber(kind="time.Month" | "time.Weekday" as kind, value=number):
            from fanout_lint.languages.expression.times import DAYS, MONTHS

            names = MONTHS if kind == "time.Month" else DAYS
            return names[int(number) - (kind == "time.Month")]
        case SizedNumber(value=number):
            return str(number)
        case Duration() | Time():
            from fanout_lint.languages.expression.times import show_duration, show_time

            return show_duration(value) if isinstance(value, Duration) else show_time(value)
        case TypedMap(items=items) if all(isinstance(key, str) for key in items):
            return show({str(key): item for key, item in items.items()}, depth)
    raise UnknownText
