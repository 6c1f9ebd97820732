"""Annual fees: what is due for which patent year, by when, with what reduction and late fee.

A patent year counts from the filing date. The fee of the year of grant is paid with the grant;
every later one is due by the anniversary on which its year begins. An unpaid fee has a grace with
a late fee on the full amount; when that ends, the right has ended on the day the fee was due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhirong.core import money
from zhirong.core.calendar import anniversary, last_day, started_months, whole_years
from zhirong.core.errors import InputError
from zhirong.core.money import Money, Rounding
from zhirong.rights import terms
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import FeeReduction, Patent, PatentKind


class ReductionReason(StrEnum):
    """Why less than the full fee is due."""

    NONE = "none"
    SINGLE = "single"
    JOINT = "joint"
    OPEN_LICENSE = "open_license"


class PatentYearError(InputError):
    """A patent year in which no annual fee exists."""

    code = "error.patent_year"

    def __init__(self, number: str, *, patent_year: int, last: int) -> None:
        super().__init__(
            f"{number} has no annual fee for patent year {patent_year}; the last one is {last}.",
            number=number,
            patent_year=patent_year,
            last=last,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeDates:
    """The days of the fee of one patent year.

    Attributes:
        anniversary: The day on which the patent year begins: the due date before it moves.
        due_on: The due date, moved to a working day.
        grace_ends_on: Last day to pay with a late fee, moved to a working day.
    """

    patent_year: int
    anniversary: date
    due_on: date
    grace_ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualFee(FeeDates):
    """The fee of one patent year.

    Attributes:
        reduction: Share of the full fee that is not due.
        is_compensation: The year lies in the compensated term.
    """

    full: Money
    reduction: Decimal
    reason: ReductionReason
    payable: Money
    is_compensation: bool = False


def patent_year(filing_date: date, on: date) -> int:
    """The patent year in which the day lies; the first begins on the filing date.

    >>> patent_year(date(2018, 3, 15), date(2021, 7, 20))
    4
    """
    return whole_years(filing_date, on) + 1


def last_patent_year(patent: Patent, term: terms.Term) -> int:
    """The last patent year with an annual fee, full years of compensation included."""
    return whole_years(patent.filing_date, term.base_expires_on) + term.compensated_years


def fee_dates(filing_date: date, year: int, *, law: PatentLaw) -> FeeDates:
    """The due date of the fee of a patent year, and the end of its grace."""
    begins = anniversary(filing_date, year - 1)
    months = int(law.parameters.number("patent.fee.grace_months", on=begins))
    return FeeDates(
        patent_year=year,
        anniversary=begins,
        due_on=law.calendar.on_or_after(begins),
        grace_ends_on=last_day(begins, months=months, working=law.calendar),
    )


def full_fee(kind: PatentKind, year: int, *, on: date, law: PatentLaw) -> Money:
    """The full fee of a patent year by the table in force on the day.

    Raises:
        PatentYearError: The table does not reach so far.
    """
    bands = law.parameters.get(f"patent.fee.annual.{kind}", on=on).value
    for band in bands:
        if band["from_year"] <= year <= band["to_year"]:
            return Money(band["amount"])
    raise PatentYearError(kind, patent_year=year, last=int(bands[-1]["to_year"]))


def annual_fee(
    patent: Patent,
    year: int,
    *,
    on: date,
    law: PatentLaw,
    events: Iterable[RegisterEvent] = (),
    open_license: bool = False,
) -> AnnualFee:
    """The fee of a patent year by the law of the day.

    Args:
        patent: The right.
        year: Patent year, from 1.
        on: Day whose tables apply.
        law: Tables and calendar.
        events: What the register is known to say (compensation of the term).
        open_license: An open license is in use; only the best reduction counts.

    Raises:
        PatentYearError: The right has no fee for such a year.
    """
    term = terms.term(patent, events, law=law)
    last = last_patent_year(patent, term)
    if not 1 <= year <= last:
        raise PatentYearError(patent.app_no, patent_year=year, last=last)
    is_compensation = year > last - term.compensated_years
    if is_compensation:
        full = Money(law.parameters.number("patent.fee.compensation.annual", on=on))
    else:
        full = full_fee(patent.kind, year, on=on, law=law)
    reduction, reason = _reduction(patent, year, on=on, law=law, open_license=open_license)
    days = fee_dates(patent.filing_date, year, law=law)
    return AnnualFee(
        patent_year=year,
        anniversary=days.anniversary,
        due_on=days.due_on,
        grace_ends_on=days.grace_ends_on,
        full=full,
        reduction=reduction,
        reason=reason,
        payable=full.times(1 - reduction, rounding=Rounding.HALF_UP),
        is_compensation=is_compensation,
    )


def _reduction(
    patent: Patent, year: int, *, on: date, law: PatentLaw, open_license: bool
) -> tuple[Decimal, ReductionReason]:
    """The best single reduction: reductions do not add up."""
    found = [(Decimal(0), ReductionReason.NONE)]
    if patent.fee_reduction in (FeeReduction.SINGLE, FeeReduction.JOINT):
        years = int(law.parameters.number("patent.fee.reduction.years", on=on))
        first = grant_year(patent)
        if first is not None and first <= year < first + years:
            share = law.parameters.number(f"patent.fee.reduction.{patent.fee_reduction}", on=on)
            found.append((share, ReductionReason(patent.fee_reduction)))
    if open_license:
        share = law.parameters.number("patent.fee.reduction.open_license", on=on)
        found.append((share, ReductionReason.OPEN_LICENSE))
    return max(found, key=lambda pair: pair[0])


def grant_year(patent: Patent) -> int | None:
    """The patent year of the grant, whose fee is paid with it; None while pending."""
    if patent.grant_date is None:
        return None
    return patent_year(patent.filing_date, patent.grant_date)


def late_fee(fee: AnnualFee, paid_on: date, *, law: PatentLaw) -> Money:
    """The late fee when paid on a day within the grace: a share of the full fee a month begun.

    The months run from the due date unmoved or moved, as the switch says, and end with the grace.
    """
    numbers = law.parameters
    moved = numbers.get("patent.fee.late.counted_from", on=paid_on).value == "moved"
    months = started_months(fee.due_on if moved else fee.anniversary, paid_on)
    # A grace that ends on a day off is longer than its months, but no month is added for it.
    charged = min(months, int(numbers.number("patent.fee.grace_months", on=paid_on)))
    free = int(numbers.number("patent.fee.late.free_months", on=paid_on))
    rate = numbers.number("patent.fee.late.rate", on=paid_on)
    if paid_on <= fee.due_on:
        return Money(Decimal(0))
    return fee.full.times(rate * max(0, charged - free), rounding=Rounding.HALF_UP)


def paid_through(patent: Patent, events: Iterable[RegisterEvent] = (), *, on: date) -> int | None:
    """The last patent year known to be paid; None where nobody said.

    The grant itself says that its year is paid, and so does a restoration; that settles the matter
    while that year runs.
    """
    own = [event for event in events if event.right == patent.app_no]
    said = [event.patent_year for event in own if event.kind is EventKind.FEE_PAID]
    years = [year for year in (patent.fee_paid_through_year, *said) if year is not None]
    restored = [event.true_on for event in own if event.kind is EventKind.RESTORED]
    years += [patent_year(patent.filing_date, day) for day in restored]
    first = grant_year(patent)
    if first is not None and (years or first >= patent_year(patent.filing_date, on)):
        years.append(first)
    return max(years, default=None)


def remaining_fees(
    patent: Patent,
    events: Iterable[RegisterEvent] = (),
    *,
    paid_through_year: int,
    on: date,
    law: PatentLaw,
) -> tuple[AnnualFee, ...]:
    """The fees of all years behind the last one paid, to the end of life."""
    own = tuple(events)
    last = last_patent_year(patent, terms.term(patent, own, law=law))
    return tuple(
        annual_fee(patent, year, on=on, law=law, events=own)
        for year in range(paid_through_year + 1, last + 1)
    )


def payable_total(fees: Iterable[AnnualFee]) -> Money:
    """What is payable on time for all of them."""
    return money.total(fee.payable for fee in fees)
