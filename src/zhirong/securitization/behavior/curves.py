"""Speeds of prepayment and default, month by month, and how one is read as another.

Monthly rates are shares of the balance at the start of the month; `month` counts from 1, the first
month after the loan was made. PSA and SDA describe mortgages of one country: they stand here
for published tables and comparison, and no plan takes them by default.
Source: Bond Market Association, Standard Formulas, chapters SF-4 to SF-20 (1999).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhirong.core.errors import InputError

Monthly = NDArray[np.float64]
"""One rate a month, shape (month,), shares."""

_PSA_TOP = 0.06
_PSA_MONTHS = 30
_SDA_TOP = 0.006
_SDA_FLOOR = 0.0003
_SDA_RISE, _SDA_FLAT, _SDA_FALL = 30, 60, 120


class SpeedError(InputError):
    """A speed that no pool can have: below 0, or one that would take more than the balance."""

    code = "error.securitization.speed"

    def __init__(self, speed: float, kind: str) -> None:
        super().__init__(f"{kind} of {speed} is not a speed.", speed=speed, kind=kind)


def monthly_from_annual(annual: ArrayLike) -> Monthly:
    """SMM from CPR (or MDR from CDR): `1 - (1 - annual) ** (1/12)`; shares, any shape."""
    return np.asarray(1.0 - (1.0 - _shares(annual, "CPR")) ** (1.0 / 12.0))


def annual_from_monthly(monthly: ArrayLike) -> Monthly:
    """CPR from SMM (or CDR from MDR): `1 - (1 - monthly) ** 12`; shares, any shape."""
    return np.asarray(1.0 - (1.0 - _shares(monthly, "SMM")) ** 12)


def constant(monthly: float, *, months: int) -> Monthly:
    """The same monthly rate in each of `months` months."""
    return np.full(months, float(_shares(monthly, "SMM")))


def psa(speed: float, *, months: int, age: int = 0) -> Monthly:
    """SMM at `speed` PSA (1.0 is 100 %): CPR rises by 0.2 % a month to 6 % in month 30.

    Args:
        speed: Multiple of the benchmark, 0 or more.
        months: Months asked for.
        age: Months the loan has lived before the first of them.
    """
    month = np.arange(1, months + 1) + age
    annual = speed * _PSA_TOP * np.minimum(month, _PSA_MONTHS) / _PSA_MONTHS
    return monthly_from_annual(np.minimum(_not_negative(annual, speed, "PSA"), 1.0))


def psa_of(monthly: ArrayLike, *, month: int) -> Monthly:
    """The PSA speed (1.0 is 100 %) that an SMM in that month of age amounts to."""
    return np.asarray(
        annual_from_monthly(monthly) / (_PSA_TOP * min(month, _PSA_MONTHS) / _PSA_MONTHS)
    )


def absolute_prepayment(speed: float, *, months: int, age: int = 0) -> Monthly:
    """SMM at an ABS speed: a share `speed` of the *first* number of loans prepays each month.

    `SMM = speed / (1 - speed * (month - 1))`; a month in which nothing is left has SMM 1.
    """
    month = np.arange(1, months + 1) + age
    left = 1.0 - float(_shares(speed, "ABS")) * (month - 1)
    with np.errstate(divide="ignore"):
        smm = np.where(left > speed, speed / left, 1.0)
    return np.asarray(smm)


def sda(speed: float, *, months: int, lag_months: int, age: int = 0, term: int) -> Monthly:
    """MDR at `speed` SDA (1.0 is 100 %); none in the last `lag_months` of the `term`.

    CDR rises by 0.02 % a month to 0.60 % in month 30, stays to month 60, falls to 0.03 % in month
    120 and stays there.
    """
    month = np.arange(1, months + 1) + age
    falling = _SDA_TOP - (_SDA_TOP - _SDA_FLOOR) * (month - _SDA_FLAT) / (_SDA_FALL - _SDA_FLAT)
    annual = np.select(
        [month <= _SDA_RISE, month <= _SDA_FLAT, month <= _SDA_FALL],
        [_SDA_TOP * month / _SDA_RISE, np.full(months, _SDA_TOP), falling],
        _SDA_FLOOR,
    )
    monthly = monthly_from_annual(np.minimum(_not_negative(annual * speed, speed, "SDA"), 1.0))
    return np.asarray(np.where(month > term - lag_months, 0.0, monthly))


def survivor(annual: float, *, days: int) -> float:
    """The share still there after `days` at a yearly speed: `(1 - annual) ** (days / 365)`."""
    return float((1.0 - _shares(annual, "CPR")) ** (days / 365))


def _shares(values: ArrayLike, kind: str) -> Monthly:
    array = np.asarray(values, dtype=np.float64)
    bad = ~((array >= 0.0) & (array <= 1.0))
    if bad.any():
        raise SpeedError(float(array[bad].flat[0]), kind)
    return array


def _not_negative(annual: Monthly, speed: float, kind: str) -> Monthly:
    if not speed >= 0.0:
        raise SpeedError(speed, kind)
    return annual
