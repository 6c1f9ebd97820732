"""The result of an appraisal: what the reports print, `result.json` keeps and `explain` opens.

Amounts are CNY rounded to the fen, shares to 1e-9, so that a result is the same on any machine.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhirong.application.case.case_file import CaseFile, Exported
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.case.questions import Question
from zhirong.application.diligence_result import DiligenceResult
from zhirong.application.workings import SheetRecord
from zhirong.core.distribution import ValueDistribution
from zhirong.core.messages import Message
from zhirong.core.sources import ParameterOrigin, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """What identifies a report in the house's register.

    Args:
        status: issued, replaced or withdrawn.
        verification_code: Short code over the content, printed on every page.
        parameters_hash: Of the published values; with a house's own before them, of both hashes.
        shipped_parameters_hash, house_parameters_hash: The two, where a house has its own.
    """

    number: str
    version: int
    status: str
    valuation_date: date
    report_date: date
    valid_until: date
    verification_code: str
    engine_version: str
    parameters_hash: str
    shipped_parameters_hash: str | None = None
    house_parameters_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A point value with its 80 % interval, CNY."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodValue:
    """What one method says of a group, and how much it counts.

    Args:
        weight: Share in the conclusion; 0 where it is shown beside it.
    """

    method: str
    family: str
    ageing: str
    value: float
    weight: float
    author: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupValue:
    """A group of rights valued as one.

    Args:
        kind: single, weighted or selected, as the methods were reconciled.
        reasons: The drafted reason, sentence by sentence.
        breaches: What the house's rules do not allow.
        score: Composite score of its rights, points.
        rights: Numbers of its rights.
    """

    group: str
    name: str
    product: str
    product_name: str
    value: float
    distribution: ValueDistribution
    mapped_share: float
    score: float
    kind: str
    methods: tuple[MethodValue, ...]
    reasons: tuple[Message, ...]
    breaches: tuple[Message, ...]
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightValue:
    """A single right: standing, score, and its part of the value.

    Args:
        state: Base legal state on the valuation date.
        value: Its part by the house's policy, CNY; 0 where it serves no product.
        score_share_value, shapley_value: Its part by each of the two rules, CNY.
        is_core: Whether a product's feature is covered by no other right.
        coverage: Share of the indicators' weight with data; None where not scored.
        survival: Probability to be kept to each later year, for inventions that serve no product.
        renewal_value: What the choice to renew such a right is worth, CNY; beside the total, never
            in it; None where nobody judged its returns.
    """

    right: str
    title: str
    kind: str
    state: str
    groups: tuple[str, ...]
    score: float | None
    coverage: float | None
    score_state: str
    legal_life_years: float
    economic_life_years: float
    validity: float
    value: float
    score_share_value: float
    shapley_value: float
    distribution: ValueDistribution | None
    is_core: bool
    fees_to_end: float
    survival: tuple[float, ...] = ()
    renewal_value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeScore:
    """A node of an indicator tree for one right or group; level 0 is the first level."""

    node: str
    name_zh: str
    name_en: str
    level: int
    weight: float | None
    score: float | None
    coverage: float | None
    rule: str
    evidence: Message | None = None
    author: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightScores:
    """The opened scores of one right, and the tree with the notice that must be printed."""

    right: str
    tree: str
    value_degree: float | None
    notice_zh: str
    notice_en: str
    nodes: tuple[NodeScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoEntry:
    """The whole value at one assumption's 10 % and 90 % points, CNY."""

    key: str
    at_low: float
    at_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgePart:
    """Rights of one kind in a pledge: market value, cap, amount."""

    kind: str
    market_value: float
    cap: float
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeResult:
    """The pledge view: one policy names the collateral amount, the others stand beside it, CNY."""

    parts: tuple[PledgePart, ...]
    market_value: float
    caps_amount: float
    quantile_probability: float
    prudent_quantile: float
    liquidation_value: float
    policy: str
    collateral_amount: float
    notes: tuple[Message, ...]
    excluded: tuple[str, ...]  # rights that cannot be registered


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPrices:
    """For a transfer: opening, target and walk-away of the seller, CNY, with their reasons."""

    opening: float
    target: float
    walk_away: float
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseTerms:
    """For a license, group by group: rate with range, and the lump sum that equals it."""

    group: str
    rate: float
    rate_low: float
    rate_high: float
    lump_sum: float
    term_years: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAdvice:
    """For management: keep or drop a right; fees to the end against its value, CNY."""

    right: str
    advice: str
    fees: float
    value: float
    saved: float
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesBasisRow:
    """What a product's value starts from: stated, filed and used sales, CNY."""

    product: str
    name: str
    year: int
    stated: float
    filed: float | None
    used: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCheck:
    """All claims on a product's cash in a year against that cash, CNY."""

    product: str
    name: str
    year: int
    claimed: float
    profit: float
    share: float
    limit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyGap:
    """A value that somebody else gave, beside ours, with the gap in words.

    Args:
        provider: Who gave it; empty where nothing tells.
        amount: CNY, or the currency of `exported`; never converted.
        ours: Our value of the same rights, CNY.
        exported: How it stands inside an export of patents, where it was read there.
        score: Their score, on the scale of `exported`.
        our_score: Our score of the same right, 0 to 100.
    """

    provider: str
    kind: str
    scope: str
    valued_on: date | None
    amount: float | None
    ours: float | None
    note: Message
    exported: Exported | None = None
    score: float | None = None
    our_score: float | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRecord:
    """A missing assumption, what a named rule proposes for it, and whether it was accepted."""

    key: str
    scope: str
    year: int
    central: float | None
    low: float | None
    high: float | None
    rule: str
    reason: Message
    is_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRecord:
    """A published value that was used, as it was published: numbers as text, tables nested."""

    path: str
    value: Any
    unit: str
    origin: ParameterOrigin
    reviewed_on: date
    is_unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionRecord:
    """A distribution of the whole portfolio under one premise."""

    name: str  # market_value, liquidation, gone_concern, default
    distribution: ValueDistribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """What the rights are worth.

    Args:
        total: Point value of the portfolio with its 80 % interval.
        distributions: By premise; each says what it is a distribution of.
        breaches: Findings that belong on page one (profit check, ageing, reconciliation).
    """

    total: Interval
    groups: tuple[GroupValue, ...]
    rights: tuple[RightValue, ...]
    distributions: tuple[DistributionRecord, ...]
    tornado: tuple[TornadoEntry, ...]
    sales: tuple[SalesBasisRow, ...]
    product_checks: tuple[ProductCheck, ...]
    breaches: tuple[Message, ...]
    notes: tuple[Message, ...]
    third_party: tuple[ThirdPartyGap, ...]
    pledge: PledgeResult | None
    transfer: DealPrices | None
    license: tuple[LicenseTerms, ...]
    keep: tuple[KeepAdvice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """The whole result of one firm.

    `valuation` is None where nothing could be valued; `proposals` then tells what is missing.
    """

    head: ReportHead
    options: AppraisalOptions
    case: CaseFile
    diligence: DiligenceResult
    valuation: Valuation | None
    scores: tuple[RightScores, ...]
    proposals: tuple[ProposalRecord, ...]
    questions: tuple[Question, ...]
    sheets: tuple[SheetRecord, ...]
    parameters: tuple[ParameterRecord, ...]
