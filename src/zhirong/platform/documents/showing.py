"""Showing files: whoever opens one leaves an entry, so that the firm sees who was shown what."""

import re

from django.db import transaction

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.selectors import content_of
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import journal

PICTURE = "chart"


@transaction.atomic
def open_file(file_id: int, *, number: str, actor: Viewer) -> tuple[StoredFile, bytes]:
    """A file of a matter with its bytes, noted in the log with who opened it.

    Raises:
        NotFoundError: None of this matter that the actor may see.
        StoredBytesError: The store lost or changed it.
    """
    file, content = _of_matter(file_id, number, actor)
    facts = {"name": file.name, "sha256": file.sha256}
    journal.record("file_opened", by=actor, matter_id=file.matter_id, facts=facts)
    return file, content


def picture(file_id: int, *, number: str, viewer: Viewer) -> bytes:
    """The bytes of a chart of a matter's page.

    Raises:
        NotFoundError: No chart of this matter that the viewer may see.
    """
    file, content = _of_matter(file_id, number, viewer)
    if file.use != PICTURE:
        raise NotFoundError("No chart.", what="model.storedfile")
    return content


def size_of(svg: bytes) -> dict[str, int]:
    """Width and height of a picture, so that a page keeps its place before it has come."""
    found = re.search(rb'width="([\d.]+)" height="([\d.]+)"', svg)
    assert found, "every chart says its size"
    return {"width": round(float(found[1])), "height": round(float(found[2]))}


def _of_matter(file_id: int, number: str, viewer: Viewer) -> tuple[StoredFile, bytes]:
    file, content = content_of(file_id, viewer)
    if file.matter.number != number:
        raise NotFoundError(f"Not of {number}.", what="model.storedfile")
    return file, content
