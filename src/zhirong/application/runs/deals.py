"""The deals of a case as the comparables book knows them: which may be used, and their grids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, prod

from zhirong.application.case.case_file import Comparable
from zhirong.application.case.context import Context
from zhirong.core.messages import Fact, Message
from zhirong.core.sources import Source
from zhirong.parameters.reader import table
from zhirong.valuation import comparables_book, royalty_evidence
from zhirong.valuation.comparables_book import Deal, Payment
from zhirong.valuation.methods.market_comparables import FACTORS
from zhirong.valuation.royalty_evidence import AdjustmentGrid

RUNNING, LUMP, SALE = "running", "lump", "sale"
TOO_FEW = "comparable.too_few"  # said of each group instead


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedDeal:
    """A deal that may be used, with the factors that were stated for it."""

    deal: Comparable
    factors: Mapping[str, float]

    @property
    def is_sale(self) -> bool:
        """Whether the rights themselves were sold."""
        return self.deal.kind == SALE

    @property
    def lump(self) -> float:
        """The fixed part of a license's price, CNY."""
        return float(self.deal.amount or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deals:
    """The deals that are used, and what must be said of them and of the others."""

    used: tuple[UsedDeal, ...]
    notes: tuple[Message, ...]


def screened(context: Context) -> Deals:
    """The case's deals after the house's rules, with a note for each refusal and each doubt."""
    deals = context.case.comparables
    if not deals:
        return Deals(used=(), notes=())
    on = context.valuation_date
    rules = comparables_book.read_rules(context.parameters, on=on)
    limits = royalty_evidence.read_limits(context.parameters, on=on)
    selection = comparables_book.select(
        [_booked(deal) for deal in deals], rules=rules, valuation_date=on
    )
    notes = [note for refusal in selection.refused for note in refusal.reasons]
    doubts = [note for note in selection.notes if note.code != TOO_FEW]
    accepted = {deal.id for deal in selection.accepted}
    used: list[UsedDeal] = []
    for deal in deals:
        if deal.comparable not in accepted or deal.weight == 0:
            continue
        problem = _problem(deal)
        if problem is not None:
            notes.append(problem)
            continue
        own = UsedDeal(deal=deal, factors=_factors(deal))
        used.append(own)
        notes.extend(royalty_evidence.adjustment_notes(_grid(own), limits=limits))
        doubts.extend(_unstated(own))
    notes.extend((*_together(doubts), *_too_few(context, used, rules.count_min)))
    return Deals(used=tuple(used), notes=tuple(notes))


def _together(doubts: Sequence[Message]) -> Sequence[Message]:
    """One note for all deals of which the same is to be said."""
    by_code: dict[str, list[str]] = {}
    for note in doubts:
        by_code.setdefault(note.code, []).append(str(note.facts["id"]))
    return [Message(code, {"id": tuple(own)}) for code, own in by_code.items()]


def _too_few(context: Context, used: Sequence[UsedDeal], count_min: int) -> Sequence[Message]:
    """Groups with deals, but fewer than support a conclusion."""
    notes: list[Message] = []
    for group in context.groups:
        count = sum(own.deal.group in ("", group.group) for own in used)
        if 0 < count < count_min:
            facts: dict[str, Fact] = {
                "group": group.name,
                "count": count,
                "count_min": count_min,
            }
            notes.append(Message("comparable.too_few_for_group", facts))
    return notes


def _booked(deal: Comparable) -> comparables_book.Comparable:
    """The deal as the book's record; its source is where the house read it."""
    kind = {True: Deal.EXCLUSIVE_LICENSE, False: Deal.NONEXCLUSIVE_LICENSE, None: Deal.SOLE_LICENSE}
    has_both = deal.amount is not None and deal.royalty_rate is not None
    payment = Payment.RUNNING if deal.kind == RUNNING else Payment.LUMP
    return comparables_book.Comparable(
        id=deal.comparable,
        kind="",
        industry="",
        deal=Deal.TRANSFER if deal.kind == SALE else kind[deal.is_exclusive],
        dated=deal.deal_date,
        payment=Payment.MIXED if has_both and deal.kind != SALE else payment,
        lump=None if deal.amount is None else float(deal.amount),
        rate=None if deal.royalty_rate is None else float(deal.royalty_rate),
        term_years=None if deal.term_years is None else float(deal.term_years),
        expected_sales=_expected(deal),
        rights_count=deal.right_count,
        score=None if deal.quality_score is None else float(deal.quality_score),
        recordal_number=deal.recordal_number,
        source=Source(file=deal.origin) if deal.origin else None,
    )


def _expected(deal: Comparable) -> tuple[float, ...]:
    if deal.yearly_sales is None or deal.term_years is None:
        return ()
    return (float(deal.yearly_sales),) * ceil(deal.term_years)


def _problem(deal: Comparable) -> Message | None:
    """Why an accepted deal still cannot be set against a group."""
    known = _names()
    for name, _ in deal.adjustments:
        if name.strip().casefold() not in known:
            facts = {"id": deal.comparable, "factor": name}
            return Message("comparable.factor_unknown", facts)
    needs_term = deal.kind != SALE and deal.amount is not None
    if needs_term and not sum(_expected(deal)) > 0:
        return Message("comparable.not_convertible", {"id": deal.comparable})
    return None


def _factors(deal: Comparable) -> Mapping[str, float]:
    """The stated factors by the book's names; two of one name are multiplied."""
    names = _names()
    found: dict[str, list[float]] = {}
    for name, factor in deal.adjustments:
        found.setdefault(names[name.strip().casefold()], []).append(float(factor))
    return {name: prod(own) for name, own in found.items()}


def _grid(own: UsedDeal) -> AdjustmentGrid:
    factors = {factor: own.factors.get(factor, 1.0) for factor in FACTORS}
    weight = 1.0 if own.deal.weight is None else float(own.deal.weight)
    return AdjustmentGrid(
        comparable=own.deal.comparable,
        factors=factors,
        weight=weight,
        author=own.deal.origin,
        reason=own.deal.description,
    )


def _unstated(own: UsedDeal) -> Sequence[Message]:
    if all(factor in own.factors for factor in FACTORS):
        return ()
    return (Message("comparable.factors_unstated", {"id": own.deal.comparable}),)


@cache
def _names() -> Mapping[str, str]:
    names: Mapping[str, list[str]] = table("comparable_factors")
    return {word.casefold(): factor for factor, words in names.items() for word in words}
