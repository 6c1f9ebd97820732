"""What pages ask about files."""

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import store
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.matters.visibility import MatterRows, found

_STANDING = MatterRows(StoredFile, lambda rows: rows.filter(is_withdrawn=False))


def files_of(number: str, viewer: Viewer, *, use: str = "") -> tuple[StoredFile, ...]:
    """The files of a matter that stand, of one use or of all."""
    files = _STANDING.rows(number, viewer)
    return tuple(file for file in files if file.use == use) if use else tuple(files)


def content_of(file_id: int, viewer: Viewer) -> tuple[StoredFile, bytes]:
    """A file with its bytes.

    Raises:
        NotFoundError: None that the viewer may see.
        StoredBytesError: The store lost or changed it.
    """
    file = found(StoredFile, viewer, pk=file_id)
    return file, store.get(file.sha256)
