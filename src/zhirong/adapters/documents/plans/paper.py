"""What all papers of a plan share: their words, their figures, the frame around their content."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zhirong import __version__
from zhirong.adapters.documents.blocks import Block, Column, Disclaimer, Inline, Pair, Row, Table
from zhirong.adapters.documents.document import (
    Document,
    FirstPage,
    Flag,
    Result,
    RunningLines,
    uncovered_characters,
)
from zhirong.adapters.documents.plans.plan_words import PlanWords
from zhirong.adapters.documents.reports.wording import NOTHING, Wording, kit_words
from zhirong.core.messages import Catalog, Fact, Language, format_fact
from zhirong.securitization.plan.records import Plan

_FEN = 100


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page of a paper says, beside what every one says."""

    kind: str
    number: str
    dates: tuple[Pair, ...]
    result: Result
    reasons: tuple[Inline, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The words and figures of one plan's papers in one language."""

    names: PlanWords
    wording: Wording

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.names.plan

    @property
    def lang(self) -> Language:
        """The language."""
        return self.names.lang

    def say(self, code: str, **facts: Fact) -> str:
        """A text of the papers' words."""
        return self.names.say(f"plan_paper.{code}", **facts)

    def label(self, key: str) -> str:
        """What people call a key of the plan."""
        return self.names.label(key)

    def owed(self, fen: float | None) -> str:
        """Money owed, for a table: CNY with fen, without unit."""
        return NOTHING if fen is None else self.wording.number(fen / _FEN, 2)

    def amount(self, fen: float | None) -> str:
        """An amount for a table in the tables' unit (万元; in English thousands)."""
        return NOTHING if fen is None else self.wording.amount(fen / _FEN)

    def money(self, fen: float) -> str:
        """An amount for a sentence."""
        return self.wording.money(fen / _FEN)

    def headline(self, fen: float) -> str:
        """An amount for a headline."""
        return self.wording.headline(fen / _FEN)

    def percent(self, share: float | None) -> str:
        """A share with one decimal."""
        return self.wording.percent(share)

    def rate(self, share: float | None) -> str:
        """A rate with two decimals."""
        return self.wording.rate(share)

    def basis(self, share: float | None) -> str:
        """A share in basis points; two digits that count where it is below one."""
        if share is None:
            return NOTHING
        points = share * 10_000
        return self.wording.number(points, 1 if points >= 1 else 3 if points else 0)

    def times(self, ratio: float | None) -> str:
        """A multiple with two decimals."""
        return NOTHING if ratio is None else self.wording.number(ratio, 2)

    def day(self, on: date | None) -> str:
        """A date for a table."""
        return self.wording.day(on)

    def prose_day(self, on: date) -> str:
        """A date for a sentence."""
        return format_fact(on, "date", self.lang)

    def yes(self, holds: bool) -> str:  # noqa: FBT001 - what is said
        """Yes or no."""
        return self.say("yes" if holds else "no")

    def table(
        self,
        heads: Sequence[tuple[str, str]],
        rows: Sequence[Row],
        *,
        title: str = "",
        note: str = "",
    ) -> Table:
        """A table: heads are (word, kind), a kind being text or the unit of right-aligned figures.

        Kinds: "text", "wide" (takes the room that is left), "yuan", "amount", "bp", "plain".
        """
        return Table(
            columns=tuple(self._column(*each) for each in heads),
            rows=tuple(rows),
            title=title,
            note=note,
        )

    def _column(self, word: str, kind: str) -> Column:
        head = self.say(f"head.{word}") if word else ""
        if kind in ("text", "wide"):
            return Column(head=head, width="1fr" if kind == "wide" else "auto")
        units = {"yuan": self.say("unit.yuan"), "amount": self.wording.amount_unit, "bp": "bp"}
        return Column(head=head, unit=units.get(kind, ""), align="right")

    def headed(self, table: Table, heads: Sequence[str], *, width: str = "1fr") -> Table:
        """The table with other words above its last columns."""
        first = len(table.columns) - len(heads)
        renamed = (
            replace(each, head=head, width=width)
            for each, head in zip(table.columns[first:], heads, strict=True)
        )
        return replace(table, columns=(*table.columns[:first], *renamed))

    def document(self, code: str, front: Front, body: Sequence[Block], *, on: date) -> Document:
        """The whole paper; `on` is the day it speaks of."""
        title = self.say(f"{code}.title")
        document = Document(
            title=title,
            author=self.wording.say("reports.author"),
            language=self.lang,
            issued_on=on,
            running=RunningLines(
                number=front.number,
                firm=self.plan.name,
                valuation_date=self.day(on),
                verification_code=self.say("unsigned"),
                version=self.say("version", version=__version__),
            ),
            words=kit_words(self.wording),
            watermark=self.say("watermark"),
            first_page=FirstPage(
                kind=front.kind,
                number=front.number,
                title=title,
                subtitle=self.plan.name,
                dates=front.dates,
                result=front.result,
                reasons_title=self.say("reasons_title"),
                reasons=front.reasons,
                flags_title=self.say("flags_title"),
                flags=front.flags,
                flags_none=self.say("flags_none"),
                note=self.say(f"{code}.note"),
            ),
            body=tuple(body),
        )
        missing = uncovered_characters(document)
        if not missing:
            return document
        text = self.wording.say(
            "documents.uncovered_characters", characters=" ".join(sorted(missing))
        )
        note = Disclaimer(title=self.wording.say("value.characters"), paragraphs=(text,))
        return replace(document, body=(*document.body, note))


def paper_of(plan: Plan, *, words: Catalog, lang: Language) -> Paper:
    """The words of a plan's papers."""
    return Paper(PlanWords(plan, words, lang), Wording(words, lang))


def row(*cells: Inline) -> Row:
    """A plain row."""
    return Row(cells=cells)


def total(*cells: Inline) -> Row:
    """A row of totals."""
    return Row(cells=cells, style="total")
