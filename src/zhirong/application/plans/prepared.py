"""A plan made ready for many paths: the pool's behavior, and the waterfall compiled once."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhirong.application.plans import joint_law
from zhirong.application.plans.assumed import BehaviorTerms, ServicerTerms
from zhirong.application.plans.obligor_terms import flows_of, recoveries_of
from zhirong.application.plans.records import PlanInputs
from zhirong.core.errors import InputError
from zhirong.securitization.behavior.obligor_paths import Behavior, Block
from zhirong.securitization.collections import Collections, Fen
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.waterfall.interpreter import Happenings
from zhirong.securitization.waterfall.measures import UNLIMITED
from zhirong.securitization.waterfall.program import Program, compiled

Array = NDArray[np.float64]

SUPPORTED, UNSUPPORTED = "supported", "unsupported"
_CASH = ("interest", "principal", "prepaid", "recovered")


class NoAssumptionsError(InputError):
    """A simulation is asked for, but the plan file assumes nothing of the pool's behavior."""

    code = "error.plans.no_assumptions"

    def __init__(self, section: str) -> None:
        super().__init__(f"The plan file has no section {section}.", section=section)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Results with some supports taken away: they pay nothing on any date."""

    key: str
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What every block of paths needs.

    `ended` says by payment date which collection period was the last to end; `period_days` how
    long each period is.
    """

    plan: Plan
    behavior: Behavior
    program: Program
    views: tuple[View, ...]
    supporters: tuple[tuple[str, str | None], ...]
    servicer: ServicerTerms | None
    ended: tuple[int, ...]
    period_days: tuple[int, ...]


def prepared(inputs: PlanInputs, terms: BehaviorTerms | None = None) -> Prepared:
    """The plan ready for simulation; `terms` stand in for those of the file.

    Raises:
        NoAssumptionsError: Neither the call nor the file says how the pool behaves.
    """
    assumed = terms or inputs.behavior
    if assumed is None:
        raise NoAssumptionsError("behavior")
    flows = flows_of(inputs.pool, inputs.collected_on, prepayment=assumed.prepayment)
    plan = with_capacities(inputs.plan, assumed)
    on = inputs.collected_on
    days = (inputs.pool.cut_off, *on)
    return Prepared(
        plan=plan,
        behavior=Behavior(
            flows=flows,
            latent=joint_law.joint_law(inputs.pool, assumed, on),
            recoveries=recoveries_of(inputs.pool, flows, assumed.recovery),
        ),
        program=compiled(plan, on, rates=inputs.rates, is_one_path=False),
        views=views_of(plan),
        supporters=tuple((each.key, each.failure_event) for each in assumed.supporters),
        servicer=assumed.servicer,
        ended=tuple(bisect_right(on, day) - 1 for day in plan.dates.payments),
        period_days=tuple((b - a).days for a, b in pairwise(days)),
    )


def views_of(plan: Plan) -> tuple[View, ...]:
    """With all supports, without each of them, without any."""
    keys = tuple(each.key for each in plan.supports)
    if not keys:
        return (View(key=SUPPORTED, without=()),)
    single = tuple(View(key=f"without_{key}", without=(key,)) for key in keys)
    return (
        View(key=SUPPORTED, without=()),
        *(single if len(keys) > 1 else ()),
        View(key=UNSUPPORTED, without=keys),
    )


def with_capacities(plan: Plan, terms: BehaviorTerms) -> Plan:
    """The plan whose supports pay no more in all than what the assumptions say they have."""
    has = {each.key: each.capacity_fen for each in terms.supporters}
    supports = []
    for each in plan.supports:
        limits = [fen for fen in (each.limit_fen, has.get(each.key)) if fen is not None]
        supports.append(replace(each, limit_fen=min(limits) if limits else None))
    return replace(plan, supports=tuple(supports))


def supporters_given(ready: Prepared, block: Block, view: View) -> dict[str, list[Fen]]:
    """What each support can pay by payment date: nothing once it has failed or is taken away."""
    given: dict[str, list[Fen]] = {}
    for row, (key, _) in enumerate(ready.supporters):
        fails = block.supporters[row]
        given[key] = [np.where(fails <= ended, 0.0, float(UNLIMITED)) for ended in ready.ended]
    for key in view.without:
        given[key] = [np.zeros(block.weight.shape)] * len(ready.ended)
    return given


def events_given(ready: Prepared, block: Block) -> Happenings:
    """Which events have happened by payment date: of failed supporters and of the servicer."""
    rows: Mapping[int, str | None] = dict(enumerate(event for _, event in ready.supporters))
    if ready.servicer is not None:
        rows = {**rows, len(ready.supporters): ready.servicer.failure_event}
    return {
        event: [block.supporters[row] <= ended for ended in ready.ended]
        for row, event in rows.items()
        if event
    }


def commingled(ready: Prepared, block: Block) -> Collections:
    """The collections less what is lost with a servicer that fails while it holds the cash.

    Of a period in which it fails, the cash of the commingled days is lost: that share of all that
    came in, since the day of the failure within the period is not drawn.
    """
    came = block.collections
    if ready.servicer is None or not ready.servicer.commingled_days:
        return came
    fails = block.supporters[len(ready.supporters)]
    kept: dict[str, list[Fen]] = {kind: [] for kind in _CASH}
    lost: list[Fen] = []
    for period, days in enumerate(ready.period_days):
        share = np.where(fails == period, min(1.0, ready.servicer.commingled_days / days), 0.0)
        gone: Fen = 0.0  # type: ignore[assignment]
        for kind in _CASH:
            amount = getattr(came, kind)[period]
            taken = np.floor(amount * share)
            kept[kind].append(amount - taken)
            if kind != "interest":
                gone = gone + taken
        lost.append(came.lost[period] + gone)
    return Collections(
        on=came.on,
        interest=kept["interest"],
        principal=kept["principal"],
        prepaid=kept["prepaid"],
        recovered=kept["recovered"],
        defaulted=came.defaulted,
        lost=lost,
        balance=came.balance,
    )
