"""One firm out: who bears it when each obligor fails in each period, in what order, how far.

Runs of the courses of `behavior.given_defaults.one_by_one` are read against the first of them, in
which nobody fails. What the pool does not bring is exactly what somebody receives less (or a
support pays more): the bearers' amounts sum to the missing cash, to the fen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from zhirong.securitization.collections import Collections, Fen
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.waterfall.results import PlanRun

Array = NDArray[np.float64]


class Bears(StrEnum):
    """Who can bear a loss, first the one that is asked first on a day."""

    RESIDUAL = "residual"
    ACCOUNT = "account"
    HEDGE = "hedge"
    PURCHASES = "purchases"
    SUPPORT = "support"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    FEE = "fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """What one of them bears by the end, in fen; below zero where it receives more.

    Attributes:
        what: The kind.
        key: Of the tranche, support, fee or account; empty for residual and purchases.
        fen: Received less (or paid more, of a support) than where nobody fails.
        first_on: The first payment date on which it differs.
        is_empty: Nothing is left of it: no residual, a support at its limit, a tranche whose
            principal is all lost.
    """

    what: Bears
    key: str
    fen: int
    first_on: date
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmOut:
    """One obligor that fails in the period that ends on a day.

    `bearers` stand in the order in which they are asked; `lost` are principal losses of tranches
    and `short` interest that was never paid, in fen, those above 0.
    """

    obligor_id: str
    on: date
    missing_fen: int
    bearers: tuple[Bearer, ...]
    lost: tuple[tuple[str, int], ...]
    short: tuple[tuple[str, int], ...]

    @property
    def emptied(self) -> tuple[str, ...]:
        """Buffers that are used up, in their order; the residual by its kind, others by key."""
        return tuple(each.key or each.what.value for each in self.bearers if each.is_empty)


@dataclass(frozen=True, slots=True)
class _Column:
    what: Bears
    key: str
    less: Array  # (date, path) borne up to and with each date
    is_empty: NDArray[np.bool_]


def read(
    plan: Plan, obligors: Sequence[str], collections: Collections, run: PlanRun
) -> tuple[FirmOut, ...]:
    """Every course of `one_by_one`, in its order: all obligors of the first period, and so on.

    Args:
        plan: The plan that was run.
        obligors: Ids, in the order of the flows.
        collections: Of the courses; path 0 is the one in which nobody fails.
        run: Of the plan over them.
    """
    columns = tuple(_columns(plan, run))
    missing = _missing(collections)
    lost = {key: _total(each.loss) for key, each in run.tranches.items()}
    short = {key: _stacked(each.interest_short)[-1] for key, each in run.tranches.items()}
    found = []
    for path in range(1, missing.shape[0]):
        period, obligor = divmod(path - 1, len(obligors))
        found.append(
            FirmOut(
                obligor_id=obligors[obligor],
                on=collections.on[period],
                missing_fen=int(missing[path]),
                bearers=_bearers(columns, run.on, path),
                lost=_above_zero(lost, path),
                short=_above_zero(short, path),
            )
        )
    return tuple(found)


def _bearers(columns: Sequence[_Column], on: Sequence[date], path: int) -> tuple[Bearer, ...]:
    order = tuple(Bears)
    rows = []
    for place, column in enumerate(columns):
        changed = np.flatnonzero(column.less[:, path])
        if not changed.shape[0]:
            continue
        first = int(changed[0])
        bearer = Bearer(
            what=column.what,
            key=column.key,
            fen=int(column.less[-1, path]),
            first_on=on[first],
            is_empty=bool(column.is_empty[path]),
        )
        rows.append((first, order.index(column.what), place, bearer))
    return tuple(row[-1] for row in sorted(rows, key=lambda row: row[:-1]))


def _columns(plan: Plan, run: PlanRun) -> Iterator[_Column]:
    """Everybody who may bear, tranches from junior to senior."""
    never = np.zeros(_stacked(run.residual).shape[1], dtype=np.bool_)
    left = _total(run.residual)
    yield _Column(Bears.RESIDUAL, "", _less(run.residual), left == 0.0)
    for key, account in run.accounts.items():
        held = _stacked(account.balance)
        yield _Column(Bears.ACCOUNT, key, held[:, :1] - held, never)
    for key, hedge in run.hedges.items():
        yield _Column(Bears.HEDGE, key, _less(hedge.paid) - _less(hedge.received), never)
    yield _Column(Bears.PURCHASES, "", _less(run.bought), never)
    limits = {each.key: each.limit_fen for each in plan.supports}
    for key, support in run.supports.items():
        net = _less(support.repaid) - _less(support.paid)
        limit = limits[key]
        at_end = never if limit is None else net[-1] >= limit
        yield _Column(Bears.SUPPORT, key, net, at_end)
    for tranche in reversed(plan.tranches):
        paid = run.tranches[tranche.key]
        lost = _total(paid.loss)
        is_gone = lost >= tranche.balance_fen
        yield _Column(Bears.PRINCIPAL, tranche.key, _less(paid.principal_paid), is_gone)
        yield _Column(Bears.INTEREST, tranche.key, _less(paid.interest_paid), never)
    for key, fee in run.fees.items():
        yield _Column(Bears.FEE, key, _less(fee.paid), never)


def _missing(collections: Collections) -> Array:
    """Cash that a course brings less than the first, (path,)."""
    cash = sum(
        _total(getattr(collections, kind))
        for kind in ("interest", "principal", "prepaid", "recovered")
    )
    return np.asarray(np.asarray(cash)[0] - cash)


def _less(amounts: Sequence[Fen]) -> Array:
    """What was paid less than on the first path, up to and with each date."""
    paid = np.cumsum(_stacked(amounts), axis=0)
    return np.asarray(paid[:, :1] - paid)


def _total(amounts: Sequence[Fen]) -> Array:
    return np.asarray(_stacked(amounts).sum(axis=0))


def _stacked(amounts: Sequence[Fen]) -> Array:
    """Amounts by date and path, whatever constants stand among the arrays."""
    columns = np.broadcast_arrays(*(np.atleast_1d(np.asarray(each, float)) for each in amounts))
    return np.stack(columns)


def _above_zero(columns: dict[str, Array], path: int) -> tuple[tuple[str, int], ...]:
    return tuple((key, int(each[path])) for key, each in columns.items() if each[path] > 0.0)
