"""A request that is repeated acts once: same key and same content, same answer.

The act and the keeping of its answer are one transaction. A twin that comes while the first is
under way waits for the row of its key, then finds the answer. What did not act is not kept, so it
may be tried again under the same key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from zhirong.core.codec import canonical
from zhirong.core.errors import InputError, StateError, ZhirongError
from zhirong.core.hashes import sha256
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.api import entering, errors
from zhirong.platform.api.models import KeptAnswer
from zhirong.platform.operations import clock

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LENGTH_MAX = 80
TRIES = 3
Run = Callable[..., HttpResponseBase]


class RepeatedKeyError(StateError):
    """A key that was used for another request."""

    code = "error.idempotency_key"

    def __init__(self, key: str) -> None:
        super().__init__(f"{key!r} was used for another request.", key=key)


class KeyFormError(InputError):
    """A key that is missing, empty, too long or not plain text."""

    code = "error.idempotency_key_form"


class _DidNotActError(Exception):
    """The operation answered with a problem: what it began is rolled back."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    viewer: Viewer
    key: str
    digest: str


def once_a_key(run: Run) -> Run:
    """An operation that acts once a key; without a key, or as a reader, it stays as it is."""

    @wraps(run)
    def answered(request: HttpRequest, **values: Any) -> HttpResponseBase:  # noqa: ANN401 - the path's
        if request.method != "POST" or HEADER not in request.headers:
            return run(request, **values)
        try:
            asked = _asked(request)
            return _kept(asked) or _acted(asked, lambda: run(request, **values))
        except ZhirongError as error:
            return errors.answer(error)
        except errors.UNREADABLE as error:
            return errors.unreadable(error)

    return answered


def key_of(request: HttpRequest) -> str:
    """The key that an operation cannot do without, as one of the organization's own.

    Raises:
        KeyFormError: There is none.
    """
    asked = _asked(request)
    return sha256(f"{asked.viewer.organization_id}/{asked.key}".encode())[:48]


def own_key(request: HttpRequest) -> str:
    """The same for an operation that can do without it; empty where the caller gave none.

    The act itself keeps it, beyond the days that answers are kept.
    """
    return key_of(request) if HEADER in request.headers else ""


def token_of(request: HttpRequest) -> str:
    """What stands behind `Bearer` in the request; empty where nothing does."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def asked_key(request: HttpRequest) -> str:
    """The key as the caller chose it.

    Raises:
        KeyFormError: There is none, or none of plain characters.
    """
    key = request.headers.get(HEADER, "").strip()
    if not (0 < len(key) <= LENGTH_MAX and key.isascii() and key.isprintable()):
        raise KeyFormError("No key of 1 to 80 plain characters.")
    return key


def _asked(request: HttpRequest) -> _Asked:
    viewer = entering.caller(request, token_of(request)).viewer
    key = asked_key(request)
    content = {
        "person": viewer.user_id,
        "path": request.get_full_path(),
        "body": _content(request),
    }
    return _Asked(viewer=viewer, key=key, digest=sha256(canonical(content)))


def _content(request: HttpRequest) -> Any:  # noqa: ANN401 - plain data of any form
    """What is asked, not how it is wrapped: the borders of uploads differ each time."""
    if request.content_type != "multipart/form-data":
        return sha256(request.body)
    return {
        "fields": dict(sorted(request.POST.lists())),
        "files": [
            [name, file.name or "", sha256(b"".join(file.chunks()))]
            for name, files in sorted(request.FILES.lists())
            for file in files
        ],
    }


def _kept(asked: _Asked) -> HttpResponseBase | None:
    row = KeptAnswer.objects.filter(
        organization_id=asked.viewer.organization_id, key=asked.key
    ).first()
    if row is None:
        return None
    if row.digest != asked.digest:
        raise RepeatedKeyError(asked.key)
    response = HttpResponse(row.body, status=row.status, content_type="application/json")
    response.headers[REPLAYED] = "true"
    return response


def _acted(asked: _Asked, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _act_and_keep(asked, act)
        except _DidNotActError as problem:
            return problem.response
        except IntegrityError:
            # A twin was first; where it did not act after all, this one does.
            known = _kept(asked)
            if known is not None:
                return known
    raise RepeatedKeyError(asked.key)


def _act_and_keep(asked: _Asked, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    _forget_old(asked.viewer.organization_id)
    row = KeptAnswer.objects.create(
        organization_id=asked.viewer.organization_id,
        key=asked.key,
        digest=asked.digest,
        made_at=clock.real_now(),
    )
    response = act()
    if not 200 <= response.status_code < 300 or not isinstance(response, HttpResponse):
        raise _DidNotActError(response)
    row.status, row.body = response.status_code, response.content.decode("utf-8")
    row.save(update_fields=["status", "body"])
    return response


def _forget_old(organization_id: int) -> None:
    days = int(Parameters().get("platform.api", on=clock.today()).value["answers_kept_days"])
    before = clock.real_now() - timedelta(days=days)
    KeptAnswer.objects.filter(organization_id=organization_id, made_at__lt=before).delete()
