"""Rights as columns: one row a right, so that one and ten million go through the same code."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent, PatentKind

Dates = NDArray[np.datetime64]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# The code of a kind in the column is its place here.
KINDS = tuple(PatentKind)
_UNKNOWN = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Rights as read-only columns; all of shape (rights,).

    Attributes:
        right: Canonical numbers.
        kind: Places in `KINDS`.
        filing: Filing dates, as days.
        grant: Grant dates; NaT while pending or not known.
        expiry: First days without protection, compensation included.
    """

    right: NDArray[np.str_]
    kind: NDArray[np.int8]
    filing: Dates
    grant: Dates
    expiry: Dates

    def __len__(self) -> int:
        return len(self.right)

    def is_kind(self, kind: PatentKind) -> NDArray[np.bool_]:
        """Which rights are of the kind."""
        result: NDArray[np.bool_] = self.kind == KINDS.index(kind)
        return result

    def patent_year(self, on: date) -> Integers:
        """The patent year of the day; 0 or less before filing."""
        result: Integers = _by_day(self.filing, lambda days: whole_years(days, on) + 1)
        return result

    def remaining_days(self, on: date) -> Integers:
        """Days of legal life from the day (in) to the expiry (out), 0 when it is over."""
        days = (self.expiry - np.datetime64(on, "D")).astype(np.int64)
        return np.maximum(days, 0)

    def remaining_life(self, on: date) -> Floats:
        """Years of legal life, 0 when it is over: anniversaries, and a part of the last year.

        It agrees with `daycounts.years_and_part`: an anniversary away is exactly one year.
        """
        result: Floats = _by_day(self.expiry, lambda days: _life(days, np.datetime64(on, "D")))
        return result


def _life(expiry: Dates, day: np.datetime64) -> Floats:
    start = np.full(expiry.shape, day)
    years = _whole_years_between(start, expiry)
    last, following = plus_years(start, years), plus_years(start, years + 1)
    part = (expiry - last).astype(np.float64) / (following - last).astype(np.float64)
    result: Floats = np.where(expiry > day, years + part, 0.0)
    return result


def _by_day(days: Dates, function: Callable[[Dates], NDArray[Any]]) -> NDArray[Any]:
    """The function of each day, reckoned once for every day of the range: registers repeat days."""
    if not len(days):
        return function(days)
    first, last = days.min(), days.max()
    if (last - first).astype(np.int64) >= len(days):
        return function(days)
    each = function(np.arange(first, last + np.timedelta64(1, "D")))
    result: NDArray[Any] = each[(days - first).astype(np.int64)]
    return result


def portfolio(patents: Iterable[Patent], *, law: PatentLaw) -> Portfolio:
    """The columns of patents, in their order."""
    rows = tuple(patents)
    filing = np.array([row.filing_date for row in rows], dtype="datetime64[D]")
    kind = np.array([KINDS.index(row.kind) for row in rows], dtype=np.int8)
    grant = np.array([row.grant_date or _UNKNOWN for row in rows], dtype="datetime64[D]")
    days = [(row.pta_days or 0) + (row.pte_days or 0) for row in rows]
    return from_columns(
        right=np.array([row.app_no for row in rows], dtype=np.str_),
        kind=kind,
        filing=filing,
        grant=grant,
        compensation_days=np.array(days, dtype=np.int64),
        law=law,
    )


def from_columns(
    *,
    right: NDArray[np.str_],
    kind: NDArray[np.int8],
    filing: Dates,
    grant: Dates,
    compensation_days: Integers,
    law: PatentLaw,
) -> Portfolio:
    """A portfolio from columns that a register gave; expiry is computed for all rows at once."""
    expiry = _term_ends(kind, filing, law) + compensation_days.astype("timedelta64[D]")
    columns = Portfolio(right=right, kind=kind, filing=filing, grant=grant, expiry=expiry)
    for column in (right, kind, filing, grant, expiry):
        column.setflags(write=False)
    return columns


def _term_ends(kind: NDArray[np.int8], filing: Dates, law: PatentLaw) -> Dates:
    """Ends of the terms by kind and filing date: one look-up for each value ever in force."""
    ends = np.full(filing.shape, _UNKNOWN)
    for code, name in enumerate(KINDS):
        rows = np.flatnonzero(kind == code)
        while len(rows):
            term = law.parameters.get(f"patent.term.{name}", on=filing[rows].max().item())
            years = int(term.number)
            current = filing[rows] >= np.datetime64(term.valid_from, "D")
            found = rows[current]
            ends[found] = _by_day(filing[found], partial(_after_years, years=years))
            rows = rows[~current]
    return ends


def _after_years(days: Dates, *, years: int) -> Dates:
    return plus_years(days, np.full(days.shape, years))


def plus_years(days: Dates, years: Integers) -> Dates:
    """The same day so many years later; of 29 February the last day of February."""
    months = days.astype("datetime64[M]")
    offset = days - months.astype("datetime64[D]")
    target = months + (12 * years).astype("timedelta64[M]")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    result: Dates = np.minimum(target.astype("datetime64[D]") + offset, last)
    return result


def whole_years(start: Dates, end: date) -> Integers:
    """How many anniversaries of each start have come by the end, that day included."""
    return _whole_years_between(start, np.full(start.shape, np.datetime64(end, "D")))


def _whole_years_between(start: Dates, end: Dates) -> Integers:
    years = (end.astype("datetime64[Y]") - start.astype("datetime64[Y]")).astype(np.int64)
    result: Integers = years - (plus_years(start, years) > end)
    return result
