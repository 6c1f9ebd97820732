"""A sheet in which no table was found: its account says so of every row."""

from zhirong.adapters.intake.grid import Grid, column_letters
from zhirong.adapters.intake.reading import sheet_name
from zhirong.application.case.intake_report import (
    ColumnReport,
    HeadingUse,
    SetAsideRow,
    SheetReport,
)
from zhirong.core.messages import Message


def report(grid: Grid, rows: int) -> SheetReport:
    """The account of a sheet in which no table was found: every row set aside."""
    counts = [
        (sum(isinstance(raw, str) and bool(raw.strip()) for raw in grid.rows[row]), -row)
        for row in range(min(rows, len(grid.rows)))
    ]
    best = -max(counts)[1] if counts else 0
    columns = tuple(
        ColumnReport(column=column_letters(c), heading=text.strip()[:200], use=HeadingUse.UNKNOWN)
        for c, text in enumerate(grid.texts(best) if grid.rows else [])
        if text.strip()
    )
    aside = tuple(
        SetAsideRow(
            row=row + 1,
            reason="blank" if grid.is_blank(row) else "not_recognized",
            text=next((t for t in grid.texts(row) if t.strip()), "")[:200],
        )
        for row in range(len(grid.rows))
    )
    return SheetReport(
        file=grid.file,
        sheet=grid.sheet,
        table="",
        rows_total=len(grid.rows),
        columns=columns,
        set_aside=aside,
        notices=(Message("intake.notice.not_recognized", {"sheet": sheet_name(grid)}),),
    )
