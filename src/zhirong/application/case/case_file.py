"""The case file: all that a firm's folder said, as records with their places.

Intake fills it; everything to the right reads it; `result.json` keeps it, so that a result can be
recomputed without the folder.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhirong.core.sources import Source
from zhirong.firms.records import (
    AccountYear,
    Certificate,
    Coverage,
    Feature,
    Firm,
    MatrixSignature,
    Product,
    ProductYear,
    Shareholder,
)
from zhirong.rights.events import RegisterEvent
from zhirong.rights.records import Patent


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was read: its name in the folder, hash, size, and the date it states or bears."""

    file: str
    sha256: str
    size_bytes: int
    as_of: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetGroup:
    """Rights that are valued as one: those of `kinds` that serve `product` (empty kinds: all)."""

    group: str  # short id, e.g. "G1"
    name: str
    product: str
    kinds: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A judged number: its author answers for it; there is no default.

    `scope` is "" for the firm, a product id, a group id or a right's number; `year` is 0 for all
    years or the forecast year 1, 2, ... ; `low` and `high` are the 10 % and 90 % points where the
    author gives a range.
    """

    key: str  # royalty_rate, growth, royalty_decay, discount_rate, economic_life ...
    scope: str = ""
    year: int = 0
    central: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    author: str
    reason: str
    rule: str = ""  # the house rule that proposed it, where one did
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostItem:
    """Cost spent on a group of rights, CNY, in a year: labor, materials, equipment, fees ..."""

    group: str
    item: str
    year: int
    amount: Decimal
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A license or deal of the house's comparables book.

    `kind` is "running" (royalty_rate set), "lump" (amount set, with term and expected sales to turn
    it into a rate) or "sale" (amount for the rights). Adjustment factors multiply; 1 is equal.
    """

    comparable: str
    kind: str
    description: str
    deal_date: date
    group: str = ""  # the group it is compared with; empty for all
    amount: Decimal | None = None
    royalty_rate: Decimal | None = None
    right_count: int | None = None
    term_years: Decimal | None = None
    yearly_sales: Decimal | None = None
    is_exclusive: bool | None = None
    quality_score: Decimal | None = None
    recordal_number: str = ""
    origin: str = ""  # where the house read it
    adjustments: tuple[tuple[str, Decimal], ...] = ()  # (factor name, multiplier)
    weight: Decimal | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalystScore:
    """An answer of the analyst to one leaf of the indicator tree, 0 to 100, with reason.

    `right` is a right's number, a group id or "" for all rights; no score says
    "not applicable".
    """

    right: str
    leaf: str
    score: Decimal | None
    author: str
    reason: str
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How a vendor's score or value stands inside an export of patents.

    Args:
        heading, written: The column's heading and the cell, as written.
        scale: Lowest and highest of a score, as "1-10"; absent where nobody states it.
        currency: Of an amount that is not in CNY; it is never converted.
        dated_by: vendor, where it states the day itself; export, where it is the export's.
    """

    heading: str
    written: str
    scale: str | None = None
    currency: str | None = None
    dated_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyValue:
    """A value that somebody else gave, read as evidence: vendor score or licensed appraisal."""

    provider: str  # "" where nothing tells whose it is
    kind: str  # vendor_value, vendor_score, licensed_appraisal, deal_price
    scope: str  # right number, group id or "" for all
    valued_on: date | None
    amount: Decimal | None = None
    score: Decimal | None = None
    reference: str = ""
    source: Source | None = None
    exported: Exported | None = None  # set where it was read inside an export of patents


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a due-diligence question: what the firm or a register said.

    `question` is the code of the check's question (e.g. "A3"), `subject` a right's number or "" for
    the firm; `value` is yes / no / a number / a date / free text as typed; None says unanswered.
    """

    question: str
    subject: str = ""
    value: str | None = None
    document: str = ""
    answered_by: str = ""
    answered_on: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSignal:
    """For listed owners: the share's reaction to a grant (stock-market method)."""

    right: str
    market_cap: Decimal
    window_return: Decimal
    volatility: Decimal
    patents_granted_same_day: int
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All that the folder of one firm said."""

    firm: Firm
    patents: tuple[Patent, ...]
    events: tuple[RegisterEvent, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    shareholders: tuple[Shareholder, ...] = ()
    accounts: tuple[AccountYear, ...] = ()
    products: tuple[Product, ...] = ()
    sales: tuple[ProductYear, ...] = ()
    features: tuple[Feature, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    signature: MatrixSignature | None = None
    groups: tuple[AssetGroup, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    costs: tuple[CostItem, ...] = ()
    comparables: tuple[Comparable, ...] = ()
    scores: tuple[AnalystScore, ...] = ()
    third_party_values: tuple[ThirdPartyValue, ...] = ()
    answers: tuple[Answer, ...] = ()
    market_signals: tuple[MarketSignal, ...] = ()
    files: tuple[SourceFile, ...] = field(default=())
