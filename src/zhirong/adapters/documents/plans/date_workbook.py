"""The workbook of one payment date: type over an input, and the date's waterfall runs again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.plans.plan_words import PlanWords
from zhirong.adapters.documents.plans.sheets import LINE, lines_of
from zhirong.adapters.documents.plans.term_formulas import (
    Place,
    Places,
    address,
    formula,
    number,
    shared,
)
from zhirong.adapters.documents.workbook.styles import Styles, styles
from zhirong.securitization.plan.records import STAGES
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.one_date import CASH_KINDS, PaymentDate, Typed
from zhirong.securitization.waterfall.terms import Kind, Op, Term

Style = Literal["title", "note", "head", "left", "text", "total"]
_AFTER = (
    "interest_paid",
    "interest_short",
    "principal_paid",
    "residual_paid",
    "loss",
    "balance",
    "fee_paid",
    "fee_unpaid",
    "support_paid",
    "support_owed",
    "cash",
)
_STEP = ("due", "available", "own", "support", "paid", "short")
_WIDTHS = (30, 30, 16, 15, 15, 15, 15, 15, 15, 15)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in a cell."""

    text: str
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class Change:
    """What a cell's term comes to less what the report says."""

    term: Term


@dataclass(frozen=True, slots=True)
class StageWord:
    """The name of the waterfall in force."""

    stage: Cell


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as the report has it."""

    value: Cell


Content = Words | Change | StageWord | Reported | Cell


class DateBook:
    """The cells of one payment date in one language."""

    def __init__(self, found: PaymentDate, names: PlanWords) -> None:
        self.found, self.names = found, names
        self.sheet = self._say("sheet")
        self.second = self._say("workings")
        self.cells: dict[Place, Content] = {}
        self.places = Places()
        self.row = 3

    def _say(self, code: str) -> str:
        return self.names.say(f"payment_date.{code}")

    def _column(self, name: str) -> str:
        return self._say(f"column.{name}")

    def _line(self, contents: Sequence[Content], *, column: int = 0) -> None:
        """A row of cells; a term's first cell is where it stands."""
        for offset, content in enumerate(contents):
            place = Place(self.sheet, self.row, column + offset)
            self.cells[place] = content
            self.places.take(content, place)
        self.row += 1

    def _heading(self, code: str) -> None:
        self.row += 1
        self._line([Words(self._say(code), "total")])

    def _heads(self, texts: Sequence[str], left: int) -> None:
        self._line([Words(text, "left" if at < left else "head") for at, text in enumerate(texts)])

    def laid_out(self) -> None:
        """Every cell of both sheets."""
        self._collections()
        self._opening()
        self._due()
        self._steps()
        self._closing()
        self._check()
        helpers = shared([*self.places.of, self.found.stage], self.places.of)
        for number_, term in enumerate(helpers, start=1):
            self.cells[Place(self.second, 2 + number_, 0)] = Words(str(number_))
            place = Place(self.second, 2 + number_, 1)
            self.cells[place] = term
            self.places.take(term, place)

    def _collections(self) -> None:
        self._heading("collections")
        self._heads([self._column("period"), "", *map(self._column, CASH_KINDS)], 2)
        rows: dict[str, list[Term]] = {}
        for each in self.found.inputs:
            if each.group == "collection":
                rows.setdefault(each.names[0], []).append(each.term)
        for day, terms in rows.items():
            self._line([Words(day), Words(""), *terms])

    def _opening(self) -> None:
        self._heading("opening")
        self._heads([self._column("item"), "", self._column("value")], 2)
        needed = _reachable(self.found)
        for each in self.found.inputs:
            is_main = each.group in ("cash", "balance", "coupon", "support_owed")
            if each.group != "collection" and (is_main or each.term in needed):
                group = "tranche_balance" if each.group == "balance" else each.group
                self._line(
                    [Words(self._named(each)), Words(self._column(group)), each.term],
                )

    def _named(self, each: Typed) -> str:
        return self.names.label(each.names[0]) if each.names else ""

    def _due(self) -> None:
        self._heading("due")
        self._heads([self._column("item"), "", self._column("value")], 2)
        for group in ("interest_due", "fee_due"):
            for key, term in self.found.before[group].items():
                self._line([Words(self.names.label(key)), Words(self._column(group)), term])
        for key, term in self.found.flags_before.items():
            self._line([Words(self.names.label(key)), Words(self._column("flag")), term])
        self._line([Words(self._column("in_force")), Words(""), StageWord(self.found.stage)])

    def _steps(self) -> None:
        self._heading("steps")
        heads = ("waterfall", "step", "account", *_STEP)
        self._heads([self._column(each) for each in heads], 3)
        for step in self.found.steps:
            stage = self.names.label(step.waterfall)
            names = [stage, self.names.step(step.waterfall, step.step)]
            amounts = [getattr(step, each) for each in _STEP]
            self._line([*map(Words, names), Words(self.names.label(step.account)), *amounts])
            if len(step.parts) > 1:
                for name, part in step.parts:
                    text = "    " + self.names.label(name)
                    self._line([Words(""), Words(text), *[Words("")] * 5, part])

    def _closing(self) -> None:
        self._heading("closing")
        heads = ("value", "reported", "change")
        self._heads([self._column("item"), "", *map(self._column, heads)], 2)
        for group in _AFTER:
            label = self._column("tranche_balance" if group == "balance" else group)
            for key, term in self.found.after[group].items():
                self._reported(self.names.label(key), label, term)
        for key, term in self.found.flags_after.items():
            self._line([Words(self.names.label(key)), Words(self._column("flag_after")), term])

    def _reported(self, name: str, label: str, term: Cell) -> None:
        if not isinstance(term, Term):
            if term:
                self._line([Words(name), Words(label), term, Reported(term)])
            return
        self._line([Words(name), Words(label), term, Reported(term.value), Change(term)])

    def _check(self) -> None:
        self._heading("check")
        held: Cell = 0
        for each in self.found.after["cash"].values():
            held = held + each
        rows = (
            ("came_in", self.found.came_in),
            ("went_out", self.found.went_out),
            ("held", held),
            ("difference", self.found.came_in - self.found.went_out - held),
        )
        for code, term in rows:
            self._line([Words(self._say(code), "total"), Words(""), term])

    def _lines(self) -> dict[tuple[str, int], int]:
        """Rows whose words need more than one line."""
        found: dict[tuple[str, int], int] = {}
        for place, content in self.cells.items():
            if not isinstance(content, Words) or content.style != "text":
                continue
            lines = lines_of(content.text, _WIDTHS[place.column])
            if lines > 1:
                found[place.sheet, place.row] = max(lines, found.get((place.sheet, place.row), 1))
        return found

    def written(self, *, dated_on: date) -> bytes:
        """The workbook; formulas have no kept values, the same date gives the same bytes."""
        self.laid_out()
        buffer = BytesIO()
        book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
        # Without a day of its own the file would bear the machine's clock.
        created = datetime(dated_on.year, dated_on.month, dated_on.day)  # noqa: DTZ001 - as xlsxwriter wants it
        title = self.names.say("payment_date.title", plan=self.names.plan.name, on=self.found.on)
        book.set_properties({"title": title, "created": created})
        book.set_calc_mode("auto")
        look = styles(book)
        pages = {}
        for name, lead in ((self.sheet, "lead"), (self.second, "workings_lead")):
            pages[name] = page = book.add_worksheet(name)
            page.hide_gridlines(2)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.write_string(0, 0, title, look.title)
            page.write_string(1, 0, self._say(lead), look.note)
            for column, width in enumerate(_WIDTHS):
                page.set_column(column, column, width)
        pages[self.sheet].freeze_panes(3, 0)
        for (sheet, row), lines in self._lines().items():
            pages[sheet].set_row(row, LINE * lines)
        for place, content in self.cells.items():
            self._write(pages[place.sheet], place, content, look)
        book.close()
        return buffer.getvalue()

    def _write(self, page: Worksheet, place: Place, content: Content, look: Styles) -> None:
        at = (place.row, place.column)
        match content:
            case Words(text, style):
                page.write_string(*at, text, _text_format(look, style))
            case Reported(value):
                page.write_number(*at, value / 100, look.number("CNY", "computed"))
            case Change(term):
                here = self.places.of[term].seen_from(place.sheet)
                text = f"=ROUND({here}-{number(term.value, Kind.FEN)},2)"
                page.write_formula(*at, text, look.number("CNY"), "")
            case StageWord(stage):
                page.write_formula(*at, self._stage_word(stage, place.sheet), look.total, "")
            case Term():
                self._write_term(page, place, content, look)
            case bool():
                page.write_boolean(*at, content, look.text)
            case _:
                page.write_number(*at, int(content) / 100, look.number("CNY"))

    def _write_term(self, page: Worksheet, place: Place, term: Term, look: Styles) -> None:
        at = (place.row, place.column)
        # A cell that takes an input from elsewhere is nothing to type over.
        is_input = term.op is Op.INPUT and self.places.of[term] == place
        form = _number_format(look, term, "fact" if is_input else "")
        if self.places.of[term] != place:
            page.write_formula(*at, address(term, self.places.of, place.sheet), form, "")
        elif not is_input:
            page.write_formula(*at, self._own(term, place), form, "")
        elif term.kind is Kind.TRUTH:
            page.write_boolean(*at, term.value, form)
        else:
            page.write_number(*at, float(term.value) / (100 if term.kind is Kind.FEN else 1), form)

    def _own(self, term: Term, place: Place) -> str:
        """The formula of the cell that holds the term."""
        return formula(term, self.places.of, place.sheet)

    def _stage_word(self, stage: Cell, sheet: str) -> str:
        texts = [self.names.label(each.value) for each in STAGES]
        if not isinstance(stage, Term):
            return f'="{texts[int(stage)]}"'
        here = formula(stage, self.places.of, sheet).removeprefix("=")
        if stage in self.places.of:
            here = self.places.of[stage].seen_from(sheet)
        return f'=CHOOSE(1+{here},"{texts[0]}","{texts[1]}","{texts[2]}")'


def _text_format(look: Styles, style: Style) -> Format:
    formats: dict[Style, Format] = {
        "title": look.title,
        "note": look.note,
        "head": look.head,
        "left": look.head_left,
        "text": look.text,
        "total": look.total,
    }
    return formats[style]


def _number_format(look: Styles, term: Term, kind: str) -> Format:
    unit = {Kind.FEN: "CNY", Kind.COUNT: "count", Kind.RATE: "share", Kind.TRUTH: "count"}
    return look.number(unit[term.kind], kind)


def _reachable(found: PaymentDate) -> frozenset[Term]:
    """The inputs that some figure of the date rests on."""
    stack = [each for each in _figures(found) if isinstance(each, Term)]
    seen: set[Term] = set()
    while stack:
        term = stack.pop()
        if term not in seen:
            seen.add(term)
            stack.extend(each for each in term.arguments if isinstance(each, Term))
    return frozenset(each for each in seen if each.op is Op.INPUT)


def _figures(found: PaymentDate) -> Iterator[Cell]:
    for step in found.steps:
        yield from (getattr(step, each) for each in _STEP)
        yield from (part for _, part in step.parts)
    for group in (*found.before.values(), *found.after.values()):
        yield from group.values()
    yield from (*found.flags_before.values(), *found.flags_after.values(), found.stage)


def date_workbook(found: PaymentDate, names: PlanWords, *, dated_on: date) -> bytes:
    """The workbook of one payment date."""
    return DateBook(found, names).written(dated_on=dated_on)
