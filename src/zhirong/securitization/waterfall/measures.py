"""Formulas and conditions, compiled once into functions of the state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TypeAlias

from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.formulas import Condition, Formula, Quantity, Relation
from zhirong.securitization.waterfall.carriers import Carrier, Cell, Ratio
from zhirong.securitization.waterfall.state import State

Reading: TypeAlias = Callable[[State], Cell]

_PERIOD = {
    Quantity.COLLECTED: (0, 1, 2, 3),
    Quantity.COLLECTED_INTEREST: (0,),
    Quantity.COLLECTED_PRINCIPAL: (1,),
    Quantity.COLLECTED_PREPAID: (2,),
    Quantity.COLLECTED_RECOVERED: (3,),
    Quantity.DEFAULTED: (4,),
    Quantity.LOST: (5,),
}
_WHOLE = {
    Quantity.ALL_COLLECTED: (0, 1, 2, 3),
    Quantity.ALL_COLLECTED_INTEREST: (0,),
    Quantity.ALL_COLLECTED_PRINCIPAL: (1,),
    Quantity.ALL_COLLECTED_PREPAID: (2,),
    Quantity.ALL_COLLECTED_RECOVERED: (3,),
    Quantity.ALL_DEFAULTED: (4,),
    Quantity.ALL_LOST: (5,),
}
_LISTS = {
    Quantity.TRANCHE_BALANCE: "balance",
    Quantity.TRANCHE_BALANCE_AT_START: "start_balance",
    Quantity.TRANCHE_BALANCE_OPENING: "opening_balance",
    Quantity.INTEREST_PAID: "interest_today",
    Quantity.PRINCIPAL_PAID: "principal_today",
    Quantity.FEE_DUE: "fee_due",
    Quantity.FEE_PAID: "fee_today",
    Quantity.ALL_FEE_PAID: "fee_all",
    Quantity.ACCOUNT_BALANCE: "cash",
    Quantity.SUPPORT_OWED: "support_owed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a plan's keys stand for in the state's lists, and what readings need of the program.

    `principal_due` and `targets` are filled once the tranches and accounts are compiled;
    `month_factors` gives, by tranche and event, a month's interest at the day's rate.
    """

    carrier: Carrier
    tranches: dict[str, int]
    fees: dict[str, int]
    accounts: dict[str, int]
    supports: dict[str, int]
    triggers: dict[str, int]
    hedges: dict[str, int]
    principal_due: list[Reading]
    targets: list[Reading | None]
    month_rates: Callable[[str, date], Ratio]

    def indexes(self, measure: f.Measure) -> tuple[int, ...]:
        """Where the names of a measure stand."""
        groups = (
            (f.OF_TRANCHES, self.tranches),
            (f.OF_FEES, self.fees),
            (f.OF_ACCOUNTS, self.accounts),
            (f.OF_SUPPORTS, self.supports),
        )
        for quantities, places in groups:
            if measure.quantity in quantities:
                return tuple(places[name] for name in measure.names)
        return ()


def amount_of(formula: Formula, names: Names) -> Reading:  # noqa: PLR0911 - one case a formula
    """A formula as a function of the state, in whole fen."""
    carrier = names.carrier
    match formula:
        case f.Constant(fen):
            return lambda _: fen
        case f.Measure():
            return _measure(formula, names)
        case f.Share(share, of):
            inner = amount_of(of, names)
            ratio = (share.numerator, share.denominator)
            return lambda state: carrier.scaled(inner(state), ratio)
        case f.Total(parts):
            return _sum([amount_of(part, names) for part in parts])
        case f.Difference(first, second):
            left, right = amount_of(first, names), amount_of(second, names)
            return lambda state: left(state) - right(state)
        case f.Greatest(parts):
            return _fold(carrier.greatest, [amount_of(part, names) for part in parts])
        case f.Least(parts):
            return _fold(carrier.least, [amount_of(part, names) for part in parts])
        case f.MonthsOfInterest():
            return _months(formula, names)


def _sum(parts: Sequence[Reading]) -> Reading:
    if len(parts) == 1:
        return parts[0]

    def read(state: State) -> Cell:
        found = parts[0](state)
        for part in parts[1:]:
            found = found + part(state)
        return found

    return read


def _fold(choose: Callable[[Cell, Cell], Cell], parts: Sequence[Reading]) -> Reading:
    return lambda state: reduce(choose, [part(state) for part in parts])


def _months(formula: f.MonthsOfInterest, names: Names) -> Reading:
    carrier, months = names.carrier, formula.months

    def read(state: State) -> Cell:
        found: Cell = 0
        for key in formula.tranches:
            numerator, denominator = names.month_rates(key, state.on)
            balance = state.balance[names.tranches[key]]
            found = found + carrier.scaled(balance, (numerator * months, denominator))
        return found

    return read


def _listed(attribute: str, indexes: tuple[int, ...]) -> Reading:
    """The sum of some places of one of the state's lists."""

    def read(state: State) -> Cell:
        values = getattr(state, attribute)
        found = values[indexes[0]]
        for index in indexes[1:]:
            found = found + values[index]
        return found

    return read


def _measure(measure: f.Measure, names: Names) -> Reading:
    quantity, indexes = measure.quantity, names.indexes(measure)
    if quantity is Quantity.POOL_BALANCE:
        return lambda state: state.pool_balance
    if quantity is Quantity.POOL_BALANCE_AT_START:
        return lambda state: state.pool_start
    if quantity in _PERIOD:
        return _listed("period", _PERIOD[quantity])
    if quantity in _WHOLE:
        return _listed("whole", _WHOLE[quantity])
    if quantity in _LISTS:
        return _listed(_LISTS[quantity], indexes)
    return _sum([_single(quantity, index, names) for index in indexes])


def _single(quantity: Quantity, index: int, names: Names) -> Reading:
    carrier = names.carrier
    if quantity is Quantity.INTEREST_DUE:
        return lambda state: state.interest_due[index] + state.unpaid_due[index]
    if quantity is Quantity.PRINCIPAL_DUE:
        return _late(names.principal_due, index)
    if quantity is Quantity.SUPPORT_AVAILABLE:
        return lambda state: support_available(state, index)
    target = names.targets[index] or _nothing
    if quantity is Quantity.ACCOUNT_GAP:
        return lambda state: carrier.greatest(target(state) - state.cash[index], state.zero)
    if quantity is Quantity.ACCOUNT_EXCESS:
        return lambda state: carrier.greatest(state.cash[index] - target(state), state.zero)
    return target


def _late(readings: Sequence[Reading], index: int) -> Reading:
    """A reading that is compiled only after this one."""

    def read(state: State) -> Cell:
        return readings[index](state)

    return read


def _nothing(state: State) -> Cell:
    return state.zero


def support_available(state: State, index: int) -> Cell:
    """What a support can still pay today; a large amount where it has no limit."""
    left, given = state.support_left[index], state.support_given[index]
    if left is None:
        return given if given is not None else state.zero + UNLIMITED
    return left if given is None else state.carrier.least(left, given)


UNLIMITED = 10**15
"""What stands for no limit: ten thousand billion CNY."""


def condition_of(  # noqa: PLR0911 - one case a condition
    condition: Condition, names: Names
) -> Reading:
    """A condition as a function of the state: a truth value, or one for each path."""
    match condition:
        case f.RatioTest():
            return _ratio_test(condition, names)
        case f.AmountTest(first, relation, second):
            left, right = amount_of(first, names), amount_of(second, names)
            return lambda state: _compared(left(state), relation, right(state))
        case f.Triggered(trigger):
            index = names.triggers[trigger]
            return lambda state: state.flags[index]
        case f.Happened(event):
            return lambda state: state.happened.get(event, False)
        case f.FromDay(day):
            return lambda state: state.on >= day
        case f.BeforeDay(day):
            return lambda state: state.on < day
        case f.Negation(inner):
            inverse = condition_of(inner, names)
            return lambda state: inverse(state) ^ True
        case f.AllOf(conditions):
            return _fold(_both, [condition_of(each, names) for each in conditions])
        case f.AnyOf(conditions):
            return _fold(_either, [condition_of(each, names) for each in conditions])


def _both(first: Cell, second: Cell) -> Cell:
    return first & second


def _either(first: Cell, second: Cell) -> Cell:
    return first | second


def _compared(first: Cell, relation: Relation, second: Cell) -> Cell:
    match relation:
        case Relation.BELOW:
            return first < second
        case Relation.AT_MOST:
            return first <= second
        case Relation.ABOVE:
            return first > second
        case Relation.AT_LEAST:
            return first >= second


def _ratio_test(test: f.RatioTest, names: Names) -> Reading:
    part, whole = amount_of(test.part, names), amount_of(test.whole, names)
    levels = [
        (step.start or date.min, (step.level.numerator, step.level.denominator))
        for step in test.levels
    ]
    exceeds = names.carrier.exceeds
    asks_above = test.relation in (Relation.ABOVE, Relation.AT_MOST)
    is_inverted = test.relation in (Relation.AT_MOST, Relation.AT_LEAST)

    def read(state: State) -> Cell:
        current = [ratio for start, ratio in levels if start <= state.on]
        if not current:
            return False
        top, bottom = part(state), whole(state)
        # part / whole > level; or, turned round, level > part / whole.
        found = (
            exceeds(top, current[-1], bottom)
            if asks_above
            else exceeds(bottom, current[-1][::-1], top)
        )
        return (found ^ is_inverted) & (bottom > 0)

    return read
