"""Output files that the script of a template certainly never writes.

Only scripts that are understood to the last command are judged, and only where neither the
file's path nor its folder is spoken of: a program may write files that its words do not
name, and a volume or the image may bring the file along.
"""

import re
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.containers import has_other_containers, is_on_volume, output_files
from fanout_lint.analysis.producers import Producer, Producers
from fanout_lint.analysis.project import Target
from fanout_lint.model.workflow import Template
from fanout_lint.syntax.nodes import Scalar, child_scalar, scalars
from fanout_lint.unknown import Unknown


class Missing(Enum):
    """How sure it is that the file is not there; the value is the face that says it."""

    SURE = "sure"
    LIKELY = "likely"  #: The image might have it.


class UnwrittenFile(Struct, frozen=True, eq=False):
    """An output's ``path`` that nothing writes; ``others`` are the files that the script does."""

    path: Scalar
    missing: Missing
    others: tuple[str, ...]


_PUBLIC = r"(docker\.io/)?(library/)?(alpine|busybox|debian|ubuntu|python|node|bash)(:[\w.-]+)?"
_OF_IMAGES = (
    r"/(tmp/*$|$|(bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|usr|var)/)"
)
"""Folders, and what is in them, that even a plain image may have."""
_MODULES = frozenset(
    (
        *("argparse", "collections", "csv", "dataclasses", "datetime", "decimal", "enum"),
        *("functools", "glob", "hashlib", "itertools", "json", "logging", "math", "operator"),
        *("os", "pathlib", "random", "re", "statistics", "string", "sys", "time", "typing"),
        *("uuid", "warnings"),
    )
)
_IMPORT = r"(?m)^\s*(?:import|from)\s+([\w., ]+)"
_OPAQUE = r"(?m)^\s*(?:class|async)\b|__import__|importlib|chdir"


def unwritten_files(producers: Producers, target: Target) -> Iterator[UnwrittenFile]:
    """Yield the output files of *target* without which the step fails and that nobody writes."""
    template = target.template
    needed = [path for path, has_substitute in output_files(template) if not has_substitute]
    if not needed or has_other_containers(template):
        return
    # To read the script takes longest, and most paths are spoken of in it.
    unspoken = [path for path in needed if _is_unspoken(template, path)]
    if not unspoken:
        return
    producer = producers.of(target)
    if isinstance(producer, Unknown) or not _is_plain(producer):
        return
    for path in unspoken:
        if _may_be_folder(producer, path):
            continue
        missing = _certainty(template, path.value)
        if missing is not None and _is_unwritten(producer, path):
            yield UnwrittenFile(path, missing, _others(producer))


def _is_plain(producer: Producer) -> bool:
    """Whether the script does nothing but what it says: no program that may write files."""
    from fanout_lint.analysis.scripts.flow import Notation
    from fanout_lint.analysis.scripts.language import Language

    output, script = producer.output, producer.script
    if output.always_fails or not output.understood:
        return False
    if any(write.notation is Notation.CHATTER for write in output.writes):
        return False
    if script.language is not Language.PYTHON:
        return True
    if re.search(_OPAQUE, script.text) is not None:
        return False
    names = (name for found in re.findall(_IMPORT, script.text) for name in _imported(found))
    return _MODULES.issuperset(names)


def _may_be_folder(producer: Producer, path: Scalar) -> bool:
    """Whether *path* is an artifact's that may be a folder which the script makes."""
    is_artifact = any(path is artifact.path for artifact in producer.template.outputs.artifacts)
    name = path.value.rstrip("/").rpartition("/")[2]
    makes_folders = re.search(r"mkdir|makedirs", producer.script.text) is not None
    return is_artifact and "." not in name and makes_folders


def _imported(words: str) -> Iterator[str]:
    """Yield the modules of an import: ``a.b as c, d``, or ``a import b, c``."""
    modules = words.partition(" import ")[0]
    for module in modules.split(","):
        yield module.split()[0].split(".")[0] if module.split() else ""


def _is_unspoken(template: Template, path: Scalar) -> bool:
    """Whether neither *path* nor its folder is spoken of, nor any volume may hold it."""
    text = path.value.rstrip("/")
    if "{{" in text or not text.startswith("/") or template.body is None:
        return False
    folder = text.rpartition("/")[0] or text
    texts = [scalar.value for scalar in scalars(template.body)]
    if any(text in each for each in texts):
        return False
    spoken = [each for each in texts if folder in each or "outputs." in each]
    if spoken:
        pattern = re.compile(rf"\{{\{{\s*outputs\.|{re.escape(folder)}(?![\w.-]|/[\w.-])")
        if any(pattern.search(each) for each in spoken):
            return False
    return not is_on_volume(template, text)


def _is_unwritten(producer: Producer, path: Scalar) -> bool:
    from fanout_lint.analysis.scripts.files import Writing, writes_to

    text = path.value.rstrip("/")
    if any(str(write.target).startswith(f"{text}/") for write in producer.output.writes):
        return False
    return writes_to(producer.output, text) is Writing.NEVER


def _certainty(template: Template, path: str) -> Missing | None:
    """Return how sure it is that the image lacks *path*, ``None`` where it may well have it."""
    if re.match(_OF_IMAGES, f"{path}/"):
        return None
    image = child_scalar(template.body, "image")
    if image is not None and re.fullmatch(_PUBLIC, image.value, re.ASCII) is not None:
        return Missing.SURE
    return Missing.LIKELY if path.startswith("/tmp/") else None


def _others(producer: Producer) -> tuple[str, ...]:
    files = (write.target for write in producer.output.writes)
    return tuple(dict.fromkeys(file for file in files if isinstance(file, str)))
