"""Where pages meet the adapters that draw and write for them: charts and lists as workbooks."""

from datetime import date

from zhirong.adapters.documents.charts import case_line, loan_to_value
from zhirong.adapters.documents.charts.case_line import CaseLineChart, CaseStep
from zhirong.adapters.documents.charts.loan_to_value import LoanToValueChart, RatioLine, RatioPoint
from zhirong.adapters.documents.tables import Cell, Kind, Table, table_workbook

__all__ = [
    "CaseLineChart",
    "CaseStep",
    "Cell",
    "Kind",
    "LoanToValueChart",
    "RatioLine",
    "RatioPoint",
    "Table",
    "case_line_svg",
    "loan_to_value_svg",
    "workbook_of",
]


def case_line_svg(chart: CaseLineChart) -> bytes:
    """The time line of a case as SVG."""
    return case_line.svg(chart)


def loan_to_value_svg(chart: LoanToValueChart) -> bytes:
    """Loan to value over time as SVG."""
    return loan_to_value.svg(chart)


def workbook_of(table: Table, *, dated_on: date) -> bytes:
    """A list of a page as a workbook."""
    return table_workbook(table, dated_on=dated_on)
