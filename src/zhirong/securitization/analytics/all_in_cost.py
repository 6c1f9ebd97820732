"""What the money costs in all: two subjects, never mixed.

The *firm* pays interest, a guarantee fee and an appraisal, and receives dated subsidies: its cost
is the return of its dated cash, before and after them. The *plan* pays coupons, fees and tax on
what it raised. The simple sum (coupon + fees - subsidy, no dates) is a third number that is often
quoted: it has its own name here, because the dated return differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhirong.securitization.analytics import dated_returns
from zhirong.securitization.analytics.dated_returns import DatedCash


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidies:
    """What a government pays back: shares of interest and fee, some days after the loan ends.

    `fixed_rate` is a further share of the principal a year, where a subsidy is stated that way.
    """

    interest_share: float
    fee_share: float
    days_after_end: int
    fixed_rate: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmLoan:
    """One firm's loan as it is paid, in CNY.

    Attributes:
        drawn_on: The day the money comes.
        dues: (day, principal, interest) ascending.
        guarantee_fee_rate: Share of the principal, paid at the start.
        other_costs: Appraisal, registration, paid at the start, CNY.
    """

    drawn_on: date
    dues: tuple[tuple[date, float, float], ...]
    guarantee_fee_rate: float
    other_costs: float
    subsidies: Subsidies

    @property
    def principal(self) -> float:
        """What was borrowed."""
        return sum(principal for _, principal, _ in self.dues)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmCost:
    """A firm's cost as yearly effective rates, and the CNY behind them."""

    before_subsidy: float
    after_subsidy: float
    interest: float
    fees: float
    subsidy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the table: what is assumed, the firm's cost, whether the line holds."""

    loan_rate: float
    guarantee_fee_rate: float
    interest_subsidy_share: float
    after_subsidy: float
    is_within: bool


def of_firm(loan: FirmLoan) -> FirmCost:
    """Dated cost of one firm, before and after subsidy.

    Raises:
        NoYieldError: when its cash has no return.
    """
    before = [*_drawn(loan), *(DatedCash(on, -(p + i)) for on, p, i in loan.dues)]
    received = _subsidy(loan)
    paid_on = loan.dues[-1][0] + timedelta(days=loan.subsidies.days_after_end)
    return FirmCost(
        before_subsidy=_cost(before),
        after_subsidy=_cost([*before, DatedCash(paid_on, received)]),
        interest=sum(interest for _, _, interest in loan.dues),
        fees=_fees(loan),
        subsidy=received,
    )


def of_plan(raised: DatedCash, paid: Sequence[DatedCash]) -> float:
    """Dated cost of the plan: net proceeds against coupons, principal, fees and tax.

    Args:
        raised: Net proceeds, positive.
        paid: Everything paid later, as positive amounts.
    """
    return _cost([raised, *(DatedCash(each.on, -each.amount) for each in paid)])


def simple_sum(*, coupon: float, fees: float, subsidy: float) -> float:
    """The quoted sum of yearly rates, without dates: coupon + fees - subsidy.

    >>> round(simple_sum(coupon=0.024, fees=0.006, subsidy=0.011), 6)
    0.019
    """
    return coupon + fees - subsidy


def table(
    loan: FirmLoan,
    *,
    loan_rates: Sequence[float],
    guarantee_fee_rates: Sequence[float],
    interest_subsidy_shares: Sequence[float],
    line: float,
) -> tuple[Cell, ...]:
    """The firm's cost after subsidy for every combination; `line` is what it must not exceed.

    A changed loan rate scales the interest of every due, since principal and days stay.
    """
    interest = sum(each for _, _, each in loan.dues)
    base_rate = interest / _principal_years(loan)
    cells = []
    for rate in loan_rates:
        dues = tuple((on, p, i * rate / base_rate) for on, p, i in loan.dues)
        for fee in guarantee_fee_rates:
            for share in interest_subsidy_shares:
                subsidies = replace(loan.subsidies, interest_share=share)
                changed = replace(loan, dues=dues, guarantee_fee_rate=fee, subsidies=subsidies)
                cost = of_firm(changed).after_subsidy
                cells.append(
                    Cell(
                        loan_rate=rate,
                        guarantee_fee_rate=fee,
                        interest_subsidy_share=share,
                        after_subsidy=cost,
                        is_within=cost <= line,
                    )
                )
    return tuple(cells)


def _cost(flows: Sequence[DatedCash]) -> float:
    return dated_returns.xirr(flows)


def _drawn(loan: FirmLoan) -> list[DatedCash]:
    return [DatedCash(loan.drawn_on, loan.principal - _fees(loan))]


def _fees(loan: FirmLoan) -> float:
    return loan.principal * loan.guarantee_fee_rate + loan.other_costs


def _subsidy(loan: FirmLoan) -> float:
    interest = sum(each for _, _, each in loan.dues)
    fee = loan.principal * loan.guarantee_fee_rate
    on_principal = _principal_years(loan) * loan.subsidies.fixed_rate
    by_share = interest * loan.subsidies.interest_share + fee * loan.subsidies.fee_share
    return by_share + on_principal


def _principal_years(loan: FirmLoan) -> float:
    """Principal outstanding times years on a 360-day year, as the loan leg counts them."""
    owed, since, total = loan.principal, loan.drawn_on, 0.0
    for on, principal, _ in loan.dues:
        total += owed * (on - since).days / 360
        owed, since = owed - principal, on
    return total
