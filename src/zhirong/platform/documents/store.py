"""Bytes on disk under their hash: written once, whole or not at all, and checked when read."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from zhirong.core.errors import RegisterError
from zhirong.core.hashes import sha256


class StoredBytesError(RegisterError):
    """A stored file that is gone or no longer what was stored."""

    code = "error.stored_bytes"

    def __init__(self, digest: str) -> None:
        super().__init__(f"The stored file {digest} is gone or changed.", digest=digest)


def _place(digest: str) -> Path:
    return Path(settings.FILES) / digest[:2] / digest


def put(content: bytes) -> str:
    """Store the bytes, if they are not there yet; gives their SHA-256."""
    digest = sha256(content)
    place = _place(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(place)
    return digest


def get(digest: str) -> bytes:
    """The bytes under a hash.

    Raises:
        StoredBytesError: They are gone, or are not what was stored.
    """
    place = _place(digest)
    if not place.is_file():
        raise StoredBytesError(digest)
    content = place.read_bytes()
    if sha256(content) != digest:
        raise StoredBytesError(digest)
    return content
