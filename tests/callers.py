"""Programs that call the API in tests: a key of a person, over Django's own test client."""

import json
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.api.confirming import signature
from zhirong.platform.api.keys import make_key
from zhirong.platform.api.urls import api

ROOT = "/api/v1"


@dataclass
class Caller:
    """A person's key at work; what carries an idempotency key is signed with its secret."""

    token: str
    secret: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    acts: int = 0

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        given = {"Authorization": f"Bearer {self.token}", **self.headers, **headers}
        named = {name.replace("_", "-"): value for name, value in given.items()}
        content = "" if body is None else json.dumps(body)
        if self.secret and "Idempotency-Key" in named:
            at = int(time.time())
            named = {"Zhirong-Confirmation": self.signed(path, content, named, at=at), **named}
        client = Client(raise_request_exception=False)
        return client.generic(
            method, f"{ROOT}{path}", content, content_type="application/json", headers=named
        )

    def signed(self, path: str, content: str, headers: dict[str, str], *, at: int) -> str:
        """The confirmation of a request at a moment."""
        request = RequestFactory().post(f"{ROOT}{path}", content, content_type="application/json")
        key = headers["Idempotency-Key"]
        return f"t={at},v1={signature(self.secret, at=at, request=request, key=key)}"

    def act(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Something that binds, under a key of its own."""
        self.acts += 1
        return self.post(path, body, Idempotency_Key=f"{self.token[:15]}-{self.acts}", **headers)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.ask("POST", path, body, **headers)

    def give(self, path: str, files: dict[str, bytes], **headers: str) -> HttpResponse:
        """Upload files by name."""
        from_names = [named_file(name, content) for name, content in files.items()]
        given = {"Authorization": f"Bearer {self.token}", **headers}
        named = {name.replace("_", "-"): value for name, value in given.items()}
        return Client().post(f"{ROOT}{path}", {"files": from_names}, headers=named)


class Signing:
    """An application before which every request is signed with a person's secret, if wanted."""

    def __init__(self, app: WSGIHandler, who: Caller) -> None:
        self.app, self.who, self.is_signing = app, who, True

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if self.is_signing and "HTTP_IDEMPOTENCY_KEY" in environ:
            content = environ["wsgi.input"].read()
            environ["wsgi.input"] = BytesIO(content)
            request, at = WSGIRequest(dict(environ)), int(time.time())
            key = environ["HTTP_IDEMPOTENCY_KEY"].strip()
            signed = signature(self.who.secret, at=at, request=request, key=key)
            environ["HTTP_ZHIRONG_CONFIRMATION"] = f"t={at},v1={signed}"
            environ["wsgi.input"] = BytesIO(content)
        return self.app(environ, start_response)


def named_file(name: str, content: bytes) -> Any:
    return SimpleUploadedFile(name, content)


def caller(viewer: Viewer) -> Caller:
    made = make_key(viewer.user_id, label="tests", by=viewer)
    return Caller(made.token, made.secret)


def operations() -> dict[str, tuple[str, str]]:
    """Method and path of every operation, by its name, from the API's own description."""
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return {
        details["operationId"]: (method.upper(), path)
        for path, methods in paths.items()
        for method, details in methods.items()
    }
