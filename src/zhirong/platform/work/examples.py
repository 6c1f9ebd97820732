"""The examples of a demonstration: a firm's folder given to its matter, a plan to its arranger."""

from pathlib import Path

from django.conf import settings

from zhirong.core.errors import StateError
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.demonstration_list import example_folder
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock
from zhirong.platform.plans.services import give_files

MEDIA_TYPE = "application/octet-stream"
PLAN_FOLDER = "ningbo-plan"
PLAN_FILES = (".yaml", ".xlsx")


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
    return len(upload(number, _files(folder), actor=actor))


def plan_folder() -> Path | None:
    """The folder of the example plan, where this is a demonstration that has it."""
    if not clock.is_demonstration() or not settings.EXAMPLES:
        return None
    folder = Path(settings.EXAMPLES) / PLAN_FOLDER
    return folder if folder.is_dir() else None


def has_plan_example() -> bool:
    """Whether there is an example plan to give."""
    return plan_folder() is not None


def give_plan_example(number: str, *, actor: Viewer) -> None:
    """Give the example's plan file and tape to a plan, as if its arranger had chosen them.

    Raises:
        NotFoundError: No such plan to act on.
        NoExampleError: This is no demonstration with examples.
    """
    actor.need(Right.STRUCTURE)
    folder = plan_folder()
    if folder is None:
        raise NoExampleError("No example plan here.")
    given = tuple(file for file in _files(folder) if Path(file.name).suffix in PLAN_FILES)
    give_files(number, given, actor=actor)


def _files(folder: Path) -> tuple[NewFile, ...]:
    return tuple(
        NewFile(name=path.name, content=path.read_bytes(), media_type=MEDIA_TYPE)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    )
