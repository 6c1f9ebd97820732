"""What is outside, as the use cases see it: protocols that adapters keep."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from zhirong.application.signing import Signatory, SigningRequest, Verification


class TimeStamping(Protocol):
    """An authority that stamps a time on a hash (RFC 3161)."""

    def answer(self, query: bytes) -> bytes:
        """The answer (TimeStampResp, DER) to a query (TimeStampReq, DER).

        Raises:
            TimeStampUnavailableError: The authority did not answer.
        """


class ContractSigning(Protocol):
    """Signs contracts in the name of organizations, in a fixed order, and verifies them."""

    def prepare(
        self, pdf: bytes, *, title: str, number: str, signatories: Sequence[Signatory]
    ) -> bytes:
        """The contract with a page for its signatures behind it, one place a signatory."""

    def sign(self, pdf: bytes, request: SigningRequest) -> bytes:
        """The contract signed at the next place.

        Raises:
            SigningRefusedError: Not the expected document, not this signatory's turn, or what was
                signed before does not verify.
        """

    def seal(self, pdf: bytes, *, expected_sha256: str, at: datetime) -> bytes:
        """The fully signed contract with what long-term verification needs, stamped as a whole."""

    def verify(self, pdf: bytes, *, at: datetime) -> Verification:
        """What can be said of the signed contract, offline."""
