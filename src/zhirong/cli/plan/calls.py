"""What is checked of a call before the work begins, so that none is lost at its end."""

from pathlib import Path

from zhirong.core.errors import InputError


class OutFolderError(InputError):
    """A folder of results that cannot be one: a file stands in its way."""

    code = "error.plan_out"

    def __init__(self, out: Path) -> None:
        super().__init__(f"{out} cannot be a folder.", name=str(out))


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


def check_paths(paths: int | None) -> None:
    """Nothing, if the number of paths is 1 or more, or none is given.

    Raises:
        PathsError: It is below 1.
    """
    if paths is not None and paths < 1:
        raise PathsError(paths)
