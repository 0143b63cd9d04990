"""All functions of ``sprig.NAME(…)``, and how Argo calls one."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from fanout_lint.languages.expression.json_text import UnknownText
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    SizedNumber,
    Time,
    has_unknown,
    type_name,
)
from fanout_lint.languages.sprig.function import (
    SprigError,
    SprigFunction,
    SprigUnknown,
    read_signature,
)

#: The functions by the module that has them.
_MODULES: Mapping[str, str] = {
    "choices": """
        default empty coalesce all any ternary fail fromJson mustFromJson toJson mustToJson
        toPrettyJson mustToPrettyJson toRawJson mustToRawJson typeOf typeIs typeIsLike kindOf
        kindIs deepEqual deepCopy mustDeepCopy
    """,
    "dates": """
        now ago date date_in_zone dateInZone htmlDate htmlDateInZone date_modify dateModify
        must_date_modify mustDateModify toDate mustToDate unixEpoch duration durationRound
    """,
    "decimals": "add1f addf subf mulf divf",
    "dicts": """
        dict get set unset hasKey pluck keys values pick omit merge mustMerge mergeOverwrite
        mustMergeOverwrite dig
    """,
    "encodings": """
        b64enc b64dec b32enc b32dec sha1sum sha256sum sha512sum adler32sum base dir clean ext
        isAbs osBase osDir osClean osExt osIsAbs urlParse urlJoin getHostByName randAlphaNum
        randAlpha randAscii randNumeric randBytes shuffle uuidv4 bcrypt htpasswd
        derivePassword genPrivateKey buildCustomCert genCA genCAWithKey genSelfSignedCert
        genSelfSignedCertWithKey genSignedCert genSignedCertWithKey encryptAES decryptAES
    """,
    "letters": """
        upper lower title untitle swapcase initials nospace camelcase snakecase kebabcase
    """,
    "lists": """
        tuple list append mustAppend push mustPush prepend mustPrepend concat first mustFirst
        last mustLast rest mustRest initial mustInitial reverse mustReverse compact
        mustCompact uniq mustUniq without mustWithout has mustHas slice mustSlice chunk
        mustChunk
    """,
    "numbers": """
        atoi int int64 float64 toDecimal add1 add sub mul div mod biggest max min maxf minf
        floor ceil round until untilStep seq randInt
    """,
    "regexes": """
        regexMatch mustRegexMatch regexFind mustRegexFind regexFindAll mustRegexFindAll
        regexReplaceAll mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral
        regexSplit mustRegexSplit regexQuoteMeta
    """,
    "texts": """
        hello trim trimall trimAll trimSuffix trimPrefix contains hasPrefix hasSuffix replace
        repeat trunc substr abbrev abbrevboth quote squote cat indent nindent plural join
        toString toStrings sortAlpha splitList split splitn wrap wrapWith
    """,
    "versions": "semver semverCompare",
}

#: sprig's own functions that Argo takes away (``util/expr/env/env.go:init`` of v4.1.2).
REMOVED: frozenset[str] = frozenset({"env", "expandenv"})


class _Functions(Mapping[str, SprigFunction]):
    """The functions by name. What one does is imported when it is first asked for."""

    def __init__(self) -> None:
        self._homes = {name: home for home, names in _MODULES.items() for name in names.split()}

    def __getitem__(self, name: str) -> SprigFunction:
        return _functions_in(self._homes[name])[name]

    def __contains__(self, name: object) -> bool:
        return name in self._homes

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


@cache
def _functions_in(home: str) -> Mapping[str, SprigFunction]:
    calls = import_module(f"fanout_lint.languages.sprig.{home}").CALLS
    found = (read_signature(signature, call) for signature, call in calls.items())
    return {function.name: function for function in found}


FUNCTIONS: Mapping[str, SprigFunction] = _Functions()

_TYPES: Mapping[str, type] = {
    "string": str,
    "float64": float,
    "bool": bool,
    "list": list,
    "map": dict,
    "time": Time,
}
_ZEROES: Mapping[str, object] = {"string": "", "int": 0, "float64": 0.0, "bool": False}


def call_sprig(name: str, arguments: tuple[object, ...]) -> object:
    """Return what ``sprig.NAME(arguments)`` gives, or UNKNOWN.

    Raises :class:`SprigError` where the call surely fails: no such function, a wrong
    number of arguments, an argument of another Go type than the parameter's, or a
    failure of the function itself.
    """
    function = FUNCTIONS.get(name)
    if function is None:
        raise SprigError(_missing(name))
    _check_count(function, len(arguments))
    ready = tuple(_argument(function, place, value) for place, value in enumerate(arguments))
    if function.call is None or any(map(has_unknown, ready)):
        return UNKNOWN
    try:
        return function.call(*ready)
    except (SprigUnknown, UnknownText, RecursionError):
        return UNKNOWN


def _missing(name: str) -> str:
    if name in REMOVED:
        return f"Argo removes sprig.{name}, so that no expression reads its environment"
    return f"sprig has no function {name!r}"


def _check_count(function: SprigFunction, count: int) -> None:
    wanted = len(function.parameters)
    if function.variadic:
        if count < wanted - 1:
            least = f"at least {wanted - 1}"
            raise SprigError(f"sprig.{function.name} takes {least} arguments, and has {count}")
    elif count != wanted:
        plural = "" if wanted == 1 else "s"
        raise SprigError(f"sprig.{function.name} takes {wanted} argument{plural}, and has {count}")


def _argument(function: SprigFunction, place: int, value: object) -> object:
    """Return *value* as the parameter at *place* (0-based) gets it: nil is the type's zero."""
    kind = function.parameter(place)
    if kind == "any" or value is UNKNOWN:
        return value
    if value is None:
        return _nil_argument(kind)
    if kind == "int":
        fits = isinstance(value, int) and not isinstance(value, bool)
    elif kind in _TYPES:
        fits = isinstance(value, _TYPES[kind])
    else:
        fits = isinstance(value, SizedNumber) and value.kind == kind
    if not fits and kind != "certificate":
        raise SprigError(
            f"sprig.{function.name} takes {kind} as argument {place + 1}, not {type_name(value)}"
        )
    return value


def _nil_argument(kind: str) -> object:
    if kind in ("list", "time", "uint32", "certificate"):
        return UNKNOWN
    return _ZEROES.get(kind)
