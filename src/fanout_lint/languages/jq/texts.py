"""jq's functions of strings."""

from collections.abc import Callable, Mapping

from fanout_lint.languages.gotext import SPACES
from fanout_lint.languages.jq.faults import JqRaised
from fanout_lint.languages.jq.operators import raised, split_text
from fanout_lint.languages.jq.values import kind_of, preview, whole

_SPACES = "".join(SPACES)


def refused(name: str, value: object) -> JqRaised:
    return raised(f"{name} does not take {kind_of(value)} ({preview(value)})")


def text_of(name: str, value: object) -> str:
    if kind_of(value) != "string" or not isinstance(value, str):
        raise refused(name, value)
    return value


def array_of(name: str, value: object) -> list[object]:
    if kind_of(value) != "array" or not isinstance(value, list):
        raise refused(name, value)
    return value


def _of_texts(
    name: str, answer: Callable[[str, str], object]
) -> Callable[[object, object], object]:
    def call(value: object, other: object) -> object:
        return answer(text_of(name, value), text_of(name, other))

    return call


def _of_text(name: str, answer: Callable[[str], object]) -> Callable[[object], object]:
    def call(value: object) -> object:
        return answer(text_of(name, value))

    return call


def _ascii(text: str, *, up: bool) -> str:
    return "".join((one.upper() if up else one.lower()) if one.isascii() else one for one in text)


def _implode(value: object) -> object:
    codes = [whole(item) for item in array_of("implode", value)]
    if any(code is None for code in codes):
        raise refused("implode", value)
    valid = (
        code is not None and 0 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000 for code in codes
    )
    return "".join(
        chr(code or 0) if fine else "\ufffd" for code, fine in zip(codes, valid, strict=True)
    )


TEXTS: Mapping[str, Callable[..., object]] = {
    "utf8bytelength/0": _of_text("utf8bytelength", lambda text: len(text.encode())),
    "startswith/1": _of_texts("startswith", str.startswith),
    "endswith/1": _of_texts("endswith", str.endswith),
    "ltrimstr/1": _of_texts("ltrimstr", str.removeprefix),
    "rtrimstr/1": _of_texts("rtrimstr", str.removesuffix),
    "trimstr/1": _of_texts("trimstr", lambda text, one: text.removeprefix(one).removesuffix(one)),
    "ltrim/0": _of_text("ltrim", lambda text: text.lstrip(_SPACES)),
    "rtrim/0": _of_text("rtrim", lambda text: text.rstrip(_SPACES)),
    "trim/0": _of_text("trim", lambda text: text.strip(_SPACES)),
    "explode/0": _of_text("explode", lambda text: [*map(ord, text)]),
    "implode/0": _implode,
    "split/1": _of_texts("split", split_text),
    "ascii_downcase/0": _of_text("ascii_downcase", lambda text: _ascii(text, up=False)),
    "ascii_upcase/0": _of_text("ascii_upcase", lambda text: _ascii(text, up=True)),
}
