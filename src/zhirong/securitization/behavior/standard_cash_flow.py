"""The cash flow of a pool of level loans with prepayment, default and recovery: the standard one.

Two numbers a month describe behavior (SMM and MDR); principal and interest of defaulted loans
are advanced until they are sold, `lag_months` after default, at a loss of `severity` of the
balance that defaulted. Amounts are floats in the pool's currency, unrounded: the published
tables round at the end.
Source: Bond Market Association, Standard Formulas, SF-16 to SF-28.
"""

from dataclasses import dataclass

import numpy as np

from zhirong.core.errors import InputError
from zhirong.securitization.behavior.curves import Monthly


class PoolTermsError(InputError):
    """A term of a pool that makes no cash flow; names it."""

    code = "error.securitization.pool_terms"

    def __init__(self, term: str) -> None:
        super().__init__(f"No cash flow can be made of this {term}.", term=term)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A pool of loans with level installments.

    `rate` is the yearly gross rate as a share, paid by the month; `age` months of `term` are over;
    `severity` is the share of the defaulted balance that is lost; `is_advanced` says whether the
    servicer pays the installments of defaulted loans until they are sold.
    """

    balance: float
    rate: float
    term: int
    lag_months: int
    severity: float
    age: int = 0
    is_advanced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlow:
    """One column a quantity, one row a month of what is left of the term; signs as in SF-28."""

    performing: Monthly
    new_defaults: Monthly
    in_foreclosure: Monthly
    amortization_factor: Monthly
    expected_amortization: Monthly
    prepayments: Monthly
    amortization_from_defaults: Monthly
    actual_amortization: Monthly
    expected_interest: Monthly
    interest_lost: Monthly
    actual_interest: Monthly
    principal_recovery: Monthly
    principal_loss: Monthly
    amortized_default_balance: Monthly

    @property
    def cash(self) -> Monthly:
        """What investors receive each month: principal of every kind and interest."""
        principal = self.actual_amortization + self.prepayments + self.principal_recovery
        return np.asarray(principal + self.actual_interest)


def amortization_factors(*, rate: float, term: int) -> Monthly:
    """The scheduled balance after each month, month 0 first, of a loan of 1: shape (term + 1,).

    A rate of 0 amortizes in equal parts.
    """
    month = np.arange(term + 1)
    if rate == 0.0:
        return np.asarray(1.0 - month / term)
    growth = (1.0 + rate / 12.0) ** month
    return np.asarray((growth[-1] - growth) / (growth[-1] - 1.0))


def cash_flow(terms: Terms, *, prepayment: Monthly, default: Monthly) -> CashFlow:
    """The standard cash flow under monthly rates `prepayment` (SMM) and `default` (MDR).

    Raises:
        PoolTermsError: for rates that are not one a month of what is left, or impossible terms.
    """
    months = terms.term - terms.age
    _check(terms, months, prepayment, default)
    scheduled = amortization_factors(rate=terms.rate, term=terms.term)[terms.age :]
    columns = {name: np.zeros(months) for name in CashFlow.__dataclass_fields__}
    performing, foreclosed = terms.balance, 0.0
    for i in range(months):
        ratio = scheduled[i + 1] / scheduled[i]
        sold = _sold(terms, i, columns["new_defaults"], scheduled, foreclosed)
        row = _month(terms, (performing, foreclosed), ratio, sold, (prepayment[i], default[i]))
        performing, foreclosed = row["performing"], row["in_foreclosure"]
        for name, amount in row.items():
            columns[name][i] = amount
        columns["amortization_factor"][i] = scheduled[i + 1]
    return CashFlow(**columns)


def _sold(
    terms: Terms, i: int, defaults: Monthly, scheduled: Monthly, foreclosed: float
) -> tuple[float, float]:
    """The balance sold this month, as amortized to it, and the loss on it."""
    first = i - terms.lag_months
    if first < 0:
        return 0.0, 0.0
    balance = float(defaults[first])
    if terms.is_advanced:
        balance *= float(scheduled[i] / scheduled[first])
    balance = min(balance, foreclosed)
    return balance, min(float(defaults[first]) * terms.severity, balance)


def _month(
    terms: Terms,
    opening: tuple[float, float],
    ratio: float,
    sold: tuple[float, float],
    rates: tuple[float, float],
) -> dict[str, float]:
    performing, foreclosed = opening
    (leaving, loss), (smm, mdr) = sold, rates
    monthly = terms.rate / 12.0
    new = performing * mdr
    paying = foreclosed + new - leaving if terms.is_advanced else 0.0
    from_defaults = paying * (1.0 - ratio)
    actual = (performing - new) * (1.0 - ratio)
    expected = actual + (foreclosed + new - leaving) * (1.0 - ratio)
    prepaid = min(performing * ratio * smm, performing - new - actual)
    interest = (performing + foreclosed) * monthly
    lost = (new + foreclosed) * monthly
    return {
        "performing": performing - new - prepaid - actual,
        "new_defaults": new,
        "in_foreclosure": foreclosed + new - from_defaults - leaving,
        "expected_amortization": expected,
        "prepayments": prepaid,
        "amortization_from_defaults": from_defaults,
        "actual_amortization": actual,
        "expected_interest": interest,
        "interest_lost": lost,
        "actual_interest": interest - lost,
        "principal_recovery": leaving - loss,
        "principal_loss": loss,
        "amortized_default_balance": leaving,
    }


def _check(terms: Terms, months: int, prepayment: Monthly, default: Monthly) -> None:
    in_range = {
        "balance": terms.balance >= 0.0,
        "age": 0 <= terms.age < terms.term,
        "lag_months": terms.lag_months >= 1,
        "severity": 0.0 <= terms.severity <= 1.0,
        "prepayment": prepayment.shape == (months,),
        "default": default.shape == (months,),
    }
    for term, is_good in in_range.items():
        if not is_good:
            raise PoolTermsError(term)
