"""One loan from application to release, at a trial office and a trial bank."""

from pathlib import Path

import pytest

from tests.whole_house import FIRM_ACCOUNT, WholeHouse
from zhirong.core.periods import Period
from zhirong.parameters.calendars import china
from zhirong.platform.documents import deeds
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing.models import Filing, HeardNotice, PledgedRight
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import journal


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WholeHouse:
    return WholeHouse(tmp_path, monkeypatch)


class TestOneLoan:
    def test_goes_from_application_to_release(self, house: WholeHouse) -> None:
        draw = house.to_money()

        matter = Matter.objects.get()
        assert draw.state == DrawDown.State.PAID
        assert matter.stage == Matter.Stage.DRAWN
        assert ledger.net_fen(f"loan/{draw.number}/principal") == 500_000_000
        assert matter.applied_on is not None
        assert matter.paid_on is not None
        days = china().workdays_in(Period(matter.applied_on, matter.paid_on))
        assert days <= 3
        assert all(
            deeds.verify(deed).is_valid for deed in Deed.objects.filter(kind="main_contract")
        )

        house.repaid(draw)
        draw.refresh_from_db()
        assert draw.state == DrawDown.State.REPAID
        assert Matter.objects.get().stage == Matter.Stage.REPAID

        house.released(matter.number)
        assert Matter.objects.get().stage == Matter.Stage.CLOSED
        assert not PledgedRight.objects.filter(is_live=True).exists()
        assert ledger.trial().is_even
        assert journal.audit().faults == ()
        assert FIRM_ACCOUNT

    def test_hears_every_notice_once(self, house: WholeHouse) -> None:
        house.to_money()
        count = HeardNotice.objects.count()

        for _ in range(3):
            house.work()

        assert HeardNotice.objects.count() == count
        assert Filing.objects.get().state == "registered"
