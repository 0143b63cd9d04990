"""One file to all that its own text says: documents, manifests, and the faults seen on the way.

What is made here depends on the file, for its shape on Argo's version, and on nothing else.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from fanout_lint.discovery.files import File, Origin
from fanout_lint.findings import Hit, Place
from fanout_lint.model.build import argo_objects, build
from fanout_lint.model.workflow import Manifest
from fanout_lint.rulebook.run import failure
from fanout_lint.shape.check import check as check_shape
from fanout_lint.source.read import Unreadable
from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.dropped import dropped
from fanout_lint.syntax.duplicates import doubled_keys
from fanout_lint.syntax.nodes import Mapping
from fanout_lint.syntax.parse import Document, parse

Version = tuple[int, int]


class ReadFile(Struct):
    """A file, and what its own text says.

    ``is_asked`` says that its findings are wanted; others are read for what refers
    to them. ``is_whole`` is false where some of it could not be read or judged.
    """

    source: Source
    project_path: str
    is_asked: bool
    documents: list[Document] = field(default_factory=list)
    manifests: tuple[Manifest, ...] = ()
    hits: list[Hit] = field(default_factory=list)
    is_whole: bool = True

    def leave_out(self) -> None:
        """Take the file for partial, a patch: what it lacks is no fault, so no rule judges it."""
        self.manifests = ()
        self.is_whole = False


def read(file: File) -> ReadFile:
    """Return what *file* says; a fault of ours on the way is a hit, not an exception."""
    is_asked = file.origin is not Origin.INDEXED
    if isinstance(file.content, Unreadable):
        content = file.content
        place = Place(content.source.path, Span(content.offset, content.offset + 1))
        found = ReadFile(content.source, file.in_project, is_asked, is_whole=False)
        found.hits.append(Hit("unreadable-file", place, content.face, content.words))
        return found
    return read_source(file.content, file.in_project, is_asked)


def read_source(source: Source, project_path: str, is_asked: bool) -> ReadFile:
    """Return what the text *source* says, as :func:`read` does."""
    file = ReadFile(source, project_path, is_asked)
    stage = "syntax"
    try:
        file.documents, file.hits = parse(source)
        file.is_whole = not file.hits
        stage = "model"
        file.manifests = tuple(
            manifest for document in file.documents for manifest in build(document)
        )
    except Exception as error:  # One of the two places that may: a file is never the end.
        file.hits.append(_failure(file, stage, error))
        file.is_whole = False
    return file


def shape_faults(file: ReadFile, version: Version | None) -> list[Hit]:
    """Return what is wrong with the fields of *file*, whatever they mean; or that we failed."""
    try:
        return [hit for document in file.documents for hit in _of_document(document, version)]
    except Exception as error:  # The same place: this is put off until files are spread.
        return [_failure(file, "shape", error)]


def _failure(file: ReadFile, stage: str, error: Exception) -> Hit:
    return failure(f"the {stage} stage", error, Place(file.source.path, Span(0, 0)))


def _of_document(document: Document, version: Version | None) -> Iterator[Hit]:
    yield from dropped(document.root)
    for root in argo_objects(document.root):
        if document.has_doubled:
            yield from doubled_keys(root)
        yield from check_shape(root, _kind(root), version)


def _kind(root: Mapping) -> str:
    return str(getattr(root.get("kind"), "value", ""))
