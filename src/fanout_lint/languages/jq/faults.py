"""How a jq filter fails, and what of it is not told."""


class JqError(Exception):
    """A filter surely fails; *start* and *end* are 0-based offsets, or -1 until they are known."""

    def __init__(self, message: str, start: int = -1, end: int = -1) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class JqRaised(JqError):
    """A failure while the filter runs, which ``try`` catches; *value* is what ``catch`` gets."""

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value


class JqHalted(JqError):
    """``halt`` and ``halt_error``: no ``try`` catches them, and Argo takes both for errors."""


class JqUnknown(Exception):
    """What the filter gives is not told: it takes too long, or hangs on what we do not follow."""


class JqBreak(Exception):
    """``break``: *label* is the label's own mark."""

    def __init__(self, label: object) -> None:
        super().__init__()
        self.label = label
