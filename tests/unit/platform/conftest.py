"""A database and a house of people for each test of the platform."""

import pytest

from tests.people import House


@pytest.fixture
def house(db: None) -> House:
    return House()
