"""What is reported of one payment date: money in and out, who paid, who is late, what triggers say.

Amounts are whole fen; shares are of the balance named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhirong.application.plans import cover
from zhirong.application.plans.cover import Cover, CoverTests
from zhirong.application.plans.payment_dates import payment_dates
from zhirong.application.plans.records import BASE, PlanInputs
from zhirong.application.plans.scenario_run import (
    ScenarioRun,
    events_given,
    run_scenario,
    scenario_of,
    supporters_given,
)
from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.securitization.dates.chain import PaymentChain
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.records import Trigger
from zhirong.securitization.pool import rules
from zhirong.securitization.pool.rules import PoolRules
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.one_date import PaymentDate, payment_date
from zhirong.securitization.waterfall.terms import Term

CASH = ("interest", "principal", "prepaid", "recovered")


class NoPaymentDateError(InputError):
    """A day on which the plan pays nobody."""

    code = "error.plans.no_payment_date"

    def __init__(self, on: date, known: tuple[date, ...]) -> None:
        super().__init__(
            f"{on} is no payment date; there are {', '.join(map(str, known))}.",
            on=on,
            known=tuple(map(str, known)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligorPeriod:
    """One obligor since the last payment date; `due` is what contracts ask, `late` what is missing.

    `balance` is performing principal at the end; `all_defaulted` counts from the cut-off.
    """

    obligor_id: str
    name: str
    due: int
    interest: int
    principal: int
    prepaid: int
    recovered: int
    late: int
    defaulted: int
    lost: int
    balance: int
    all_defaulted: int
    all_recovered: int

    @property
    def paid(self) -> int:
        """All cash of the period, recoveries apart."""
        return self.interest + self.principal + self.prepaid


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerReading:
    """A trigger on the date. `first` and `second` are what it compares, `level` the threshold.

    `headroom` is the distance to the threshold as a share (of a ratio) or in fen (of amounts);
    None where the condition is an event or has several parts.
    """

    key: str
    was_on: bool
    is_on: bool
    first: int | None
    second: int | None
    level: float | None
    ratio: float | None
    headroom: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """An account over the period."""

    key: str
    opening: int
    received: int
    paid: int
    closing: int
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReport:
    """Everything that the reports of a payment date say.

    Attributes:
        inputs: The plan folder.
        found: The run that the date is of.
        told: The date as terms; their values are the figures.
        since: The payment date before, or the closing.
        obligors: Every obligor over the period.
        triggers: In the plan's order.
        accounts: In the plan's order.
        came: Cash of the pool by kind over the period.
        came_before: The same over the period before; None on the first date.
        came_planned: The same in the base case.
        cover: Of the date; `cover_tests` are the levels in force on it.
        rules: Of the pool in force on the date.
        chain: The working days from calculation to payment; `chain_problems` is what does not fit.
    """

    inputs: PlanInputs
    found: ScenarioRun
    told: PaymentDate
    since: date
    obligors: tuple[ObligorPeriod, ...]
    triggers: tuple[TriggerReading, ...]
    accounts: tuple[Movement, ...]
    came: Mapping[str, int]
    came_before: Mapping[str, int] | None
    came_planned: Mapping[str, int]
    cover: Cover
    cover_tests: CoverTests
    rules: PoolRules
    chain: PaymentChain
    chain_problems: tuple[Message, ...]

    def after(self, group: str, key: str) -> int:
        """An amount when payments end."""
        return value_of(self.told.after[group][key])

    def before(self, group: str, key: str) -> int:
        """An amount when payments begin."""
        return value_of(self.told.before[group][key])

    def opening_balance(self, tranche: str) -> int:
        """A tranche's balance before payment."""
        if self.told.number == 0:
            return self.inputs.plan.tranche(tranche).balance_fen
        return int(self.found.run.tranches[tranche].balance[self.told.number - 1])


def value_of(cell: Cell) -> int:
    """The fen of a term, or of a plain amount."""
    return int(cell.value if isinstance(cell, Term) else cell)


def payment_report(
    inputs: PlanInputs, found: ScenarioRun, on: date, parameters: Parameters
) -> PaymentReport:
    """The report of the payment date of that day.

    Raises:
        NoPaymentDateError: The plan pays nobody on that day.
    """
    days = inputs.plan.dates.payments
    if on not in days:
        raise NoPaymentDateError(on, days)
    number = days.index(on)
    scenario = found.scenario
    told = payment_date(
        inputs.plan,
        found.collections,
        number,
        rates=inputs.rates,
        outside=(
            supporters_given(inputs.plan, scenario.failed),
            events_given(inputs.plan, scenario.events),
        ),
    )
    since = days[number - 1] if number else inputs.plan.dates.closing
    places = _periods_of(found, days, number)
    planned = run_scenario(inputs, scenario_of(inputs, BASE))
    days_of = payment_dates(inputs, parameters, china())
    return PaymentReport(
        inputs=inputs,
        found=found,
        told=told,
        since=since,
        obligors=_obligors(inputs, found, places),
        triggers=tuple(_reading(each, told, on) for each in inputs.plan.triggers),
        accounts=_accounts(inputs, found, number, since),
        came=_came(found, places),
        came_before=_came(found, _periods_of(found, days, number - 1)) if number else None,
        came_planned=_came(planned, places),
        cover=cover.of_run(inputs, found)[number],
        cover_tests=cover.in_force(parameters, on=on),
        rules=rules.in_force(parameters, on=on),
        chain=days_of.chains[number],
        chain_problems=days_of.problems,
    )


def _periods_of(found: ScenarioRun, days: tuple[date, ...], number: int) -> tuple[int, ...]:
    """The collection periods that a payment date pays out."""
    after, until = days[number - 1] if number else date.min, days[number]
    return tuple(place for place, day in enumerate(found.collections.on) if after < day <= until)


def _came(found: ScenarioRun, places: tuple[int, ...]) -> dict[str, int]:
    return {
        kind: sum(int(getattr(found.collections, kind)[place]) for place in places)
        for kind in (*CASH, "defaulted", "lost")
    }


def _obligors(
    inputs: PlanInputs, found: ScenarioRun, places: tuple[int, ...]
) -> tuple[ObligorPeriod, ...]:
    on = found.collections.on
    first = on[places[0] - 1] if places and places[0] else date.min
    last = on[places[-1]] if places else date.min
    rows = []
    for each in found.obligors:
        sums = {
            kind: sum(getattr(each, kind)[place] for place in places)
            for kind in (*CASH, "defaulted", "lost")
        }
        due = sum(
            one.principal_fen + one.interest_fen
            for claim in inputs.pool.claims
            if claim.obligor_id == each.obligor_id
            for one in claim.dues
            if first < one.on <= last
        )
        until = places[-1] + 1 if places else 0
        rows.append(
            ObligorPeriod(
                obligor_id=each.obligor_id,
                name=inputs.pool.obligor(each.obligor_id).name,
                due=due,
                late=max(due - sums["interest"] - sums["principal"], 0),
                balance=each.balance[places[-1]] if places else 0,
                all_defaulted=sum(each.defaulted[:until]),
                all_recovered=sum(each.recovered[:until]),
                **sums,
            )
        )
    return tuple(rows)


def _reading(trigger: Trigger, told: PaymentDate, on: date) -> TriggerReading:
    first, second = (value_of(each) for each in told.measured.get(trigger.key, (0, 0)))
    level = ratio = headroom = None
    condition = trigger.condition
    if isinstance(condition, f.RatioTest):
        steps = [step.level for step in condition.levels if (step.start or date.min) <= on]
        level = float(steps[-1]) if steps else None
        ratio = float(Fraction(first, second)) if second else None
        if level is not None and ratio is not None:
            rising = condition.relation in (f.Relation.ABOVE, f.Relation.AT_LEAST)
            headroom = level - ratio if rising else ratio - level
    elif isinstance(condition, f.AmountTest):
        rising = condition.relation in (f.Relation.ABOVE, f.Relation.AT_LEAST)
        headroom = float(second - first if rising else first - second)
    is_measured = trigger.key in told.measured
    return TriggerReading(
        key=trigger.key,
        was_on=bool(value_of(told.flags_before[trigger.key])),
        is_on=bool(value_of(told.flags_after[trigger.key])),
        first=first if is_measured else None,
        second=second if is_measured else None,
        level=level,
        ratio=ratio,
        headroom=headroom,
    )


def _accounts(
    inputs: PlanInputs, found: ScenarioRun, number: int, since: date
) -> tuple[Movement, ...]:
    rows = []
    on = inputs.plan.dates.payments[number]
    for account in inputs.plan.accounts:
        run = found.run.accounts[account.key]
        opening = int(run.balance[number - 1]) if number else account.opening_fen
        moves = [
            int(each.amount)
            for each in found.run.entries
            if each.account == account.key and each.on <= on and (each.on > since or number == 0)
        ]
        rows.append(
            Movement(
                key=account.key,
                opening=opening,
                received=sum(each for each in moves if each > 0),
                paid=-sum(each for each in moves if each < 0),
                closing=int(run.balance[number]),
                target=int(run.target[number]),
            )
        )
    return tuple(rows)
