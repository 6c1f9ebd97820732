"""The exact law of what defaults in a small pool, by integration over one common factor.

Given the factor (and the scale of a t copula) defaults are independent, and an obligor that fails
in a period takes its balance of then: names enter one after another, as in `small_pool`, each with
one amount a period. Balances must be whole multiples of one unit, so that nothing is rounded.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from zhirong.securitization.behavior.joint_defaults import scale_nodes
from zhirong.securitization.behavior.latent import Latent
from zhirong.securitization.behavior.obligor_flows import ObligorFlows

Array = NDArray[np.float64]

_NODES = 64


def unit_of(flows: ObligorFlows) -> int:
    """The largest amount, in fen, of which every balance at a default is a multiple; 0 for none."""
    return math.gcd(*(int(each) for each in flows.balance[:, :-1].ravel()))


def defaulted(latent: Latent, flows: ObligorFlows) -> Array:
    """P(k units default over all periods), shape (units + 1,); rows beyond `flows` are left out.

    The time grows with the pool's balance over `unit_of`: ask for it first. Loadings beside the
    first are taken as own risk only where they are zero: the law holds for one common factor.
    """
    assert not latent.loadings[: len(flows.balance), 1:].any(), "one common factor"
    unit, count = unit_of(flows), flows.interest.shape[1]
    units = np.rint(flows.balance[:, :count] / max(unit, 1)).astype(np.int64)
    below, weight = _conditional(latent, len(units))
    chances = np.diff(below, prepend=0.0, axis=1)  # (obligor, period, node)
    law = np.zeros((int(units.max(axis=1).sum()) + 1, weight.shape[0]))
    law[0] = 1.0
    reach = 0
    for row, chance in zip(units, chances, strict=True):
        before = law[: reach + 1].copy()
        law[: reach + 1] -= before * chance[row > 0].sum(axis=0)
        for cost, share in zip(row, chance, strict=True):
            if cost:
                law[cost : cost + reach + 1] += before * share
        reach += int(row.max())
    return np.asarray(law @ weight)


def _conditional(latent: Latent, count: int) -> tuple[Array, Array]:
    """Cumulative PDs given each node, (obligor, period, node), and the nodes' weights."""
    node, weight = np.polynomial.hermite_e.hermegauss(_NODES)
    scale, chance = np.ones(1), np.ones(1)
    pds, first = latent.cumulative_pd[:count], latent.loadings[:count, 0]
    limits = ndtri(pds)
    if latent.degrees is not None:
        scale, chance = scale_nodes(latent.degrees)
        limits = stdtrit(latent.degrees, pds)
    factor = np.tile(node, scale.shape[0])
    stretched = np.repeat(scale, node.shape[0])
    own = np.sqrt(1.0 - first**2)[:, None, None]
    away = limits[:, :, None] / stretched - first[:, None, None] * factor
    weights = np.outer(chance, weight / weight.sum()).ravel()
    return np.asarray(ndtr(away / own)), weights
