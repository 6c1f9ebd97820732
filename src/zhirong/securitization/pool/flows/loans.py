"""Loans: bullet, equal principal, level installments, by schedule. Pledge loans are loans."""

from collections.abc import Sequence
from fractions import Fraction

from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows.terms import ClaimTermsError, LoanTerms, interest_fen
from zhirong.securitization.pool.records import Due


def bullet(terms: LoanTerms) -> tuple[Due, ...]:
    """Interest on every payment day, all principal on the last."""
    last = len(terms.days) - 1
    return scheduled(terms, [terms.balance_fen if i == last else 0 for i in range(last + 1)])


def equal_principal(terms: LoanTerms) -> tuple[Due, ...]:
    """The same principal on every day, the last one taking the rest; interest on what is owed."""
    count = len(terms.days)
    part = terms.balance_fen // count
    rest = terms.balance_fen - part * (count - 1)
    return scheduled(terms, [part] * (count - 1) + [rest])


def scheduled(terms: LoanTerms, principal_fen: Sequence[int]) -> tuple[Due, ...]:
    """Principal as the contract lists it, interest on what is owed before.

    Raises:
        ClaimTermsError: The list does not go with the days, or does not sum to the balance.
    """
    if len(principal_fen) != len(terms.days) or min(principal_fen) < 0:
        raise ClaimTermsError("principal")
    if sum(principal_fen) != terms.balance_fen:
        raise ClaimTermsError("principal_sum")
    owed, rows = terms.balance_fen, []
    for (begins, ends), principal in zip(terms.periods, principal_fen, strict=True):
        interest = interest_fen(owed, begins, ends, terms)
        rows.append(Due(on=ends, principal_fen=principal, interest_fen=interest))
        owed -= principal
    return tuple(rows)


def level(terms: LoanTerms, *, periods_a_year: int) -> tuple[Due, ...]:
    """Equal installments: interest at the period's rate, the rest of the installment principal.

    The installment is worked out anew each period from what is owed and the periods left, so that
    rounding does not gather; the last day takes what is left. Interest is by equal periods, not by
    days: the convention of level loans.

    Raises:
        ClaimTermsError: No period a year.
    """
    if periods_a_year <= 0:
        raise ClaimTermsError("periods_a_year")
    owed, rows, count = terms.balance_fen, [], len(terms.days)
    for place, (begins, ends) in enumerate(terms.periods):
        rate = period_rate(terms, place, periods_a_year)
        interest = whole(owed * rate, terms.rounding)
        left = count - place
        payment = installment(owed, rate, left)
        principal = owed if left == 1 else min(owed, whole(payment - interest, terms.rounding))
        rows.append(Due(on=ends, principal_fen=principal, interest_fen=interest))
        owed -= principal
        del begins
    return tuple(rows)


def period_rate(terms: LoanTerms, place: int, periods_a_year: int) -> Fraction:
    """The rate of one equal period: the yearly rate in force when it begins, in equal parts."""
    begins = terms.periods[place][0]
    rate = next(step.rate for step in reversed(terms.rates) if step.since <= begins)
    return Fraction(rate) / periods_a_year


def installment(owed_fen: int, rate: Fraction, count: int) -> Fraction:
    """The equal payment, in fen, that repays a debt with interest in so many periods.

    >>> round(float(installment(1_000_000, Fraction(75, 12_000), 20)), 2)
    53345.97
    """
    if rate == 0:
        return Fraction(owed_fen, count)
    return owed_fen * rate / (1 - (1 + rate) ** -count)


def whole(fen: Fraction, rounding: Rounding) -> int:
    """Whole fen of an exact amount of 0 or more, half up or cut.

    Raises:
        ClaimTermsError: Another rounding: contracts of the pool use these two.
    """
    match rounding:
        case Rounding.HALF_UP:
            return int(fen + Fraction(1, 2))
        case Rounding.TRUNCATE:
            return int(fen)
        case Rounding.HALF_EVEN | Rounding.CEILING:
            raise ClaimTermsError("rounding")
