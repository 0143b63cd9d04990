"""What one sprig function takes and gives, and how a call of it fails."""

from collections.abc import Callable

from msgspec import Struct

from fanout_lint.languages.expression.values import GoError


class SprigError(GoError):
    """A call that surely fails in Argo; its text is for the user."""


class SprigUnknown(Exception):
    """The result of a call depends on the cluster, the clock or chance, or is not worth telling."""


class SprigFunction(Struct, frozen=True, eq=False):
    """A function of ``sprig.NAME(…)``.

    The kinds are Go's types in short: ``any``, ``string``, ``int``, ``uint32``,
    ``float64``, ``bool``, ``list`` (``[]any``), ``map`` (``map[string]any``), ``time``
    and ``certificate``. Go converts nothing: a ``float64`` is refused where ``int`` stands.
    """

    name: str
    parameters: tuple[str, ...]
    variadic: bool  #: Whether the last parameter may be given any number of times, or not at all.
    result: str  #: Kinds as for parameters, and ``int64``, ``[]string``, ``[]int`` and the like.
    call: Callable[..., object] | None = None

    def parameter(self, position: int) -> str:
        """Return the kind of the argument at *position* (0-based)."""
        return self.parameters[min(position, len(self.parameters) - 1)]


def read_signature(signature: str, call: Callable[..., object] | None) -> SprigFunction:
    """Return the function that ``name(kind, …, *kind) result`` describes."""
    name, _, rest = signature.partition("(")
    listed, _, result = rest.partition(")")
    parameters = tuple(part.strip() for part in listed.split(",") if part.strip())
    variadic = bool(parameters) and parameters[-1].startswith("*")
    bare = tuple(part.removeprefix("*") for part in parameters)
    return SprigFunction(name, bare, variadic, result.strip(), call)
