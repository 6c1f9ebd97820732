"""Requests made from the API's own description, and what every answer must be."""

import os
from collections.abc import Mapping
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.callers import Caller, Signing, operations
from zhirong.platform.accounts.models import RateCount

EXAMPLES = int(os.environ.get("ZHIRONG_API_EXAMPLES", "25"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def cases(operation: Any) -> st.SearchStrategy[Any]:
    """Requests as described; and others, where there is something to be wrong about."""
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (operation.path_parameters or operation.query or operation.body):
        return right
    return right | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def fuzz(name: str, who: Caller, names: Mapping[str, Any]) -> None:
    """Ask an operation for all that its description allows, half the time about what there is."""
    app = Signing(get_wsgi_application(), who)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    method, path = operations()[name]
    operation = schema[path][method]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases(operation), is_real=st.booleans(), key=st.booleans(), signed=st.booleans())
    def ask(case: Any, *, is_real: bool, key: bool, signed: bool) -> None:
        app.is_signing = signed
        for place in case.path_parameters or {}:
            known = names.get("bank" if place == "organization" else place)
            if is_real and known is not None:
                case.path_parameters[place] = known
        if key:
            case.headers["Idempotency-Key"] = "fuzz"
        RateCount.objects.all().delete()
        with transaction.atomic():
            answer = case.call(headers={"Authorization": f"Bearer {who.token}"})
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)

    ask()
