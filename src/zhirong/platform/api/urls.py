"""The API under one address: its operations, its description, a page that shows it."""

from ninja import NinjaAPI, Router

from zhirong.platform.api import (
    errors,
    routes_amendments,
    routes_credit,
    routes_files,
    routes_matters,
    routes_money,
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
    routes_webhooks.router,
)

KEY_HEADER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LENGTH_MAX, "pattern": "^[!-~]+$"},
    "description": "The same key with the same content acts once and answers the same.",
}


def _describe_keys(router: Router) -> None:
    """Every operation that acts takes a key against acting twice."""
    for view in router.path_operations.values():
        for operation in view.operations:
            if "POST" in operation.methods:
                operation.openapi_extra = {"parameters": [KEY_HEADER]}


def made() -> NinjaAPI:
    """The API with all operations."""
    api = NinjaAPI(
        title="Zhirong",
        version=VERSION,
        description="Pledge loans on intellectual property, from application to release.",
        docs_url=None,
        urls_namespace="api",
        auth=Key(),
    )
    errors.register(api)
    api.add_decorator(listed, mode="operation")
    api.add_decorator(once_a_key, mode="view")
    api.add_decorator(spoken, mode="view")
    for router in ROUTERS:
        _describe_keys(router)
        api.add_router("", router)
    return api


api = made()
