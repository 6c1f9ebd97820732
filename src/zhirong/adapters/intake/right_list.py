"""A plain list of rights' numbers: one or several a line, lines that begin with # left out."""

from collections.abc import Iterable
from pathlib import Path

from zhirong.adapters.intake.limits import FileRefusedError, Limits
from zhirong.adapters.intake.text_file import rows
from zhirong.core.errors import InputError

COMMENT = "#"


class RightListError(InputError):
    """A file that is missing or is no plain text within the limits."""

    code = "error.right_list"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is no list of rights.", file=str(path))


def read_rights(path: Path, *, limits: Limits) -> tuple[str, ...]:
    """The numbers in the file, in its order.

    Args:
        path: Text in UTF-8 or GB18030; numbers stand on lines of their own or between separators.
        limits: Of what is read from outside.

    Raises:
        RightListError: No such file, or no plain text.
    """
    try:
        limits.check("file_bytes", path.stat().st_size)
        read = rows(path, limits)
    except (OSError, FileRefusedError) as wrong:
        raise RightListError(path) from wrong
    return tuple(_numbers(read))


def _numbers(read: Iterable[list[str]]) -> Iterable[str]:
    for row in read:
        if row and row[0].lstrip().startswith(COMMENT):
            continue
        yield from (cell.strip() for cell in row if cell.strip())
