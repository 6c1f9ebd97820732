"""Backup and restore: the database as of one moment, the stored files, a manifest of hashes.

The database is taken first: bytes are stored before the row that names them, so every row of the
backup finds its bytes. The job engine's database is left out; the outbox holds all that matters.
Keys given in the environment are not part of it; keep them apart.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from zhirong import __version__
from zhirong.core.errors import RegisterError, StateError
from zhirong.core.hashes import sha256
from zhirong.platform.documents import store
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.operations import clock, journal
from zhirong.platform.work import postgresql

MANIFEST, DATABASE, FOLDER = "manifest.json", "database", "data/"
# Not part of a backup: the database is taken by itself, the rest is made anew.
LEFT_OUT = ("platform.sqlite", "jobs.sqlite", "measures", "mode")


class NotEmptyError(StateError):
    """A restore begins with an empty database and an empty data folder."""

    code = "error.restore_not_empty"


class BackupError(RegisterError):
    """A backup that is not what was written, or that does not add up once it is restored."""

    code = "error.backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a backup or a restore held."""

    files: int
    entries: int
    seals: int


def back_up(target: Path) -> Taken:
    """Write a backup beside the running platform; a file that is there is never written over.

    Raises:
        FileExistsError: The target is there.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    if target.exists():
        raise FileExistsError(target)
    with tarfile.open(unfinished, mode="w:gz") as archive:
        hashes: dict[str, str] = {}
        with tempfile.TemporaryDirectory(dir=target.parent) as place:
            copy = Path(place) / DATABASE
            _copy_database(copy)
            hashes[DATABASE] = _digest(copy)
            archive.add(copy, arcname=DATABASE)
            for path in _files():
                name = f"{FOLDER}{path.relative_to(settings.DATA).as_posix()}"
                content = _content(path, Path(place))
                hashes[name] = sha256(content)
                _add(archive, name, content)
        manifest = {
            "form": 1,
            "version": __version__,
            "database": connection.vendor,
            "made_at": clock.real_now().isoformat(),
            "hashes": hashes,
        }
        _add(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
    unfinished.chmod(0o600)  # it holds what firms trust the house with
    unfinished.rename(target)
    found = journal.audit()
    return Taken(
        files=len(hashes) - 1,
        entries=found.entries,
        seals=found.seals,
    )


def _copy_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), target)
    else:
        postgresql.dump(target)


def _copy_sqlite(source: Path, target: Path) -> None:
    """A copy as of one moment while others write."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def _files() -> Iterator[Path]:
    for path in sorted(Path(settings.DATA).rglob("*")):
        first = path.relative_to(settings.DATA).parts[0]
        is_journal = path.name.endswith(("-wal", "-shm", "-journal"))
        if path.is_file() and not first.startswith(LEFT_OUT) and not is_journal:
            yield path


def _content(path: Path, place: Path) -> bytes:
    if path.suffix != ".sqlite":
        return path.read_bytes()
    copy = place / "copy.sqlite"  # a sandbox that runs on meanwhile
    copy.unlink(missing_ok=True)
    _copy_sqlite(path, copy)
    return copy.read_bytes()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def _digest(path: Path) -> str:
    with path.open("rb") as file:  # a database may be larger than the memory
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(source: Path) -> Taken:
    """Bring a backup back, bring it up to date, and check that it adds up.

    Raises:
        NotEmptyError: Something is there already.
        BackupError: A part is gone or changed, or log or ledger do not add up.
    """
    _need_empty()
    data = Path(settings.DATA)
    with tempfile.TemporaryDirectory(dir=data, prefix="restoring-") as folder:
        place = Path(folder)
        _unpack(source, place)
        manifest = _checked(place)
        _place_database(place / DATABASE, str(manifest["database"]))
        for path in sorted((place / FOLDER).rglob("*")):
            if path.is_file():
                target = data / path.relative_to(place / FOLDER)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
    call_command("migrate", verbosity=0)
    return _adds_up()


def _unpack(source: Path, place: Path) -> None:
    """Lay the parts out: plain files inside the place and nothing else."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            for member in archive:
                name = PurePosixPath(member.name)
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or name.is_absolute() or ".." in name.parts:
                    raise BackupError(f"{name} is no part of a backup.", part=str(name))
                target = place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with content, target.open("wb") as file:
                    shutil.copyfileobj(content, file)
    except (tarfile.TarError, EOFError, zlib.error) as wrong:
        raise BackupError(f"{source.name}: {wrong}", part=source.name) from wrong


def _need_empty() -> None:
    """An own secret of the demonstration and the mode's mark are made by looking; no more."""
    is_there = bool(connection.introspection.table_names()) or any(
        path.name not in {"mode", "secret.key", "field.key"}
        and not path.name.startswith(LEFT_OUT[0])
        for path in Path(settings.DATA).iterdir()
    )
    connection.close()
    if is_there:
        folder = str(settings.DATA)
        said = f"There is something already in {folder} or in the database; both must be empty."
        raise NotEmptyError(said, folder=folder)


def _checked(place: Path) -> Mapping[str, object]:
    """The manifest, once every part is what it says and nothing else is there."""
    file = place / MANIFEST
    if not file.is_file():
        raise BackupError("No manifest.", part=MANIFEST)
    manifest: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
    hashes = manifest["hashes"]
    assert isinstance(hashes, dict), "as it is written"
    found = {
        path.relative_to(place).as_posix(): _digest(path)
        for path in place.rglob("*")
        if path.is_file() and path != file
    }
    for name in sorted({*hashes, *found}):
        if hashes.get(name) != found.get(name):
            raise BackupError(f"{name} is gone, changed or not of the backup.", part=name)
    return manifest


def _place_database(copy: Path, vendor: str) -> None:
    if vendor != connection.vendor:
        raise BackupError(f"Of {vendor}, this is {connection.vendor}.", part=DATABASE)
    if vendor == "sqlite":
        target = Path(settings.DATABASES["default"]["NAME"])
        for rest in target.parent.glob(f"{target.name}*"):
            rest.unlink()
        copy.replace(target)
    else:
        postgresql.load(copy)


def _adds_up() -> Taken:
    """What was restored, once log, ledger and the bytes of every row are right."""
    found = journal.audit()
    if found.faults:
        fault = found.faults[0]
        raise BackupError(f"{fault.reason} at {fault.entry}.", part=f"log {fault.entry}")
    if not ledger.trial().is_even:
        raise BackupError("The trial balance is uneven.", part="ledger")
    digests = set(StoredFile.objects.order_by().values_list("sha256", flat=True))
    for digest in digests:
        store.get(digest)
    return Taken(files=len(digests), entries=found.entries, seals=found.seals)
