"""One running demonstration and one browser for all journeys of this folder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.served_platform import Served, chromium, served


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("platform")) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found
