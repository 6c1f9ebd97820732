"""Adding files to a matter and taking them back."""

from dataclasses import dataclass, replace

from django.db import transaction

from zhirong.core.errors import InputError
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import contents, store
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.once import under_key


class UploadError(InputError):
    """A file that is not taken: empty, too large, or of a kind that nothing here reads."""

    code = "error.upload"

    def __init__(self, name: str, *, reason: str) -> None:
        super().__init__(f"{name}: {reason}.", name=name, reason=f"error.upload.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file as it came in."""

    name: str
    content: bytes
    media_type: str


def keep(matter: Matter, file: NewFile, *, use: str, by: Actor | None) -> StoredFile:
    """Keep a file that the house made or a checked upload, inside the transaction it belongs to."""
    return StoredFile.objects.create(
        matter=matter,
        use=use,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        sha256=store.put(file.content),
        added_on=clock.today(),
        added_by_id=by.user_id if by else None,
    )


@transaction.atomic
def upload(
    number: str, files: tuple[NewFile, ...], *, actor: Viewer, key: str = ""
) -> tuple[StoredFile, ...]:
    """The firm gives files to a matter; one of the same name replaces the earlier one.

    The same key gives them once.

    Raises:
        UploadError: One is empty, too large or of a kind that is not read; then none is taken.
    """
    matter = matter_for(number, actor, Right.APPLY)
    for file in files:
        check_upload(file)
    done = under_key(f"upload/{number}", key, lambda: {"files": _given(matter, files, actor)})
    rows = StoredFile.objects.in_bulk(done["files"])
    return tuple(rows[place] for place in done["files"])


def _given(matter: Matter, files: tuple[NewFile, ...], actor: Viewer) -> list[int]:
    kept = []
    for file in files:
        same = StoredFile.objects.filter(matter=matter, use="firm_file", name=file.name)
        same.update(is_withdrawn=True)
        checked = replace(file, media_type=contents.media_type_of(file.name))
        kept.append(keep(matter, checked, use="firm_file", by=actor))
    facts = {"names": [file.name for file in kept], "hashes": [file.sha256 for file in kept]}
    journal.record("files_given", by=actor, matter_id=matter.pk, facts=facts)
    return [file.pk for file in kept]


def check_upload(file: NewFile) -> None:
    """Nothing, if the file may come in. What is inside is looked at by intake, row by row.

    Raises:
        UploadError: It may not.
    """
    rules = Parameters().get("platform.uploads", on=clock.today()).value
    if not contents.is_safe_name(file.name):
        raise UploadError(file.name, reason="name")
    if not file.content:
        raise UploadError(file.name, reason="empty")
    if len(file.content) > int(rules["bytes_max"]):
        raise UploadError(file.name, reason="too_large")
    if contents.suffix_of(file.name) not in rules["suffixes"]:
        raise UploadError(file.name, reason="kind")
    if not contents.is_as_named(file.name, file.content):
        raise UploadError(file.name, reason="content")


@transaction.atomic
def take_back(number: str, file_id: int, *, actor: Viewer) -> None:
    """The firm takes a file back; what was made of it stays.

    Raises:
        NotFoundError: No such file of the firm in this matter.
    """
    matter = matter_for(number, actor, Right.APPLY)
    file = found(StoredFile, actor, pk=file_id, matter=matter, use="firm_file", is_withdrawn=False)
    StoredFile.objects.filter(pk=file.pk).update(is_withdrawn=True)
    journal.record("file_taken_back", by=actor, matter_id=matter.pk, facts={"name": file.name})
