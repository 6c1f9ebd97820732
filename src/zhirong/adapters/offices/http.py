"""An office that answers over HTTP in JSON: the client of the sandbox, and of offices like it."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from zhirong.adapters.offices.reading_notices import NoticeFormError, notice_from
from zhirong.core import codec
from zhirong.filing.office import (
    Act,
    Notice,
    OfficeDownError,
    OfficeRejectedError,
    Receipt,
)

TIMEOUT_SECONDS = 20.0
_REJECTIONS = frozenset(
    (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpOffice:
    """The protocol of an office over a client of httpx.

    Attributes:
        name: How the office is called in errors.
        client: With the office's address as its base; `connect` makes one.
    """

    name: str
    client: httpx.Client

    def submit(self, act: Act) -> Receipt:
        """Put an act before the office; `Office.submit`."""
        headers = {"Client-Reference": act.client_reference}
        body = self._asked("POST", "/acts", json=_act(act), headers=headers)
        if body is None:
            raise OfficeDownError(self.name, "no such place")
        return self._receipt(body)

    def find(self, client_reference: str) -> Receipt | None:
        """The receipt of an act that has arrived; `Office.find`."""
        body = self._asked("GET", "/acts", params={"client_reference": client_reference})
        return None if body is None else self._receipt(body)

    def notices(self, *, after: int) -> tuple[tuple[int, Notice], ...]:
        """Notices behind a cursor, at most as many as the office gives at once."""
        body = self._asked("GET", "/notices", params={"after": after})
        if body is None:
            raise OfficeDownError(self.name, "no such place")
        return tuple(
            (int(item["cursor"]), self._notice(item["notice"])) for item in body["notices"]
        )

    def registered(self, registry: str, number: str) -> Mapping[str, Any] | None:
        """What the office's register says of a right and the pledges on it; None if unknown."""
        return self._asked("GET", f"/register/{registry}/{number}")

    def control(self, lever: str, **body: object) -> Mapping[str, Any]:
        """Pull a lever of a sandbox that was started with control.

        Raises:
            OfficeRejectedError: It has no such lever.
        """
        done = self._asked("POST", f"/control/{lever}", json=body)
        if done is None:
            raise OfficeRejectedError(self.name, f"no lever {lever}")
        return done

    def _asked(self, method: str, path: str, **parts: Any) -> Mapping[str, Any] | None:  # noqa: ANN401 - as httpx takes them
        """What the office answers; None where it knows of nothing there."""
        try:
            answer = self.client.request(method, path, **parts)
        except httpx.HTTPError as wrong:
            raise OfficeDownError(self.name, type(wrong).__name__) from wrong
        body = self._body(answer)
        if answer.status_code == HTTPStatus.NOT_FOUND and body.get("error") == "not_found":
            return None
        if answer.status_code in _REJECTIONS:
            reason = f"{body.get('error', '')}: {body.get('detail', '')}"
            raise OfficeRejectedError(self.name, reason)
        if answer.status_code != HTTPStatus.OK:
            raise OfficeDownError(self.name, str(answer.status_code))
        return body

    def _body(self, answer: httpx.Response) -> Mapping[str, Any]:
        try:
            body = answer.json()
        except ValueError as wrong:
            raise OfficeDownError(self.name, f"{answer.status_code} without JSON") from wrong
        if not isinstance(body, dict):
            raise OfficeDownError(self.name, f"{answer.status_code} without an object")
        return body

    def _receipt(self, body: Mapping[str, Any]) -> Receipt:
        try:
            receipt: Receipt = codec.decode(Receipt, dict(body))
        except codec.CodecError as wrong:
            raise OfficeDownError(self.name, str(wrong)) from wrong
        return receipt

    def _notice(self, body: Mapping[str, Any]) -> Notice:
        try:
            return notice_from(body)
        except NoticeFormError as wrong:
            raise OfficeDownError(self.name, str(wrong)) from wrong


def connect(
    address: str,
    *,
    name: str,
    timeout_seconds: float = TIMEOUT_SECONDS,
    transport: httpx.BaseTransport | None = None,
) -> HttpOffice:
    """An office at an address; environment proxies are not asked."""
    client = httpx.Client(
        base_url=address, timeout=timeout_seconds, transport=transport, trust_env=False
    )
    return HttpOffice(name=name, client=client)


def _act(act: Act) -> Mapping[str, Any]:
    return {
        "client_reference": act.client_reference,
        "registry": act.registry.value,
        "kind": act.kind.value,
        "form": dict(act.form),
        "files": [
            {"name": file.name, "content": base64.b64encode(file.content).decode()}
            for file in act.files
        ],
        "registration_no": act.registration_no,
        "answers": act.answers,
    }
