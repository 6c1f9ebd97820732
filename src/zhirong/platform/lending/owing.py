"""What is owed on a loan on a day: from its installments and what the ledger has charged."""

from dataclasses import dataclass
from datetime import date

from zhirong.core.money import Money, total
from zhirong.core.periods import Period
from zhirong.ledger.chart import LoanAccounts
from zhirong.lending.accrual import Arrears, Balance, Charges, charges_of_each, interest
from zhirong.lending.payments import Claim, ClaimKind
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.models import DrawDown, Installment
from zhirong.platform.lending.terms import counting_of, path_of, penalty_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """The state of one loan on a day, in whole fen.

    Attributes:
        principal: Drawn and not repaid.
        due_principal: Of that, due by the day.
        due_interest: Interest of ended periods, not paid.
        running_interest: Interest of the running period up to the day.
        charges: Penalty and compound interest up to the day and not paid, booked or not yet.
        overdue_since: The oldest unpaid due date before the day; None where nothing is overdue.
    """

    principal: int
    due_principal: int
    due_interest: int
    running_interest: int
    charges: int
    overdue_since: date | None

    @property
    def due(self) -> int:
        """What must be paid by the day."""
        return self.due_principal + self.due_interest + self.charges

    @property
    def payoff(self) -> int:
        """What ends the loan on the day."""
        return self.principal + self.due_interest + self.running_interest + self.charges


def open_installments(draw: DrawDown) -> tuple[Installment, ...]:
    """The lines that are not wholly paid, in order."""
    return tuple(
        line
        for line in draw.installments.all()
        if line.paid_principal_fen < line.principal_fen
        or line.paid_interest_fen < line.interest_fen
    )


def interest_to(draw: DrawDown, line: Installment, *, on: date) -> int:
    """Interest of a period up to and without a day; all of it from the period's end on."""
    if on >= line.end:
        return line.interest_fen
    if on <= line.start:
        return 0
    facility = draw.facility
    owed = Money.of_fen(_balance_at(draw, line))
    assert draw.paid_on is not None, "only a paid draw-down bears interest"
    return interest(
        (Balance(line.start, owed),),
        path=path_of(facility, start=draw.paid_on, known_on=on),
        period=Period(line.start, on),
        counting=counting_of(facility),
    ).fen


def _balance_at(draw: DrawDown, line: Installment) -> int:
    earlier = draw.installments.filter(number__lt=line.number)
    return draw.amount_fen - sum(earlier.values_list("principal_fen", flat=True))


def owed(draw: DrawDown, *, on: date) -> Owed:
    """What is owed at the beginning of a day."""
    lines = open_installments(draw)
    names = LoanAccounts(draw.number)
    booked = ledger.net_fen(names.penalty) + ledger.net_fen(names.compound)
    due = [line for line in lines if line.due_on <= on]
    running = [line for line in lines if line.start < on < line.end]
    ended = [line for line in lines if line.end <= on]
    overdue = [line.due_on for line in lines if line.due_on < on]
    return Owed(
        principal=ledger.net_fen(names.principal),
        due_principal=sum(line.principal_fen - line.paid_principal_fen for line in due),
        due_interest=sum(line.interest_fen - line.paid_interest_fen for line in ended),
        running_interest=sum(
            interest_to(draw, line, on=on) - line.paid_interest_fen for line in running
        ),
        charges=booked + _unbooked_charges(draw, on),
        overdue_since=min(overdue, default=None),
    )


def _unbooked_charges(draw: DrawDown, on: date) -> int:
    """Charges since they were booked last, as a payment of the day would book them."""
    since = draw.charged_to or draw.paid_on
    if since is None or since >= on:
        return 0
    found = breach_charges(draw, since=since, until=on)
    return found.penalty.fen + found.compound.fen


def claims(draw: DrawDown, *, on: date) -> tuple[Claim, ...]:
    """What a payment of a day is laid over, oldest first: charges, interest, principal due."""
    names = LoanAccounts(draw.number)
    found = [
        Claim(kind=kind, due_on=on, amount=Money.of_fen(ledger.net_fen(account)))
        for kind, account in (
            (ClaimKind.COST, names.cost),
            (ClaimKind.COMPOUND, names.compound),
            (ClaimKind.PENALTY, names.penalty),
        )
    ]
    for line in open_installments(draw):
        if line.due_on > on:
            continue
        rest = (
            (ClaimKind.INTEREST, line.interest_fen - line.paid_interest_fen),
            (ClaimKind.PRINCIPAL, line.principal_fen - line.paid_principal_fen),
        )
        found += [
            Claim(kind=kind, due_on=line.due_on, amount=Money.of_fen(fen)) for kind, fen in rest
        ]
    return tuple(claim for claim in found if claim.amount)


def breach_charges(draw: DrawDown, *, since: date, until: date) -> Charges:
    """Penalty and compound interest from one day (in) to another (out), rounded once."""
    found = [part for _, part in breach_of_lines(draw, since=since, until=until)]
    return Charges(
        penalty=total((part.penalty for part in found), "CNY"),
        compound=total((part.compound for part in found), "CNY"),
    )


def breach_of_lines(
    draw: DrawDown, *, since: date, until: date
) -> tuple[tuple[Installment, Charges], ...]:
    """The same line by line: what each overdue installment has to bear of it, to the fen."""
    lines = tuple(line for line in open_installments(draw) if line.due_on < until)
    if not lines:
        return ()
    facility = draw.facility
    assert draw.paid_on is not None, "only a paid draw-down can be overdue"
    arrears = [
        Arrears(
            due_on=line.due_on,
            principal=Money.of_fen(line.principal_fen - line.paid_principal_fen),
            interest=Money.of_fen(line.interest_fen - line.paid_interest_fen),
        )
        for line in lines
    ]
    shares = charges_of_each(
        arrears,
        terms=penalty_terms(facility),
        path=path_of(facility, start=draw.paid_on, known_on=until),
        period=Period(since, until),
        counting=counting_of(facility),
    )
    return tuple(zip(lines, shares, strict=True))


def unbooked_of_lines(draw: DrawDown, *, on: date) -> dict[int, Charges]:
    """What was charged on each line since charges were booked last, by the line's number."""
    since = draw.charged_to or draw.paid_on
    if since is None or since >= on:
        return {}
    return {line.number: part for line, part in breach_of_lines(draw, since=since, until=on)}
