"""The firm's file of a matter: everything it gave and got, with the matter as data, in one zip."""

import dataclasses
import json
import tempfile
import zipfile
from typing import IO, Any

from django.db import transaction

from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.selectors import rights_of, runs_of
from zhirong.platform.documents import store
from zhirong.platform.documents.selectors import files_of
from zhirong.platform.lending.loan_views import draws_of
from zhirong.platform.lending.selectors import (
    application_of,
    facility_of,
    proposals_of,
    qualification_of,
)
from zhirong.platform.matters.selectors import head_of, log_of, parts_of
from zhirong.platform.matters.visibility import matter_for
from zhirong.platform.operations import journal

IN_MEMORY = 8_000_000  # bytes, above which the zip is written to a temporary file
FIRST_YEAR = (1980, 1, 1, 0, 0, 0)  # the zip's own epoch: the same file gives the same bytes


def matter_as_data(number: str, viewer: Viewer) -> dict[str, Any]:
    """A matter as plain data, as far as the viewer may see it."""
    matter = head_of(number, viewer)
    runs = runs_of(number, viewer)
    return {
        "matter": matter,
        "parts": parts_of(number, viewer),
        "application": application_of(number, viewer),
        "qualification": qualification_of(number, viewer),
        "appraisals": runs,
        "rights": rights_of(number, runs[0].number, viewer) if runs else (),
        "proposals": proposals_of(number, viewer),
        "facility": facility_of(number, viewer),
        "loans": draws_of(number, viewer),
        "log": log_of(matter, viewer),
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON does not know by itself
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value)


@transaction.atomic
def export_matter(number: str, *, actor: Viewer) -> IO[bytes]:
    """A zip of all files of a matter and `matter.json`, at its beginning to be read.

    Raises:
        NotFoundError: No such matter to see.
        NotAllowedError: Only the firm takes its file away.
    """
    matter = matter_for(number, actor, Right.APPLY)
    data = json.dumps(matter_as_data(number, actor), default=_plain, ensure_ascii=False, indent=1)
    # Closed by the response that sends it.
    out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - see above
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("matter.json", FIRST_YEAR), data)
        for file in files_of(number, actor):
            name = f"{file.use}/{file.pk}-{file.name}"
            archive.writestr(zipfile.ZipInfo(name, FIRST_YEAR), store.get(file.sha256))
    out.seek(0)
    journal.record("matter_exported", by=actor, matter_id=matter.pk, facts={"matter": number})
    return out
