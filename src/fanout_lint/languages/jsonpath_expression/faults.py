"""How a JSONPath fails, and what of it cannot be told."""


class JsonPathError(Exception):
    """A path surely fails; *start* and *end* are 0-based offsets into the path."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class JsonPathUnknown(Exception):
    """What a path gives is not worth telling: it is too long, deep or odd."""


class ScriptError(Exception):
    """A script in a path gives an error, which most steps take for no value."""
