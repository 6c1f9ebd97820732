"""Where pages meet the adapters that draw and write for them: charts and lists as workbooks."""

from datetime import date

from zhirong.adapters.documents.charts import case_line, loan_to_value
from zhirong.adapters.documents.charts.case_line import CaseLineChart, CaseStep
from zhirong.adapters.documents.charts.loan_to_value import LoanToValueChart, RatioLine, RatioPoint
from zhirong.adapters.documents.charts.palette import TEXT_WIDTH
from zhirong.adapters.documents.tables import Cell, Kind, Table, table_workbook
from zhirong.adapters.intake.held_list import HeldList, read_held_list
from zhirong.adapters.intake.limits import limits
from zhirong.parameters.reader import Parameters

__all__ = [
    "CaseLineChart",
    "CaseStep",
    "Cell",
    "HeldList",
    "Kind",
    "LoanToValueChart",
    "RatioLine",
    "RatioPoint",
    "Table",
    "case_line_svg",
    "held_list",
    "loan_to_value_svg",
    "workbook_of",
]


def case_line_svg(chart: CaseLineChart, *, width: float = TEXT_WIDTH) -> bytes:
    """The time line of a case as SVG, so many points wide."""
    return case_line.svg(chart, width=width)


def loan_to_value_svg(chart: LoanToValueChart, *, width: float = TEXT_WIDTH) -> bytes:
    """Loan to value over time as SVG, so many points wide."""
    return loan_to_value.svg(chart, width=width)


def workbook_of(table: Table, *, dated_on: date) -> bytes:
    """A list of a page as a workbook."""
    return table_workbook(table, dated_on=dated_on)


def held_list(name: str, content: bytes, *, on: date) -> HeldList:
    """The rows of a list of marks, copyrights and data certificates, and the account of each."""
    return read_held_list(name, content, limits=limits(Parameters(), on))
