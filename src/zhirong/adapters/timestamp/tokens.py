"""Queries for time stamps, and what their answers hold."""

import secrets

from asn1crypto import cms, core, tsp

from zhirong.application.ports import TimeStamping
from zhirong.core.errors import RegisterError

_NONCE_BITS = 63


class TimeStampUnavailableError(RegisterError):
    """The time-stamp authority did not answer."""

    code = "error.time_stamp_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The time-stamp authority did not answer: {reason}.", reason=reason)


class TimeStampRefusedError(RegisterError):
    """The time-stamp authority refused, or answered something else than was asked."""

    code = "error.time_stamp_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The time-stamp authority gave no stamp: {reason}.", reason=reason)


class Response(core.Sequence):  # type: ignore[misc] # the library has no types
    """An answer to a query; the library's own record knows no answer without a token."""

    _fields = [  # noqa: RUF012 - as the library wants it
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def token_over(authority: TimeStamping, digest: bytes, *, algorithm: str = "sha256") -> bytes:
    """A time-stamp token (ContentInfo, DER) over a hash.

    Raises:
        TimeStampUnavailableError: No answer.
        TimeStampRefusedError: No stamp in the answer, or one for another hash or question.
    """
    nonce = secrets.randbits(_NONCE_BITS)
    imprint = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}
    query = tsp.TimeStampReq(
        {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    )
    token = token_of(authority.answer(query.dump()), digest=digest, nonce=nonce)
    return bytes(token.dump())


def token_of(answer: bytes, *, digest: bytes, nonce: int | None) -> cms.ContentInfo:
    """The token of an answer that answers the question.

    Raises:
        TimeStampRefusedError: It does not.
    """
    try:
        response = Response.load(answer, strict=True)
        status = response["status"]["status"].native
        if status not in ("granted", "granted_with_mods"):
            raise TimeStampRefusedError(str(response["status"]["fail_info"].native or status))
        token = response["time_stamp_token"]
        content = content_of(token)
    except (ValueError, TypeError, KeyError) as wrong:
        raise TimeStampRefusedError("malformed") from wrong
    if content["message_imprint"]["hashed_message"].native != digest:
        raise TimeStampRefusedError("another_hash")
    if content["nonce"].native != nonce:
        raise TimeStampRefusedError("another_question")
    return token


def content_of(token: cms.ContentInfo) -> tsp.TSTInfo:
    """What a token states: policy, hash, time, serial number."""
    return token["content"]["encap_content_info"]["content"].parsed
