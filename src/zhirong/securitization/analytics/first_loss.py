"""When a tranche is first hurt on a run: interest unpaid, principal lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from zhirong.securitization.collections import Fen
from zhirong.securitization.waterfall.results import PlanRun


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLoss:
    """One tranche on one path; None where it never happens. Amounts in fen.

    Attributes:
        tranche: Its key.
        interest_short_on: First payment date after which interest is unpaid.
        interest_short_fen: How much then.
        principal_lost_on: First date on which principal is lost; what was never paid is lost on
            the last.
        principal_lost_fen: All principal lost by the end.
    """

    tranche: str
    interest_short_on: date | None
    interest_short_fen: int
    principal_lost_on: date | None
    principal_lost_fen: int


def of_run(run: PlanRun, *, path: int = 0) -> tuple[FirstLoss, ...]:
    """Every tranche of a run, on one of its paths."""
    return tuple(_of_tranche(run, key, path) for key in run.tranches)


def _of_tranche(run: PlanRun, key: str, path: int) -> FirstLoss:
    short = at_path(run.tranches[key].interest_short, path)
    lost = at_path(run.tranches[key].loss, path)
    late = _first(short)
    hurt = _first(lost)
    return FirstLoss(
        tranche=key,
        interest_short_on=None if late is None else run.on[late],
        interest_short_fen=0 if late is None else short[late],
        principal_lost_on=None if hurt is None else run.on[hurt],
        principal_lost_fen=sum(lost),
    )


def at_path(amounts: Sequence[Fen], path: int) -> list[int]:
    """Amounts by date on one path, whether they are of one path or of many."""
    return [int(np.atleast_1d(np.asarray(each)).take(path, mode="clip")) for each in amounts]


def _first(amounts: Iterable[int]) -> int | None:
    return next((place for place, amount in enumerate(amounts) if amount > 0), None)
