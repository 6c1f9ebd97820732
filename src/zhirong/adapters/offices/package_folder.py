"""Files that are there whole or not at all, and the zip of a package, the same bytes each time."""

import io
import os
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from zhirong.core.codec import Plain, canonical
from zhirong.core.hashes import sha256
from zhirong.filing.office import Act, PackageFile

# Offices' websites refuse names with dots and signs; letters, digits and Chinese remain.
_NOT_IN_NAMES = re.compile(r"[^\w\u4e00-\u9fff-]+")
_NAME_CHARS_MAX = 60
# The first day that a zip can state: the package has no clock.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READ_BY_ALL = 0o644 << 16


def plain_name(text: str) -> str:
    """The text as a part of a file's name: no dots, no signs.

    >>> plain_name("ZL201710601862.3 contract")
    'ZL201710601862_3_contract'
    """
    return _NOT_IN_NAMES.sub("_", text).strip("_")[:_NAME_CHARS_MAX]


def folder_name(client_reference: str) -> str:
    """A name for an act's files: readable, and one for each reference."""
    return f"{plain_name(client_reference)}-{sha256(client_reference.encode())[:8]}"


def put_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves either none or all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = _partial(path, content)
    partial.replace(path)


def put_new(path: Path, content: bytes) -> bool:
    """As `put_whole`, but only where there is no such file; whether it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = _partial(path, content)
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    finally:
        partial.unlink()
    return True


def _partial(path: Path, content: bytes) -> Path:
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return partial


def act_body(act: Act) -> Plain:
    """An act in plain JSON, its files by name and hash."""
    return {
        "client_reference": act.client_reference,
        "registry": act.registry.value,
        "kind": act.kind.value,
        "form": dict(act.form),
        "registration_no": act.registration_no,
        "answers": act.answers,
        "files": [{"name": file.name, "sha256": file.sha256} for file in act.files],
    }


def package_zip(act: Act, *, beside: tuple[PackageFile, ...] = ()) -> bytes:
    """The package for upload by hand: the form, the files under names the website takes, hashes.

    Files are numbered in their order; the list `contents.json` says which was which. Files beside
    the act are for who uploads it, the form as a workbook for one; the act's hash is without them.
    """
    names = [(_upload_name(number, file.name), file) for number, file in _numbered(act)]
    listed = [{"name": n, "was": file.name, "sha256": file.sha256} for n, file in names]
    entries = [("00-form.json", canonical(dict(act.form)))]
    entries += [(f"00-{file.name}", file.content) for file in beside]
    entries += [(name, file.content) for name, file in names]
    contents: dict[str, Plain] = {"act": act_body(act), "files": listed}
    if beside:
        contents["beside"] = [{"name": f"00-{f.name}", "sha256": f.sha256} for f in beside]
    entries.append(("contents.json", canonical(contents)))
    return _zipped(entries)


def _numbered(act: Act) -> Iterable[tuple[int, PackageFile]]:
    return enumerate(act.files, start=1)


def _upload_name(number: int, name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    short = plain_name(stem.rsplit("/", maxsplit=1)[-1])
    return f"{number:02d}-{short}{dot}{plain_name(ending)}"


def _zipped(entries: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, date_time=_NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READ_BY_ALL
            entry.create_system = 3
            archive.writestr(entry, content)
    return buffer.getvalue()
