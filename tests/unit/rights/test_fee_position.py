from datetime import date
from decimal import Decimal

import pytest

from tests.factories import patent
from zhirong.core.money import Money
from zhirong.rights import fee_position, fees
from zhirong.rights.fee_position import FeeStage, FeeStanding
from zhirong.rights.law import shipped
from zhirong.rights.records import FeeReduction, Patent

LAW = shipped()
PAID_FOUR = patent(fee_paid_through_year=4)


def seen(facts: Patent, on: date, evidence_on: date | None = None) -> FeeStanding:
    return fee_position.standing(facts, on=on, evidence_on=evidence_on or on, law=LAW)


class TestStanding:
    @pytest.mark.parametrize(
        ("on", "evidence_on", "stage"),
        [
            (date(2022, 3, 15), date(2022, 3, 15), FeeStage.IN_ORDER),
            (date(2022, 3, 16), date(2022, 3, 16), FeeStage.GRACE),
            (date(2022, 9, 15), date(2022, 9, 15), FeeStage.GRACE),
            (date(2022, 9, 16), date(2022, 9, 16), FeeStage.LAPSED),
            (date(2022, 5, 1), date(2022, 9, 16), FeeStage.LAPSED),
            (date(2022, 3, 14), date(2022, 9, 16), FeeStage.IN_ORDER),
            (date(2022, 5, 1), date(2022, 3, 1), FeeStage.NOT_KNOWN),
            (date(2022, 12, 1), date(2022, 5, 1), FeeStage.NOT_KNOWN),
        ],
    )
    def test_depends_on_the_day_and_on_the_evidence(
        self, on: date, evidence_on: date, stage: FeeStage
    ) -> None:
        assert seen(PAID_FOUR, on, evidence_on).stage is stage

    def test_lapses_from_the_due_date(self) -> None:
        assert seen(PAID_FOUR, date(2022, 9, 16)).lapsed_on == date(2022, 3, 15)

    def test_is_not_known_when_nobody_said(self) -> None:
        assert seen(patent(), date(2024, 1, 1)).stage is FeeStage.NOT_KNOWN

    def test_is_pending_before_the_grant(self) -> None:
        assert seen(patent(grant_date=None), date(2024, 1, 1)).stage is FeeStage.PENDING

    def test_is_paid_up_at_the_last_year(self) -> None:
        facts = patent(fee_paid_through_year=20)
        assert seen(facts, date(2024, 1, 1)).stage is FeeStage.PAID_UP


class TestAmountDue:
    def test_meets_the_golden_vector(self) -> None:
        standing = seen(PAID_FOUR, date(2022, 5, 20))
        due = fee_position.amount_due(PAID_FOUR, standing=standing, law=LAW)
        assert due is not None
        assert due.fee.patent_year == 5
        assert due.fee.payable == Money(Decimal(1200))
        assert (due.overdue_months, due.late_fee) == (3, Money(Decimal(120)))
        assert due.total == Money(Decimal(1320))

    def test_has_no_total_when_it_is_too_late(self) -> None:
        standing = seen(PAID_FOUR, date(2022, 9, 16))
        due = fee_position.amount_due(PAID_FOUR, standing=standing, law=LAW)
        assert due is not None
        assert due.total is None

    def test_is_nothing_when_nothing_is_known(self) -> None:
        standing = seen(patent(), date(2024, 1, 1))
        assert fee_position.amount_due(patent(), standing=standing, law=LAW) is None


class TestRestoration:
    def test_adds_its_fee_to_the_annual_fee_and_the_whole_late_fee(self) -> None:
        facts = patent(fee_paid_through_year=4, fee_reduction=FeeReduction.SINGLE)
        fee = fees.annual_fee(facts, 5, on=date(2022, 12, 1), law=LAW)
        found = fee_position.restoration(
            fee, notice_received_on=date(2022, 11, 21), on=date(2022, 12, 1), law=LAW
        )
        assert found.request_by == date(2023, 1, 28)  # the day after the Spring Festival week
        assert found.late_fee == Money(Decimal(300))
        assert found.total == Money(Decimal(1000 + 180 + 300))

    def test_has_no_last_day_while_the_notice_is_not_dated(self) -> None:
        fee = fees.annual_fee(PAID_FOUR, 5, on=date(2022, 12, 1), law=LAW)
        found = fee_position.restoration(
            fee, notice_received_on=None, on=date(2022, 12, 1), law=LAW
        )
        assert found.request_by is None


class TestForceMajeureDeadline:
    @pytest.mark.parametrize(
        ("obstacle_ended_on", "expected"),
        [(date(2023, 5, 10), date(2023, 7, 10)), (date(2024, 9, 1), date(2024, 9, 18))],
    )
    def test_is_two_months_and_at_most_two_years(
        self, obstacle_ended_on: date, expected: date
    ) -> None:
        # Two years from 2022-09-15 end on a Sunday inside the Mid-Autumn days off.
        found = fee_position.force_majeure_deadline(
            obstacle_ended_on=obstacle_ended_on, time_limit_ended_on=date(2022, 9, 15), law=LAW
        )
        assert found == expected
