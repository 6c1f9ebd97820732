"""Credit and liquidity support, swaps and caps: cash that is not the pool's."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhirong.core.daycounts import DayCount
from zhirong.securitization.plan.formulas import Formula


class SupportKind(StrEnum):
    """Who stands behind a step that is short."""

    LIQUIDITY_FACILITY = "liquidity_facility"  # lends; is repaid by the plan
    SHORTFALL_PAYER = "shortfall_payer"  # pays the difference
    GUARANTOR = "guarantor"  # pays after the shortfall payer


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One support. `limit_fen` None is without limit; a facility's credit comes back as repaid.

    `rate` is charged on what is drawn and `commitment_rate` on what is not (facilities only).
    After `ends` nothing can be drawn.
    """

    key: str
    kind: SupportKind
    limit_fen: int | None = None
    rate: Fraction = Fraction(0)
    commitment_rate: Fraction = Fraction(0)
    revolves: bool = False
    ends: date | None = None


class HedgeKind(StrEnum):
    """An exchange of interest, or protection above a rate."""

    SWAP = "swap"
    CAP = "cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One side of a swap: an index (None: fixed) plus a margin or fixed rate, a share a year."""

    index: str | None
    margin: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """Interest exchanged on a notional; the plan receives `receives` and pays `pays`.

    Of a cap, `pays` is the strike, and the plan receives what the index is above it, else nothing.
    """

    key: str
    kind: HedgeKind
    notional: Formula
    receives: Leg
    pays: Leg
    day_count: DayCount | None = None
