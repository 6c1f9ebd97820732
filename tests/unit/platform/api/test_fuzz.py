"""Whatever the description allows, and much that it does not: no fault, answers as described."""

import os
from typing import Any

import pytest
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

from tests.callers import Caller, Signing, caller, operations
from tests.people import House
from tests.unit.platform.api.test_permissions import OF_THE_BANK, TABLE, World
from zhirong.platform.accounts.models import RateCount

EXAMPLES = int(os.environ.get("ZHIRONG_API_EXAMPLES", "25"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Their filing is a bare row without papers: what they do with whole ones is tried on the way.
NEEDS_A_PACKAGE = {
    "file_pledge",
    "filing_grounds",
    "prepare_release",
    "file_release",
    "blocks",
    "mend_filing",
}


@pytest.fixture
def world(house: House, monkeypatch: pytest.MonkeyPatch) -> World:
    for place in ("selectors", "sending"):
        monkeypatch.setattr(f"zhirong.platform.filing.{place}.check", lambda filing: ())
    monkeypatch.setattr("zhirong.platform.filing.mending.make_papers", lambda filing, by: None)
    monkeypatch.setattr("zhirong.platform.filing.blocks.blocks_of", lambda matter, _: ())
    return World(house)


def somebody(world: World, name: str) -> Caller:
    """Somebody who may."""
    people = world.people()
    if name in OF_THE_BANK:
        return caller(people["manager"])
    rights = TABLE[name].rights
    may = [who for who in people.values() if any(who.may(right) for right in rights)]
    return caller(may[0])


def cases(operation: Any) -> st.SearchStrategy[Any]:
    """Requests as described; and others, where there is something to be wrong about."""
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (operation.path_parameters or operation.query or operation.body):
        return right
    return right | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


# The fuzzer's own client leaves the zip open that a web server closes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TABLE if name not in NEEDS_A_PACKAGE])
class TestOperations:
    def test_answer_as_described_whatever_is_asked(self, world: World, name: str) -> None:
        who = somebody(world, name)
        app = Signing(get_wsgi_application(), who)
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        method, path = operations()[name]
        operation = schema[path][method]
        headers = {"Authorization": f"Bearer {who.token}"}

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(
            case=cases(operation), is_real=st.booleans(), key=st.booleans(), signed=st.booleans()
        )
        def ask(case: Any, *, is_real: bool, key: bool, signed: bool) -> None:
            app.is_signing = signed
            for place in case.path_parameters or {}:
                known = world.names.get("bank" if place == "organization" else place)
                if is_real and known is not None:
                    case.path_parameters[place] = known
            if key:
                case.headers["Idempotency-Key"] = "fuzz"
            RateCount.objects.all().delete()
            with transaction.atomic():
                answer = case.call(headers=headers)
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)

        ask()
