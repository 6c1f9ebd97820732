"""What is checked of a call before the work begins, so that none is lost at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhirong.core.errors import InputError


class OutFolderError(InputError):
    """A folder of results that cannot be one: a file stands in its way."""

    code = "error.plan_out"

    def __init__(self, out: Path) -> None:
        super().__init__(f"{out} cannot be a folder.", name=str(out))


class NotWrittenError(InputError):
    """Results that the system does not let us write: no right, no room, a folder in the way."""

    code = "error.plan_not_written"

    def __init__(self, out: Path, reason: str) -> None:
        super().__init__(f"Nothing can be written to {out}: {reason}.", name=str(out), why=reason)


class PathsError(InputError):
    """A number of paths below 1."""

    code = "error.plan_paths"

    def __init__(self, paths: int) -> None:
        super().__init__(f"{paths} paths are none.", paths=paths)


def check_out(out: Path | None) -> None:
    """Nothing, if the folder is there or can be made.

    Raises:
        OutFolderError: It, or what stands above it, is a file.
    """
    above = [] if out is None else [out, *out.parents]
    nearest = next((each for each in above if each.exists()), None)
    if out is not None and nearest is not None and not nearest.is_dir():
        raise OutFolderError(out)


@contextmanager
def writing(out: Path | None) -> Iterator[None]:
    """Tells a fault of the system while results are written as one of the call.

    Raises:
        NotWrittenError: The folder or a file in it cannot be written.
    """
    try:
        yield
    except OSError as fault:
        place = out if out is not None else Path()
        raise NotWrittenError(place, fault.strerror or str(fault)) from fault


def check_paths(paths: int | None) -> None:
    """Nothing, if the number of paths is 1 or more, or none is given.

    Raises:
        PathsError: It is below 1.
    """
    if paths is not None and paths < 1:
        raise PathsError(paths)
