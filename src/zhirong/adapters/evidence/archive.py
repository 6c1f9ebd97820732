"""Zip files of which each byte is determined by their content.

No clock, no compression, one order; so a package that was touched anywhere, be it in a date that no
unpacking shows, is found by writing it anew.
"""

import io
import zipfile
from collections.abc import Mapping

from zhirong.core.errors import InputError

# The earliest date that a zip file can state.
EPOCH = (1980, 1, 1, 0, 0, 0)
FILES_MAX = 2_000
BYTES_MAX = 500_000_000
_READABLE = 0o644 << 16
_UNIX = 3


class ArchiveError(InputError):
    """A zip file that cannot be read, or is larger than is safe."""

    code = "verify.broken"

    def __init__(self, detail: str) -> None:
        super().__init__(f"The package cannot be read: {detail}.", detail=detail)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, by name."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = _READABLE
            info.create_system = _UNIX
            archive.writestr(info, files[name])
    return output.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a zip.

    Raises:
        ArchiveError: It is broken, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > FILES_MAX or sum(info.file_size for info in infos) > BYTES_MAX:
                raise ArchiveError("too_large")
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError) as wrong:
        raise ArchiveError(type(wrong).__name__) from wrong
    except (NotImplementedError, IndexError, KeyError) as wrong:
        raise ArchiveError(type(wrong).__name__) from wrong
