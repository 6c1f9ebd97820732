"""Databases of their own, and a house whose slow and pure parts are done once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.own_database import copy_of, make_template
from tests.quick_house import Memory, QuickHouse


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> str:
    """An empty database with every table."""
    with django_db_blocker.unblock():
        return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def database(template: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Real transactions in a database of the test's own."""
    with django_db_blocker.unblock(), copy_of(template, tmp_path):
        yield


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    return Memory(tmp_path_factory.mktemp("memory"))


@pytest.fixture
def house(
    database: None, memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> QuickHouse:
    return QuickHouse(tmp_path, monkeypatch, memory)
