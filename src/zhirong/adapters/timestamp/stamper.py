"""A port of time stamping as the PDF library wants it."""

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from zhirong.application.ports import TimeStamping


class Stamper(TimeStamper):
    """Asks the port; the library checks the nonce and reads the token."""

    def __init__(self, authority: TimeStamping) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority = authority

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer to a query."""
        return tsp.TimeStampResp.load(self._authority.answer(req.dump()))
