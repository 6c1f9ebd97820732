"""What is found of a signed PDF: who, when, under which certificate, and whether it was changed.

Offline: nothing is fetched. Each signature is judged at the time its time stamp proves; without a
stamp at the verifier's own time. The bottom line is pyhanko's `bottom_line`, never `intact` (a
later revision that changes a page leaves a signature intact), and only where nothing lies outside
of what the signatures cover.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError

from zhirong.adapters.signing import containers, judgment
from zhirong.adapters.signing.trust import Trust
from zhirong.application.signing import (
    Coverage,
    Kind,
    Problem,
    SignatureCheck,
    Verification,
)
from zhirong.core.hashes import sha256, sm3

# What the library says of files that are no PDF, or PDFs that are broken, is our answer, not a log.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A PDF read, with the certificates and lists it brings along."""

    data: bytes
    reader: PdfFileReader
    signatures: tuple[EmbeddedPdfSignature, ...]
    trust: Trust
    at: datetime


def verify_pdf(data: bytes, *, trust: Trust, at: datetime, name: str = "") -> Verification:
    """What can be said of a signed PDF.

    Args:
        data: The file.
        trust: Roots that are trusted, and lists of revoked certificates at hand.
        at: The verifier's time, aware.
        name: Of the file, for the answer.
    """
    answer = Verification(
        kind=Kind.PDF, name=name, size=len(data), sha256=sha256(data), sm3=sm3(data)
    )
    try:
        return _verified(data, trust, at, answer)
    except Exception as wrong:  # noqa: BLE001 - whatever a broken file makes the reader raise
        broken = Problem(code="verify.broken", facts={"detail": type(wrong).__name__})
        return replace(answer, problems=(broken,))


def _verified(data: bytes, trust: Trust, at: datetime, answer: Verification) -> Verification:
    reader = PdfFileReader(BytesIO(data), strict=True)
    signatures = tuple(reader.embedded_signatures)
    if not signatures:
        return replace(answer, problems=(Problem(code="verify.no_signature"),))
    opened = _Opened(
        data=data,
        reader=reader,
        signatures=signatures,
        trust=_with_store(reader, trust),
        at=at,
    )
    checks = tuple(_check(opened, number) for number in range(1, len(signatures) + 1))
    problems = []
    if checks[-1].coverage is not Coverage.WHOLE_FILE:
        problems.append(Problem(code="verify.uncovered_bytes"))
    return replace(
        answer,
        signatures=checks,
        problems=tuple(problems),
        remarks=_remarks(reader, checks, at),
    )


def _with_store(reader: PdfFileReader, trust: Trust) -> Trust:
    """The trust, with certificates and lists that the file itself brings; never more roots."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except ValidationInfoReadingError:
        return trust
    lists = tuple(item.get_object().data for item in store.crls)
    others = tuple(certificate.dump() for certificate in store.load_certs())
    return replace(
        trust,
        revocation_lists=(*trust.revocation_lists, *lists),
        certificates=(*trust.certificates, *others),
    )


def _remarks(
    reader: PdfFileReader, checks: Sequence[SignatureCheck], at: datetime
) -> tuple[Problem, ...]:
    empty = [name for name, value, _ in fields.enumerate_sig_fields(reader) if value is None]
    remarks = []
    if empty:
        remarks.append(Problem(code="verify.places_open", facts={"count": len(empty)}))
    if any(check.stamp is not None and check.stamp.at > at for check in checks):
        remarks.append(Problem(code="verify.ahead_of_clock", facts={}))
    if any(check.stamp is None for check in checks):
        remarks.append(Problem(code="verify.no_time_stamp"))
    if not all(check.is_revocation_checked for check in checks):
        remarks.append(Problem(code="verify.revocation_unknown"))
    return tuple(remarks)


def _check(opened: _Opened, number: int) -> SignatureCheck:
    signature = opened.signatures[number - 1]
    is_stamp = signature.sig_object_type == "/DocTimeStamp"
    judge = _stamped if is_stamp else _signed
    found = judge(opened, signature)
    problems = [*found.check.problems, *judgment.change_problems(signature)]
    if not problems and (
        containers.hole_problems(opened.data, signature.byte_range)
        or containers.container_problems(signature.pkcs7_content, found.chain)
    ):
        problems.append(Problem(code="verify.container"))
    return replace(
        found.check,
        number=number,
        is_stamp=is_stamp,
        coverage=judgment.coverage_of(signature),
        change=judgment.change_of(signature),
        revision=int(signature.signed_revision) + 1,
        revisions=int(opened.reader.xrefs.total_revisions),
        problems=tuple(problems),
    )


def _signed(opened: _Opened, signature: EmbeddedPdfSignature) -> judgment.Judgment:
    moment = judgment.stamped_at(signature.signer_info) or opened.at
    token = judgment.token_content(signature.signer_info)
    status = validate_pdf_signature(
        signature,
        signer_validation_context=opened.trust.context(moment, signature.signed_data),
        ts_validation_context=None if token is None else opened.trust.context(moment, token),
    )
    found = judgment.of_signature(status, signature.signer_info, opened.trust)
    told = signature.sig_object
    check = replace(
        found.check,
        person=str(told.get("/Name", "")),
        reason=str(told.get("/Reason", "")),
        role=str(signature.sig_field.get("/TU", "")),
        claimed_at=status.signer_reported_dt,
    )
    return replace(found, check=check)


def _stamped(opened: _Opened, signature: EmbeddedPdfSignature) -> judgment.Judgment:
    content = signature.signed_data["encap_content_info"]["content"].parsed
    context = opened.trust.context(content["gen_time"].native, signature.signed_data)
    status = validate_pdf_timestamp(signature, context)
    return judgment.of_stamp(status, signature.signed_data, opened.trust)
