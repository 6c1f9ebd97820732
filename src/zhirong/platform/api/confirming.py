"""Confirmations: what stands for the second factor where a program acts.

A token alone binds nobody. A request that moves money, signs, decides or files carries a signature
over itself and the moment, made with the key's secret; it counts for a short while. Asked again
within that while it acts once, by its idempotency key, which is signed along.
"""

import hmac
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zhirong.core.errors import ZhirongError
from zhirong.parameters.reader import Parameters
from zhirong.platform.api import entering, errors
from zhirong.platform.api.keys import CONFIRMATION, ConfirmationError, secret_of
from zhirong.platform.api.replaying import asked_key, token_of
from zhirong.platform.operations import clock

HEADER = CONFIRMATION
FORM = r"^t=[0-9]{1,12},v1=[0-9a-f]{64}$"
# The operations whose likes on the pages ask for the second factor.
BINDING = frozenset(
    {
        "decide",
        "sign",
        "file_pledge",
        "file_release",
        "file_amendment",
        "ask_draw",
        "release_draw",
        "book_receipt",
        "repay",
        "pay_supplier",
        "release_refund",
        "publish_plan_run",
    }
)
Run = Callable[..., HttpResponseBase]


def signature(secret: str, *, at: int, request: HttpRequest, key: str) -> str:
    """What `v1` of the header is for a request at a moment."""
    parts = (at, request.method, request.get_full_path(), sha256(request.body).hexdigest(), key)
    text = ".".join(str(part) for part in parts)
    return hmac.new(secret.encode("ascii"), text.encode(), sha256).hexdigest()


def check(request: HttpRequest) -> None:
    """Nothing, if the request is confirmed by its key's secret and lately.

    Raises:
        KeyFormError: It has no idempotency key.
        ConfirmationError: It is not confirmed.
    """
    number = entering.caller(request, token_of(request)).key
    key = asked_key(request)
    seconds = int(Parameters().number("platform.confirmation", on=clock.today()))
    given = request.headers.get(HEADER, "")
    parts = dict(item.strip().partition("=")[::2] for item in given.split(","))
    at, signed = parts.get("t", ""), parts.get("v1", "")
    if not given:
        raise ConfirmationError("missing", seconds=seconds)
    if not (at.isascii() and at.isdigit() and len(at) <= 12 and signed):
        raise ConfirmationError("form", seconds=seconds)
    if abs(clock.real_now().timestamp() - int(at)) > seconds:
        raise ConfirmationError("time", seconds=seconds)
    secret = secret_of(number)
    if not secret:
        raise ConfirmationError("no_secret", seconds=seconds)
    wanted = signature(secret, at=int(at), request=request, key=key)
    if not hmac.compare_digest(signed.encode("utf-8", "surrogatepass"), wanted.encode("ascii")):
        raise ConfirmationError("wrong", seconds=seconds)


def confirmed(run: Run) -> Run:
    """An operation that binds: it neither acts nor answers again without a confirmation."""

    @wraps(run)
    def answered(request: HttpRequest, **values: Any) -> HttpResponseBase:  # noqa: ANN401 - the path's
        try:
            check(request)
        except ZhirongError as error:
            return errors.answer(error)
        except errors.UNREADABLE as error:
            return errors.unreadable(error)
        return run(request, **values)

    return answered
