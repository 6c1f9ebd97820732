"""Every check with its result; nothing that is not known looks as if it had passed."""

from collections import Counter

from zhirong.adapters.documents.blocks import Block, Column, Heading, Inline, Row, Span, Table
from zhirong.adapters.documents.reports.diligence_view import (
    FAIL,
    NOT_KNOWN,
    PASS,
    SEVERITIES,
    View,
)
from zhirong.application.diligence_result import FindingRecord

PASSES_MAX = 3


def checks_section(view: View) -> tuple[Block, ...]:
    """Counts by state and severity, then check by check."""
    return (Heading(view.say("checks.heading")), _counts(view), _table(view))


def _counts(view: View) -> Table:
    counted = Counter((item.state, item.severity) for item in view.result.findings)
    rows = [
        _count_row(view, FAIL, counted),
        _count_row(view, NOT_KNOWN, counted),
    ]
    passed = view.wording.number(view.result.passed, 0)
    dashes = (view.say("dash"),) * len(SEVERITIES)
    rows.append(Row(cells=(view.say("checks.passed"), *dashes, passed)))
    checked = view.result.checked
    rows.append(
        Row(
            cells=(
                view.say("checks.total"),
                *("" for _ in SEVERITIES),
                view.wording.number(checked, 0),
            ),
            style="total",
        )
    )
    return Table(
        title=view.say("checks.counts", checked=checked),
        columns=(
            Column(head=view.say("checks.result"), width="1fr"),
            *(
                Column(head=view.wording.severity(severity), align="right")
                for severity in SEVERITIES
            ),
            Column(head=view.say("checks.total"), align="right"),
        ),
        rows=tuple(rows),
    )


def _count_row(view: View, state: str, counted: Counter[tuple[str, str]]) -> Row:
    counts = [counted[state, severity] for severity in SEVERITIES]
    word = view.say("unknown") if state == NOT_KNOWN else view.wording.label(f"finding.{state}")
    return Row(cells=(word, *(str(count) for count in counts), str(sum(counts))))


def _table(view: View) -> Table:
    rows: list[Row] = []
    by_code: dict[str, list[FindingRecord]] = {}
    for item in view.result.findings:
        by_code.setdefault(item.code, []).append(item)
    for code, items in by_code.items():
        rows += _of_check(view, code, items)
    return Table(
        title=view.say("checks.title"),
        columns=(
            Column(head=view.say("checks.code")),
            Column(head=view.say("checks.check"), width="1fr"),
            Column(head=view.say("checks.result")),
            Column(head=view.say("checks.count"), align="right"),
            Column(head=view.say("checks.words"), width="1.6fr"),
        ),
        rows=tuple(rows),
        note=view.say("checks.note"),
    )


def _of_check(view: View, code: str, items: list[FindingRecord]) -> list[Row]:
    laws = dict.fromkeys(item.law for item in items)
    title = view.wording.message(items[0].title)
    head: Inline = (Span(title, bold=True), "\n" + "\n".join(view.law(law) for law in laws))
    texts: list[tuple[Inline, int, Inline]] = []
    for state in (FAIL, NOT_KNOWN, PASS):
        texts += _texts(view, state, [item for item in items if item.state == state])
    return [
        Row(
            cells=(
                code,
                head if place == 0 else "",
                word,
                str(count),
                text,
            )
        )
        for place, (word, count, text) in enumerate(texts)
    ]


def _texts(view: View, state: str, items: list[FindingRecord]) -> list[tuple[Inline, int, Inline]]:
    """The distinct words of a state: result, how often, text with whom it is about."""
    told: dict[tuple[str, str], list[str]] = {}
    for item in items:
        key = (item.severity, view.wording.message(item.message))
        told.setdefault(key, []).append(item.subject)
    if state == PASS and len(told) > PASSES_MAX:
        (_, text), _ = next(iter(told.items()))
        return [(view.say("checks.passed"), len(items), view.say("checks.similar", text=text))]
    return [
        (_word(view, state, severity), len(who), _with_subjects(view, state, text, who))
        for (severity, text), who in told.items()
    ]


def _word(view: View, state: str, severity: str) -> Inline:
    if state == PASS:
        return view.say("checks.passed")
    if state == NOT_KNOWN:
        return view.say("checks.unknown", severity=view.wording.severity(severity))
    return Span(view.say("checks.failed", severity=view.wording.severity(severity)), bold=True)


def _with_subjects(view: View, state: str, text: str, who: list[str]) -> str:
    """The text with whom it is about: all of them unless they passed."""
    rights = tuple(subject for subject in who if subject in view.patents)
    if not rights:
        return text
    if state == PASS or len(rights) == len(view.patents):
        told = view.subjects(rights)
    else:
        told = view.joined(view.wording.name(right) for right in rights)
    return view.say("checks.of", text=text, subjects=told)
