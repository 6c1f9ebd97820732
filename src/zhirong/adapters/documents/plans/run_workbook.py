"""`run.xlsx`: one run by date: every obligor, account, tranche, fee and step, with charts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.plans.plan_words import PlanWords
from zhirong.adapters.documents.plans.sheets import HEAD, Cell, Kind, SheetTable, write_table
from zhirong.adapters.documents.workbook.styles import FONT, RULE, styles
from zhirong.application.plans.cover import Cover
from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.scenario_run import ScenarioRun
from zhirong.core.messages import Catalog, Fact, Language, Message
from zhirong.securitization.plan.records import STAGES

_CASH = ("interest", "principal", "prepaid", "recovered")
_EVENTS = ("defaulted", "lost", "balance")
_TRANCHE = ("interest_paid", "interest_short", "principal_paid", "residual_paid", "balance", "loss")


def _fen(*names: str) -> tuple[tuple[str, Kind], ...]:
    return tuple((name, "fen") for name in names)


_HEADS: Mapping[str, Sequence[tuple[str, Kind]]] = {
    "tranches": (("on", "day"), ("tranche", "text"), ("rate", "share"), *_fen(*_TRANCHE)),
    "pool": (("collected_on", "day"), *_fen(*_CASH, *_EVENTS)),
    "obligors": (
        ("obligor", "text"),
        ("name", "text"),
        ("collected_on", "day"),
        *_fen(*_CASH, *_EVENTS),
    ),
    "accounts": (
        ("on", "day"),
        ("account", "text"),
        ("what", "text"),
        *_fen("amount", "balance"),
    ),
    "fees": (("on", "day"), ("what", "text"), *_fen("paid", "repaid", "due_after")),
    "steps": (
        ("on", "day"),
        ("waterfall", "text"),
        ("step", "text"),
        ("account", "text"),
        *_fen("due", "available", "paid", "support", "short"),
        ("parts", "text"),
    ),
    "cover": (
        ("on", "text"),
        ("stage", "text"),
        ("interest_cover", "times"),
        ("principal_cover", "times"),
        ("service_cover", "times"),
    ),
}
_SERIES = ("#1D4E89", "#12806A", "#B7791F", "#7B8794")


class RunBook:
    """The tables of one run in one language."""

    def __init__(
        self, inputs: PlanInputs, found: ScenarioRun, cover: Sequence[Cover], *, lang: Language
    ) -> None:
        self.inputs, self.found, self.cover, self.lang = inputs, found, cover, lang

    def written(self, words: Catalog) -> bytes:
        """The workbook; the same run gives the same bytes."""
        self.words = words
        self.plan_words = PlanWords(plan=self.inputs.plan, words=words, lang=self.lang)
        buffer = BytesIO()
        book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
        closing = self.inputs.plan.dates.closing
        # Without a day of its own the file would bear the machine's clock.
        created = datetime(closing.year, closing.month, closing.day)  # noqa: DTZ001 - as xlsxwriter wants it
        book.set_properties({"title": self.inputs.plan.name, "created": created})
        look = styles(book)
        day = book.add_format(
            {"font_name": FONT, "font_size": 9, "num_format": "yyyy-mm-dd", "align": "left"}
        )
        sheets = {
            key: write_table(book, look, table, day=day) for key, table in self._tables().items()
        }
        self._charts(book, sheets)
        book.close()
        return buffer.getvalue()

    def _say(self, code: str, **facts: Fact) -> str:
        return self.words.text(Message(f"plan_run.{code}", facts), self.lang)

    def _table(
        self, key: str, heads: Sequence[tuple[str, Kind]], rows: Sequence[Sequence[Cell]]
    ) -> SheetTable:
        return SheetTable(
            name=self._say(f"sheet.{key}"),
            title=f"{self._say(f'sheet.{key}')}: {self.found.scenario.label}",
            note=self.inputs.plan.name,
            heads=tuple((self._say(f"column.{name}"), kind) for name, kind in heads),
            rows=rows,
        )

    def _tables(self) -> Mapping[str, SheetTable]:
        movements = [*self._fees(), *self._supports()]
        rows: Mapping[str, Sequence[Sequence[Cell]]] = {
            "tranches": list(self._tranches()),
            "pool": list(self._pool()),
            "obligors": list(self._obligors()),
            "accounts": list(self._movements()),
            "fees": movements,
            "steps": list(self._steps()),
            "cover": list(self._covers()),
        }
        return {key: self._table(key, _HEADS[key], rows[key]) for key in _HEADS}

    def _tranches(self) -> Iterator[Sequence[Cell]]:
        for tranche in self.inputs.plan.tranches:
            run = self.found.run.tranches[tranche.key]
            for number, on in enumerate(self.found.run.on):
                amounts = (int(getattr(run, name)[number]) for name in _TRANCHE)
                yield (on, self._label(tranche.key), float(run.rate[number]), *amounts)

    def _pool(self) -> Iterator[Sequence[Cell]]:
        yield from self._by_period(self.found.collections, self.found.collections.on)

    def _by_period(self, record: Any, on: Sequence[date]) -> Iterator[Sequence[Cell]]:  # noqa: ANN401 - collections of the pool or of one obligor
        for number, day in enumerate(on):
            yield (day, *(int(getattr(record, name)[number]) for name in (*_CASH, *_EVENTS)))

    def _obligors(self) -> Iterator[Sequence[Cell]]:
        names = {each.obligor_id: each.name for each in self.inputs.pool.obligors}
        for each in self.found.obligors:
            for row in self._by_period(each, self.found.collections.on):
                yield (each.obligor_id, names[each.obligor_id], *row)

    def _movements(self) -> Iterator[Sequence[Cell]]:
        for each in self.found.run.entries:
            what = self._what(each.what)
            yield (each.on, self._label(each.account), what, int(each.amount), int(each.balance))

    def _what(self, what: str) -> str:
        """What moved cash: a kind of collection, or a step by its key."""
        head = what.split(".", 1)[0]
        stages = [stage.value for stage in STAGES] if head.isdigit() else []
        steps = (self.plan_words.step(stage, what) for stage in stages)
        return next((step for step in steps if step != self._label(what)), self._label(what))

    def _fees(self) -> Iterator[Sequence[Cell]]:
        for key, fee in self.found.run.fees.items():
            for number, on in enumerate(self.found.run.on):
                yield (on, self._label(key), int(fee.paid[number]), 0, int(fee.due_after[number]))

    def _supports(self) -> Iterator[Sequence[Cell]]:
        for key, each in self.found.run.supports.items():
            for number, on in enumerate(self.found.run.on):
                amounts = (int(row[number]) for row in (each.paid, each.repaid, each.owed_after))
                yield (on, self._label(key), *amounts)

    def _steps(self) -> Iterator[Sequence[Cell]]:
        for row in self.found.run.rows:
            paid = [(self._label(name), fen / 100) for name, fen in row.parts if fen]
            parts = "; ".join(f"{name} {amount:,.2f}" for name, amount in paid)
            step = self.plan_words.step(row.waterfall, row.step)
            amounts = (row.due, row.available, row.paid, row.support, row.short)
            stage = self.words.label(f"plan.word.{row.waterfall}", self.lang)
            yield (row.on, stage, step, self._label(row.account), *map(int, amounts), parts)

    def _covers(self) -> Iterator[Sequence[Cell]]:
        stages = [STAGES[int(each)].value for each in self.found.run.stage]
        for each, stage in zip(self.cover, (*stages, ""), strict=True):
            text = self.words.label(f"plan.word.{stage}", self.lang) if stage else ""
            on = self._say("whole_life") if each.on is None else str(each.on)
            yield (on, text, each.interest, each.principal, each.service)

    def _label(self, key: str) -> str:
        """What people call a key of the plan, or a word of the market."""
        return self.plan_words.label(key)

    def _charts(self, book: Workbook, sheets: Mapping[str, Worksheet]) -> None:
        """Balances of the tranches by date; cash of the pool by kind."""
        count, tranches = len(self.found.run.on), self.inputs.plan.tranches
        blocks = [
            (self._label(each.key), HEAD + 1 + place * count) for place, each in enumerate(tranches)
        ]
        name = self._say("sheet.tranches")
        balance = 3 + _TRANCHE.index("balance")
        chart = book.add_chart({"type": "column", "subtype": "stacked"})
        for number, (label, first) in enumerate(blocks):
            last = first + count - 1
            chart.add_series(
                {
                    "name": label,
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, balance, last, balance],
                    "fill": {"color": _SERIES[number % len(_SERIES)]},
                }
            )
        self._place(chart, "chart.balances", sheets["tranches"], below=count * len(tranches))
        cash = book.add_chart({"type": "column", "subtype": "stacked"})
        name = self._say("sheet.pool")
        last = HEAD + len(self.found.collections.on)
        for number, kind in enumerate(_CASH):
            column = 1 + number
            cash.add_series(
                {
                    "name": self._say(f"column.{kind}"),
                    "categories": [name, HEAD + 1, 0, last, 0],
                    "values": [name, HEAD + 1, column, last, column],
                    "fill": {"color": _SERIES[number]},
                }
            )
        self._place(cash, "chart.cash", sheets["pool"], below=len(self.found.collections.on))

    def _place(self, chart: Any, title: str, sheet: Worksheet, *, below: int) -> None:  # noqa: ANN401 - a chart of the library, which has no types
        chart.set_title({"name": self._say(title), "name_font": {"size": 11}})
        chart.set_y_axis(
            {
                "num_format": "#,##0",
                "name": "CNY",
                "major_gridlines": {"visible": 1, "line": {"color": RULE}},
            }
        )
        chart.set_x_axis({"num_format": "yyyy-mm-dd", "text_axis": True})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 620, "height": 340})
        sheet.insert_chart(HEAD + below + 3, 0, chart)


def run_workbook(
    inputs: PlanInputs,
    found: ScenarioRun,
    cover: Sequence[Cover],
    *,
    words: Catalog,
    lang: Language,
) -> bytes:
    """The workbook of one run."""
    return RunBook(inputs, found, cover, lang=lang).written(words)
