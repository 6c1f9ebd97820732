"""The yearly return of dated cash (XIRR), as lenders, firms and sponsors see it.

Days count actual over 365 from the first flow; the rate is effective a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import brentq

from zhirong.securitization.analytics.yields import NoYieldError

_LOWEST, _HIGHEST = -0.999999, 1e6


@dataclass(frozen=True, slots=True)
class DatedCash:
    """An amount on a day, in one currency unit: positive is received, negative is paid."""

    on: date
    amount: float


def xirr(flows: Sequence[DatedCash]) -> float:
    """The rate at which all flows are worth nothing on the first day.

    Raises:
        NoYieldError: when flows do not change sign, so that there is none.

    >>> round(xirr([DatedCash(date(2021, 4, 1), -500.0), DatedCash(date(2021, 6, 20), 240.70),
    ...             DatedCash(date(2021, 7, 20), 59.46), DatedCash(date(2021, 8, 19), 210.24)]), 5)
    0.07196
    """
    start = min(flow.on for flow in flows)
    years = np.array([(flow.on - start).days / 365 for flow in flows])
    cash = np.array([flow.amount for flow in flows])

    def worth(rate: float) -> float:
        return float(cash @ (1.0 + rate) ** -years)

    # Nearest to zero first: a loan with fees and subsidies may have a second, absurd root.
    for low, high in ((-0.5, 1.0), (-0.99, 10.0), (_LOWEST, _HIGHEST)):
        if worth(low) * worth(high) < 0.0:
            return float(brentq(worth, low, high, xtol=1e-14))
    raise NoYieldError(float(cash.max(initial=0.0)))
