"""The sections `scenarios`, `stress`, `simulation`, `targets`, `selection` of a plan file."""

from datetime import date

from zhirong.adapters.intake.plans.attempts import part, probability, whole
from zhirong.adapters.intake.plans.behavior_section import prepayment
from zhirong.adapters.intake.plans.nodes import Entry
from zhirong.application.plans.records import (
    BASE,
    PoolCurves,
    Scenario,
    Simulation,
    StressGrid,
    Target,
)
from zhirong.securitization.plan.records import Dates, Plan
from zhirong.securitization.pool.concentration import By
from zhirong.securitization.pool.records import Pool
from zhirong.securitization.pool.selection import Wishes

_COLLATERAL = "collateral"
_CUTS = {each.value: each for each in (By.OBLIGOR, By.GROUP, By.INDUSTRY, By.REGION)}
MOST_PATHS = 10_000_000


def scenario(key: str, entry: Entry, plan: Plan, pool: Pool) -> Scenario:
    """One named scenario; names must be those of the pool and the plan."""
    fields = entry.fields(
        "label",
        "defaults",
        "recovery",
        "delay_days",
        "prepayment",
        "curves",
        "failed",
        "events",
    )
    label, share = fields.get("label"), fields.get("recovery")
    delay, speed = fields.get("delay_days"), fields.get("prepayment")
    curves = fields.get("curves")
    obligors = {each.obligor_id for each in pool.obligors}
    supports = {each.key for each in plan.supports}
    return Scenario(
        key=key,
        label=key if label is None else label.text(),
        defaults=_dated(fields.get("defaults"), obligors, ("pool", plan.dates)),
        recovery=None if share is None else part(share),
        delay_days=0 if delay is None else whole(delay),
        prepayment=None if speed is None else prepayment(speed),
        curves=None if curves is None else _curves(curves),
        failed=_dated(fields.get("failed"), supports, ("supports", plan.dates)),
        events=_dated(fields.get("events"), None, ("triggers", plan.dates)),
    )


def with_base(found: tuple[Scenario, ...]) -> tuple[Scenario, ...]:
    """The scenarios with the base case first; one named so by the file is that."""
    others = tuple(each for each in found if each.key != BASE)
    own = tuple(each for each in found if each.key == BASE)
    return (*(own or (Scenario(key=BASE, label=BASE),)), *others)


def _dated(
    entry: Entry | None, known: set[str] | None, place: tuple[str, Dates]
) -> tuple[tuple[str, date], ...]:
    """Names with days of the plan's life; `place` is the section of the names and that life."""
    found = []
    section, life = place
    first, last = life.cut_off, life.payments[-1]
    for key, value in ({} if entry is None else entry.keyed()).items():
        if known is not None and key not in known:
            raise value.wrong("plan.problem.unknown_name", word=key, section=section)
        day = value.day()
        if not first <= day <= last:
            raise value.wrong("plan.problem.outside_life", on=day, first=first, last=last)
        found.append((key, day))
    return tuple(found)


def _curves(entry: Entry) -> PoolCurves:
    fields = entry.fields("cdr", "severity", "lag_months")
    return PoolCurves(
        cdr=probability(fields.needed("cdr")),
        severity=part(fields.needed("severity")),
        lag_months=whole(fields.needed("lag_months")),
    )


def stress(entry: Entry) -> StressGrid:
    """The grid of cells to simulate."""
    fields = entry.fields("default_multiples", "recoveries", "paths")
    recoveries = fields.needed("recoveries").items()
    return StressGrid(
        pd_multiples=tuple(
            float(each.number()) for each in fields.needed("default_multiples").items()
        ),
        recoveries=tuple(None if each.text() == _COLLATERAL else part(each) for each in recoveries),
        paths=_paths(fields.needed("paths")),
    )


def simulation(entry: Entry) -> Simulation:
    """Paths, seed and the confidence of the intervals."""
    fields = entry.fields("paths", "seed", "confidence")
    return Simulation(
        paths=_paths(fields.needed("paths")),
        seed=whole(fields.needed("seed")),
        confidence=probability(fields.needed("confidence")),
    )


def _paths(entry: Entry) -> int:
    count = entry.count()
    if count > MOST_PATHS:
        raise entry.wrong("plan.problem.paths", value=entry.text(), count=MOST_PATHS)
    return count


def target(key: str, entry: Entry, plan: Plan) -> Target:
    """What a tranche may lose in expectation."""
    if key not in {each.key for each in plan.tranches}:
        raise entry.wrong("plan.problem.unknown_name", word=key, section="tranches")
    fields = entry.fields("expected_loss")
    return Target(tranche=key, expected_loss=probability(fields.needed("expected_loss")))


def selection(entry: Entry, pool: Pool, unit: int) -> Wishes:
    """What a pool proposed from the tape should be."""
    fields = entry.fields("target", "obligors_min", "share_max", "loss_weight", "keep", "leave_out")
    shares, weight = fields.get("share_max"), fields.get("loss_weight")
    return Wishes(
        target_fen=fields.needed("target").fen(unit),
        obligors_min=fields.needed("obligors_min").count(),
        share_max={}
        if shares is None
        else {_CUTS[key]: part(each) for key, each in shares.fields(*_CUTS).found.items()},
        loss_weight=1.0 if weight is None else float(weight.number()),
        with_=_obligors(fields.get("keep"), pool),
        without=_obligors(fields.get("leave_out"), pool),
    )


def _obligors(entry: Entry | None, pool: Pool) -> frozenset[str]:
    known = {each.obligor_id for each in pool.obligors}
    for item in () if entry is None else entry.items():
        if item.text() not in known:
            raise item.wrong("plan.problem.unknown_name", word=item.text(), section="pool")
    return frozenset(() if entry is None else entry.names())
