"""What a loan would cost the firm in all, as it must see it before it signs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.daycounts import DayCount
from zhirong.core.money import Money
from zhirong.lending.all_in import yearly_cost
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.contracting import repricing_months
from zhirong.platform.lending.deciding import quoted_rate
from zhirong.platform.lending.loan_views import GRANTED, WISH
from zhirong.platform.lending.models import DrawDown, Facility
from zhirong.platform.lending.terms import maturity, penalty_terms, schedule_of
from zhirong.platform.matters.visibility import matter_seen
from zhirong.platform.operations import clock
from zhirong.platform.operations.prepared import Prepared

_FACILITY = Prepared(lambda matter: Facility.objects.filter(matter_id=matter), int)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSheet:
    """All that the loan costs if the whole limit is paid out today, amounts in fen.

    Attributes:
        principal: The limit.
        rate: Contract rate a year, at today's reference rate.
        interest: All interest.
        fees: Named fees to the bank: appraisal, registration, paying early, commitment.
        all_in: Effective rate a year of interest and fees together.
        overdue_rate: What unpaid principal bears instead.
        repricing_months: How often the rate follows the reference rate; None: it stays.
        dues: Day and amount of each payment.
    """

    principal: int
    rate: Decimal
    interest: int
    fees: tuple[tuple[str, int], ...]
    all_in: Decimal
    overdue_rate: Decimal
    repricing_months: int | None
    until: date
    dues: tuple[tuple[date, int], ...]

    @property
    def total(self) -> int:
        """Interest and fees."""
        return self.interest + sum(fen for _, fen in self.fees)


def cost_of(number: str, viewer: Viewer) -> CostSheet | None:
    """The costs of an approved loan; None before the bank has decided.

    Raises:
        NotFoundError: No such matter to see.
    """
    matter = matter_seen(number, viewer)
    proposal = GRANTED.row(matter.pk)
    if proposal is None or WISH.row(matter.pk) is None:
        return None
    day = clock.today()
    lpr, rate = quoted_rate(proposal.spread_bp, proposal.tenor_months)
    rules = Parameters().get("lending.policy", on=day).value
    facility = _FACILITY.row(matter.pk) or Facility(
        lpr_tenor=lpr.value,
        spread_bp=proposal.spread_bp,
        form=proposal.form,
        every_months=proposal.every_months,
        day_count=DayCount.ACT_360.value,
        repricing_months=repricing_months(proposal.tenor_months),
        overdue_margin=Decimal(rules["overdue_margin"]),
        misuse_margin=Decimal(rules["misuse_margin"]),
    )
    until = maturity(day, proposal.tenor_months)
    draw = DrawDown(facility=facility, amount_fen=proposal.limit_fen, matures_on=until)
    plan = schedule_of(draw, start=day)
    dues = tuple((line.due.due_on, line.amount) for line in plan.installments)
    # The house charges none of them; a product that does adds its own here.
    fees = tuple((f"cost.fee.{name}", 0) for name in ("appraisal", "registration", "early"))
    limit = Money.of_fen(proposal.limit_fen)
    return CostSheet(
        principal=limit.fen,
        rate=rate,
        interest=plan.interest.fen,
        fees=fees,
        all_in=yearly_cost(limit, on=day, payments=dues),
        overdue_rate=rate * (1 + penalty_terms(facility).overdue_margin),
        repricing_months=facility.repricing_months,
        until=until,
        dues=tuple((on, amount.fen) for on, amount in dues),
    )
