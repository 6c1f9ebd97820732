"""What is missing on each step of a matter, and what of it the borrower is told."""

from datetime import timedelta

from tests.people import MONDAY, House
from tests.unit.platform.lending.test_loan import (
    BACK,
    applied,
    appraised,
    approved,
    paid,
    registered,
    terms,
)
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.lending import applying, deciding, withdrawing
from zhirong.platform.lending.missing import missing_of
from zhirong.platform.matters.selectors import head_of


def codes(number: str, viewer: Viewer) -> list[str]:
    return [item.code for item in missing_of(head_of(number, viewer), viewer)]


class TestMissingOf:
    def test_begins_with_files_and_application(self, house: House) -> None:
        number = house.matter().number

        assert codes(number, house.manager) == ["missing.files", "missing.application"]

    def test_names_the_points_that_failed(self, house: House) -> None:
        number = applied(house).number
        Organization.objects.filter(pk=house.firm_organization.pk).update(kind="valuer")
        assert codes(number, house.manager) == ["missing.check"]

        applying.check_qualification(number, actor=house.manager)
        (item,) = missing_of(head_of(number, house.manager), house.manager)

        assert item.code == "missing.point"
        assert "评估机构" in str(item.facts["point"])

    def test_keeps_what_the_bank_weighs_from_the_borrower(self, house: House) -> None:
        number = appraised(house).number
        assert codes(number, house.manager) == ["missing.proposal"]
        deciding.propose(number, terms(), actor=house.risk)
        assert codes(number, house.chief) == ["missing.two_decisions"]
        assert codes(number, house.firm) == ["missing.decision"]

        deciding.decide(number, BACK, reason="补流水", version=1, actor=house.chief)

        (told,) = missing_of(head_of(number, house.manager), house.manager)
        assert told.code == "missing.returned"
        assert told.facts["reason"] == "补流水"
        assert codes(number, house.firm) == ["missing.proposal"]

    def test_asks_for_the_contracts_once_approved(self, house: House) -> None:
        assert codes(approved(house).number, house.manager) == ["missing.contracts"]

    def test_names_what_blocks_the_money(self, house: House) -> None:
        number = registered(house).number
        AppraisalRun.objects.update(valid_until=MONDAY - timedelta(days=1))

        assert codes(number, house.manager) == ["missing.draw", "block.value_stale"]

    def test_says_which_installment_comes_next(self, house: House) -> None:
        number = paid(house).facility.matter.number

        (item,) = missing_of(head_of(number, house.firm), house.firm)

        assert item.code == "missing.installment"

    def test_is_nothing_once_it_has_ended(self, house: House) -> None:
        number = house.matter().number
        withdrawing.withdraw(number, actor=house.firm)

        assert codes(number, house.firm) == []
