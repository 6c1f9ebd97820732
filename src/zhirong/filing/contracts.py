"""The contracts behind a filing, as records: what documents say and the register repeats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhirong.filing.forms import ContractItems, Party, RightItem, ValueStatement
from zhirong.filing.office import Registry
from zhirong.parameters.reader import Parameters


class CourtPlace(StrEnum):
    """Whose place decides on the court."""

    PLEDGEE = "pledgee"
    PLEDGOR = "pledgor"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeTerms:
    """What the parties of a pledge agree beyond the law.

    Attributes:
        place: Where the contract is signed.
        court_of: Whose place decides on the court.
        fee_days_before: Days before a fee's due date by which the pledgor pays it.
        notice_days: Days in which the pledgor tells of an event on a right.
        release_days: Working days in which the pledgee files the release once all is paid.
        same_day_rights: Utility models with a same-day invention, by number.
    """

    place: str
    court_of: CourtPlace
    fee_days_before: int
    notice_days: int
    release_days: int
    same_day_rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeContract:
    """A pledge contract for the rights of one register."""

    registry: Registry
    items: ContractItems
    pledgors: tuple[Party, ...]
    pledgee: Party
    debtor: Party
    rights: tuple[RightItem, ...]
    value: ValueStatement | None
    terms: PledgeTerms


class Repricing(StrEnum):
    """When the rate follows the loan prime rate."""

    FIXED = "fixed"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Repayment(StrEnum):
    """In which form a loan is repaid."""

    BULLET = "bullet"
    INTEREST_FIRST = "interest_first"
    EQUAL_PRINCIPAL = "equal_principal"
    ANNUITY = "annuity"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTerms:
    """Loan prime rate of a day and a spread; the sum is the contract rate.

    Attributes:
        lpr_term: "1Y" or "5Y".
        lpr: A share.
        spread_bp: Basis points, negative for below.
        day_count_basis: 360 or 365.
        settled_every_months: How often interest is settled.
        settlement_day: On which day of the month.
    """

    lpr_term: str
    lpr: Decimal
    lpr_on: date
    spread_bp: int
    repricing: Repricing
    day_count_basis: int
    settled_every_months: int
    settlement_day: int

    @property
    def rate(self) -> Decimal:
        """The yearly rate at signing, a share."""
        return self.lpr + Decimal(self.spread_bp) / 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachTerms:
    """Margins over the contract rate, as shares of it; order in which a payment is counted.

    `order` names cost, compound, penalty, interest and principal once each.
    """

    overdue_margin: Decimal
    misuse_margin: Decimal
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanContract:
    """A loan, or a line with draw-downs.

    Attributes:
        entrusted_above_fen: A single payment above it goes from the lender to the payee.
        pledge_numbers: Of the pledge contracts that secure it.
        conditions: Further conditions of the approval, in words.
        wallet: The borrower's corporate wallet, where it is paid in digital yuan.
    """

    number: str
    signed_on: date | None
    lender: Party
    borrower: Party
    amount_fen: int
    is_revolving: bool
    purpose: str
    available_from: date
    available_to: date
    last_maturity: date
    rate: RateTerms
    repayment: Repayment
    breach: BreachTerms
    prepayment_notice_days: int
    entrusted_above_fen: int
    pledge_numbers: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    wallet: str = ""


def standard_terms(
    place: str,
    court_of: CourtPlace,
    *,
    on: date,
    parameters: Parameters,
    same_day: Sequence[str] = (),
) -> PledgeTerms:
    """The house's own days of a pledge contract; a person may agree others."""
    days = parameters.get("filing.contract_days", on=on).value
    return PledgeTerms(
        place=place,
        court_of=court_of,
        fee_days_before=int(days["fee_before"]),
        notice_days=int(days["notice"]),
        release_days=int(days["release"]),
        same_day_rights=tuple(same_day),
    )
