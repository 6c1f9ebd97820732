"""From the PDF library's statuses to our findings: who, when, which chain, and what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from asn1crypto import cms, x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    StandardCMSSignatureStatus,
)
from pyhanko.sign.validation.status import SignatureStatus, TimestampSignatureStatus
from pyhanko_certvalidator.path import ValidationPath

from zhirong.adapters.signing import certificates
from zhirong.adapters.signing.trust import Trust
from zhirong.adapters.timestamp.authority import POLICIES
from zhirong.application.signing import Change, Clock, Coverage, Problem, SignatureCheck, TimeStamp

_STAMP = "signature_time_stamp_token"
_CLOCKS = {policy: clock for clock, policy in POLICIES.items()}
_COVERAGE = {
    SignatureCoverageLevel.ENTIRE_FILE: Coverage.WHOLE_FILE,
    SignatureCoverageLevel.ENTIRE_REVISION: Coverage.REVISION,
}
# Subindications of ETSI EN 319 102-1 that have words of their own.
_TRUST_PROBLEMS = {
    "REVOKED": "verify.revoked",
    "REVOKED_NO_POE": "verify.revoked",
    "REVOKED_CA_NO_POE": "verify.revoked",
    "NO_CERTIFICATE_CHAIN_FOUND": "verify.untrusted",
    "OUT_OF_BOUNDS_NO_POE": "verify.out_of_validity",
    "NOT_YET_VALID": "verify.out_of_validity",
    "EXPIRED": "verify.out_of_validity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """A finding, and the certificates (DER) of the chains that were verified for it."""

    check: SignatureCheck
    chain: frozenset[bytes]


def token_of(signer: cms.SignerInfo) -> cms.ContentInfo | None:
    """The time-stamp token of a signature, if it has one."""
    for attribute in signer["unsigned_attrs"] or ():
        if attribute["type"].native == _STAMP:
            return attribute["values"][0]
    return None


def token_content(signer: cms.SignerInfo) -> cms.SignedData | None:
    """The signed data of a signature's token, if it has one."""
    token = token_of(signer)
    return None if token is None else token["content"]


def _content(token: cms.ContentInfo) -> cms.ContentInfo:
    return token["content"]["encap_content_info"]["content"].parsed


def stamped_at(signer: cms.SignerInfo) -> datetime | None:
    """The time that a signature's token states; whether it holds is judged later."""
    token = token_of(signer)
    found: datetime | None = None if token is None else _content(token)["gen_time"].native
    return found


def _path(path: ValidationPath | None) -> list[x509.Certificate]:
    """The certificates of a path, the signer's first, the root last."""
    return [] if path is None else list(reversed(list(path)))


def of_signature(
    status: StandardCMSSignatureStatus, signer: cms.SignerInfo, trust: Trust
) -> Judgment:
    """What a status says of a party's signature."""
    token = token_of(signer)
    stamp_status = status.timestamp_validity
    chain = _path(status.validation_path)
    stamp = None
    problems = _problems(status)
    stamp_chain: list[x509.Certificate] = []
    if token is not None and stamp_status is not None:
        stamp = _time_stamp(stamp_status, token["content"])
        stamp_chain = _path(stamp_status.validation_path)
        problems += _stamp_problems(stamp_status)
    if not status.bottom_line and not problems:
        problems.append(Problem(code="verify.not_valid"))
    check = _check_of(status.signing_cert, chain, trust)
    return Judgment(
        check=replace(check, stamp=stamp, problems=tuple(problems)),
        chain=_encoded([*chain, *stamp_chain]),
    )


def of_stamp(
    status: TimestampSignatureStatus, signed_data: cms.SignedData, trust: Trust
) -> Judgment:
    """What a status says of a time stamp over the whole file."""
    chain = _path(status.validation_path)
    return Judgment(
        check=replace(
            _check_of(status.signing_cert, chain, trust),
            stamp=_time_stamp(status, signed_data),
            problems=tuple(_stamp_problems(status)),
        ),
        chain=_encoded(chain),
    )


def _encoded(chain: Iterable[x509.Certificate]) -> frozenset[bytes]:
    return frozenset(certificate.dump() for certificate in chain)


def _check_of(
    certificate: x509.Certificate, chain: list[x509.Certificate], trust: Trust
) -> SignatureCheck:
    holder = certificates.holder_of(certificate)
    lists = trust.lists_issuers()
    below_root = chain[:-1]
    return SignatureCheck(
        number=0,
        organization=holder.organization,
        identifier=holder.identifier,
        issuer=certificates.common_name(certificate.issuer),
        chain=tuple(certificates.common_name(item.subject) for item in chain[1:]),
        serial=f"{certificate.serial_number:X}",
        is_demonstration=certificates.is_demonstration(certificate),
        is_revocation_checked=bool(below_root)
        and all(item.issuer.dump() in lists for item in below_root),
    )


def _time_stamp(status: TimestampSignatureStatus, signed_data: cms.SignedData) -> TimeStamp:
    content = signed_data["encap_content_info"]["content"].parsed
    policy = content["policy"].dotted
    clock = _CLOCKS.get(policy, Clock.REAL if status.trusted else Clock.UNKNOWN)
    return TimeStamp(
        at=status.timestamp,
        authority=certificates.common_name(status.signing_cert.subject),
        clock=clock,
        is_trusted=bool(status.valid and status.intact and status.trusted),
    )


def _problems(status: SignatureStatus) -> list[Problem]:
    problems = []
    if not status.intact:
        problems.append(Problem(code="verify.changed"))
    elif not status.valid:
        problems.append(Problem(code="verify.signature_wrong"))
    elif not status.trusted:
        problems.append(_trust_problem(status))
    return problems


def _trust_problem(status: SignatureStatus) -> Problem:
    found = status.trust_problem_indic
    code = _TRUST_PROBLEMS.get(found.standard_name if found else "", "verify.chain")
    issuer = certificates.common_name(status.signing_cert.issuer)
    return Problem(code=code, facts={"issuer": issuer})


def _stamp_problems(status: TimestampSignatureStatus) -> list[Problem]:
    if not (status.intact and status.valid):
        return [Problem(code="verify.time_stamp_wrong")]
    if not status.trusted:
        authority = certificates.common_name(status.signing_cert.subject)
        return [Problem(code="verify.time_stamp_untrusted", facts={"authority": authority})]
    return []


def coverage_of(signature: EmbeddedPdfSignature) -> Coverage:
    """How much of the file a signature that was judged covers."""
    found: SignatureCoverageLevel | None = getattr(signature, "coverage", None)
    return Coverage.UNCLEAR if found is None else _COVERAGE.get(found, Coverage.UNCLEAR)


def change_of(signature: EmbeddedPdfSignature) -> Change:
    """What was done to the file after a signature that was judged."""
    if coverage_of(signature) is Coverage.WHOLE_FILE:
        return Change.NONE
    level = getattr(signature.diff_result, "modification_level", ModificationLevel.OTHER)
    if level <= ModificationLevel.FORM_FILLING:
        return Change.SIGNATURES_ONLY
    return Change.FORBIDDEN


def change_problems(signature: EmbeddedPdfSignature) -> list[Problem]:
    """What is wrong with what was added after a signature, or with what it covers."""
    if coverage_of(signature) is Coverage.UNCLEAR:
        return [Problem(code="verify.coverage")]
    if change_of(signature) is Change.FORBIDDEN:
        return [Problem(code="verify.changed_after")]
    return []
