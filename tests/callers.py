"""Programs that call the API in tests: a key of a person, over Django's own test client."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.api.keys import make_key
from zhirong.platform.api.urls import api

ROOT = "/api/v1"


@dataclass
class Caller:
    """A person's key at work."""

    token: str
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        given = {"Authorization": f"Bearer {self.token}", **self.headers, **headers}
        named = {name.replace("_", "-"): value for name, value in given.items()}
        client = Client(raise_request_exception=False)
        content = {} if body is None else {"data": json.dumps(body)}
        return client.generic(
            method, f"{ROOT}{path}", content_type="application/json", headers=named, **content
        )

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


def named_file(name: str, content: bytes) -> Any:
    return SimpleUploadedFile(name, content)


def caller(viewer: Viewer) -> Caller:
    return Caller(make_key(viewer.user_id, label="tests", by=viewer).token)


def operations() -> dict[str, tuple[str, str]]:
    """Method and path of every operation, by its name, from the API's own description."""
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return {
        details["operationId"]: (method.upper(), path)
        for path, methods in paths.items()
        for method, details in methods.items()
    }
