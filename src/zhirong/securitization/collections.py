"""What the pool brings in, period by period: the one road from behavior to the waterfall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Fen: TypeAlias = int | NDArray[np.float64]
"""Whole fen: a Python int (one path), or a float64 array (path,) that holds whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collections:
    """Cash and events of the pool by collection period, one entry a date, in fen, 0 or more.

    `on` are the last days of the collection periods, ascending. `balance` is the performing
    balance at the end of the period, `defaulted` the balance that defaulted in it, `lost` what
    was written off in it. Cash of the period is interest + principal + prepaid + recovered.
    """

    on: tuple[date, ...]
    interest: Sequence[Fen]
    principal: Sequence[Fen]
    prepaid: Sequence[Fen]
    recovered: Sequence[Fen]
    defaulted: Sequence[Fen]
    lost: Sequence[Fen]
    balance: Sequence[Fen]
