"""Keep or drop, right by right: the fees ahead against what each of them still buys."""

from collections.abc import Sequence

from zhirong.application.case.context import Context
from zhirong.application.case.groups import Group
from zhirong.application.result import KeepAdvice, RightValue
from zhirong.application.runs.unmapped import Unmapped
from zhirong.core.daycounts import years_and_part
from zhirong.rights.fees import AnnualFee
from zhirong.rights.overlays import Overlay
from zhirong.valuation.keep_or_drop import Upkeep, advise, read_review_margin, spread_over_years

FEE_RATE = "pledge.disposal.discount_rate"  # fees are owed: discounted at the legal rate
DECAY = "royalty_decay"


def upkeep_advice(
    context: Context, rights: Sequence[RightValue], alone: Unmapped
) -> tuple[KeepAdvice, ...]:
    """Advice for every right that is in force, in the order of the case."""
    return tuple(
        _advice(context, rights[place], place, alone)
        for place, status in enumerate(context.statuses)
        if status.is_alive
    )


def _advice(context: Context, right: RightValue, place: int, alone: Unmapped) -> KeepAdvice:
    fees = context.fees[place]
    rate = context.number(FEE_RATE)
    found = advise(
        Upkeep(
            right=right.right,
            fees=fees,
            values=_values(context, right, place, fees, alone),
            survival=_chances(place, fees, alone),
            is_bound=context.statuses[place].has(Overlay.PLEDGED),
        ),
        valuation_date=context.valuation_date,
        discount_rate=rate,
        review_margin=read_review_margin(context.parameters, on=context.valuation_date),
    )
    return KeepAdvice(
        right=right.right,
        advice=str(found.advice),
        fees=float(found.fees_ahead.amount),
        value=round(found.value_ahead, 2),
        saved=float(found.saved.amount),
        reason=found.message,
    )


def _values(
    context: Context,
    right: RightValue,
    place: int,
    fees: Sequence[AnnualFee],
    alone: Unmapped,
) -> tuple[float, ...]:
    """What each fee buys, CNY: the allocated value over the economic life, else the renewals'."""
    if alone.renewal is not None and place in alone.renewed:
        return _renewal_values(place, len(fees), alone)
    on = context.valuation_date
    within = [
        fee
        for fee in fees
        if float(years_and_part(on, max(fee.due_on, on))) < right.economic_life_years
    ]
    own = spread_over_years(
        right.value,
        years=len(within),
        decline=_decay(context, place),
        discount_rate=context.number(FEE_RATE),
    )
    return (*own, *(0.0,) * (len(fees) - len(own)))


def _decay(context: Context, place: int) -> float:
    """How fast what the right brings falls, share; 0 where its groups say nothing."""
    groups: Sequence[Group] = [group for group in context.groups if place in group.rights]
    found = [context.book.find(DECAY, group.scopes) for group in groups]
    return max((float(item.central) for item in found if item is not None), default=0.0)


def _renewal_values(place: int, count: int, alone: Unmapped) -> tuple[float, ...]:
    """Return of each fee's year after tax, given that the fee is paid, present value."""
    assert alone.renewal is not None, "asked only where the option was worked"
    row = alone.renewed.index(place)
    lines, inputs = alone.renewal.lines, alone.renewal.inputs
    kept = lines["kept_share"].figure.values[row, :count]
    chance = lines["renewal_chance"].figure.values[row]
    returned = lines["expected_return"].figure.values[row, :count]
    factor = lines["discount_factor"].figure.values[row, :count]
    left = 1 - float(inputs["tax_rate"].figure.values)
    return tuple(
        float(r / chance * left * f / k) if k > 0 and chance > 0 else 0.0
        for r, f, k in zip(returned, factor, kept, strict=True)
    )


def _chances(place: int, fees: Sequence[AnnualFee], alone: Unmapped) -> tuple[float, ...]:
    """The chance that the right is still wanted when each fee falls due.

    1 for a right that serves a product, which is kept by covenant; the renewal option's own where
    it was worked; else the survival of inventions.
    """
    if alone.renewal is not None and place in alone.renewed:
        row = alone.renewed.index(place)
        kept = alone.renewal.lines["kept_share"].figure.values[row, : len(fees)]
        return tuple(min(max(float(chance), 0.0), 1.0) for chance in kept)
    survival = alone.survival.get(place, ())
    own = survival[: len(fees)]
    last = own[-1] if own else 1.0
    return (*own, *(last,) * (len(fees) - len(own)))
