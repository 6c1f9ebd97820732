"""Every operation, tried by everybody: with the right, without it, without a key, from outside."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.callers import Caller, caller, operations
from tests.unit.platform.api.worlds import OF_THE_BANK, TABLE, World, bare, held
from zhirong.platform.lending.models import DrawDown


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; every test takes back what it did."""
    with held(django_db_blocker) as patch:
        yield bare(patch)


class TestTable:
    def test_has_a_row_for_every_operation_and_no_other(self) -> None:
        found = operations()

        assert len(found) > 50
        assert set(TABLE) == set(found)
        for name, (method, path) in found.items():
            row = TABLE[name]
            places = path.removeprefix("/api/v1").removeprefix("/").count("{")
            assert row.method == method, name
            assert row.path.count("{") == places, name


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("name", TABLE)
class TestOperations:
    def test_do_what_roles_may_and_nothing_else(self, world: World, name: str) -> None:
        try_without_a_key(world, name)
        try_from_outside(world, name)
        row = TABLE[name]
        for who, viewer in world.people().items():
            status, code = world.try_out(name, caller(viewer))
            is_his = not (name in OF_THE_BANK and who == "firm")
            if is_his and any(viewer.may(right) for right in row.rights):
                assert status not in {401, 404}, (who, status, code)
                assert status < 500, (who, status, code)
            else:
                assert status == 404, (who, status, code)
                assert code in {"error.not_allowed", "error.not_found"}, who


def try_without_a_key(world: World, name: str) -> None:
    before = DrawDown.objects.count()

    assert world.try_out(name, Caller("zr_none_none")) == (401, "error.api_key")
    assert DrawDown.objects.count() == before


def try_from_outside(world: World, name: str) -> None:
    for stranger in world.house.strangers() if TABLE[name].of_matter else ():
        status, code = world.try_out(name, caller(stranger))
        assert (status, code) in {(404, "error.not_found"), (404, "error.not_allowed")}
