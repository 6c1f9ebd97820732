"""A signing desk of a few lines: who signed is written behind the document, in order."""

from collections.abc import Sequence
from datetime import datetime

from zhirong.application.signing import Signatory, SigningRequest
from zhirong.core.hashes import sha256


class FakeDesk:
    """Signs as the real one does, without keys: the same document gives the same bytes."""

    def prepare(
        self, pdf: bytes, *, title: str, number: str, signatories: Sequence[Signatory]
    ) -> bytes:
        return pdf + f"\n%places {number} {len(signatories)}".encode()

    def sign(self, pdf: bytes, request: SigningRequest) -> bytes:
        assert sha256(pdf) == request.expected_sha256, "another document than was stored"
        mark = f"\n%signed {request.signatory.identifier}".encode()
        assert mark not in pdf, "signed twice"
        return pdf + mark

    def seal(self, pdf: bytes, *, expected_sha256: str, at: datetime) -> bytes:
        assert sha256(pdf) == expected_sha256, "another document than was stored"
        assert b"\n%sealed" not in pdf, "sealed twice"
        return pdf + b"\n%sealed"
