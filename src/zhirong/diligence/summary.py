"""The first pages: red flags, counts, conditions, registrability, expiry wall, fee calendar."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.calendar import plus_months
from zhirong.core.messages import Message
from zhirong.diligence.gating import STRICTNESS, Answer, Gate, Use
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Finding, Severity, State
from zhirong.rights import fees
from zhirong.rights.fee_position import FeeStage

_WEIGHTS = tuple(Severity)
_STATES = tuple(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Findings of one check with one wording, of one or several subjects.

    `message` is that of the first; `subjects` are rights' numbers or products' ids, empty for the
    firm.
    """

    code: str
    state: State
    severity: Severity
    message: Message
    subjects: tuple[str, ...]
    law: str
    condition: Message | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityCount:
    """How many findings have a state and a severity."""

    state: State
    severity: Severity
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A recommended condition, with the checks and subjects that ask for it, heaviest severity."""

    message: Message
    severity: Severity
    checks: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCount:
    """How many rights have an answer as to a use."""

    use: Use
    answer: Answer
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WallCell:
    """Rights of a kind whose last day in force lies in a year."""

    year: int
    kind: str
    count: int
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeEntry:
    """An annual fee that falls due, or is overdue and still payable.

    `amount` is payable, CNY: with the late fee of the valuation date when overdue.
    """

    right: str
    patent_year: int
    due_on: date
    grace_ends_on: date
    amount: Decimal
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the report shows first.

    Attributes:
        red_flags: What failed, heaviest first.
        open_points: What is not known, heaviest first.
        fees_unknown: Rights in force whose paid-up year the file does not say.
    """

    red_flags: tuple[Flag, ...]
    open_points: tuple[Flag, ...]
    counts: tuple[SeverityCount, ...]
    conditions: tuple[Condition, ...]
    answers: tuple[AnswerCount, ...]
    expiry_wall: tuple[WallCell, ...]
    fee_calendar: tuple[FeeEntry, ...]
    fees_unknown: tuple[str, ...]


def summary(grounds: Grounds, findings: Iterable[Finding], gates: Iterable[Gate]) -> Summary:
    """The first pages from the findings and gates of one review."""
    found = tuple(findings)
    return Summary(
        red_flags=flags(found, State.FAIL),
        open_points=flags(found, State.NOT_KNOWN),
        counts=counts(found),
        conditions=conditions(found),
        answers=answer_counts(gates),
        expiry_wall=expiry_wall(grounds),
        fee_calendar=fee_calendar(grounds),
        fees_unknown=tuple(
            right
            for right, status in grounds.statuses.items()
            if status.is_alive and status.fees.stage is FeeStage.NOT_KNOWN
        ),
    )


def flags(findings: Iterable[Finding], state: State) -> tuple[Flag, ...]:
    """The findings of a state, those of one wording and weight together, heaviest first.

    Within a severity those of one subject stand in the checks' order. Findings on products carry
    amounts of their own and are never joined.
    """
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for item in findings:
        if item.state is state:
            own = item.subject if item.scope == "product" else ""
            groups[item.severity, item.code, item.message.code, own].append(item)
    joined = [_flag(group) for group in groups.values()]
    return tuple(sorted(joined, key=lambda flag: _WEIGHTS.index(flag.severity)))


def _flag(group: list[Finding]) -> Flag:
    first = group[0]
    return Flag(
        code=first.code,
        state=first.state,
        severity=first.severity,
        message=first.message,
        subjects=tuple(item.subject for item in group if item.subject),
        law=first.law,
        condition=first.condition,
    )


def counts(findings: Iterable[Finding]) -> tuple[SeverityCount, ...]:
    """How many findings of each state and severity, failed first and heaviest first."""
    counted = Counter((item.state, item.severity) for item in findings)
    ordered = sorted(counted, key=lambda key: (_STATES.index(key[0]), _WEIGHTS.index(key[1])))
    return tuple(
        SeverityCount(state=state, severity=severity, count=counted[state, severity])
        for state, severity in ordered
    )


def conditions(findings: Iterable[Finding]) -> tuple[Condition, ...]:
    """Each recommended condition once, heaviest first."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for item in findings:
        if item.condition is not None and item.state is not State.PASS:
            groups[item.condition.code].append(item)
    asked = [_condition(group) for group in groups.values()]
    return tuple(sorted(asked, key=lambda item: _WEIGHTS.index(item.severity)))


def _condition(group: list[Finding]) -> Condition:
    heaviest = min(group, key=lambda item: _WEIGHTS.index(item.severity))
    assert heaviest.condition is not None, "a group holds findings with a condition only"
    return Condition(
        message=heaviest.condition,
        severity=heaviest.severity,
        checks=tuple(dict.fromkeys(item.code for item in group)),
        subjects=tuple(dict.fromkeys(item.subject for item in group if item.subject)),
    )


def answer_counts(gates: Iterable[Gate]) -> tuple[AnswerCount, ...]:
    """How many rights have each answer as to each use; every use and answer has its row."""
    counted = Counter((item.use, item.answer) for item in gates)
    return tuple(
        AnswerCount(use=use, answer=answer, count=counted[use, answer])
        for use in Use
        for answer in reversed(STRICTNESS)
    )


def expiry_wall(grounds: Grounds) -> tuple[WallCell, ...]:
    """Rights in force by the year of their last day and by kind, earliest first."""
    cells: dict[tuple[int, str], list[str]] = defaultdict(list)
    for right, status in grounds.statuses.items():
        if status.is_alive:
            cells[status.term.last_day.year, str(grounds.patents[right].kind)].append(right)
    return tuple(
        WallCell(year=year, kind=kind, count=len(rights), rights=tuple(rights))
        for (year, kind), rights in sorted(cells.items())
    )


def fee_calendar(grounds: Grounds) -> tuple[FeeEntry, ...]:
    """Annual fees overdue or due within the house's months ahead, earliest first."""
    months = int(grounds.limit("fee_horizon_months"))
    until = plus_months(grounds.dossier.valuation_date, months)
    entries = [entry for right in grounds.patents for entry in _entries(grounds, right, until)]
    return tuple(sorted(entries, key=lambda entry: (entry.due_on, entry.right)))


def _entries(grounds: Grounds, right: str, until: date) -> Iterable[FeeEntry]:
    status = grounds.statuses[right]
    standing, due = status.fees, grounds.amount_due(right)
    if not status.is_alive or standing.paid_through is None or due is None or due.total is None:
        return ()
    remaining = fees.remaining_fees(
        grounds.patents[right],
        grounds.events(right),
        paid_through_year=standing.paid_through,
        on=status.on,
        law=grounds.law,
    )
    is_in_grace, next_year = standing.stage is FeeStage.GRACE, due.fee.patent_year
    return (
        FeeEntry(
            right=right,
            patent_year=fee.patent_year,
            due_on=fee.due_on,
            grace_ends_on=fee.grace_ends_on,
            amount=due.total.amount if fee.patent_year == next_year else fee.payable.amount,
            is_overdue=is_in_grace and fee.patent_year == next_year,
        )
        for fee in remaining
        if fee.due_on < until
    )
