"""How a text grows from one turn of a loop to the next."""

from fanout_lint.analysis.scripts.text import Exact, Piece, Text


def added(old: Text, new: Text) -> Text | None:
    """Return what *new* has behind all of *old*; ``None`` if it does not begin with it."""
    rest: list[Piece] = list(new)
    for index, piece in enumerate(old):
        if not rest:
            return None
        head = rest[0]
        if head == piece:
            rest.pop(0)
        elif isinstance(head, Exact) and isinstance(piece, Exact) and index == len(old) - 1:
            if not head.text.startswith(piece.text):
                return None
            rest[0] = Exact(head.text[len(piece.text) :])
        else:
            return None
    return tuple(rest) or None
