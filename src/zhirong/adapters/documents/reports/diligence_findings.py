"""Red flags and open points in full, recommended conditions, questions to the firm."""

from collections.abc import Iterable

from zhirong.adapters.documents.blocks import (
    Block,
    Column,
    FindingItem,
    Findings,
    Heading,
    Inline,
    Pair,
    Prose,
    Row,
    Span,
    Table,
)
from zhirong.adapters.documents.reports.diligence_view import Topic, View
from zhirong.application.case.questions import Question
from zhirong.application.diligence_result import EvidenceRecord

TEXTS_MAX = 6
EVIDENCE_MAX = 3


def findings_section(view: View) -> tuple[Block, ...]:
    """What failed, then what is not known, heaviest first."""
    blocks: list[Block] = [
        Heading(view.say("findings.heading")),
        Heading(view.say("findings.failed"), level=2),
    ]
    if view.red:
        blocks.append(Findings(tuple(_item(view, topic) for topic in view.red)))
    else:
        blocks.append(Prose(view.say("findings.failed.none")))
    blocks.append(Heading(view.say("findings.open"), level=2))
    if view.open:
        blocks.append(Findings(tuple(_item(view, topic) for topic in view.open)))
    else:
        blocks.append(Prose(view.say("findings.open.none")))
    return tuple(blocks)


def _item(view: View, topic: Topic) -> FindingItem:
    flag, wording = topic.flag, view.wording
    word = wording.severity(flag.severity)
    return FindingItem(
        severity=wording.severity_key(flag.severity),
        word=view.say("findings.word_unknown", severity=word) if topic.is_open else word,
        title=view.verdict(flag.title, flag.code, flag.state),
        text=_text(view, topic),
        details=_details(view, topic),
    )


def _text(view: View, topic: Topic) -> Inline:
    if len(topic.texts) == 1:
        return topic.texts[0][0]
    told = [
        view.say("subject.each", subject=view.subjects(who), text=text)
        for text, who in topic.texts[:TEXTS_MAX]
    ]
    if len(topic.texts) > TEXTS_MAX:
        told.append(view.say("findings.many"))
    return "\n".join(told)


def _details(view: View, topic: Topic) -> tuple[Pair, ...]:
    flag = topic.flag
    pairs = [
        Pair(view.say("findings.subjects"), view.subjects(flag.subjects)),
        Pair(view.say("findings.law"), view.law(flag.law)),
    ]
    pieces = [piece for item in topic.findings for piece in item.evidence]
    if pieces or not topic.is_open:
        pairs.append(Pair(view.say("findings.evidence"), evidence(view, pieces)))
    if flag.condition is not None:
        pairs.append(Pair(view.say("findings.condition"), view.wording.message(flag.condition)))
    elif topic.is_open:
        pairs += _asked(view, topic)
    return tuple(pairs)


def _asked(view: View, topic: Topic) -> list[Pair]:
    """The question whose answer settles an open point, with its place in the form."""
    flag = topic.flag
    return [
        Pair(
            view.say("findings.question"),
            view.say(
                "findings.question_value",
                question=view.wording.message(question.message),
                place=place,
            ),
        )
        for place, question in enumerate(view.questions, start=1)
        if question.code == flag.code
        and (not question.subject or question.subject in flag.subjects)
    ][:1]


def evidence(view: View, pieces: Iterable[EvidenceRecord]) -> str:
    """What something rests on: fact, reference, day and place, the first few of them."""
    told = list(dict.fromkeys(_piece(view, piece) for piece in pieces))
    if not told:
        return view.say("evidence.silent")
    shown = view.say("separator").join(told[:EVIDENCE_MAX])
    if len(told) <= EVIDENCE_MAX:
        return shown
    return view.say("evidence.more", text=shown, count=len(told))


def _piece(view: View, piece: EvidenceRecord) -> str:
    wording = view.wording
    event = wording.label(f"right.event.{piece.fact}", "")
    fact = event or wording.label(f"dd.fact.{piece.fact}", view.say("fact.other"))
    first, _, rest = piece.reference.partition(" ")
    named = " ".join(part for part in (wording.name(first), rest) if part)
    reference = wording.label(f"owner_kind.{piece.reference}", named)
    day = wording.day(piece.on) if piece.on else ""
    return " · ".join(part for part in (fact, reference, day, _place(view, piece)) if part)


def _place(view: View, piece: EvidenceRecord) -> str:
    row = view.say("evidence.row", row=piece.row) if piece.row else ""
    return " › ".join(part for part in (piece.file, piece.sheet, row) if part)


def conditions_section(view: View) -> tuple[Block, ...]:
    """What to ask for before registration or draw-down, and what to ask the firm."""
    return (
        Heading(view.say("conditions.heading")),
        *_conditions(view),
        *_questions(view),
    )


def _conditions(view: View) -> tuple[Block, ...]:
    asked = view.asked
    if not asked:
        return (Prose(view.say("conditions.none")),)
    rows = tuple(
        Row(
            cells=(
                str(place),
                view.wording.message(item.message),
                view.wording.severity(item.severity),
                view.subjects(item.subjects),
                view.joined(item.checks),
            )
        )
        for place, item in enumerate(asked, start=1)
    )
    return (
        Table(
            title=view.say("conditions.title", count=len(asked)),
            columns=(
                Column(head=view.say("column.order"), align="right"),
                Column(head=view.say("conditions.what"), width="1.7fr"),
                Column(head=view.say("column.severity")),
                Column(head=view.say("column.subjects"), width="1fr"),
                Column(head=view.say("conditions.why")),
            ),
            rows=rows,
            note=view.say("conditions.note"),
        ),
    )


def _questions(view: View) -> tuple[Block, ...]:
    asked = view.questions
    if not asked:
        return (Prose(view.say("questions.none")),)
    return (
        Table(
            title=view.say("questions.title", count=len(asked)),
            columns=(
                Column(head=view.say("column.order"), align="right"),
                Column(head=view.say("questions.what"), width="1.7fr"),
                Column(head=view.say("column.subjects"), width="1fr"),
                Column(head=view.say("questions.paper")),
                Column(head=view.say("questions.urgent")),
            ),
            rows=tuple(_question(view, place, item) for place, item in enumerate(asked, start=1)),
            note=view.say("questions.note"),
        ),
    )


def _question(view: View, place: int, item: Question) -> Row:
    text = view.wording.message(item.message)
    if item.gap is not None:
        text = f"{text} {view.wording.message(item.gap)}"
    subjects = item.subjects or ((item.subject,) if item.subject else ())
    urgent = view.say("questions.yes" if item.is_urgent else "questions.no")
    return Row(
        cells=(
            str(place),
            text,
            view.subjects(subjects),
            view.say("questions.yes" if item.needs_document else "questions.no"),
            Span(urgent, bold=True) if item.is_urgent else urgent,
        )
    )
