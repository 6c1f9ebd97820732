"""What it costs to keep the rights: annual fees by forecast year, from the published schedule."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from zhirong.application.case.case_file import CaseFile
from zhirong.core.calendar import anniversary
from zhirong.core.operations import Array
from zhirong.rights.fees import AnnualFee, grant_year, paid_through, patent_year, remaining_fees
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent


def coming_fees(case: CaseFile, *, on: date, law: PatentLaw) -> tuple[tuple[AnnualFee, ...], ...]:
    """For each right of a case its annual fees behind the last one paid; none without a grant.

    Where the file does not say which year is paid, the fee of the current patent year counts as
    paid (due diligence asks for the receipt).
    """
    return tuple(_coming(patent, case, on, law) for patent in case.patents)


def _coming(patent: Patent, case: CaseFile, on: date, law: PatentLaw) -> tuple[AnnualFee, ...]:
    if grant_year(patent) is None:
        return ()
    paid = paid_through(patent, case.events, on=on)
    if paid is None:
        paid = patent_year(patent.filing_date, on)
    return remaining_fees(patent, case.events, paid_through_year=paid, on=on, law=law)


def fees_by_year(fees: Sequence[AnnualFee], *, valuation_date: date, years: int) -> Array:
    """Fees payable in each year from the valuation date, CNY; shape (years,).

    A fee already overdue falls into the first year.
    """
    starts = [anniversary(valuation_date, year) for year in range(years + 1)]
    result = np.zeros(years)
    for fee in fees:
        if fee.due_on >= starts[-1]:
            continue
        year = sum(1 for start in starts[1:] if start <= fee.due_on)
        result[year] += float(fee.payable.amount)
    return result
