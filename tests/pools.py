"""Small pools for tests: loans of one form, each with its obligor and collateral set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from zhirong.core.calendar import plus_months
from zhirong.core.distribution import CELLS, Meaning, ValueDistribution
from zhirong.securitization.pool.records import (
    Claim,
    ClaimKind,
    CollateralSet,
    Due,
    Obligor,
    PledgedRight,
    Pool,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """One obligor with one claim and one collateral set."""

    obligor: Obligor
    claim: Claim
    collateral: CollateralSet


def loan(
    i: int,
    *,
    cut_off: date = date(2024, 11, 20),
    fen: int = 10_000_000_00,
    periods: int = 4,
    proceeds: float = 2_000_000.0,
    loading: float = 0.4,
    lag_months: int = 6,
    spread: float = 1.0,
) -> Loan:
    """Loan number `i`: equal principal by the quarter at 3.2 %, proceeds even around their mean."""
    key = f"{i:03d}"
    obligor = Obligor(
        obligor_id=f"F{key}",
        name=f"Firm {key}",
        group=None,
        industry=f"C{30 + i % 5}",
        region="330200",
        grade=None,
        pd_one_year=0.02,
    )
    claim = Claim(
        claim_id=f"L{key}",
        obligor_id=obligor.obligor_id,
        kind=ClaimKind.PLEDGE_LOAN,
        balance_fen=fen,
        rate=0.032,
        made_on=cut_off,
        dues=dues(fen, cut_off=cut_off, periods=periods),
        collateral_id=f"K{key}",
        encumbered=False,
        affiliated_with_originator=False,
    )
    cells = tuple(np.linspace(proceeds * (1 - spread), proceeds * (1 + spread), CELLS))
    collateral = _collateral(key, cells, loading=loading, lag_months=lag_months)
    return Loan(obligor=obligor, claim=claim, collateral=collateral)


def dues(fen: int, *, cut_off: date, periods: int, rate: float = 0.032) -> tuple[Due, ...]:
    """Equal principal by the quarter, the last one taking the rest; interest on what is owed."""
    part, owed, rows = fen // periods, fen, []
    for i in range(periods):
        principal = owed if i == periods - 1 else part
        rows.append(
            Due(
                on=plus_months(cut_off, 3 * (i + 1)),
                principal_fen=principal,
                interest_fen=round(owed * rate / 4),
            )
        )
        owed -= principal
    return tuple(rows)


def pool_of(loans: Sequence[Loan], *, cut_off: date = date(2024, 11, 20)) -> Pool:
    """A pool of these loans, in their order."""
    return Pool(
        cut_off=cut_off,
        obligors=tuple(each.obligor for each in loans),
        claims=tuple(each.claim for each in loans),
        collateral=tuple(each.collateral for each in loans),
    )


def _collateral(
    key: str, cells: tuple[float, ...], *, loading: float, lag_months: int
) -> CollateralSet:
    right = PledgedRight(
        number=f"ZL2020100{key}00.0", kind="invention", ipc="C02F", ends_on=None, encumbered=False
    )
    return CollateralSet(
        collateral_id=f"K{key}",
        rights=(right,),
        proceeds=ValueDistribution(
            cells=cells,
            meaning=Meaning(
                premise="liquidation",
                condition="default",
                horizon_years=1.0,
                are_costs_deducted=False,
                account="collateral_set",
            ),
        ),
        cost_share=0.1,
        lag_months=lag_months,
        loading=loading,
    )
