"""The value of a freely chosen set of rights of a stored result: what to pledge, what to release.

A result keeps the distribution of the whole, of its groups and of the registrable set, not every
draw. Another set is valued by drawing again from the stored inputs and seed, and says so. Its value
is v(S) of the game on features, as for the registrable set; it is not the sum of the rights'
allocated parts (`docs/decisions/0008-a-pledged-set-is-valued-by-the-game.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.application.appraise import Replay, replay
from zhirong.application.assembling import rounded
from zhirong.application.pledging import market_meaning, pledge
from zhirong.application.recompute import law_of
from zhirong.application.result import Appraisal, Interval, PledgeResult
from zhirong.core.distribution import ValueDistribution, from_samples
from zhirong.core.errors import InputError, StateError
from zhirong.core.identifiers.detection import identify
from zhirong.core.identifiers.records import IdentifierError
from zhirong.core.messages import Message
from zhirong.valuation.disposal import read_terms
from zhirong.valuation.premises import liquidation

RISK_FREE = "pledge.disposal.discount_rate"


class UnknownRightError(InputError):
    """Rights that the result does not hold."""

    code = "error.subset_unknown"

    def __init__(self, rights: Sequence[str]) -> None:
        super().__init__(f"The result holds no {', '.join(rights)}.", rights=tuple(rights))


class UnvaluedSetError(InputError):
    """A set without a single right that has a value in the result."""

    code = "error.subset_unvalued"

    def __init__(self) -> None:
        super().__init__("None of these rights has a value in the result.")


class ReplayError(StateError):
    """A result whose draws this release does not draw again."""

    code = "error.subset_replay"

    def __init__(self, release: str) -> None:
        super().__init__(
            f"This release draws otherwise than {release}, which wrote the result.", release=release
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsetValue:
    """What a set of rights is worth as a set, CNY; amounts to the fen.

    Args:
        rights: The rights of the set that have a value, in the order of the result.
        unvalued: Those that serve no valued product: they add nothing.
        value: v(S) at central assumptions, with the 80 % interval of the draws.
        share: Of the value of all rights.
        allocated: Sum of the parts allocated to these rights in the result; not their value as a
            set.
        distribution: Market value of the set; its meaning states premise and condition.
        liquidation: The same set sold by force; its mean is the liquidation value.
        pledge: The pledge view of those that can be registered, with the quantile and the policy;
            None where none can.
        seed, draws: Of the replay.
        notes: What must be said with it.
    """

    rights: tuple[str, ...]
    unvalued: tuple[str, ...]
    value: Interval
    share: float
    allocated: float
    distribution: ValueDistribution
    liquidation: ValueDistribution
    pledge: PledgeResult | None
    seed: int
    draws: int
    notes: tuple[Message, ...]


def value_of_subset(appraisal: Appraisal, rights: Sequence[str]) -> SubsetValue:
    """The value of some rights of a result as a set, by its stored inputs and seed.

    Args:
        appraisal: A result; only its case, options and copied published values are read.
        rights: Numbers of its rights in any notation, in any order.

    Raises:
        UnknownRightError: A right that the result does not hold.
        UnvaluedSetError: No right of the set has a value.
        ReplayError: The replay does not give the result's own distribution.
    """
    chosen = _places(appraisal, rights)
    drawn = replay(appraisal.case, appraisal.options, law=law_of(appraisal.parameters))
    valued = chosen & {place.right for place in drawn.sharing.places} if drawn else frozenset()
    if drawn is None or not valued:
        raise UnvaluedSetError
    _check_same(appraisal, drawn)
    return _valued(appraisal, drawn, chosen, valued)


def _places(appraisal: Appraisal, rights: Sequence[str]) -> frozenset[int]:
    numbers = {patent.app_no: place for place, patent in enumerate(appraisal.case.patents)}
    found = {text.strip(): numbers.get(_canonical(text, numbers)) for text in rights}
    unknown = [text for text, place in found.items() if place is None]
    if unknown:
        raise UnknownRightError(unknown)
    return frozenset(place for place in found.values() if place is not None)


def _canonical(text: str, known: dict[str, int]) -> str:
    plain = text.strip()
    if plain in known:
        return plain
    try:
        return identify(plain).canonical
    except IdentifierError:
        return plain


def _check_same(appraisal: Appraisal, drawn: Replay) -> None:
    """The replay of the whole is the stored one to the fen, or it is no replay.

    Raises:
        ReplayError: It is another one.
    """
    valuation = appraisal.valuation
    stored = {item.name: item.distribution for item in valuation.distributions} if valuation else {}
    whole = from_samples(drawn.conclusion.draws.sum(axis=0), meaning=market_meaning("portfolio"))
    if stored.get("market_value") != rounded(whole):
        raise ReplayError(appraisal.head.engine_version)


def _valued(
    appraisal: Appraisal, drawn: Replay, chosen: frozenset[int], valued: frozenset[int]
) -> SubsetValue:
    context, sharing = drawn.context, drawn.sharing
    market = from_samples(sharing.set_draws(valued), meaning=market_meaning("collateral_set"))
    low, high = market.interval()
    on = context.valuation_date
    terms = read_terms(
        context.parameters, "liquidation", on=on, discount_rate=context.number(RISK_FREE)
    )
    whole = sharing.set_value(range(len(context.case.patents)))
    value = sharing.set_value(valued)
    view = pledge(context, drawn.found, sharing, among=valued)
    numbers = tuple(patent.app_no for patent in context.case.patents)
    unvalued = tuple(numbers[place] for place in sorted(chosen - valued))
    return SubsetValue(
        rights=tuple(numbers[place] for place in sorted(valued)),
        unvalued=unvalued,
        value=Interval(value=round(value, 2), low=round(low, 2), high=round(high, 2)),
        share=round(value / whole, 9) if whole > 0 else 0.0,
        allocated=round(
            float(sum(sharing.values[n] for place in valued for n in sharing.of_right(place))), 2
        ),
        distribution=rounded(market),
        liquidation=rounded(liquidation(market, terms=terms)),
        pledge=view.result if view else None,
        seed=appraisal.options.seed,
        draws=appraisal.options.draws,
        notes=_notes(appraisal, unvalued, view.result.excluded if view else None),
    )


def _notes(
    appraisal: Appraisal, unvalued: Sequence[str], excluded: Sequence[str] | None
) -> tuple[Message, ...]:
    options = appraisal.options
    notes = [
        Message("note.subset_replay", {"seed": options.seed, "draws": options.draws}),
        Message("note.subset_set"),
    ]
    if unvalued:
        notes.append(Message("note.subset_unvalued", {"rights": tuple(unvalued)}))
    if excluded is None:
        notes.append(Message("note.subset_none_registrable"))
    elif excluded:
        notes.append(Message("note.subset_excluded", {"rights": tuple(excluded)}))
    return tuple(notes)
