"""What pages ask about appraisals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhirong.core.messages import Fact
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight
from zhirong.platform.documents.charts import ChartLine, chart_lines
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.matters.visibility import MatterRows, found, visible, visible_to
from zhirong.platform.operations.prepared import Prepared
from zhirong.platform.operations.selectors import JobLine, facts_of, job_line

QUESTIONS = "report.questions"
_RUNS = MatterRows(
    AppraisalRun,
    lambda rows: rows.select_related("job", "asked_by").prefetch_related("files__file"),
)
_RIGHTS = Prepared(
    lambda party, number, run: visible_to(AppraisedRight, party).filter(
        run_id=run, run__matter__number=number
    ),
    int,
    str,
    int,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file that a run gave; `code` are the words of its kind, `lang` its language."""

    number: int
    name: str
    code: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapLine:
    """The rights of a kind in the pledge: value and amount in fen, cap as a share."""

    kind: str
    value: int
    cap: float
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A run with its head figures, in fen; None where there is no value."""

    number: int
    job: JobLine
    state: str
    valuation_date: date
    debt_term_end: date | None
    valid_until: date | None
    report_number: str
    asked_by: str
    market_value: int | None
    low: int | None
    high: int | None
    pledge_value: int | None
    covered: int | None
    liquidation: int | None
    quantile: int | None
    rights: int
    questions: int
    flags: int
    failure: str
    failure_facts: Mapping[str, Fact]
    files: tuple[FileLine, ...]
    charts: Mapping[str, tuple[ChartLine, ...]]
    caps: tuple[CapLine, ...]

    def files_in(self, lang: str) -> tuple[FileLine, ...]:
        """The files in a language, and those that know none."""
        return tuple(file for file in self.files if file.lang in {lang, ""})

    @property
    def interval_yuan(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Market value and the ends of its interval in yuan; None without a value."""
        if self.market_value is None or self.low is None or self.high is None:
            return None
        return Decimal(self.market_value) / 100, Decimal(self.low) / 100, Decimal(self.high) / 100

    @property
    def liquidation_yuan(self) -> Decimal | None:
        """The liquidation value in yuan."""
        return None if self.liquidation is None else Decimal(self.liquidation) / 100

    @property
    def quantile_yuan(self) -> Decimal | None:
        """The prudent quantile in yuan."""
        return None if self.quantile is None else Decimal(self.quantile) / 100


def runs_of(number: str, viewer: Viewer) -> tuple[RunLine, ...]:
    """The runs of a matter, newest first."""
    return tuple(_line(row) for row in _RUNS.rows(number, viewer))


def run_of(number: str, run_id: int, viewer: Viewer) -> RunLine:
    """One run of a matter.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return _line(found(AppraisalRun, viewer, pk=run_id, matter__number=number))


def _line(row: AppraisalRun) -> RunLine:
    summary: dict[str, Any] = row.summary
    return RunLine(
        number=row.pk,
        job=job_line(row.job),
        state=row.state,
        valuation_date=row.valuation_date,
        debt_term_end=row.debt_term_end,
        valid_until=row.valid_until,
        report_number=row.report_number,
        asked_by=row.asked_by.name,
        market_value=row.market_value_fen,
        low=row.low_fen,
        high=row.high_fen,
        pledge_value=row.pledge_value_fen,
        covered=row.covered_fen,
        liquidation=summary.get("liquidation_fen"),
        quantile=summary.get("quantile_fen"),
        rights=int(summary.get("rights", 0)),
        questions=int(summary.get("questions", 0)),
        flags=int(summary.get("flags", 0)),
        failure=str(row.failure.get("code", "")),
        failure_facts=facts_of(row.failure.get("facts", {})),
        files=tuple(_file(item.file) for item in row.files.all()),
        charts=chart_lines(summary.get("charts", {})),
        caps=tuple(CapLine(**part) for part in summary.get("parts", ())),
    )


def _file(file: StoredFile) -> FileLine:
    stem, *rest = file.name.split(".")
    kind = stem.replace("-", "_")
    lang = "en" if "en" in rest else "" if kind == "result" else "zh"
    return FileLine(number=file.pk, name=file.name, code=f"report.{kind}", lang=lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class RightLine:
    """A right as a run saw it; `kind` and `state` are codes of words."""

    number: str
    title: str
    kind: str
    state: str
    score: float | None
    value: int
    is_registrable: bool
    term_end: date | None
    fee_due_on: date | None


def rights_of(number: str, run_id: int, viewer: Viewer) -> tuple[RightLine, ...]:
    """The rights that a run found, most valuable first."""
    return tuple(
        RightLine(
            number=row.number,
            title=row.title,
            kind=row.kind,
            state=row.state,
            score=row.score,
            value=row.value_fen,
            is_registrable=row.is_registrable,
            term_end=row.term_end,
            fee_due_on=row.fee_due_on,
        )
        for row in _RIGHTS.rows(viewer.organization_id, number, run_id)
    )


def rights_in_force(number: str, viewer: Viewer) -> tuple[RightLine, ...]:
    """The rights of the last run with a value; none before there is one."""
    runs = visible(AppraisalRun, viewer).filter(matter__number=number)
    run_id = runs.exclude(market_value_fen=None).values_list("pk", flat=True).first()
    return rights_of(number, run_id, viewer) if run_id is not None else ()


def next_fees(number: str, run_id: int, viewer: Viewer, *, after: date) -> tuple[RightLine, ...]:
    """The rights whose fees fall due next, soonest first."""
    due = [row for row in rights_of(number, run_id, viewer) if row.fee_due_on is not None]
    due = [row for row in due if row.fee_due_on is not None and row.fee_due_on >= after]
    return tuple(sorted(due, key=lambda row: (row.fee_due_on or after, row.number)))
