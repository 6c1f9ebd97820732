"""Three years of monthly installments, paid late, in parts, early and too much: to the fen."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.db.models import Sum

from tests.quick_house import QuickHouse
from zhirong.core.money import Money
from zhirong.ledger import chart
from zhirong.ledger.reconciliation import reconcile
from zhirong.lending.schedules import Form
from zhirong.parameters.calendars import china
from zhirong.platform.appraisals.models import AppraisedRight
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.models import Transfer
from zhirong.platform.lending import incoming
from zhirong.platform.lending.models import DrawDown, Installment, Receipt
from zhirong.platform.lending.owing import owed
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock, journal

MONTHS = 36
PRINCIPAL = 500_000_000
ONE_DAY = timedelta(days=1)


def lent(house: QuickHouse, form: Form, months: int = MONTHS) -> DrawDown:
    number = house.applied(form=form, tenor_months=months, every_months=1)
    house.appraised(number)
    # Only rights that live as long as the debt may be pledged for it.
    inventions = AppraisedRight.objects.filter(kind="invention", is_registrable=True)
    house.approved(number, rights=tuple(inventions.values_list("number", flat=True)))
    house.signed(number)
    house.registered(number)
    house.proved(number)
    return house.drawn(number)


def pay(house: QuickHouse, draw: DrawDown, fen: int, on: date) -> None:
    """The firm pays over the rail, and it is heard the same day."""
    house.on(on)
    key = f"pay-{draw.repayments.count()}"
    incoming.repay(draw.number, amount=Money.of_fen(fen), key=key, actor=house.firm)
    house.work()
    house.work()


def live(house: QuickHouse, draw: DrawDown) -> None:
    """Pay every line in one of six manners, then whatever is left with some more."""
    for line in list(draw.installments.all()):
        fen, due = line.principal_fen + line.interest_fen, line.due_on
        match line.number % 6:
            case 1:
                pay(house, draw, fen, due)
            case 2:
                pay(house, draw, fen, due + 5 * ONE_DAY)
            case 3:
                pay(house, draw, fen // 2, due)
                pay(house, draw, fen - fen // 2, due + 3 * ONE_DAY)
            case 4:
                pay(house, draw, fen, due - 2 * ONE_DAY)
            case 5:
                pay(house, draw, fen + 12_345, due)
            case _:
                pay(house, draw, fen + 1, due + 12 * ONE_DAY)
    draw.refresh_from_db()
    if draw.state == DrawDown.State.PAID:
        pay(house, draw, 10_000_000, clock.today() + 2 * ONE_DAY)


def booked(event: str) -> int:
    return int(Transfer.objects.filter(event=event).aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def assert_reconciled(house: QuickHouse) -> None:
    told = [entry for _, entry in house.rail().entries(after=0)]
    found = reconcile(ledger.postings_of(chart.cash("bank")), told)
    assert found.is_clean, [line for line in found.lines if line.difference_fen]
    assert found.difference_fen == 0
    assert len(found.lines) == len(told)


def assert_schedule(draw: DrawDown) -> None:
    """Interest of each period by the contract's own formula, and principal to the last fen."""
    rate = Decimal(draw.facility.proposal.quoted_rate)
    lines = list(draw.installments.all())
    assert len(lines) == MONTHS
    assert all(line.due_on >= line.end and china().is_workday(line.due_on) for line in lines)
    assert any(line.due_on > line.end for line in lines), "no day off on the way"
    assert all(one.end == following.start for one, following in pairwise(lines))
    left = PRINCIPAL
    for line in lines:
        exact = Decimal(left) * rate * (line.end - line.start).days / 360
        assert line.interest_fen == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        left -= line.principal_fen
    assert left == 0


class TestThreeYears:
    @pytest.mark.parametrize("form", [Form.ANNUITY, Form.EQUAL_PRINCIPAL])
    def test_are_paid_to_the_fen(self, house: QuickHouse, form: Form) -> None:
        draw = lent(house, form)
        assert_schedule(draw)
        interest = sum(line.interest_fen for line in draw.installments.all())

        live(house, draw)

        draw.refresh_from_db()
        assert draw.state == DrawDown.State.REPAID
        names = chart.LoanAccounts(draw.number)
        assert [ledger.net_fen(name) for name in names.owed] == [0] * 5
        charges = booked("penalty_charged") + booked("compound_accrued")
        assert charges > 0
        assert booked("interest_accrued") == interest
        paid = sum(Receipt.objects.values_list("amount_fen", flat=True))
        rest = ledger.net_fen(names.unallocated)
        assert paid == PRINCIPAL + interest + charges + rest
        parts = [row.parts for row in Receipt.objects.all()]
        waited = booked("allocation")
        assert sum(sum(part.values()) for part in parts) == paid - waited - rest
        assert ledger.trial().is_even
        assert_reconciled(house)
        assert journal.audit().faults == ()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a loan that was lent once is kept for those that begin there."""
    return tmp_path_factory.mktemp("kept") / "lent"


def lent_once(house: QuickHouse, kept: Path) -> DrawDown:
    """A loan of six months: lent the first time, and gone back to afterwards."""
    if kept.exists():
        house.go_back(kept)
        return DrawDown.objects.get()
    draw = lent(house, Form.EQUAL_PRINCIPAL, months=6)
    house.keep(kept)
    return draw


class TestTheWholeAtOnce:
    @pytest.mark.parametrize("days", range(-1, 4))
    @pytest.mark.parametrize("place", [2, 5])
    def test_ends_the_loan_on_any_day(
        self, house: QuickHouse, kept: Path, place: int, days: int
    ) -> None:
        """On the day before a period ends, on its last day, and before it is due."""
        draw = lent_once(house, kept)
        line = draw.installments.get(number=place)
        day = line.end + days * ONE_DAY
        house.on(day)
        draw.refresh_from_db()

        pay(house, draw, owed(draw, on=day).payoff, day)

        draw.refresh_from_db()
        names = chart.LoanAccounts(draw.number)
        assert [ledger.net_fen(name) for name in names.owed] == [0] * 5
        assert ledger.net_fen(names.unallocated) == 0
        assert draw.state == DrawDown.State.REPAID
        assert Matter.objects.get().stage == Matter.Stage.REPAID
        lines = Installment.objects.all()
        assert sum(one.principal_fen for one in lines) == PRINCIPAL
        assert all(one.paid_principal_fen == one.principal_fen for one in lines)
        assert all(one.paid_interest_fen == one.interest_fen for one in lines)
        assert booked("interest_accrued") == sum(one.interest_fen for one in lines)
        assert_reconciled(house)
