"""A plan compiled: names to places, factors to tables, waterfalls to flat lists of steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from zhirong.securitization.plan.actions import Action, Verb
from zhirong.securitization.plan.records import STAGES, Cash, Plan
from zhirong.securitization.waterfall import accruals, supports, triggers
from zhirong.securitization.waterfall.carriers import Carrier, Cell, Ratio, carrier_of
from zhirong.securitization.waterfall.measures import (
    Names,
    Reading,
    amount_of,
    condition_of,
)
from zhirong.securitization.waterfall.rates import IndexPaths, RateSteps, rate_steps
from zhirong.securitization.waterfall.steps import Grounds, Line, line_of
from zhirong.securitization.waterfall.timeline import Event, Moment, events_of

_FEE_VERBS = frozenset({Verb.CALCULATE_FEES, Verb.PAY_FEES})
_INTEREST_VERBS = frozenset({Verb.ACCRUE_INTEREST})


Deposit: TypeAlias = tuple[int, tuple[tuple[int, Ratio, Ratio], ...], str]
"""Place of a kind of cash; its accounts with the running shares before and after; its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What the interpreter runs. Lists by event follow `events`; by date, the payment dates."""

    plan: Plan
    carrier: Carrier
    events: tuple[Event, ...]
    names: Names
    grounds: Grounds
    waterfalls: tuple[tuple[Line, ...], ...]
    on_closing: tuple[Line, ...]
    on_collection: tuple[Line, ...]
    interest: list[tuple[accruals.Accrual, ...]]
    weighed: tuple[accruals.FeeAccrual, ...]
    marked: tuple[accruals.FeeAccrual, ...]
    fixed_dues: list[tuple[tuple[int, Cell], ...]]
    capitalize: tuple[accruals.Change, ...]
    notionals: tuple[tuple[int, Reading], ...]
    hedge_notionals: tuple[Reading, ...]
    cost_factors: tuple[tuple[tuple[Ratio, Ratio], ...], ...]
    call: Reading | None
    deposits: tuple[Deposit, ...]
    rates: tuple[tuple[Fraction, ...], ...]
    new_year: tuple[bool, ...]


def compiled(
    plan: Plan, collected_on: Sequence[date], *, rates: IndexPaths, is_one_path: bool
) -> Program:
    """A plan ready to run on collections of those periods; reused for every block of paths.

    Raises:
        IndexMissingError: A floating rate has no level on a reset day.
        CollectionsError: The periods do not ascend.
    """
    carrier = carrier_of(plan.conventions.rounding, is_one_path=is_one_path)
    return compiled_for(carrier, plan, collected_on, rates=rates)


def compiled_for(
    carrier: Carrier, plan: Plan, collected_on: Sequence[date], *, rates: IndexPaths
) -> Program:
    """A plan ready to run on amounts of a carrier's own kind.

    Raises:
        IndexMissingError: A floating rate has no level on a reset day.
        CollectionsError: The periods do not ascend.
    """
    events = events_of(plan, collected_on)
    steps = tuple(rate_steps(tranche, rates) for tranche in plan.tranches)
    names = _names(plan, steps, carrier)
    interest = accruals.interest_by_event(
        plan, events, steps, _named(plan, events, _INTEREST_VERBS, names.tranches)
    )
    fees = accruals.fee_accruals(plan, events, _named(plan, events, _FEE_VERBS, names.fees), names)
    grounds = Grounds(
        plan=plan,
        names=names,
        carrier=names.carrier,
        fees=fees,
        interest=interest,
        hedge_factors=tuple(accruals.hedge_factors(plan, each, rates) for each in plan.hedges),
        tests=triggers.trigger_tests(plan, names),
    )
    return _program(grounds, events, steps)


def _program(grounds: Grounds, events: tuple[Event, ...], steps: Sequence[RateSteps]) -> Program:
    plan, names = grounds.plan, grounds.names
    return Program(
        plan=plan,
        carrier=grounds.carrier,
        events=events,
        names=names,
        grounds=grounds,
        waterfalls=tuple(_lines(plan.actions(stage), grounds) for stage in STAGES),
        on_closing=_lines(plan.on_closing, grounds),
        on_collection=_lines(plan.on_collection, grounds),
        interest=accruals.on_payment_dates(plan, grounds.interest),
        weighed=tuple(each for each in grounds.fees if each.days),
        marked=tuple(each for each in grounds.fees if each.keeps_opening),
        fixed_dues=list(accruals.fixed_dues(plan, events)),
        capitalize=accruals.capitalizers(plan, names),
        notionals=tuple(
            (names.tranches[each.key], amount_of(each.principal.notional, names))
            for each in plan.tranches
            if each.principal.notional is not None
        ),
        hedge_notionals=tuple(amount_of(each.notional, names) for each in plan.hedges),
        cost_factors=supports.cost_factors(plan),
        call=None if plan.call is None else condition_of(plan.call.when, names),
        deposits=_deposits(plan, names),
        rates=tuple(tuple(each.on(on) for on in plan.dates.payments) for each in steps),
        new_year=_new_year(plan),
    )


def _deposits(plan: Plan, names: Names) -> tuple[Deposit, ...]:
    found: list[Deposit] = []
    for route in plan.routes:
        shares: list[tuple[int, Ratio, Ratio]] = []
        high = Fraction(0)
        for account, share in route.accounts:
            low, high = high, high + share
            place = names.accounts[account]
            shares.append((place, low.as_integer_ratio(), high.as_integer_ratio()))
        found.append((tuple(Cash).index(route.cash), tuple(shares), route.cash.value))
    return tuple(found)


def _new_year(plan: Plan) -> tuple[bool, ...]:
    days = plan.dates.payments
    before = (plan.dates.closing, *days)
    return tuple(day.year != last.year for last, day in zip(before, days, strict=False))


def _lines(actions: Sequence[Action], grounds: Grounds) -> tuple[Line, ...]:
    return tuple(line_of(action, grounds) for action in actions)


def _names(plan: Plan, steps: Sequence[RateSteps], carrier: Carrier) -> Names:
    by_key = dict(zip((each.key for each in plan.tranches), steps, strict=True))

    def month_rate(tranche: str, on: date) -> Ratio:
        rate = by_key[tranche].on(on) / 12
        return rate.numerator, rate.denominator

    names = Names(
        carrier=carrier,
        tranches={each.key: index for index, each in enumerate(plan.tranches)},
        fees={each.key: index for index, each in enumerate(plan.fees)},
        accounts={each.key: index for index, each in enumerate(plan.accounts)},
        supports={each.key: index for index, each in enumerate(plan.supports)},
        triggers={each.key: index for index, each in enumerate(plan.triggers)},
        hedges={each.key: index for index, each in enumerate(plan.hedges)},
        principal_due=[],
        targets=[],
        month_rates=month_rate,
    )
    names.principal_due.extend(accruals.principal_readings(plan, names))
    for account in plan.accounts:
        # A target may speak of another account's target: one after the other, in their order.
        target = None if account.target is None else amount_of(account.target, names)
        names.targets.append(target)
    return names


def _named(
    plan: Plan, events: Sequence[Event], verbs: frozenset[Verb], places: dict[str, int]
) -> list[frozenset[int]]:
    """By place of a tranche or fee, the events on which some waterfall names it with a verb."""
    waterfalls = {
        Moment.CLOSING: plan.on_closing,
        Moment.COLLECTION: plan.on_collection,
        Moment.PAYMENT: tuple(each for stage in STAGES for each in plan.actions(stage)),
    }
    found: list[set[int]] = [set() for _ in places]
    for moment, actions in waterfalls.items():
        indexes = [index for index, event in enumerate(events) if event.moment is moment]
        named = {key for each in actions if each.verb in verbs for key in each.names}
        for key in named & set(places):
            found[places[key]].update(indexes)
    return [frozenset(each) for each in found]
