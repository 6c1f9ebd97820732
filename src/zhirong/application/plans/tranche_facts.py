"""What each tranche is worth and how long it lives in a run: yield, average life, durations."""

from dataclasses import dataclass

import numpy as np

from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.scenario_run import ScenarioRun
from zhirong.securitization.analytics import all_in_cost, attachment, spreads, yields
from zhirong.securitization.analytics.dated_returns import DatedCash
from zhirong.securitization.analytics.spreads import Curve
from zhirong.securitization.analytics.yields import NoYieldError

_DAYS = 365
_FEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheFacts:
    """A tranche bought at par on the closing; rates are shares a year, compounded yearly.

    `attach` and `detach` are shares of the pool; the last ones are None where the tranche has no
    return, as when nothing is repaid. Spreads are against the plan file's curve, where it has one.
    """

    key: str
    label: str
    balance_fen: int
    share: float
    attach: float
    detach: float
    rate: float
    average_life: float
    interest_fen: int
    residual_fen: int
    loss_fen: int
    return_: float | None
    macaulay: float | None
    modified: float | None
    convexity: float | None
    nominal_spread: float | None = None
    static_spread: float | None = None


def tranche_facts(inputs: PlanInputs, found: ScenarioRun) -> tuple[TrancheFacts, ...]:
    """Every tranche in one scenario.

    Raises:
        SliceError: More is issued than the pool holds.
    """
    plan = inputs.plan
    issued = [(each.key, each.balance_fen) for each in plan.tranches if each.balance_fen]
    found_slices = attachment.slices(issued, pool_fen=inputs.pool.balance_fen)
    slices = {each.key: each for each in found_slices}
    years = np.array([(day - plan.dates.closing).days / _DAYS for day in plan.dates.payments])
    whole = sum(fen for _, fen in issued)
    rows = []
    for each in plan.tranches:
        if not each.balance_fen:
            continue
        run = found.run.tranches[each.key]
        principal = np.array([float(fen) for fen in run.principal_paid])
        paid = zip(run.interest_paid, run.residual_paid, strict=True)
        cash = principal + np.array([float(a) + float(b) for a, b in paid])
        risk = _risk(years, cash, float(each.balance_fen))
        life = yields.weighted_average_life(years, principal)
        against = _spreads(inputs.curve, years, cash, (float(each.balance_fen), risk[0], life))
        rows.append(
            TrancheFacts(
                key=each.key,
                label=plan.label(each.key),
                balance_fen=each.balance_fen,
                share=each.balance_fen / whole,
                attach=slices[each.key].attach,
                detach=slices[each.key].detach,
                rate=float(run.rate[0]),
                average_life=life,
                interest_fen=sum(map(int, run.interest_paid)),
                residual_fen=sum(map(int, run.residual_paid)),
                loss_fen=sum(map(int, run.loss)),
                return_=risk[0],
                macaulay=risk[1],
                modified=risk[2],
                convexity=risk[3],
                nominal_spread=against[0],
                static_spread=against[1],
            )
        )
    return tuple(rows)


def _risk(
    years: yields.Array, cash: yields.Array, paid: float
) -> tuple[float | None, float | None, float | None, float | None]:
    """Yield, Macaulay and modified duration, convexity; nothing where there is no yield."""
    try:
        rate = yields.yield_of(years, cash, paid)
    except NoYieldError:
        return (None, None, None, None)
    found = yields.sensitivity(years, cash, rate)
    return rate, found.macaulay_years, found.modified_years, found.convexity


def _spreads(
    curve: Curve | None,
    years: yields.Array,
    cash: yields.Array,
    bought: tuple[float, float | None, float],
) -> tuple[float | None, float | None]:
    """Nominal and static spread; nothing without a curve or a yield."""
    paid, rate, life = bought
    if curve is None or rate is None:
        return (None, None)
    nominal = spreads.nominal(curve, rate=rate, frequency=1, average_life=life)
    return nominal, spreads.static(curve, years, cash, paid)


def plan_cost(inputs: PlanInputs, found: ScenarioRun) -> float:
    """What the raised money costs the plan a year: coupons, principal, fees, tax, dated; a share.

    Only tranches with a coupon raise money from others: the rest of the cash is their holder's.
    """
    plan = inputs.plan
    outside = [each.key for each in plan.tranches if each.rate > 0 or each.floating is not None]
    raised = sum(plan.tranche(key).balance_fen for key in outside)
    paid = []
    for number, on in enumerate(found.run.on):
        fen = sum(int(each.paid[number]) for each in found.run.fees.values())
        for key in outside:
            run = found.run.tranches[key]
            fen += int(run.interest_paid[number]) + int(run.principal_paid[number])
        paid.append(DatedCash(on, fen / _FEN))
    return all_in_cost.of_plan(DatedCash(plan.dates.closing, raised / _FEN), paid)
