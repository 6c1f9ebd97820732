"""What due diligence gives as it is kept: findings, gates, flags, conditions, fees.

Amounts are CNY, shares are of 1. Codes are those of the rooms `diligence` and `rights`.
"""

from dataclasses import dataclass
from datetime import date

from zhirong.core.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """What a finding rests on.

    Args:
        fact: Name of a field, kind of a register event, or "reply".
        reference: Number or document; "" for none.
        file, sheet, row: Where it stands; "" and 0 where none is known.
    """

    fact: str
    reference: str = ""
    on: date | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """A finding of due diligence as it is kept."""

    code: str
    scope: str
    state: str
    severity: str
    subject: str
    title: Message
    message: Message
    law: str
    evidence: tuple[EvidenceRecord, ...]
    condition: Message | None = None
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLimit:
    """A use that is not simply open to a right: answer, deciding rules, what is asked for."""

    use: str
    answer: str
    decided_by: tuple[Message, ...]
    conditions: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrabilityRecord:
    """Whether a right can be valued, registered as pledge, and more; with the deciding rule.

    Args:
        decided_by: Rules that decide on the registration; the fact `law` names the source.
        limits: The uses whose answer is not yes.
    """

    right: str
    value: str
    register: str
    disburse: str
    insure: str
    pool: str
    decided_by: tuple[Message, ...]
    limits: tuple[UseLimit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightStanding:
    """Where a right stands on the valuation date, by what was known on the day of the check.

    Args:
        since: First day of the state.
        last_day: Last day of the term, compensation included.
        fee_year, fee_due_on, grace_ends_on: The next annual fee; None when there is none.
        fee_payable: What it costs if paid on the valuation date, late fee included.
        read_on: Day up to which the register's entries are at hand; None when they are not.
    """

    right: str
    state: str
    since: date
    last_day: date
    overlays: tuple[str, ...] = ()
    fee_stage: str = ""
    paid_through: int | None = None
    fee_year: int | None = None
    fee_due_on: date | None = None
    grace_ends_on: date | None = None
    fee_payable: float | None = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeDue:
    """An annual fee that falls due within the horizon, or is overdue (late fee included), CNY."""

    right: str
    patent_year: int
    due_on: date
    grace_ends_on: date
    payable: float
    is_overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRecord:
    """Findings of one check with one wording: of the firm, or of one or several subjects.

    `message` is that of the first subject.
    """

    code: str
    state: str
    severity: str
    title: Message
    message: Message
    subjects: tuple[str, ...]
    law: str
    condition: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRecord:
    """A recommended condition with the checks and subjects that ask for it."""

    message: Message
    severity: str
    checks: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRecord:
    """Rights in force of one kind whose last day lies in a year."""

    year: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesGapRecord:
    """Stated sales of a product in a year beside VAT filings or invoices, CNY.

    Args:
        gap: Distance as a share of the larger.
        is_beyond: The gap is above the tolerance.
        proposed: The sales to be used.
    """

    product: str
    year: int
    stated: float
    filed: float
    gap: float
    is_beyond: bool
    proposed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DiligenceResult:
    """Due diligence of one firm.

    Args:
        checked, passed, not_known: Counts of findings; the rest failed.
        red_flags: What failed, heaviest first.
        open_points: What is not known, heaviest first.
        asked: Recommended conditions, each once, heaviest first.
        fees_unknown: Rights in force whose paid-up year the file does not say.
        unverified_laws: Codes of legal sources that nobody confirmed.
        debt_term_end: Maturity of the secured debt, as planned or as answered.
        fees_until: First day behind the horizon of the fee calendar.
        sales_tolerance: Largest gap of sales that is no finding, share.
    """

    findings: tuple[FindingRecord, ...]
    registrability: tuple[RegistrabilityRecord, ...]
    conditions: tuple[Message, ...]
    fees_due: tuple[FeeDue, ...]
    checked: int
    passed: int
    not_known: int
    rights: tuple[RightStanding, ...] = ()
    red_flags: tuple[FlagRecord, ...] = ()
    open_points: tuple[FlagRecord, ...] = ()
    asked: tuple[ConditionRecord, ...] = ()
    expiry_wall: tuple[WallRecord, ...] = ()
    fees_unknown: tuple[str, ...] = ()
    sales_gaps: tuple[SalesGapRecord, ...] = ()
    unverified_laws: tuple[str, ...] = ()
    debt_term_end: date | None = None
    fees_until: date | None = None
    sales_tolerance: float | None = None
