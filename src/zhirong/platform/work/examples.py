"""The example folder of a demonstration's firm, given to a matter by one press."""

from pathlib import Path

from django.conf import settings

from zhirong.core.errors import StateError
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.demonstration_list import example_folder
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock

MEDIA_TYPE = "application/octet-stream"


class NoExampleError(StateError):
    """No example folder for this firm here."""

    code = "error.no_example"


def folder_for(firm_identifier: str) -> Path | None:
    """The folder of a firm, where this is a demonstration that has one."""
    if not clock.is_demonstration() or not settings.EXAMPLES:
        return None
    folder = example_folder(firm_identifier, Path(settings.EXAMPLES))
    return folder if folder is not None and folder.is_dir() else None


def give_example(number: str, *, actor: Viewer) -> int:
    """Upload the firm's example files, as if the firm had chosen them; gives their count.

    Raises:
        NotFoundError: No such matter to see.
        NoExampleError: There is no folder for the firm, or this is no demonstration.
    """
    matter = head_of(number, actor)
    actor.need(Right.APPLY)
    folder = folder_for(matter.firm_identifier)
    if folder is None:
        raise NoExampleError("No example folder here.")
    files = tuple(
        NewFile(name=path.name, content=path.read_bytes(), media_type=MEDIA_TYPE)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    )
    return len(upload(number, files, actor=actor))
