"""One running demonstration for all who do not need its first day; one browser for each file.

The browser keeps an event loop in this thread, under which no later test could ask a database.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import plan_way
from tests.served_platform import Matters, Person, Preparation, Served, chromium, served


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("platform")) as running:
        yield running


@pytest.fixture(scope="session")
def preparation(platform: Served) -> Iterator[Preparation]:
    """One before its decision, two before they are filed, one that is to apply."""
    orders = ("firm1:proposed:100", "firm5:signed:100", "firm4:signed:100", "firm3:opened:0")
    begun = platform.prepare(*orders)
    yield begun
    begun.end()


@pytest.fixture(scope="session")
def matters(preparation: Preparation) -> Matters:
    """What was prepared, by firm."""
    return preparation.matters()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def plan(browser: Browser, platform: Served) -> str:
    """The number of a published plan, with servicer and investor and a report of a date."""
    arranger, servicer = (Person(browser, platform, name) for name in ("arranger", "servicer"))
    number = plan_way.structured(arranger)
    plan_way.let_in(arranger, number)
    plan_way.published(arranger, number)
    plan_way.reported(servicer, number)
    for person in (arranger, servicer):
        person.context.close()
    return number
