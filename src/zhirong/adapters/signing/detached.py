"""Detached signatures (CMS) of any file, and time stamps of any hash: made and verified.

Source:
    RFC 5652 (signed data); ETSI EN 319 122-1 (signature time stamp); RFC 3161.
"""

import asyncio
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from asn1crypto import cms
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus

from zhirong.adapters.signing import containers, judgment
from zhirong.adapters.signing.identity import Identity
from zhirong.adapters.signing.trust import Trust
from zhirong.adapters.timestamp.stamper import Stamper
from zhirong.application.ports import TimeStamping
from zhirong.application.signing import Coverage, Problem, SignatureCheck, TimeStamp


def sign(data: bytes, identity: Identity, *, authority: TimeStamping, at: datetime) -> bytes:
    """A detached signature (DER) of the bytes, with a time stamp."""
    signature = asyncio.run(
        identity.signer().async_sign_general_data(
            data,
            "sha256",
            detached=True,
            timestamper=Stamper(authority),
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
        )
    )
    return bytes(signature.dump())


def verify(data: bytes, signature: bytes, *, trust: Trust, at: datetime) -> SignatureCheck:
    """What is found of a detached signature of the bytes."""
    try:
        return _verified(data, signature, trust, at)
    except Exception as wrong:  # noqa: BLE001 - whatever broken bytes make the reader raise
        broken = Problem(code="verify.broken", facts={"detail": type(wrong).__name__})
        return SignatureCheck(number=1, organization="", problems=(broken,))


def _verified(data: bytes, signature: bytes, trust: Trust, at: datetime) -> SignatureCheck:
    signed = cms.ContentInfo.load(signature, strict=True)["content"]
    signer = signed["signer_infos"][0]
    moment = judgment.stamped_at(signer) or at
    token = judgment.token_content(signer)
    status = asyncio.run(
        async_validate_detached_cms(
            data,
            signed,
            signer_validation_context=trust.context(moment, signed),
            ts_validation_context=None if token is None else trust.context(moment, token),
        )
    )
    found = judgment.of_signature(status, signer, trust)
    problems = found.check.problems
    if not problems and containers.container_problems(signature, found.chain):
        problems = (Problem(code="verify.container"),)
    return replace(
        found.check,
        number=1,
        claimed_at=status.signer_reported_dt,
        coverage=Coverage.WHOLE_FILE,
        revision=1,
        revisions=1,
        problems=problems,
    )


def verify_stamp(
    token: bytes, digest: bytes, *, trust: Trust
) -> tuple[TimeStamp | None, tuple[Problem, ...]]:
    """The time stamp of a token over a hash (SHA-256), and what is wrong with it."""
    try:
        return _stamp_verified(token, digest, trust)
    except Exception:  # noqa: BLE001 - whatever broken bytes make the reader raise
        return None, (Problem(code="verify.time_stamp_wrong"),)


def _stamp_verified(
    token: bytes, digest: bytes, trust: Trust
) -> tuple[TimeStamp | None, tuple[Problem, ...]]:
    signed = cms.ContentInfo.load(token, strict=True)["content"]
    content = signed["encap_content_info"]["content"].parsed
    imprint = content["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != sha256().name:
        return None, (Problem(code="verify.time_stamp_wrong"),)
    if imprint["hashed_message"].native != digest:
        return None, (Problem(code="verify.stamp_other_root"),)
    context = trust.context(content["gen_time"].native, signed)
    told = asyncio.run(validate_tst_signed_data(signed, context, lambda _: digest))
    found = judgment.of_stamp(TimestampSignatureStatus(**told), signed, trust)
    problems = found.check.problems
    if not problems and containers.container_problems(token, found.chain):
        problems = (Problem(code="verify.container"),)
    return found.check.stamp, problems
