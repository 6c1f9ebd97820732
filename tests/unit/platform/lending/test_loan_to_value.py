"""Loan to value over time: payments, revaluations, and who may see it."""

from datetime import date, timedelta

import pytest

from tests.people import MONDAY, House
from tests.unit.platform.lending.test_loan import appraised, paid, registered
from zhirong.core.money import Money
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.lending import receiving
from zhirong.platform.lending.loan_to_value import loan_to_value_of
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.owing import owed
from zhirong.platform.operations import clock, outbox

VALUE = 1_600_000_000


def valued(house: House, matter_id: int, on: date, value: int, covered: int) -> None:
    """Another appraisal of the pledge."""
    job = outbox.ask_watched(
        "appraise", {}, by=house.manager, title="job.appraise", matter_id=matter_id
    )
    AppraisalRun.objects.create(
        matter_id=matter_id,
        job=job,
        state=AppraisalRun.State.DONE,
        valuation_date=on,
        asked_by_id=house.manager.user_id,
        pledge_value_fen=value,
        covered_fen=covered,
    )


@pytest.fixture
def draw(house: House) -> DrawDown:
    found = paid(house)
    AppraisalRun.objects.update(pledge_value_fen=VALUE)
    return found


class TestLoanToValueOf:
    def test_is_none_before_there_is_money(self, house: House) -> None:
        assert loan_to_value_of(appraised(house).number, house.manager) is None

    def test_is_none_before_the_pay_out(self, house: House) -> None:
        assert loan_to_value_of(registered(house).number, house.manager) is None

    def test_follows_the_value_of_the_pledge(self, house: House, draw: DrawDown) -> None:
        matter = draw.facility.matter
        revalued = MONDAY + timedelta(days=30)
        clock.set_day(revalued + timedelta(days=1))
        valued(house, matter.pk, revalued, VALUE // 2, 360_000_000 // 2)

        course = loan_to_value_of(matter.number, house.manager)

        assert course is not None
        assert [line.cause for line in course.lines] == ["paid_out", "revalued", "today"]
        assert course.lines[0].ratio == pytest.approx(5_000_000 / 16_000_000)
        assert course.lines[1].ratio == pytest.approx(2 * course.lines[0].ratio)
        assert course.cap == pytest.approx(0.225)
        assert course.approved == pytest.approx(5_000_000 / 16_000_000)

    def test_ends_with_the_last_payment(self, house: House, draw: DrawDown) -> None:
        later = MONDAY + timedelta(days=8)
        clock.set_day(later)
        payoff = Money.of_fen(owed(draw, on=later).payoff)
        receiving.receive_by(
            draw.number, amount=payoff, reference="B1", received_on=later, actor=house.manager
        )
        clock.set_day(later + timedelta(days=90))

        course = loan_to_value_of(draw.facility.matter.number, house.manager)

        assert course is not None
        assert [(line.on, line.cause) for line in course.lines] == [
            (MONDAY, "paid_out"),
            (later, "repaid"),
        ]
        assert course.lines[-1].owed == 0

    def test_is_nothing_to_strangers(self, house: House, draw: DrawDown) -> None:
        for stranger in house.strangers():
            assert loan_to_value_of(draw.facility.matter.number, stranger) is None
