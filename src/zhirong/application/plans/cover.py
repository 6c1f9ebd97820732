"""Cover of interest and principal by date: what came in against what had to be paid."""

from dataclasses import dataclass
from datetime import date

from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.scenario_run import ScenarioRun
from zhirong.parameters.reader import Parameters
from zhirong.securitization.plan.fees import FeeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTests:
    """The levels in force; a ratio below one is shown, and stops nothing by itself.

    `retention_min` is the share of the issue that the original holder keeps in the last tranche.
    """

    interest_cover_min: float
    principal_cover_min: float
    retention_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Cover on one payment date, or of the whole life (`on` is None); None where nothing is due.

    Attributes:
        interest: Interest collected, less fees that are a share of collections (taxes), over the
            other fees and the interest of the most senior tranche.
        principal: Performing pool and cash in accounts over the most senior tranche, afterwards.
        service: All cash collected over all fees, interest and principal paid to that tranche.
    """

    on: date | None
    interest: float | None
    principal: float | None
    service: float | None


def in_force(parameters: Parameters, *, on: date) -> CoverTests:
    """The levels that tests are held against on a day."""
    found = parameters.get("securitization.cover_tests", on=on).value
    return CoverTests(
        interest_cover_min=float(found["interest_cover_min"]),
        principal_cover_min=float(found["principal_cover_min"]),
        retention_min=float(parameters.get("securitization.retention_min", on=on).value),
    )


def of_run(inputs: PlanInputs, found: ScenarioRun) -> tuple[Cover, ...]:
    """Cover by payment date, the whole life last."""
    days = inputs.plan.dates.payments
    rows = [_sums(inputs, found, number) for number in range(len(days))]
    by_date = [
        Cover(
            on=day,
            interest=_ratio(row[0] - row[1], row[2] + row[3]),
            principal=_principal(inputs, found, number),
            service=_ratio(row[5] - row[1], row[2] + row[3] + row[4]),
        )
        for number, (day, row) in enumerate(zip(days, rows, strict=True))
    ]
    whole = [sum(column) for column in zip(*rows, strict=True)]
    return (
        *by_date,
        Cover(
            on=None,
            interest=_ratio(whole[0] - whole[1], whole[2] + whole[3]),
            principal=None,
            service=_ratio(whole[5] - whole[1], whole[2] + whole[3] + whole[4]),
        ),
    )


def _sums(inputs: PlanInputs, found: ScenarioRun, number: int) -> tuple[int, ...]:
    """Interest in, taxes, other fees, senior interest, senior principal, all cash in; fen."""
    plan, run, came = inputs.plan, found.run, found.collections
    since = plan.dates.payments[number - 1] if number else date.min
    periods = [
        place for place, day in enumerate(came.on) if since < day <= plan.dates.payments[number]
    ]
    taxes = {each.key for each in plan.fees if each.kind is FeeKind.SHARE_OF_COLLECTIONS}
    paid = {key: int(fee.paid[number]) for key, fee in run.fees.items()}
    senior = run.tranches[plan.tranches[0].key]
    interest = sum(int(came.interest[place]) for place in periods)
    other = sum(
        int(came.principal[place]) + int(came.prepaid[place]) + int(came.recovered[place])
        for place in periods
    )
    return (
        interest,
        sum(fen for key, fen in paid.items() if key in taxes),
        sum(fen for key, fen in paid.items() if key not in taxes),
        int(senior.interest_paid[number]) + int(senior.interest_short[number]),
        int(senior.principal_paid[number]),
        interest + other,
    )


def _principal(inputs: PlanInputs, found: ScenarioRun, number: int) -> float | None:
    day = inputs.plan.dates.payments[number]
    balances = [
        int(fen)
        for on, fen in zip(found.collections.on, found.collections.balance, strict=True)
        if on <= day
    ]
    pool = balances[-1] if balances else inputs.pool.balance_fen
    cash = sum(int(each.balance[number]) for each in found.run.accounts.values())
    return _ratio(pool + cash, int(found.run.tranches[inputs.plan.tranches[0].key].balance[number]))


def _ratio(above: int, below: int) -> float | None:
    return above / below if below > 0 else None
