"""Taking an application back: nothing that was made for it is left over."""

from pathlib import Path

import pytest

from tests.pledges import MARK, PATENTS, PledgeHouse
from tests.unit.platform.filing.test_mending import seed, sent
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing.models import Filing, PledgedRight
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.models import Facility
from zhirong.platform.lending.resettling import ResettlingError
from zhirong.platform.lending.withdrawing import withdraw
from zhirong.platform.matters.models import Matter


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PledgeHouse:
    return PledgeHouse(tmp_path, monkeypatch)


def undrawn() -> int:
    return ledger.net_fen(f"facility/{Facility.objects.get().number}/undrawn")


class TestWithdraw:
    def test_promises_nothing_more_after_a_refusal_by_the_office(self, house: PledgeHouse) -> None:
        seed(house, PATENTS[0], is_disputed=True)
        number = sent(house).matter.number
        assert Matter.objects.get().stage == "contracted"
        assert undrawn() == Facility.objects.get().limit_fen

        withdraw(number, actor=house.firm)

        assert Matter.objects.get().stage == "withdrawn"
        assert undrawn() == 0
        assert Facility.objects.get().closed_on is not None
        assert ledger.trial().is_even
        assert set(Filing.objects.values_list("state", flat=True)) == {"refused", "withdrawn"}
        assert not Deed.objects.filter(is_signed=False, is_withdrawn=False).exists()
        assert not PledgedRight.objects.filter(is_live=True).exists()

    def test_books_nothing_where_nobody_has_signed(self, house: PledgeHouse) -> None:
        number = house.contracted().number

        withdraw(number, actor=house.firm)

        assert Matter.objects.get().stage == "withdrawn"
        assert undrawn() == 0

    def test_waits_while_another_filing_is_registered(self, house: PledgeHouse) -> None:
        seed(house, PATENTS[0], is_disputed=True)
        number = house.contracted().number
        house.entered(number)
        mark = house.pledged(number, MARK)
        house.sign(number)
        for filing in Filing.objects.exclude(pk=mark.pk):
            house.file(filing)
        house.file(mark)
        house.days()
        assert Matter.objects.get().stage == "contracted"

        with pytest.raises(ResettlingError) as wrong:
            withdraw(number, actor=house.firm)

        assert wrong.value.facts["reason"] == "error.resettling.other_filing"
        assert Matter.objects.get().stage == "contracted"
