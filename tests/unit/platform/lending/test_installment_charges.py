"""Penalty and compound interest by installment: charged, paid, outstanding, to the ledger's fen."""

from datetime import timedelta

from tests.people import House
from tests.unit.platform.lending.test_loan import paid, pass_days
from zhirong.core.money import Money
from zhirong.ledger.chart import LoanAccounts
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending import receiving
from zhirong.platform.lending.loan_views import draws_of
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.owing import owed


class TestSchedule:
    def test_says_of_each_installment_what_it_was_charged_and_paid(self, house: House) -> None:
        draw = paid(house)
        matter = draw.facility.matter
        last = draw.installments.order_by("-number")[0]
        day = last.due_on + timedelta(days=10)
        pass_days(day)
        owing = owed(DrawDown.objects.get(), on=day)

        (line,) = draws_of(matter.number, house.firm)
        charged = [row.penalty + row.compound for row in line.schedule]
        assert [row.penalty for row in line.schedule[:-1]] == [0] * (len(charged) - 1)
        assert line.schedule[-1].penalty == 750_000  # on principal, which the last one bears
        assert line.schedule[0].compound > line.schedule[-1].compound > 0
        assert sum(charged) == owing.charges
        assert sum(row.outstanding for row in line.schedule) == owing.due

        receiving.receive(
            draw.number, amount=Money.of_fen(100_000), reference="some", received_on=day
        )

        (line,) = draws_of(matter.number, house.firm)
        paid_now = [row.charges_paid for row in line.schedule]
        assert sum(paid_now) == 100_000
        assert paid_now[0] == 100_000 < charged[0]  # the oldest first
        names = LoanAccounts(draw.number)
        lines = list(draw.installments.all())
        assert ledger.net_fen(names.penalty) == sum(
            row.penalty_fen - row.paid_penalty_fen for row in lines
        )
        assert ledger.net_fen(names.compound) == sum(
            row.compound_fen - row.paid_compound_fen for row in lines
        )
