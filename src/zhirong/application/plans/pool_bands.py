"""The pool in bands: remaining term, years that rights last, loan to value, grades."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from zhirong.securitization.pool.records import Claim, CollateralSet, Pool

_DAYS_A_MONTH = 365.25 / 12
_MONTHS = (3.0, 6.0, 12.0, 24.0, 36.0)
_YEARS = (3.0, 5.0, 10.0, 15.0)
_LOAN_TO_VALUE = (0.5, 1.0, 2.0, 5.0)
_FEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One band: above `low`, up to and with `high`; None is open. A band of neither is unknown."""

    low: float | None
    high: float | None
    balance_fen: int
    share: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolBands:
    """The pool by months to the last due, by years that rights last, by loan to value, by grade.

    Loan to value is the claim over the mean of what the collateral set brings after a default.
    Rights are counted; their `balance_fen` is the claim spread evenly over its rights.
    """

    term_months: tuple[Band, ...]
    right_years: tuple[Band, ...]
    loan_to_value: tuple[Band, ...]
    grades: tuple[tuple[str, int, float, int], ...]
    weighted_rate: float
    weighted_months: float


def pool_bands(pool: Pool) -> PoolBands:
    """The bands of a pool on its cut-off day."""
    whole = pool.balance_fen or 1
    sets = {each.collateral_id: each for each in pool.collateral}
    months = {claim.claim_id: _months(pool.cut_off, claim.dues[-1].on) for claim in pool.claims}
    return PoolBands(
        term_months=_banded(
            [(months[claim.claim_id], claim.balance_fen) for claim in pool.claims], _MONTHS, whole
        ),
        right_years=_banded(list(_rights(pool, sets)), _YEARS, whole),
        loan_to_value=_banded(
            [(loan_to_value(claim, sets), claim.balance_fen) for claim in pool.claims],
            _LOAN_TO_VALUE,
            whole,
        ),
        grades=_grades(pool, whole),
        weighted_rate=_weighted(pool, lambda claim: claim.rate),
        weighted_months=_weighted(pool, lambda claim: months[claim.claim_id]),
    )


def loan_to_value(claim: Claim, sets: dict[str, CollateralSet]) -> float | None:
    """A claim over the mean proceeds of its collateral; None without any."""
    found = sets.get(claim.collateral_id or "")
    if found is None or found.proceeds.mean <= 0:
        return None
    return claim.balance_fen / _FEN / found.proceeds.mean


def _months(since: date, until: date) -> float:
    return round((until - since).days / _DAYS_A_MONTH, 1)


def _rights(pool: Pool, sets: dict[str, CollateralSet]) -> Sequence[tuple[float | None, float]]:
    rows: list[tuple[float | None, float]] = []
    for claim in pool.claims:
        found = sets.get(claim.collateral_id or "")
        for right in found.rights if found is not None else ():
            years = None if right.ends_on is None else (right.ends_on - pool.cut_off).days / 365.25
            rows.append((years, claim.balance_fen / len(found.rights if found else (1,))))
    return rows


def _banded(
    rows: Sequence[tuple[float | None, float]], edges: Sequence[float], whole: int
) -> tuple[Band, ...]:
    bounds = [(None, edges[0]), *pairwise(edges), (edges[-1], None)]
    bands = [
        _band([fen for value, fen in rows if _is_in(value, low, high)], (low, high), whole)
        for low, high in bounds
    ]
    bands.append(_band([fen for value, fen in rows if value is None], (None, None), whole))
    return tuple(each for each in bands if each.count)


def _is_in(value: float | None, low: float | None, high: float | None) -> bool:
    if value is None:
        return False
    return (low is None or value > low) and (high is None or value <= high)


def _band(parts: Sequence[float], bounds: tuple[float | None, float | None], whole: int) -> Band:
    return Band(
        low=bounds[0],
        high=bounds[1],
        balance_fen=round(sum(parts)),
        share=sum(parts) / whole,
        count=len(parts),
    )


def _grades(pool: Pool, whole: int) -> tuple[tuple[str, int, float, int], ...]:
    """Grade, balance, share, claims; in the order of the grades' names."""
    found: dict[str, list[int]] = {}
    for claim in pool.claims:
        grade = pool.obligor(claim.obligor_id).grade or ""
        found.setdefault(grade, []).append(claim.balance_fen)
    return tuple(
        (grade, sum(parts), sum(parts) / whole, len(parts))
        for grade, parts in sorted(found.items())
    )


def _weighted(pool: Pool, measure: Callable[[Claim], float]) -> float:
    whole = pool.balance_fen
    return sum(measure(each) * each.balance_fen for each in pool.claims) / whole if whole else 0.0
