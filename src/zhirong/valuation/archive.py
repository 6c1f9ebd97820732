"""Until when the file of an appraisal is kept: 15 years, 30 for statutory appraisals."""

from datetime import date

from zhirong.core.calendar import anniversary
from zhirong.parameters.reader import Parameters


def keep_until(reported_on: date, *, is_statutory: bool, parameters: Parameters) -> date:
    """The last day on which the file of a report must be at hand.

    Args:
        reported_on: Date of the report; the years run from it.
        is_statutory: The law demands the appraisal (state assets, public interest).
        parameters: The years of either kind.

    Source:
        Asset Appraisal Law art. 29.

    >>> keep_until(date(2024, 2, 29), is_statutory=False, parameters=Parameters())
    datetime.date(2039, 2, 28)
    """
    path = "valuation.archive.statutory_years" if is_statutory else "valuation.archive.years"
    return anniversary(reported_on, int(parameters.number(path, on=reported_on)))
