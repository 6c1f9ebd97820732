"""The main methods line by line: inputs, formulas with their places in the workbook, years.

A letter over a column of the years leads to the line's formula and to the command that opens it.
"""

from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np

from zhirong.adapters.documents.blocks import Block, Column, Heading, Row, Table
from zhirong.adapters.documents.reports.valuation_line_words import (
    FACTORS,
    entry_label,
    figure,
    formula_words,
    line_label,
)
from zhirong.adapters.documents.reports.valuation_view import FloatArray, Part, View
from zhirong.adapters.documents.reports.wording import NOTHING
from zhirong.application.explaining import explain
from zhirong.application.workings import InputRecord, LineRecord, SheetRecord

COMMAND = "zhirong explain result.json"
COLUMNS_UPRIGHT = 12
GROUPS_A_TABLE = 3
SUMMED = ("claimed_cash", "net_of_upkeep", "after_tax", "present_value")
HIDDEN_INPUTS = ("year", "upkeep")


def counted_methods(view: View) -> list[list[Part]]:
    """The methods that the conclusion rests on, each with its groups."""
    methods = dict.fromkeys(part.method for part in view.counted)
    return [[part for part in view.counted if part.method == method] for method in methods]


def wide_year_tables(view: View) -> tuple[Table, ...]:
    """The methods' years that need a landscape page; they stand in the annex."""
    tables = (_years(view, parts) for parts in counted_methods(view))
    return tuple(table for table in tables if table is not None and is_wide(table))


def is_wide(table: Table) -> bool:
    """Whether a table needs a landscape page."""
    return len(table.columns) > COLUMNS_UPRIGHT


def method_line_blocks(view: View, parts: Sequence[Part]) -> list[Block]:
    """A method's inputs, formulas and years for the groups whose conclusion rests on it."""
    sheet = parts[0].sheet
    blocks: list[Block] = [
        Heading(view.say(f"method.{sheet.name}"), level=2),
        *(
            _input_table(view, parts[start : start + GROUPS_A_TABLE])
            for start in range(0, len(parts), GROUPS_A_TABLE)
        ),
    ]
    years = _years(view, parts)
    is_apart = years is not None and is_wide(years)
    blocks.append(_directory(view, sheet, is_apart=is_apart))
    if years is not None and not is_apart:
        blocks.append(years)
    return blocks


def _letters(sheet: SheetRecord) -> dict[str, str]:
    return dict(zip([line.key for line in _listed(sheet)], ascii_lowercase, strict=False))


def _years(view: View, parts: Sequence[Part]) -> Table | None:
    """A method year by year; None where none of its lines runs over years."""
    sheet = parts[0].sheet
    yearly = _yearly(sheet)
    if not any(isinstance(entry, LineRecord) for entry in yearly):
        return None
    return _year_table(view, parts, yearly, _letters(sheet))


def _listed(sheet: SheetRecord) -> list[LineRecord]:
    return list(sheet.lines)


def _input_table(view: View, parts: Sequence[Part]) -> Table:
    """The inputs of each group: one row an input, one column a group, at most four a table."""
    sheet = parts[0].sheet
    own = [entry for entry in sheet.inputs if entry.axes in (("asset",), ())]
    return Table(
        title=view.say("value.inputs_of", method=f"method.{sheet.name}"),
        columns=(
            Column(head=view.say("value.input"), width="1fr"),
            *(Column(head=part.group.name, align="right", width="1fr") for part in parts),
            Column(head=view.say("value.origin")),
        ),
        rows=tuple(
            Row(
                cells=(
                    entry_label(view, entry),
                    *(_input_cell(view, part, entry) for part in parts),
                    _origin_kind(view, entry),
                )
            )
            for entry in own
        ),
    )


def _input_cell(view: View, part: Part, entry: InputRecord) -> str:
    line = part.line(entry.key)
    return NOTHING if line is None else figure(view, float(line), entry.unit, entry.key)


def _origin_kind(view: View, entry: InputRecord) -> str:
    kinds = {
        "AssumptionOrigin": "kind.assumption",
        "FactOrigin": "kind.fact",
        "ParameterOrigin": "kind.parameter",
        "ComputedOrigin": "kind.computed",
        "LineOrigin": "kind.line",
    }
    return view.say(kinds[type(entry.origins[0]).__name__])


def _yearly(sheet: SheetRecord) -> list[InputRecord | LineRecord]:
    entries: list[InputRecord | LineRecord] = [
        entry for entry in sheet.inputs if "year" in entry.axes and entry.key not in HIDDEN_INPUTS
    ]
    return entries + [line for line in sheet.lines if "year" in line.axes]


def _year_table(
    view: View,
    parts: Sequence[Part],
    yearly: Sequence[InputRecord | LineRecord],
    letters: dict[str, str],
) -> Table:
    sheet = parts[0].sheet
    rows: list[Row] = []
    for part in parts:
        rows.append(Row(cells=(part.group.name,), style="group"))
        rows += _year_rows(view, part, yearly)
    return Table(
        title=view.say("value.years_of", method=f"method.{sheet.name}"),
        columns=(
            Column(head=view.say("value.year_from"), width="1.1fr"),
            *(_year_column(view, entry, letters) for entry in yearly),
        ),
        rows=tuple(rows),
        note=view.say("value.years_note"),
    )


def _year_column(view: View, entry: InputRecord | LineRecord, letters: dict[str, str]) -> Column:
    unit = view.wording.amount_unit if entry.unit == "CNY" else "%" if _is_rate(entry) else ""
    letter = letters.get(entry.key, "") if isinstance(entry, LineRecord) else ""
    mark = f"({letter})" if letter else ""
    return Column(
        head=entry_label(view, entry),
        unit=" ".join(x for x in (unit, mark) if x),
        align="right",
        width="1fr",
    )


def _is_rate(entry: InputRecord | LineRecord) -> bool:
    return entry.unit == "share" and entry.key not in FACTORS


def _year_rows(view: View, part: Part, yearly: Sequence[InputRecord | LineRecord]) -> list[Row]:
    lines = [_shown_years(part, entry) for entry in yearly]
    years, last = part.sheet.places("year"), _years_of_income(part)
    rows = [
        Row(
            cells=(
                year,
                *(
                    _year_cell(view, entry, float(line[at]))
                    for entry, line in zip(yearly, lines, strict=True)
                ),
            )
        )
        for at, year in enumerate(years)
        if at < last
    ]
    sums = (
        _year_cell(view, entry, float(np.sum(line))) if entry.key in SUMMED else ""
        for entry, line in zip(yearly, lines, strict=True)
    )
    return [*rows, Row(cells=(view.say("value.total"), *sums), style="total")]


def _years_of_income(part: Part) -> int:
    """The number of years up to the last one that brings anything."""
    line = part.line("claimed_cash")
    earning = np.flatnonzero(line) if line is not None else np.array([])
    return int(earning[-1]) + 1 if len(earning) else len(part.sheet.places("year"))


def _shown_years(part: Part, entry: InputRecord | LineRecord) -> FloatArray:
    line = part.line(entry.key)
    assert line is not None, "the entry is the sheet's own"
    return line


def _year_cell(view: View, entry: InputRecord | LineRecord, value: float) -> str:
    if entry.unit == "CNY":
        return view.wording.amount(value)
    if _is_rate(entry):
        return view.wording.number(value * 100, 2)
    return view.wording.number(value, 4)


def _directory(view: View, sheet: SheetRecord, *, is_apart: bool) -> Table:
    """Each line's formula, and where it opens; `is_apart` tells that the years follow later."""
    say, letters = view.say, _letters(sheet)
    apart = say("value.years_apart") if is_apart else ""
    return Table(
        title=say("value.lines_of", method=f"method.{sheet.name}"),
        columns=(
            Column(head=say("value.letter"), align="center"),
            Column(head=say("value.line"), width="0.7fr"),
            Column(head=say("value.formula"), width="1.3fr"),
            Column(head=say("value.explain_path")),
        ),
        rows=tuple(
            Row(
                cells=(
                    letters.get(line.key, ""),
                    line_label(view, line.key),
                    _line_formula(view, sheet, line),
                    f"{sheet.name}.{line.key}",
                )
            )
            for line in _listed(sheet)
        ),
        note=apart + say("value.lines_note", sheet=f"method.{sheet.name}", command=COMMAND),
    )


def _line_formula(view: View, sheet: SheetRecord, line: LineRecord) -> str:
    opened = explain(view.appraisal.sheets, f"{sheet.name}.{line.key}[1]", depth=0)
    return formula_words(view, opened.formula)
