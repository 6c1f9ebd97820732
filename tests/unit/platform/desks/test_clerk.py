"""The pledge clerk's desk: what to do now, and every filing."""

from pathlib import Path

import pytest

from tests.unit.platform.desks.clients import browser
from tests.whole_house import WholeHouse
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.models import Filing


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WholeHouse:
    return WholeHouse(tmp_path, monkeypatch)


def read(viewer: Viewer, *, lang: str = "zh-hans") -> str:
    answer = browser(viewer, lang=lang).get("/clerk/")
    assert answer.status_code == 200
    return str(answer.content.decode())


class TestDesk:
    def test_follows_a_filing_to_its_release(self, house: WholeHouse) -> None:
        assert "还没有登记" in read(house.clerk)
        number = house.applied()
        house.appraised(number)
        house.approved(number)
        house.signed(number)
        assert "材料已签齐，待提交" in read(house.clerk)

        house.filed(number)
        house.next_day()
        page = read(house.clerk)
        assert "材料已签齐，待提交" not in page
        assert Filing.objects.get().number in page

        for _ in range(4):
            house.next_day()
        assert "核验年费" in read(house.clerk)
        house.proved(number)
        assert "核验年费" not in read(house.clerk)

        draw = house.drawn(number)
        house.repaid(draw)
        assert "贷款已结清，待解押" in read(house.clerk)
        assert "Repaid: release the pledge" in read(house.clerk, lang="en")
        house.released(number)
        page = read(house.clerk)
        assert "已注销" in page
        assert "贷款已结清，待解押" not in page

    def test_is_the_clerks_alone(self, house: WholeHouse) -> None:
        for viewer in (house.firm, house.manager, house.risk, house.admin):
            assert browser(viewer).get("/clerk/").status_code == 404
