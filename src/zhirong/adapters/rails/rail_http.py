"""One request to a rail over HTTP, with the errors of the protocol."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from zhirong.ledger.rails import RailAnswerError, RailDownError, RailRejectedError


@dataclass(frozen=True, slots=True)
class RailHttp:
    """The line to a rail. `name` is said in errors; the client brings address and timeouts."""

    name: str
    client: httpx.Client

    def post(self, path: str, content: bytes, *, kind: str, reference: str) -> bytes:
        """The answer to an order.

        Raises:
            RailDownError: No answer, or the rail says it is not there.
            RailRejectedError: The rail does not take the order.
        """
        headers = {"Content-Type": kind, "Client-Reference": reference}
        answer = self._asked("POST", path, content=content, headers=headers)
        if answer.is_client_error:
            raise RailRejectedError(self.name, reference=reference, reason=answer.text[:500])
        return answer.content

    def get(self, path: str, **query: str | int) -> bytes | None:
        """The answer to a question; None where the rail has nothing under it.

        Raises:
            RailDownError: No answer, or the rail says it is not there.
            RailAnswerError: The rail does not understand the question.
        """
        answer = self._asked("GET", path, params=query)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if answer.is_client_error:
            raise RailAnswerError(self.name, reason=answer.text[:500])
        return answer.content

    def _asked(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str | int] | None = None,
    ) -> httpx.Response:
        try:
            answer = self.client.request(
                method, path, content=content, headers=headers, params=params
            )
        except httpx.TransportError as silent:
            raise RailDownError(self.name) from silent
        if not (answer.is_success or answer.is_client_error):
            raise RailDownError(self.name)
        return answer
