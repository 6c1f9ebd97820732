"""A house with a granted line and a trial office."""

from pathlib import Path

import pytest

from tests.pledges import PledgeHouse


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PledgeHouse:
    return PledgeHouse(tmp_path, monkeypatch)
