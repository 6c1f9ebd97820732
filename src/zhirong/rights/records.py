"""What a patent is: the facts of the register and of the published document.

What nobody said is None, never zero and never an empty tuple: an empty tuple says "none".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhirong.core.sources import Source


class PatentKind(StrEnum):
    """The three kinds of Chinese patents."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


class FeeReduction(StrEnum):
    """Who pays the annual fees, as the reduction knows it."""

    NONE = "none"
    SINGLE = "single"  # one qualified applicant
    JOINT = "joint"  # two or more, each qualified


class ReportConclusion(StrEnum):
    """What a patent evaluation report says of the claims or views it looked at."""

    FAVORABLE = "favorable"
    PARTLY_FAVORABLE = "partly_favorable"
    UNFAVORABLE = "unfavorable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A registered owner. `share` of 1; None where the register is silent."""

    name: str
    credit_code: str | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Counts of the claims in force; lengths in characters, `first_length` of the first claim."""

    total: int | None = None
    independent: int | None = None
    average_length: float | None = None
    first_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """Whether there is a patent evaluation report, and its conclusion."""

    has: bool
    conclusion: ReportConclusion | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patent:
    """A patent or application of one of the three kinds.

    Attributes:
        app_no: Canonical application number: digits and check digit without dot.
        filing_date: Actual or international filing date; starts the term and the patent years.
        priority_dates: For novelty only.
        grant_date: Announcement of the grant; None while pending.
        examination_requested_on: Day of the request for substantive examination (inventions).
        fee_paid_through_year: Last patent year whose annual fee is paid.
        pta_days: Days of compensation for delay at the office, as decided.
        pte_days: Days of compensation for drug approval, as decided.
        same_day_application: Number of the other application of the same day for one invention.
        has_same_day_application: The declaration of same-day filing; None says not known.
        is_secret: Secret or national-defense patent.
        as_of: Day on which these facts were true, as the file states.
        fact_sources: Place of each single fact, by field name, where it differs from `source`.
    """

    app_no: str
    kind: PatentKind
    title: str
    filing_date: date
    priority_dates: tuple[date, ...] | None = None
    publication_date: date | None = None
    grant_date: date | None = None
    examination_requested_on: date | None = None
    publication_no: str | None = None
    grant_publication_no: str | None = None
    ipc: tuple[str, ...] | None = None
    claims: Claims | None = None
    owners: tuple[Owner, ...] = ()
    inventors: tuple[str, ...] | None = None
    agency: str | None = None
    family: tuple[str, ...] | None = None
    citations_forward: int | None = None
    citations_backward: int | None = None
    fee_paid_through_year: int | None = None
    fee_reduction: FeeReduction | None = None
    pta_days: int | None = None
    pte_days: int | None = None
    evaluation_report: EvaluationReport | None = None
    same_day_application: str | None = None
    has_same_day_application: bool | None = None
    is_secret: bool | None = None
    as_of: date | None = None
    source: Source | None = None
    fact_sources: tuple[tuple[str, Source], ...] = ()

    @property
    def is_co_owned(self) -> bool:
        """Whether more than one owner is registered."""
        return len(self.owners) > 1

    def source_of(self, fact: str) -> Source | None:
        """The place of a fact: its own, else that of the record."""
        return dict(self.fact_sources).get(fact, self.source)
