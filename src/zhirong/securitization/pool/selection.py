"""Propose a pool: of all candidates, those that make the target with the least expected loss.

A mixed-integer program: yes or no for each obligor and each group, limits on shares of what is
chosen. The same candidates and wishes give the same pool. It proposes; the arranger decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from zhirong.core.errors import InputError
from zhirong.securitization.pool.concentration import By
from zhirong.securitization.pool.records import Pool

Array = NDArray[np.float64]


class NoPoolError(InputError):
    """No choice of the candidates keeps all wishes."""

    code = "error.securitization.no_pool"

    def __init__(self, candidates: int) -> None:
        super().__init__(
            f"No choice of {candidates} candidates keeps all wishes.", candidates=candidates
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the pool should be.

    Attributes:
        target_fen: Not to be exceeded; the pool comes as near as the other wishes let it.
        obligors_min: At least so many unrelated groups.
        share_max: Most for one cut, by what it is cut: obligor, group, industry or region.
        loss_weight: Yuan of balance given up for a yuan less of expected loss a year.
        without: Obligors that must stay out.
        with_: Obligors that must be in.
    """

    target_fen: int
    obligors_min: int
    share_max: Mapping[By, float] = field(default_factory=dict)
    loss_weight: float = 1.0
    without: frozenset[str] = frozenset()
    with_: frozenset[str] = frozenset()


def propose(pool: Pool, wishes: Wishes) -> tuple[str, ...]:
    """Ids of the obligors chosen, in the pool's order.

    Raises:
        NoPoolError: when no choice keeps the wishes.
    """
    owed = _balances(pool)
    groups = _membership(pool)
    pd = np.array([each.pd_one_year for each in pool.obligors])
    gain = owed * (1.0 - wishes.loss_weight * pd) / max(float(owed.sum()), 1.0)
    rows = [(owed, 0.0, float(wishes.target_fen))]
    rows += [_limit(owed, mask, share) for mask, share in _cuts(pool, wishes)]
    count = len(groups)
    answer = milp(
        np.concatenate([-gain, np.zeros(count)]),
        constraints=[
            *(
                LinearConstraint(np.append(row, np.zeros(count)), low, high)
                for row, low, high in rows
            ),
            LinearConstraint(np.hstack([groups, -np.eye(count)]), 0.0, np.inf),
            LinearConstraint(np.append(np.zeros(len(owed)), np.ones(count)), wishes.obligors_min),
        ],
        integrality=np.ones(len(owed) + count),
        bounds=_bounds(pool, wishes, count),
    )
    if answer.x is None:
        raise NoPoolError(len(owed))
    chosen = answer.x[: len(owed)] > 0.5
    return tuple(
        each.obligor_id for each, is_in in zip(pool.obligors, chosen, strict=True) if is_in
    )


def of_obligors(pool: Pool, chosen: tuple[str, ...]) -> Pool:
    """The pool of some of its obligors, with their claims and collateral."""
    wanted = frozenset(chosen)
    claims = tuple(claim for claim in pool.claims if claim.obligor_id in wanted)
    sets = {claim.collateral_id for claim in claims}
    return Pool(
        cut_off=pool.cut_off,
        obligors=tuple(each for each in pool.obligors if each.obligor_id in wanted),
        claims=claims,
        collateral=tuple(each for each in pool.collateral if each.collateral_id in sets),
    )


def _balances(pool: Pool) -> Array:
    owed = dict.fromkeys((each.obligor_id for each in pool.obligors), 0.0)
    for claim in pool.claims:
        owed[claim.obligor_id] += claim.balance_fen
    return np.array(list(owed.values()))


def _cuts(pool: Pool, wishes: Wishes) -> list[tuple[Array, float]]:
    keys = {
        By.OBLIGOR: [each.obligor_id for each in pool.obligors],
        By.GROUP: [each.group or each.obligor_id for each in pool.obligors],
        By.INDUSTRY: [each.industry for each in pool.obligors],
        By.REGION: [each.region for each in pool.obligors],
    }
    return [
        (np.array([each == key for each in keys[by]], dtype=np.float64), share)
        for by, share in wishes.share_max.items()
        for key in dict.fromkeys(keys[by])
    ]


def _limit(owed: Array, mask: Array, share: float) -> tuple[Array, float, float]:
    """What is chosen of a cut is at most a share of all that is chosen: linear in the choice."""
    return owed * (mask - share), -np.inf, 0.0


def _membership(pool: Pool) -> Array:
    """(group, obligor) 1 where it belongs: a group counts once one of its obligors is in."""
    keys = [each.group or each.obligor_id for each in pool.obligors]
    return np.array([[float(key == group) for key in keys] for group in dict.fromkeys(keys)])


def _bounds(pool: Pool, wishes: Wishes, groups: int) -> Bounds:
    ids = [each.obligor_id for each in pool.obligors]
    return Bounds(
        lb=np.array([float(each in wishes.with_) for each in ids] + [0.0] * groups),
        ub=np.array([float(each not in wishes.without) for each in ids] + [1.0] * groups),
    )
