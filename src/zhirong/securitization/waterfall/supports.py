"""Supports from outside the plan: who lends, who pays the difference, up to what they have."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

from zhirong.core.daycounts import year_fraction
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.plan.supports import Support
from zhirong.securitization.waterfall.carriers import Cell, Ratio
from zhirong.securitization.waterfall.measures import support_available
from zhirong.securitization.waterfall.payments import Draw
from zhirong.securitization.waterfall.state import State


def support_draw(support: Support, index: int) -> Draw:
    """What a support pays of an amount that is short; the plan owes it back."""
    ends = support.ends or date.max

    def draw(state: State, short: Cell) -> Cell:
        if state.on > ends:
            return state.zero
        got = state.carrier.least(short, support_available(state, index))
        left, given = state.support_left[index], state.support_given[index]
        if left is not None:
            state.support_left[index] = left - got
        if given is not None:
            state.support_given[index] = given - got
        state.support_owed[index] = state.support_owed[index] + got
        state.support_today[index] = state.support_today[index] + got
        state.brought_in = state.brought_in + got
        return got

    return draw


def cost_factors(plan: Plan) -> tuple[tuple[tuple[Ratio, Ratio], ...], ...]:
    """By support and payment date: factors of a period on what is drawn and on what is not."""
    days = (plan.dates.closing, *plan.dates.payments)
    return tuple(
        tuple(
            (_ratio(support.rate * part), _ratio(support.commitment_rate * part))
            for part in (year_fraction(a, b, plan.conventions.day_count) for a, b in pairwise(days))
        )
        for support in plan.supports
    )


def _ratio(value: Fraction) -> Ratio:
    return value.numerator, value.denominator


def accrue_costs(state: State, factors: tuple[tuple[tuple[Ratio, Ratio], ...], ...]) -> None:
    """Interest and commitment fee of one period of every support that charges any."""
    for index, by_date in enumerate(factors):
        drawn, undrawn = by_date[state.payment]
        cost = state.support_cost[index]
        if drawn[0]:
            cost = cost + state.carrier.scaled(state.support_owed[index], drawn)
        left = state.support_left[index]
        if undrawn[0] and left is not None:
            cost = cost + state.carrier.scaled(left, undrawn)
        state.support_cost[index] = cost
