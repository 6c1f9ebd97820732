"""What the files of an act are, told by their names as the office publishes them."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache

from zhirong.parameters.reader import table

# A list of rights is a small file; more is not looked at.
_LIST_BYTES_MAX = 5_000_000


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    return {kind: tuple(words) for kind, words in table("sandbox_office_documents").items()}


def kind_of(name: str) -> str:
    """The kind of a document by its file's name; "" where the name says nothing."""
    plain = name.rsplit("/", maxsplit=1)[-1].casefold().replace("-", "_")
    for kind, words in _names().items():
        if any(word in plain for word in words):
            return kind
    return ""


def kinds_of(files: Iterable[tuple[str, bytes]]) -> frozenset[str]:
    """The kinds of documents that are there; an empty file is none."""
    return frozenset(kind_of(name) for name, content in files if content) - {""}


def listed_in(files: Iterable[tuple[str, bytes]]) -> str:
    """All that is written in the electronic lists, whether text or workbook."""
    return "\n".join(
        _text(content) for name, content in files if kind_of(name) == "electronic_list"
    )


def _text(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content[:_LIST_BYTES_MAX].decode("utf-8", errors="replace")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(_part(book, name) for name in book.namelist() if name.endswith(".xml"))
    except (zipfile.BadZipFile, OSError):
        return ""


def _part(book: zipfile.ZipFile, name: str) -> str:
    with book.open(name) as part:
        return part.read(_LIST_BYTES_MAX).decode("utf-8", errors="replace")
