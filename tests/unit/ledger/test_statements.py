from datetime import date

from tests.ledgers import LOAN, booked, drawn, payment
from zhirong.core.periods import Period
from zhirong.ledger import chart, plans
from zhirong.ledger.accounts import Account
from zhirong.ledger.books import Ledger
from zhirong.ledger.chart import LoanAccounts
from zhirong.ledger.plans import Event, Parts, Receipt
from zhirong.ledger.statements import loan_statement, statement

APRIL, MAY, JUNE = date(2026, 4, 21), date(2026, 5, 21), date(2026, 6, 21)


def account(ledger: Ledger, name: str) -> Account:
    return next(item for item in ledger.accounts if item.id == name)


def repaid() -> Ledger:
    ledger = drawn(1_000)
    accrued = plans.charged(LOAN, Event.INTEREST_ACCRUED, amount_fen=50)
    booked(ledger, "i", *accrued, on=APRIL)
    back = Receipt(loan=LOAN, parts=Parts(interest=50, principal=200), payment=payment("IN-1"))
    booked(ledger, "in", *plans.received(back), on=MAY)
    return ledger


class TestStatement:
    def test_leads_from_opening_to_closing(self) -> None:
        ledger = repaid()
        cash = account(ledger, chart.cash("bank"))

        found = statement(cash, ledger.rows, period=Period(APRIL, JUNE))

        assert found.opening_fen == -1_000
        assert [(line.debit_fen, line.balance_fen) for line in found.lines] == [
            (50, -950),
            (200, -750),
        ]
        assert found.closing_fen == -750

    def test_reads_income_from_its_own_side(self) -> None:
        ledger = repaid()
        income = account(ledger, chart.INTEREST_INCOME)

        found = statement(income, ledger.rows, period=Period(APRIL, MAY))

        assert (found.lines[0].credit_fen, found.closing_fen) == (50, 50)

    def test_shows_nothing_that_is_only_pending(self) -> None:
        ledger = repaid()
        legs = plans.annual_fee_ordered(LOAN, amount_fen=9, payment=payment("F-1"))
        booked(ledger, "fee", *legs, on=MAY)

        cost = account(ledger, LoanAccounts(LOAN).cost)

        assert statement(cost, ledger.rows, period=Period(APRIL, JUNE)).lines == ()

    def test_sorts_by_value_date(self) -> None:
        ledger = repaid()
        late = plans.charged(LOAN, Event.FEE_CHARGED, amount_fen=3)
        early = plans.charged(LOAN, Event.FEE_CHARGED, amount_fen=4)
        booked(ledger, "late", *late, on=MAY)
        booked(ledger, "early", *early, on=APRIL)

        cost = account(ledger, LoanAccounts(LOAN).cost)
        found = statement(cost, ledger.rows, period=Period(APRIL, JUNE))

        assert [line.balance_fen for line in found.lines] == [4, 7]


class TestLoanStatement:
    def test_has_a_line_a_batch_with_the_parts_of_the_debt(self) -> None:
        found = loan_statement(LOAN, repaid().rows)

        assert [
            (line.event, line.interest, line.principal, line.owed_fen) for line in found.lines
        ] == [
            ("draw_down", 0, 1_000, 1_000),
            ("interest_accrued", 50, 0, 1_050),
            ("repayment", -50, -200, 800),
        ]
        assert found.owed_fen == 800

    def test_of_an_unknown_loan_is_empty(self) -> None:
        found = loan_statement("L9", repaid().rows)

        assert (found.lines, found.owed_fen) == ((), 0)
