"""Changes, extensions and corrected facts of a filing, as its page and programs read them."""

from dataclasses import dataclass
from datetime import date

from zhirong.filing.findings import LintFinding
from zhirong.filing.forms import ChangeForm, ExtendForm
from zhirong.platform.filing.filing_lines import PaperLine, paper_lines
from zhirong.platform.filing.later import OPEN, check_amendment, form_of_amendment
from zhirong.platform.filing.models import Amendment, Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One thing that changes: `filing.subject.<subject>` are its words; before and after."""

    subject: str
    before: str
    after: str

    @property
    def is_amount(self) -> bool:
        """Whether before and after are whole fen."""
        return self.subject == "amount"

    @property
    def codes_before(self) -> tuple[str, ...]:
        """What it was, of a scope: the last parts of the codes of its words."""
        return tuple(self.before.split())

    @property
    def codes_after(self) -> tuple[str, ...]:
        """What it shall be, likewise."""
        return tuple(self.after.split())

    @property
    def before_fen(self) -> int | None:
        """What it was, of an amount."""
        return int(self.before) if self.before.isdecimal() else None

    @property
    def after_fen(self) -> int | None:
        """What it shall be, of an amount."""
        return int(self.after) if self.after.isdecimal() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentLine:
    """A change or an extension.

    Attributes:
        act: Its own name within the filing: change-1.
        state: prepared, filed, done, refused or dropped.
        due_on: Last day to file it.
        period_to: Of an extension: the new last day.
    """

    act: str
    kind: str
    state: str
    event_on: date
    due_on: date | None
    ended_on: date | None
    changes: tuple[ChangeLine, ...]
    period_to: date | None
    papers: tuple[PaperLine, ...]

    @property
    def kind_code(self) -> str:
        """Code of the words of its kind."""
        return f"act.{self.kind}"

    @property
    def is_open(self) -> bool:
        """Whether it is under way."""
        return self.state in {state.value for state in OPEN}

    @property
    def is_signed(self) -> bool:
        """Whether every paper has all its signatures."""
        return bool(self.papers) and all(paper.is_ready for paper in self.papers)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedLine:
    """A fact that was corrected; `correct.part.<field>` are its words."""

    subject: str
    field: str
    before: str
    after: str
    source: str
    source_id: int
    made_by: str
    made_on: date


def amendment_lines(filing: Filing) -> tuple[AmendmentLine, ...]:
    """The changes and extensions of a filing, the newest first."""
    return tuple(_line(filing, row) for row in reversed(filing.amendments.all()))


def _line(filing: Filing, row: Amendment) -> AmendmentLine:
    form = form_of_amendment(row)
    items = form.changes if isinstance(form, ChangeForm) else ()
    return AmendmentLine(
        act=row.act,
        kind=row.kind,
        state=row.state,
        event_on=row.event_on,
        due_on=row.due_on,
        ended_on=row.ended_on,
        changes=tuple(
            ChangeLine(subject=item.subject.value, before=item.before, after=item.after)
            for item in items
        ),
        period_to=form.new_period_to if isinstance(form, ExtendForm) else None,
        papers=paper_lines(filing, row.act),
    )


def findings_of_amendment(filing: Filing) -> tuple[LintFinding, ...]:
    """What stands against the change or extension that is under way, the gravest first."""
    row = filing.amendments.filter(state__in=OPEN).first()
    return check_amendment(filing, row) if row is not None else ()


def corrected_lines(filing: Filing) -> tuple[CorrectedLine, ...]:
    """The facts that were corrected, in order, each with what shows it."""
    return tuple(
        CorrectedLine(
            subject=row.subject,
            field=row.field,
            before=row.before,
            after=row.after,
            source=row.source.name,
            source_id=row.source_id,
            made_by=row.made_by.name,
            made_on=row.made_on,
        )
        for row in filing.corrected.select_related("source", "made_by")
    )
