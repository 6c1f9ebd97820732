"""One running demonstration and one browser for the journeys of a file, ended with it.

The browser keeps an event loop in this thread, under which no later test could ask a database.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.served_platform import Served, chromium, served


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("platform")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found
