"""What pages ask about loans: schedule, what is owed, statement, and what a loan would cost."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.daycounts import DayCount
from zhirong.ledger.statements import LoanLine
from zhirong.lending.accrual import Charges
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.deciding import DecisionError, quoted_rate, sheet_for
from zhirong.platform.lending.models import Application, DrawDown, Facility, Installment, Proposal
from zhirong.platform.lending.owing import Owed, owed, unbooked_of_lines
from zhirong.platform.lending.terms import maturity, schedule_of
from zhirong.platform.lending.trade_papers import PaperLine, lines_of
from zhirong.platform.matters.visibility import MatterRows, found, matter_seen
from zhirong.platform.operations import clock
from zhirong.platform.operations.prepared import Prepared

_DRAWS = MatterRows(
    DrawDown,
    lambda rows: rows.select_related("asked_by", "facility").prefetch_related(
        "installments", "papers"
    ),
)
WISH = Prepared(lambda matter: Application.objects.filter(matter_id=matter), int)
GRANTED = Prepared(
    lambda matter: Proposal.objects.filter(matter_id=matter, state=Proposal.State.APPROVED), int
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A line of a schedule in fen; `state` is paid, due, overdue or open.

    Attributes:
        penalty: Penalty interest on it up to this day, booked or not yet.
        compound: Compound interest, likewise.
        paid: Of principal and interest.
        charges_paid: Of penalty and compound interest.
    """

    number: int
    due_on: date
    principal: int
    interest: int
    penalty: int
    compound: int
    paid: int
    charges_paid: int
    state: str

    @property
    def amount(self) -> int:
        """Principal and interest together."""
        return self.principal + self.interest

    @property
    def paid_in_all(self) -> int:
        """What was paid on the line, charges included."""
        return self.paid + self.charges_paid

    @property
    def outstanding(self) -> int:
        """What is still to be paid on the line, now or on its day."""
        return self.amount + self.penalty + self.compound - self.paid_in_all


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """A draw-down with all that is due and owed on it, amounts in fen."""

    number: str
    state: str
    amount: int
    is_entrusted: bool
    payee_name: str
    payee_account: str
    invoice_number: str
    contract_number: str
    papers: tuple[PaperLine, ...]
    asked_by: str
    asked_on: date
    paid_on: date | None
    matures_on: date
    rail: str
    rail_reference: str
    refusal: str
    schedule: tuple[DueLine, ...]
    owed: Owed | None
    statement: tuple[LoanLine, ...]

    @property
    def amount_yuan(self) -> Decimal:
        """The amount in yuan."""
        return Decimal(self.amount) / 100


def draws_of(number: str, viewer: Viewer) -> tuple[DrawLine, ...]:
    """The draw-downs of a matter, oldest first."""
    return tuple(_draw(row) for row in _DRAWS.rows(number, viewer))


def draw_of(number: str, draw: str, viewer: Viewer) -> DrawLine:
    """One draw-down of a matter.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return _draw(found(DrawDown, viewer, number=draw, facility__matter__number=number))


def _draw(row: DrawDown) -> DrawLine:
    day = clock.today()
    is_paid = row.state == DrawDown.State.PAID
    unbooked = unbooked_of_lines(row, on=day) if is_paid else {}
    return DrawLine(
        number=row.number,
        state=row.state,
        amount=row.amount_fen,
        is_entrusted=row.is_entrusted,
        payee_name=row.payee_name,
        payee_account=row.payee_account,
        invoice_number=row.invoice_number,
        contract_number=row.contract_number,
        papers=lines_of(row),
        asked_by=row.asked_by.name,
        asked_on=row.asked_on,
        paid_on=row.paid_on,
        matures_on=row.matures_on,
        rail=row.rail,
        rail_reference=row.rail_reference,
        refusal=row.refusal,
        schedule=tuple(
            _due(line, day, unbooked.get(line.number)) for line in row.installments.all()
        ),
        owed=owed(row, on=day) if is_paid else None,
        statement=ledger.statement_of_loan(row.number).lines if row.paid_on else (),
    )


def _due(line: Installment, day: date, unbooked: Charges | None) -> DueLine:
    paid = line.paid_principal_fen + line.paid_interest_fen
    is_paid = paid >= line.principal_fen + line.interest_fen
    penalty, compound = (unbooked.penalty.fen, unbooked.compound.fen) if unbooked else (0, 0)
    state = "paid" if is_paid else "open"
    if not is_paid and line.due_on <= day:
        state = "due" if line.due_on == day else "overdue"
    return DueLine(
        number=line.number,
        due_on=line.due_on,
        principal=line.principal_fen,
        interest=line.interest_fen,
        penalty=line.penalty_fen + penalty,
        compound=line.compound_fen + compound,
        paid=paid,
        charges_paid=line.paid_penalty_fen + line.paid_compound_fen,
        state=state,
    )


def payoff_of(draw_number: str, on: date, viewer: Viewer) -> int:
    """What ends a loan on a day, in fen.

    Raises:
        NotFoundError: No such loan to see.
    """
    return owed(found(DrawDown, viewer, number=draw_number), on=on).payoff


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a firm can borrow and what that costs in all, amounts in fen.

    Attributes:
        is_granted: Decided by the bank; else what the policy supports today.
        interest: All interest from today to maturity, at the rate quoted today.
        first: What is paid on the first due date.
    """

    is_granted: bool
    limit: int
    rate: Decimal
    tenor_months: int
    form: str
    interest: int
    first: int
    first_on: date
    matures_on: date

    @property
    def form_code(self) -> str:
        """Code of the words of its form of repayment."""
        return f"repayment.{self.form}"

    @property
    def limit_yuan(self) -> Decimal:
        """The limit in yuan."""
        return Decimal(self.limit) / 100

    @property
    def interest_yuan(self) -> Decimal:
        """All interest in yuan."""
        return Decimal(self.interest) / 100

    @property
    def first_yuan(self) -> Decimal:
        """The first payment in yuan."""
        return Decimal(self.first) / 100


def offer_of(number: str, viewer: Viewer) -> Offer | None:
    """What a matter's firm can borrow and costs; None before there is a value."""
    matter = matter_seen(number, viewer)
    wish = WISH.row(matter.pk)
    if wish is None:
        return None
    granted = GRANTED.row(matter.pk)
    if granted is not None:
        return _offer(wish, granted.limit_fen, granted.spread_bp, is_granted=True)
    try:
        limit = sheet_for(matter).limit.fen
    except DecisionError:
        return None
    rules = Parameters().get("lending.policy", on=clock.today()).value
    return _offer(wish, limit, Decimal(rules["spread_bp"]), is_granted=False)


def _offer(wish: Application, limit: int, spread_bp: Decimal, *, is_granted: bool) -> Offer | None:
    if limit <= 0:
        return None
    day = clock.today()
    lpr, rate = quoted_rate(spread_bp, wish.tenor_months)
    # Not stored: the same schedule that the loan would have if it were paid out today.
    facility = Facility(
        lpr_tenor=lpr.value,
        spread_bp=spread_bp,
        form=wish.form,
        every_months=wish.every_months,
        day_count=DayCount.ACT_360.value,
    )
    until = maturity(day, wish.tenor_months)
    plan = schedule_of(DrawDown(facility=facility, amount_fen=limit, matures_on=until), start=day)
    first = plan.installments[0]
    return Offer(
        is_granted=is_granted,
        limit=limit,
        rate=rate,
        tenor_months=wish.tenor_months,
        form=wish.form,
        interest=plan.interest.fen,
        first=first.amount.fen,
        first_on=first.due.due_on,
        matures_on=until,
    )


def entrusted_above() -> Decimal:
    """Above which single payment the bank pays the payee itself, in yuan."""
    return Parameters().number("lending.entrusted_payment_above", on=clock.today())
