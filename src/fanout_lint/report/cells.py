"""Characters → what a terminal shows of them, and in how many columns.

A terminal gives most characters one column, East Asian wide ones and emoji two,
and combining marks none. To stand under a word, an underline has to count as
the terminal does. The counting follows Unicode's ``East_Asian_Width``, and for
emoji what most terminals do: what a zero-width joiner glues on takes no columns
of its own.
"""

from msgspec import Struct

from fanout_lint.report.visible import is_plain, visible_characters

TAB = 4
"""How many columns a tab takes, wherever it stands."""

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"


class Cells(Struct, frozen=True):
    """A line as it is shown.

    ``texts[i]`` is shown for character ``i``, in ``widths[i]`` columns.
    """

    texts: tuple[str, ...]
    widths: tuple[int, ...]

    def width(self, start: int, end: int) -> int:
        """Return how many columns the characters from *start* to before *end* take."""
        return sum(self.widths[start:end])


def cells(line: str) -> Cells:
    """Return how *line*, which has no line break, is shown."""
    if is_plain(line):
        return Cells(tuple(line), (1,) * len(line))
    texts: list[str] = []
    widths: list[int] = []
    for index, shown in enumerate(visible_characters(line)):
        text, width = _cell(line, index, shown, widths)
        texts.append(text)
        widths.append(width)
    return Cells(tuple(texts), tuple(widths))


def _cell(line: str, index: int, shown: str, widths: list[int]) -> tuple[str, int]:
    character = line[index]
    if character == "\t":
        return " " * TAB, TAB
    if shown != character:
        return shown, len(shown)
    if character.isascii():
        return character, 1
    before = line[index - 1] if index else ""
    if before == _JOINER and index > 1 and _is_wide(character):
        return character, 0
    if _is_skin_tone(character) and index and widths[-1] == 2:
        return character, 0
    if character == _EMOJI_STYLE:
        return character, int(bool(index) and widths[-1] == 1 and _is_symbol(before))
    return character, _width(character)


def _width(character: str) -> int:
    import unicodedata

    if unicodedata.category(character) in {"Mn", "Me", "Cf"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if _is_wide(character) else 1


def _is_wide(character: str) -> bool:
    import unicodedata

    return unicodedata.east_asian_width(character) in {"W", "F"}


def _is_symbol(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character).startswith("S")


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"
