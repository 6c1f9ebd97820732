"""Evidence: a package that proves a matter's signed contracts to anyone, and the look at one."""

import io
import zipfile

from django.db import transaction

from zhirong import bootstrap_signing
from zhirong.application.signing import Verification
from zhirong.core.errors import InputError, StateError
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import store
from zhirong.platform.documents.models import Deed
from zhirong.platform.documents.services import UploadError
from zhirong.platform.documents.signing_house import house
from zhirong.platform.matters.visibility import matter_for
from zhirong.platform.operations import clock, journal
from zhirong.platform.words import words

PDF, ZIP = b"%PDF-", b"PK\x03\x04"


class NoEvidenceError(StateError):
    """Nothing of the matter is signed by all yet."""

    code = "error.no_evidence"


class NotVerifiableError(InputError):
    """A file in which nothing could be verified: neither a PDF nor an evidence package."""

    code = "error.not_verifiable"


@transaction.atomic
def package(number: str, *, actor: Viewer) -> bytes:
    """The evidence package (zip) of the contracts that all parties have signed.

    Raises:
        NotFoundError: No such matter to see.
        NoEvidenceError: No contract is signed by all.
    """
    matter = matter_for(number, actor, Right.FOLLOW)
    rows = Deed.objects.filter(matter=matter, is_signed=True, is_withdrawn=False)
    deeds = tuple(rows.select_related("file"))
    if not deeds:
        raise NoEvidenceError(f"Nothing of {number} is signed by all.", matter=number)
    operator = _operator(actor)
    holder = bootstrap_signing.Holder(organization=operator.name, identifier=operator.identifier)
    request = bootstrap_signing.EvidenceRequest(
        number=number,
        title=words().label("evidence.title", "zh"),
        documents={deed.file.name: store.get(deed.file.sha256) for deed in deeds},
        at=clock.now(),
    )
    content = house().evidence(holder).make(request)
    facts = {"deeds": [deed.number for deed in deeds]}
    journal.record("evidence_taken", by=actor, matter_id=matter.pk, facts=facts)
    return content


def _operator(actor: Viewer) -> Organization:
    """Who answers for the package: the platform's operator; without one who asks for it."""
    operator = Organization.objects.filter(kind="house").order_by("id").first()
    return operator or Organization.objects.get(pk=actor.organization_id)


def look_at(name: str, content: bytes) -> Verification:
    """What can be said of a signed PDF or an evidence package that anybody brings; nothing is kept.

    Raises:
        UploadError: Empty, or larger than is taken here.
        NotVerifiableError: Neither of the two.
    """
    if not content:
        raise UploadError(name, reason="empty")
    limits = Parameters().get("platform.verification", on=clock.today()).value
    is_large = len(content) > int(limits["bytes_max"])
    if is_large or _unpacked(content) > int(limits["unpacked_bytes_max"]):
        raise UploadError(name, reason="too_large")
    port, moment = house().signing(), clock.now()
    if PDF in content[:1024]:
        return port.verify(content, at=moment)
    if content.startswith(ZIP):
        trust = bootstrap_signing.Trust(
            roots=port.roots, revocation_lists=port.revocation_lists(moment)
        )
        return bootstrap_signing.verify_evidence(content, trust=trust, at=moment, name=name)
    raise NotVerifiableError(f"{name} is no PDF and no package.", name=name)


def _unpacked(content: bytes) -> int:
    """What a zip says it holds, in bytes; 0 for anything else: what is broken is said later."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return 0
