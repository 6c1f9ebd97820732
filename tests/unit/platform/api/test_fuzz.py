"""Whatever the description allows, and much that it does not: no fault, answers as described."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.callers import Caller, caller
from tests.unit.platform.api.fuzzing import fuzz
from tests.unit.platform.api.test_fuzz_papers import ON_PAPERS, ON_RELEASE
from tests.unit.platform.api.worlds import OF_THE_BANK, TABLE, World, bare, held

ON_ROWS = [name for name in TABLE if name not in {*ON_PAPERS, *ON_RELEASE}]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; every test takes back what it did."""
    with held(django_db_blocker) as patch:
        yield bare(patch)


def somebody(world: World, name: str) -> Caller:
    """Somebody who may."""
    people = world.people()
    if name in OF_THE_BANK:
        return caller(people["manager"])
    rights = TABLE[name].rights
    may = [who for who in people.values() if any(who.may(right) for right in rights)]
    return caller(may[0])


# The fuzzer's own client leaves the zip open that a web server closes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
class TestOperations:
    @pytest.mark.usefixtures("db")
    @pytest.mark.parametrize("name", ON_ROWS)
    def test_answer_as_described_whatever_is_asked(self, world: World, name: str) -> None:
        fuzz(name, somebody(world, name), world.names_for(name))
