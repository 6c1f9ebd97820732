"""A port of time stamping as the PDF library wants it."""

from asn1crypto import cms
from pyhanko.sign.timestamps import TimeStamper

from zhirong.adapters.timestamp.tokens import token_over
from zhirong.application.ports import TimeStamping


class Stamper(TimeStamper):
    """Asks the port once for each stamp."""

    def __init__(self, authority: TimeStamping) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority = authority

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """The token over a hash.

        Raises:
            TimeStampUnavailableError: No answer.
            TimeStampRefusedError: No stamp, or one for another hash.
        """
        token = token_over(self._authority, message_digest, algorithm=md_algorithm)
        return cms.ContentInfo.load(token)
