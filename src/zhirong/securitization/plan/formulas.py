"""Amounts and conditions that a plan file can state: measured, never computed by hand.

A share is exact: numerator over denominator. Every formula gives whole fen.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


class Quantity(StrEnum):
    """What can be measured on a day. Collections and events are those since the last payment date.

    The words that name something take names (`tranche_balance: [senior]`); the others take none.
    """

    POOL_BALANCE = "pool_balance"
    POOL_BALANCE_AT_START = "pool_balance_at_start"
    COLLECTED = "collected"
    COLLECTED_INTEREST = "collected_interest"
    COLLECTED_PRINCIPAL = "collected_principal"
    COLLECTED_PREPAID = "collected_prepaid"
    COLLECTED_RECOVERED = "collected_recovered"
    DEFAULTED = "defaulted"
    LOST = "lost"
    ALL_COLLECTED = "all_collected"
    ALL_COLLECTED_INTEREST = "all_collected_interest"
    ALL_COLLECTED_PRINCIPAL = "all_collected_principal"
    ALL_COLLECTED_PREPAID = "all_collected_prepaid"
    ALL_COLLECTED_RECOVERED = "all_collected_recovered"
    ALL_DEFAULTED = "all_defaulted"
    ALL_LOST = "all_lost"
    TRANCHE_BALANCE = "tranche_balance"
    TRANCHE_BALANCE_AT_START = "tranche_balance_at_start"
    TRANCHE_BALANCE_OPENING = "tranche_balance_opening"
    INTEREST_DUE = "interest_due"
    INTEREST_PAID = "interest_paid"
    PRINCIPAL_DUE = "principal_due"
    PRINCIPAL_PAID = "principal_paid"
    FEE_DUE = "fee_due"
    FEE_PAID = "fee_paid"
    ALL_FEE_PAID = "all_fee_paid"
    ACCOUNT_BALANCE = "account_balance"
    ACCOUNT_TARGET = "account_target"
    ACCOUNT_GAP = "account_gap"
    ACCOUNT_EXCESS = "account_excess"
    SUPPORT_AVAILABLE = "support_available"
    SUPPORT_OWED = "support_owed"


OF_TRANCHES = frozenset(
    {
        Quantity.TRANCHE_BALANCE,
        Quantity.TRANCHE_BALANCE_AT_START,
        Quantity.TRANCHE_BALANCE_OPENING,
        Quantity.INTEREST_DUE,
        Quantity.INTEREST_PAID,
        Quantity.PRINCIPAL_DUE,
        Quantity.PRINCIPAL_PAID,
    }
)
OF_FEES = frozenset({Quantity.FEE_DUE, Quantity.FEE_PAID, Quantity.ALL_FEE_PAID})
OF_ACCOUNTS = frozenset(
    {
        Quantity.ACCOUNT_BALANCE,
        Quantity.ACCOUNT_TARGET,
        Quantity.ACCOUNT_GAP,
        Quantity.ACCOUNT_EXCESS,
    }
)
OF_SUPPORTS = frozenset({Quantity.SUPPORT_AVAILABLE, Quantity.SUPPORT_OWED})


@dataclass(frozen=True, slots=True)
class Constant:
    """An amount in fen."""

    fen: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity; of several names, their sum."""

    quantity: Quantity
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share of an amount, rounded as the plan rounds."""

    share: Fraction
    of: "Formula"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the parts."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first less the second; may be below zero."""

    first: "Formula"
    second: "Formula"


@dataclass(frozen=True, slots=True)
class Greatest:
    """The largest of the parts."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest of the parts."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class MonthsOfInterest:
    """Interest of so many months at today's rate on the tranches' balances of today."""

    tranches: tuple[str, ...]
    months: int


Formula: TypeAlias = (
    Constant | Measure | Share | Total | Difference | Greatest | Least | MonthsOfInterest
)


class Relation(StrEnum):
    """How two amounts compare."""

    BELOW = "below"
    AT_MOST = "at_most"
    ABOVE = "above"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Step:
    """A level from a day on: lines that rise by year are several of these."""

    start: date | None
    level: Fraction


@dataclass(frozen=True, slots=True)
class RatioTest:
    """`part / whole` against a level, exactly; a whole of zero passes no test."""

    part: Formula
    whole: Formula
    relation: Relation
    levels: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class AmountTest:
    """One amount against another."""

    first: Formula
    relation: Relation
    second: Formula


@dataclass(frozen=True, slots=True)
class Triggered:
    """Whether a trigger is on."""

    trigger: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Whether an event of the outside world has happened: a servicer ended, a supporter lowered."""

    event: str


@dataclass(frozen=True, slots=True)
class FromDay:
    """Whether it is that day or later."""

    day: date


@dataclass(frozen=True, slots=True)
class BeforeDay:
    """Whether it is before that day."""

    day: date


@dataclass(frozen=True, slots=True)
class Negation:
    """Whether the condition does not hold."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Whether every condition holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Whether at least one condition holds."""

    conditions: tuple["Condition", ...]


Condition: TypeAlias = (
    RatioTest | AmountTest | Triggered | Happened | FromDay | BeforeDay | Negation | AllOf | AnyOf
)
