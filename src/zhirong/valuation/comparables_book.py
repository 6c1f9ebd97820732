"""The house's book of licenses and deals: what was dealt in, what was paid, and where it stands.

A deal enters a valuation only when it can be verified, is recent and was struck between unrelated
parties; one that is refused stays in the book with its reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.core.messages import Fact, Message
from zhirong.core.sources import Source
from zhirong.parameters.reader import Parameters

DAYS_A_YEAR = 365.25


class Deal(StrEnum):
    """What was dealt in."""

    TRANSFER = "transfer"
    EXCLUSIVE_LICENSE = "exclusive_license"
    SOLE_LICENSE = "sole_license"
    NONEXCLUSIVE_LICENSE = "nonexclusive_license"


class Payment(StrEnum):
    """How it was paid."""

    LUMP = "lump"
    RUNNING = "running"
    MIXED = "mixed"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """One deal of the book. None says not known.

    Attributes:
        id: Name within the book.
        kind: Kind of right: invention, utility_model, design ...
        industry: Code of the national-economy industry, e.g. "C39".
        deal: What was dealt in.
        dated: Day of the contract.
        payment: How it was paid.
        lump: Fixed price, CNY.
        rate: Running royalty, a share of its base.
        rate_base: sales or profit.
        term_years: Term of the license, or what was left of the right at a transfer.
        expected_sales: Sales that both sides expected at signing, CNY, by contract year.
        territory: Where it may be used.
        rights_count: Number of rights dealt in.
        score: Quality score of the rights, 0 to 100, by the house's tree.
        recordal_number: Number under which the contract stands in the register.
        source: Where the deal can be read; None says nowhere.
        is_affiliated: Whether the parties are related.
        is_settlement: Whether it ended a lawsuit.
    """

    id: str
    kind: str
    industry: str
    deal: Deal
    dated: date
    payment: Payment
    lump: float | None = None
    rate: float | None = None
    rate_base: str = "sales"
    term_years: float | None = None
    expected_sales: tuple[float, ...] = ()
    territory: str = ""
    rights_count: int | None = None
    score: float | None = None
    recordal_number: str = ""
    source: Source | None = None
    is_affiliated: bool | None = None
    is_settlement: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for; what is left open is not asked.

    Attributes:
        industry: Beginning of the industry code: "C39" finds "C3911".
        kinds: Kinds of right.
        deals: What was dealt in.
        payments: How it was paid.
        dated_from: First day of contract.
        dated_to: Last day of contract.
    """

    industry: str = ""
    kinds: tuple[str, ...] = ()
    deals: tuple[Deal, ...] = ()
    payments: tuple[Payment, ...] = ()
    dated_from: date | None = None
    dated_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRules:
    """What a deal must meet.

    Attributes:
        age_years_max: Oldest deal, years before the valuation date.
        rate_max: Highest royalty on sales that is believed, share.
        count_min: Fewest deals that support a conclusion.
    """

    age_years_max: float
    rate_max: float
    count_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A deal that is not used, and why."""

    comparable: Comparable
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The deals that are used and those that are not.

    Attributes:
        accepted: In the order of the book.
        refused: With all their reasons.
        notes: What is not known of the accepted, or that they are few.
    """

    accepted: tuple[Comparable, ...]
    refused: tuple[Refusal, ...]
    notes: tuple[Message, ...]


def read_rules(parameters: Parameters, *, on: date) -> ScreeningRules:
    """The house's rules in force on a day."""
    table = parameters.get("valuation.comparables.screening", on=on).value
    return ScreeningRules(
        age_years_max=float(table["age_years_max"]),
        rate_max=float(table["rate_max"]),
        count_min=int(table["count_min"]),
    )


def search(book: Sequence[Comparable], *, query: Query) -> tuple[Comparable, ...]:
    """The deals of the book that answer a query, newest first."""
    found = (deal for deal in book if _answers(deal, query))
    return tuple(sorted(found, key=lambda deal: (-deal.dated.toordinal(), deal.id)))


def _answers(deal: Comparable, query: Query) -> bool:
    return (
        deal.industry.startswith(query.industry)
        and (not query.kinds or deal.kind in query.kinds)
        and (not query.deals or deal.deal in query.deals)
        and (not query.payments or deal.payment in query.payments)
        and (query.dated_from is None or deal.dated >= query.dated_from)
        and (query.dated_to is None or deal.dated <= query.dated_to)
    )


def select(
    found: Sequence[Comparable], *, rules: ScreeningRules, valuation_date: date
) -> Selection:
    """The deals that may be used on a valuation date, and the reasons against the others."""
    accepted: list[Comparable] = []
    refused: list[Refusal] = []
    seen: dict[str, str] = {}
    for deal in found:
        reasons = refusal_reasons(deal, rules=rules, valuation_date=valuation_date)
        first = seen.setdefault(deal.recordal_number or deal.id, deal.id)
        if first != deal.id:
            reasons = (*reasons, Message("comparable.duplicate", {"other": first}))
        if reasons:
            refused.append(Refusal(comparable=deal, reasons=reasons))
        else:
            accepted.append(deal)
    notes = [note for deal in accepted for note in _notes(deal)]
    if len(accepted) < rules.count_min:
        facts = {"count": len(accepted), "count_min": rules.count_min}
        notes.append(Message("comparable.too_few", facts))
    return Selection(accepted=tuple(accepted), refused=tuple(refused), notes=tuple(notes))


def refusal_reasons(
    deal: Comparable, *, rules: ScreeningRules, valuation_date: date
) -> tuple[Message, ...]:
    """Why a deal is not used; empty where nothing speaks against it."""
    age = (valuation_date - deal.dated).days / DAYS_A_YEAR
    checks: Mapping[str, bool] = {
        "after_valuation_date": age < 0,
        "too_old": age > rules.age_years_max,
        "no_source": deal.source is None and not deal.recordal_number,
        "affiliated": deal.is_affiliated is True,
        "settlement": deal.is_settlement is True,
        "free": deal.payment == Payment.FREE,
        "no_price": deal.payment != Payment.FREE and not _has_price(deal),
        "other_base": deal.rate is not None and deal.rate_base != "sales",
        "rate_too_high": deal.rate is not None and deal.rate > rules.rate_max,
    }
    facts: dict[str, Fact] = {
        "id": deal.id,
        "dated": deal.dated,
        "age": age,
        "age_max": rules.age_years_max,
        "rate": deal.rate,
        "rate_max": rules.rate_max,
    }
    return tuple(Message(f"comparable.{code}", facts) for code, fails in checks.items() if fails)


def _has_price(deal: Comparable) -> bool:
    has_lump = deal.lump is not None and deal.lump > 0
    has_rate = deal.rate is not None and deal.rate > 0
    match deal.payment:
        case Payment.LUMP:
            return has_lump
        case Payment.RUNNING:
            return has_rate
        case Payment.MIXED:
            return has_lump and has_rate
        case Payment.FREE:
            return False


def _notes(deal: Comparable) -> tuple[Message, ...]:
    unknown = {
        "affiliation_unknown": deal.is_affiliated is None,
        "not_recorded": not deal.recordal_number,
    }
    return tuple(
        Message(f"comparable.{code}", {"id": deal.id}) for code, holds in unknown.items() if holds
    )
