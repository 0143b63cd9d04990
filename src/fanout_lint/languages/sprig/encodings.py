"""sprig's base 64 and 32, digests, paths and URLs, and what only chance can tell."""

import re
from collections.abc import Callable, Mapping

from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import bytes_of, kind_of, text_from

_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
_BASE32 = r"(?:[A-Z2-7]{8})*(?:[A-Z2-7]{2}={6}|[A-Z2-7]{4}={4}|[A-Z2-7]{5}={3}|[A-Z2-7]{7}=)?"


def encode_base64(text: str) -> str:
    from base64 import b64encode

    return b64encode(bytes_of(text)).decode()


def decode_base64(text: str) -> str:
    """Return the decoded text; what is no base 64 gives a message of Go, which is not told."""
    from base64 import b64decode

    bare = text.replace("\r", "").replace("\n", "")
    if not re.fullmatch(_BASE64, bare):
        raise SprigUnknown
    return text_from(b64decode(bare))


def encode_base32(text: str) -> str:
    from base64 import b32encode

    return b32encode(bytes_of(text)).decode()


def decode_base32(text: str) -> str:
    from base64 import b32decode

    bare = text.replace("\r", "").replace("\n", "")
    if not re.fullmatch(_BASE32, bare):
        raise SprigUnknown
    return text_from(b32decode(bare))


def _digest(algorithm: str) -> Callable[[str], str]:
    def digest(text: str) -> str:
        import hashlib

        return hashlib.new(algorithm, bytes_of(text)).hexdigest()

    return digest


def adler32(text: str) -> str:
    import zlib

    return str(zlib.adler32(bytes_of(text)))


def clean(path: str) -> str:
    """Return the shortest path that means the same, without looking at any disk."""
    rooted = path.startswith("/")
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif part == ".." and rooted:
            continue
        elif part not in ("", "."):
            kept.append(part)
    return ("/" if rooted else "") + "/".join(kept) or "."


def base(path: str) -> str:
    if not path:
        return "."
    return path.rstrip("/").rpartition("/")[2] or "/"


def directory(path: str) -> str:
    return clean(path[: path.rfind("/") + 1])


def extension(path: str) -> str:
    name = path.rpartition("/")[2]
    return name[name.rfind(".") :] if "." in name else ""


def is_absolute(path: str) -> bool:
    return path.startswith("/")


#: URLs without escapes, user names or anything else that ``net/url`` treats in a special way.
_URL = (
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<host>[A-Za-z0-9._-]*(?::[0-9]{1,5})?)"
    r"(?P<path>/[A-Za-z0-9._~/-]*)?|(?P<bare>/?[A-Za-z0-9._~-][A-Za-z0-9._~/-]*))"
    r"(?:\?(?P<query>[A-Za-z0-9._~/=&,-]+))?(?:#(?P<fragment>[A-Za-z0-9._~/=-]+))?"
)


def parse_url(text: str) -> dict[str, object]:
    found = re.fullmatch(_URL, text)
    if not found:
        raise SprigUnknown
    host = found["host"] or ""
    return {
        "scheme": (found["scheme"] or "").lower(),
        "host": host,
        "hostname": host.partition(":")[0],
        "path": found["path"] or found["bare"] or "",
        "query": found["query"] or "",
        "opaque": "",
        "fragment": found["fragment"] or "",
        "userinfo": "",
    }


_URL_KEYS = ("scheme", "host", "path", "query", "opaque", "fragment", "userinfo")
_PLAIN_PATH = r"(?:/[A-Za-z0-9._~-][A-Za-z0-9._~/-]*|/)?"
_PLAIN = r"[A-Za-z0-9._~=&,:-]*"


def join_url(entries: dict[str, object] | None) -> str:
    parts = {key: (entries or {}).get(key, "") for key in _URL_KEYS}
    for key, value in parts.items():
        if not isinstance(value, str):
            raise SprigError(f"urlJoin takes a text for {key!r}, not a {kind_of(value)}")
    texts = {key: str(value) for key, value in parts.items()}
    plain = all(re.fullmatch(_PLAIN, texts[key]) for key in ("scheme", "host", "query", "fragment"))
    if not plain or texts["opaque"] or texts["userinfo"] or not texts["host"]:
        raise SprigUnknown
    if not re.fullmatch(_PLAIN_PATH, texts["path"]) or "&" in texts["host"] + texts["fragment"]:
        raise SprigUnknown
    scheme = texts["scheme"] + ":" if texts["scheme"] else ""
    query = "?" + texts["query"] if texts["query"] else ""
    fragment = "#" + texts["fragment"] if texts["fragment"] else ""
    return f"{scheme}//{texts['host']}{texts['path']}{query}{fragment}"


CALLS: Mapping[str, Callable[..., object] | None] = {
    "b64enc(string) string": encode_base64,
    "b64dec(string) string": decode_base64,
    "b32enc(string) string": encode_base32,
    "b32dec(string) string": decode_base32,
    "sha1sum(string) string": _digest("sha1"),
    "sha256sum(string) string": _digest("sha256"),
    "sha512sum(string) string": _digest("sha512"),
    "adler32sum(string) string": adler32,
    "base(string) string": base,
    "dir(string) string": directory,
    "clean(string) string": clean,
    "ext(string) string": extension,
    "isAbs(string) bool": is_absolute,
    "osBase(string) string": base,
    "osDir(string) string": directory,
    "osClean(string) string": clean,
    "osExt(string) string": extension,
    "osIsAbs(string) bool": is_absolute,
    "urlParse(string) map": parse_url,
    "urlJoin(map) string": join_url,
    "getHostByName(string) string": None,
    "randAlphaNum(int) string": None,
    "randAlpha(int) string": None,
    "randAscii(int) string": None,
    "randNumeric(int) string": None,
    "randBytes(int) string": None,
    "shuffle(string) string": None,
    "uuidv4() string": None,
    "bcrypt(string) string": None,
    "htpasswd(string, string) string": None,
    "derivePassword(uint32, string, string, string, string) string": None,
    "genPrivateKey(string) string": None,
    "buildCustomCert(string, string) certificate": None,
    "genCA(string, int) certificate": None,
    "genCAWithKey(string, int, string) certificate": None,
    "genSelfSignedCert(string, list, list, int) certificate": None,
    "genSelfSignedCertWithKey(string, list, list, int, string) certificate": None,
    "genSignedCert(string, list, list, int, certificate) certificate": None,
    "genSignedCertWithKey(string, list, list, int, certificate, string) certificate": None,
    "encryptAES(string, string) string": None,
    "decryptAES(string, string) string": None,
}
