"""What the checks read and what they say: dossier, replies, findings.

The dossier is this room's own input record; the use case above maps its case file to it. What
nobody said is None or an empty tuple, and then the checks say "not known".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhirong.core.messages import Fact, Message
from zhirong.core.sources import Source
from zhirong.firms.records import (
    AccountYear,
    Certificate,
    Coverage,
    Firm,
    MatrixSignature,
    Product,
    ProductYear,
    Shareholder,
)
from zhirong.rights.events import RegisterEvent
from zhirong.rights.records import Patent


class Severity(StrEnum):
    """How heavy a finding weighs, heaviest first."""

    BLOCK = "block"  # cannot be registered or cannot be valued
    HIGH = "high"  # committee approval and mitigation
    MEDIUM = "medium"  # condition precedent
    NOTE = "note"
    PASS = "pass"  # noqa: S105 - a word of the checks, no password


class State(StrEnum):
    """What a check found."""

    FAIL = "fail"
    NOT_KNOWN = "not_known"
    PASS = "pass"  # noqa: S105 - a word of the checks, no password


class Scope(StrEnum):
    """What a check is about."""

    FIRM = "firm"
    PRODUCT = "product"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer to a question of this room.

    Attributes:
        question: Code of the question, e.g. "A3".
        subject: A right's number, a product's id, or "" for the firm or for all rights.
        value: As typed; None says that nobody answered.
        document: Name of the paper that proves it; "" for none.
    """

    question: str
    subject: str = ""
    value: str | None = None
    document: str = ""
    answered_on: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterExtract:
    """An extract of the register whose entries are all among the events.

    `right` is a right's number or "" for all rights of the dossier.
    """

    right: str
    retrieved_on: date
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthAssumption:
    """Assumed growth of a product's sales in a forecast year (1, 2, ...; 0 for all), share."""

    product: str  # "" for all products
    year: int
    rate: Decimal
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that the checks read of one firm.

    Attributes:
        valuation_date: Day on which status and fees are judged.
        checked_on: Day of the check, from which ages of documents count; None: valuation date.
        pledgor_name: Who would give the pledge; None: the firm itself.
        debt_term_end: Maturity of the secured debt, where one is planned.
        valued_on: Day of the value that a decision would rely on; None before there is one.
        purpose: pledge, transfer, license, management.
    """

    firm: Firm
    patents: tuple[Patent, ...]
    valuation_date: date
    purpose: str
    events: tuple[RegisterEvent, ...] = ()
    extracts: tuple[RegisterExtract, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    shareholders: tuple[Shareholder, ...] = ()
    accounts: tuple[AccountYear, ...] = ()
    products: tuple[Product, ...] = ()
    sales: tuple[ProductYear, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    signature: MatrixSignature | None = None
    growth: tuple[GrowthAssumption, ...] = ()
    replies: tuple[Reply, ...] = ()
    checked_on: date | None = None
    debt_term_end: date | None = None
    pledgor_name: str | None = None
    pledgor_credit_code: str | None = None
    valued_on: date | None = None

    @property
    def day(self) -> date:
        """The day from which ages of documents count."""
        return self.checked_on or self.valuation_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a finding rests on.

    Attributes:
        fact: What it is: name of a field, kind of a register event, "reply".
        reference: Contract, notice or certificate number, document, or code of the question.
        on: Day of the fact.
        source: Place in a file.
    """

    fact: str
    reference: str = ""
    on: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one check's function says; the table adds code, severity and law.

    Attributes:
        text: Last part of the message's code: "pass", "fail", "not_known" or a variant of these.
        condition: Last part of the code of the recommended condition; "" for none.
        severity: Where a variant weighs otherwise than the check as a whole.
        law: Where a variant rests on another legal source than the check as a whole.
    """

    state: State
    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    condition: str = ""
    severity: Severity | None = None
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says of the firm, a product or a right.

    Attributes:
        code: Code of the check, e.g. "A5".
        severity: `PASS` when passed; when not known, that of the check.
        subject: A right's number, a product's id, or "" for the firm.
        law: Code of the words of the legal source.
        condition: Recommended condition, where there is one.
        question: Code of the question that is open when not known, else "".
    """

    code: str
    scope: Scope
    state: State
    severity: Severity
    subject: str
    message: Message
    law: str
    evidence: tuple[Evidence, ...] = ()
    condition: Message | None = None
    question: str = ""
