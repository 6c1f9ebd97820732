"""What each obligor owes in each collection period, with prepayment, before any default.

Dues of all claims of an obligor fall into the period in which they are due; prepayment takes a
share of what is scheduled to remain. All amounts are whole fen, held in float64 columns so that
the same numbers serve one path and a million.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhirong.core.errors import InputError
from zhirong.securitization.collections import Collections
from zhirong.securitization.pool.records import Pool

Array = NDArray[np.float64]


class DueOutsidePeriodsError(InputError):
    """A claim falls due after the last collection period, so its cash would be lost unseen."""

    code = "error.securitization.due_outside_periods"

    def __init__(self, claim_id: str, on: date, last: date) -> None:
        super().__init__(
            f"Claim {claim_id} is due on {on}, after the last collection period {last}.",
            claim=claim_id,
            on=on,
            last=last,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligorFlows:
    """Columns of fen: rows are obligors in the pool's order, columns collection periods.

    `balance` has one column more: what is owed before each period, and after the last.
    """

    on: tuple[date, ...]
    interest: Array
    principal: Array
    prepaid: Array
    balance: Array


def contractual(pool: Pool, on: Sequence[date], *, prepayment: Array | None = None) -> ObligorFlows:
    """The flows of `pool` by collection periods that end `on`.

    Args:
        pool: Claims with their dues.
        on: Last days of the collection periods, ascending.
        prepayment: Share of the scheduled balance prepaid in each period, or none at all.

    Raises:
        DueOutsidePeriodsError: when a due lies after the last period.
    """
    row = {each.obligor_id: i for i, each in enumerate(pool.obligors)}
    interest = np.zeros((len(row), len(on)))
    principal = np.zeros_like(interest)
    for claim in pool.claims:
        for due in claim.dues:
            period = bisect_left(on, due.on)
            if period == len(on):
                raise DueOutsidePeriodsError(claim.claim_id, due.on, on[-1])
            interest[row[claim.obligor_id], period] += due.interest_fen
            principal[row[claim.obligor_id], period] += due.principal_fen
    speeds = np.zeros(len(on)) if prepayment is None else prepayment
    return _prepaying(tuple(on), interest, principal, speeds)


def undisturbed(flows: ObligorFlows) -> Collections:
    """The collections when nobody defaults: one path, Python ints."""
    none = [0] * len(flows.on)
    return Collections(
        on=flows.on,
        interest=_fen(flows.interest),
        principal=_fen(flows.principal),
        prepaid=_fen(flows.prepaid),
        recovered=none,
        defaulted=none,
        lost=none,
        balance=_fen(flows.balance[:, 1:]),
    )


def _fen(columns: Array) -> list[int]:
    return [int(amount) for amount in columns.sum(axis=0)]


def _prepaying(
    on: tuple[date, ...], interest: Array, principal: Array, speeds: Array
) -> ObligorFlows:
    """Lay prepayment over the contract: what is left of it keeps paying in the same shares."""
    scheduled = principal[:, ::-1].cumsum(axis=1)[:, ::-1]
    before = np.concatenate([scheduled, np.zeros((len(principal), 1))], axis=1)
    balance = np.zeros_like(before)
    balance[:, 0] = before[:, 0]
    columns = {"interest": np.zeros_like(interest), "principal": np.zeros_like(interest)}
    prepaid = np.zeros_like(interest)
    for i, speed in enumerate(speeds):
        owed = balance[:, i]
        left = np.divide(owed, before[:, i], out=np.zeros_like(owed), where=before[:, i] > 0)
        columns["interest"][:, i] = np.round(interest[:, i] * left)
        due = np.minimum(np.round(principal[:, i] * left), owed)
        due = np.where(before[:, i + 1] == 0.0, owed, due)
        columns["principal"][:, i] = due
        prepaid[:, i] = np.round((owed - due) * speed)
        balance[:, i + 1] = owed - due - prepaid[:, i]
    return ObligorFlows(on=on, **columns, prepaid=prepaid, balance=balance)
