"""The API under one address: its operations, its description, a page that shows it."""

from typing import Any

from ninja import NinjaAPI, Router
from ninja.decorators import decorate_view
from ninja.operation import Operation

from zhirong.platform.api import (
    confirming,
    errors,
    routes_amendments,
    routes_credit,
    routes_files,
    routes_matters,
    routes_money,
    routes_paying,
    routes_plans,
    routes_registration,
    routes_webhooks,
)
from zhirong.platform.api.entering import Key, listed, spoken
from zhirong.platform.api.replaying import HEADER, LENGTH_MAX, once_a_key

VERSION = "1.0"
ROUTERS = (
    routes_matters.router,
    routes_files.router,
    routes_credit.router,
    routes_registration.router,
    routes_amendments.router,
    routes_money.router,
    routes_paying.router,
    routes_plans.router,
    routes_webhooks.router,
)

KEY_HEADER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LENGTH_MAX, "pattern": "^[!-~]+$"},
    "description": "The same key with the same content acts once and answers the same.",
}


CONFIRMATION_HEADER = {
    "in": "header",
    "name": confirming.HEADER,
    "required": True,
    "schema": {"type": "string", "pattern": confirming.FORM},
    "description": (
        "t=<seconds since 1970>,v1=<HMAC-SHA256 with the key's secret, in hex, over t, method,"
        " path, SHA-256 of the content in hex and Idempotency-Key, joined by dots>. Stands for the"
        " second factor."
    ),
}


def _act(operation: Operation) -> None:
    """An operation that acts: once a key; what binds is confirmed before, and needs the key."""
    is_binding = operation.operation_id in confirming.BINDING
    around = (once_a_key, confirming.confirmed) if is_binding else (once_a_key,)
    decorate_view(*around)(operation.view_func)
    headers: list[dict[str, Any]] = [{**KEY_HEADER, "required": is_binding}]
    operation.openapi_extra = {"parameters": headers + [CONFIRMATION_HEADER] * is_binding}


def _acts(router: Router) -> None:
    for view in router.path_operations.values():
        for operation in view.operations:
            if "POST" in operation.methods:
                _act(operation)


def made() -> NinjaAPI:
    """The API with all operations."""
    api = NinjaAPI(
        title="Zhirong",
        version=VERSION,
        description=(
            "Pledge loans on intellectual property, from application to release; asset-backed"
            " plans, from the files to the reports of each payment date."
        ),
        docs_url=None,
        urls_namespace="api",
        auth=Key(),
    )
    errors.register(api)
    api.add_decorator(listed, mode="operation")
    api.add_decorator(spoken, mode="view")
    for router in ROUTERS:
        _acts(router)
        api.add_router("", router)
    return api


api = made()
