"""The workings: each figure of the report opened, and the main methods' lines year by year.

An index number of the text leads to an entry here; a letter over a column of a method's table
leads to the line's formula, its place in the workbook, and the command that opens it further.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np

from zhirong.adapters.documents.blocks import (
    Block,
    Column,
    Heading,
    Pair,
    Prose,
    Row,
    Table,
    Working,
    Workings,
)
from zhirong.adapters.documents.reports.valuation_view import (
    COLLATERAL,
    CONCLUSION,
    PORTFOLIO,
    FloatArray,
    Part,
    View,
    indexed,
)
from zhirong.adapters.documents.reports.wording import NOTHING
from zhirong.application.explaining import Explanation, explain
from zhirong.application.origins import detail
from zhirong.application.workings import InputRecord, LineRecord, SheetRecord
from zhirong.core.sources import AssumptionOrigin, Origin, ParameterOrigin

PARTS_SHOWN = 8
GROUPS_A_TABLE = 3
# Lines that are plain numbers though their unit is a share.
FACTORS = ("discount_factor", "in_life")
SUMMED = ("claimed_cash", "net_of_upkeep", "after_tax", "present_value")
HIDDEN_INPUTS = ("year", "upkeep")
COMMAND = "zhirong explain result.json"
_KEY = re.compile(r"\{([a-z0-9_:]+)\}")
_TWICE = re.compile(r"\(\(([^()]*)\)\)")


def working_blocks(view: View) -> tuple[Block, ...]:
    """The section of workings."""
    methods = dict.fromkeys(part.method for part in view.counted)
    return (
        Heading(view.say("value.section.workings")),
        Prose(view.say("value.workings_intro")),
        Workings(tuple(_working(view, what) for what in indexed(view))),
        *(
            block
            for method in methods
            for block in _method_blocks(
                view, [part for part in view.counted if part.method == method]
            )
        ),
    )


# Words of lines and formulas.


def line_label(view: View, key: str) -> str:
    """The words of a line or input; a key `a:b` says a of method b."""
    code, _, method = key.partition(":")
    if method:
        return view.say(f"input.{code}") + " · " + view.say(f"method.{method}")
    label = view.wording.label
    return (
        label(f"line.{code}") if view.wording.words.has(f"line.{code}") else label(f"input.{code}")
    )


def _entry_label(view: View, entry: InputRecord | LineRecord) -> str:
    """As the workbook calls it."""
    if isinstance(entry, InputRecord) and view.wording.words.has(f"input.{entry.key}"):
        return view.say(f"input.{entry.key}")
    return line_label(view, entry.key)


def formula_words(view: View, formula: str) -> str:
    """A formula with words for its keys, without its outermost brackets."""
    text = _TWICE.sub(r"(\1)", _KEY.sub(r"{\1}", formula))
    return _without_brackets(_KEY.sub(lambda found: line_label(view, found[1]), text))


def _without_brackets(text: str) -> str:
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and place < len(text) - 1:
            return text
    return text[1:-1]


def figure(view: View, value: float, unit: str, key: str = "") -> str:
    """A figure with its unit, as workings show it."""
    wording = view.wording
    if unit == "CNY":
        return wording.money(value)
    if unit == "share" and key not in FACTORS:
        return wording.rate(value)
    if unit in ("share", "1"):
        return wording.number(value, 4)
    return f"{wording.number(value, 2)} {view.say(f'unit.{unit}')}".rstrip()


# One entry for each index number.


def _working(view: View, what: str) -> Working:
    title, sheet, line, place = _target(view, what)
    opened = explain(view.appraisal.sheets, _path(view, sheet, line, place), depth=1)
    is_group = place is not None
    formula = _weighted(view, what) if is_group else formula_words(view, opened.formula)
    parts = [part for part in opened.parts if not is_group or _counts(view, what, part)]
    return Working(
        index=view.index(what),
        title=title,
        result=view.wording.money(opened.value),
        formula=f"{title} = {formula}",
        inputs=(
            *(_part(view, part) for part in parts[:PARTS_SHOWN]),
            *_more(view, len(opened.parts) - len(parts[:PARTS_SHOWN]) + opened.omitted),
            Pair(
                view.say("value.open"),
                view.say(
                    "value.open_at",
                    sheet=f"method.{sheet}",
                    line=line_label(view, line),
                    command=f"{COMMAND} {opened.path}",
                ),
            ),
        ),
    )


def _target(view: View, what: str) -> tuple[str, str, str, int | None]:
    """Title, sheet, line and row of a figure that opens."""
    if what == PORTFOLIO:
        return view.say("value.result_label"), CONCLUSION, "portfolio", None
    if what == COLLATERAL:
        return view.say("value.caps"), "pledge", "value", None
    groups = [group.group for group in view.valuation.groups]
    row = groups.index(what)
    title = view.say("value.group_value", name=view.valuation.groups[row].name)
    return title, CONCLUSION, "value", row


def _path(view: View, sheet: str, line: str, row: int | None) -> str:
    if row is None:
        return f"{sheet}.{line}"
    places = _sheet(view, sheet).places("asset")
    label = places[row]
    is_plain = places.count(label) == 1 and not set(label) & set("[],")
    return f"{sheet}.{line}[{label if is_plain else row + 1}]"


def _sheet(view: View, name: str) -> SheetRecord:
    return next(sheet for sheet in view.appraisal.sheets if sheet.name == name)


def _part(view: View, part: Explanation) -> Pair:
    key = part.key
    label = view.say(f"input.{key}") if _is_input(view, key) else line_label(view, key)
    places = part.path.partition("[")[2].rstrip("]")
    shown = figure(view, part.value, part.unit, key)
    text = f"{shown} · {_place(view, places)}" if places else shown
    if part.origin is not None:
        text += " · " + _origin(view, part.origin)
    return Pair(label, text)


def _place(view: View, place: str) -> str:
    """A place along the rows: a kind of right by its name, others as they are."""
    return view.wording.kind(place) if view.wording.words.has(f"right.kind.{place}") else place


def _origin(view: View, origin: Origin) -> str:
    wording = view.wording
    if isinstance(origin, ParameterOrigin):
        return f"{wording.parameter(origin.path)} ({wording.source_tags(origin.source)})"
    text = detail(origin, wording.words, wording.lang)
    mark = " " + wording.mark("assumption") if isinstance(origin, AssumptionOrigin) else ""
    return text + mark


def _is_input(view: View, key: str) -> bool:
    return ":" not in key and view.wording.words.has(f"input.{key}")


def _weights(view: View, what: str) -> dict[str, float]:
    """The weights of a group's methods."""
    return {part.method: part.weight for part in view.parts if part.group.group == what}


def _counts(view: View, what: str, part: Explanation) -> bool:
    """Whether a part of a group's value belongs to a method that counts."""
    return _weights(view, what).get(part.key.partition(":")[2], 0.0) > 0


def _weighted(view: View, what: str) -> str:
    """The conclusion of a group: its counting methods by their weights."""
    return " + ".join(
        view.say("value.weighted", method=f"method.{method}")
        for method, weight in _weights(view, what).items()
        if weight > 0
    )


def _more(view: View, left: int) -> tuple[Pair, ...]:
    return (Pair("", view.say("value.more_parts", count=left)),) if left else ()


# The main methods, line by line.


def _method_blocks(view: View, parts: Sequence[Part]) -> list[Block]:
    sheet = parts[0].sheet
    blocks: list[Block] = [
        Heading(view.say(f"method.{sheet.name}"), level=2),
        *(
            _input_table(view, parts[start : start + GROUPS_A_TABLE])
            for start in range(0, len(parts), GROUPS_A_TABLE)
        ),
    ]
    yearly = _yearly(sheet)
    lines = [entry for entry in yearly if isinstance(entry, LineRecord)]
    letters = dict(zip([line.key for line in _listed(sheet)], ascii_lowercase, strict=False))
    blocks.append(_directory(view, sheet, letters))
    if lines:
        blocks.append(_year_table(view, parts, yearly, letters))
    return blocks


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
                    _entry_label(view, entry),
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
        head=_entry_label(view, entry),
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


def _directory(view: View, sheet: SheetRecord, letters: dict[str, str]) -> Table:
    """Each line's formula, and where it opens."""
    say = view.say
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
        note=say("value.lines_note", sheet=f"method.{sheet.name}", command=COMMAND),
    )


def _line_formula(view: View, sheet: SheetRecord, line: LineRecord) -> str:
    opened = explain(view.appraisal.sheets, f"{sheet.name}.{line.key}[1]", depth=0)
    return formula_words(view, opened.formula)
