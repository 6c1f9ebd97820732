"""Where everything comes from, versions, limits and the disclaimer."""

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Column,
    Disclaimer,
    Heading,
    Pair,
    Pairs,
    Prose,
    Row,
    Table,
)
from zhirong.adapters.documents.reports.diligence_view import View
from zhirong.adapters.documents.reports.file_days import day_of
from zhirong.application.case.case_file import SourceFile

HASH_SHOWN = 16


def sources_section(view: View) -> tuple[Block, ...]:
    """Files with hashes and dates, register entries, answers, versions."""
    case = view.appraisal.case
    given = [answer for answer in case.answers if (answer.value or "").strip()]
    papers = sum(bool(answer.document) for answer in given)
    return (
        Heading(view.say("sources.heading")),
        _files(view),
        Bullets(
            (
                _read(view),
                view.say("sources.answers", count=len(given), papers=papers),
            )
        ),
        _versions(view),
    )


def _files(view: View) -> Block:
    files = view.appraisal.case.files
    if not files:
        return Prose(view.say("sources.none"))
    rows = tuple(
        Row(
            cells=(
                item.file,
                view.known(_day(view, item)),
                f"{item.size_bytes:,}",
                item.sha256,
            )
        )
        for item in files
    )
    return Table(
        title=view.say("sources.title", count=len(files)),
        columns=(
            Column(head=view.say("sources.file"), width="1fr"),
            Column(head=view.say("sources.as_of")),
            Column(head=view.say("sources.size"), unit=view.say("sources.bytes"), align="right"),
            Column(head=view.say("sources.hash"), align="hash"),
        ),
        rows=rows,
        note=view.say("sources.days_note"),
    )


def _day(view: View, item: SourceFile) -> str | None:
    day = day_of(view.appraisal.case, item)
    return view.wording.day(day) if day else None


def _read(view: View) -> str:
    days = sorted(item.read_on for item in view.result.rights if item.read_on is not None)
    if not days:
        return view.say("sources.unread")
    first, last = days[0], days[-1]
    unread = len(view.result.rights) - len(days)
    code = "read" if unread else "all_read" if first < last else "all_read_one_day"
    return view.say(f"sources.{code}", read=len(days), unread=unread, first=first, last=last)


def _versions(view: View) -> Pairs:
    head, wording = view.appraisal.head, view.wording
    items = (
        ("report", view.say("version.report_value", number=head.number, version=head.version)),
        ("code", head.verification_code),
        ("engine", head.engine_version),
        ("parameters", head.parameters_hash[:HASH_SHOWN]),
        ("valid_until", wording.prose_day(head.valid_until)),
        ("reviewer", view.say("version.reviewer_none")),
    )
    return Pairs(
        title=view.say("sources.versions"),
        items=tuple(Pair(view.say(f"version.{key}"), value) for key, value in items),
    )


def limits_section(view: View) -> tuple[Block, ...]:
    """What the report does not say, what nobody verified, what it is not."""
    head = view.appraisal.head
    limits = [
        view.say("limits.files"),
        view.say("limits.dates", valuation=head.valuation_date, report=head.report_date),
        view.say("limits.extract"),
        view.say("limits.scope"),
        view.say("limits.policy"),
    ]
    if view.unverified_laws:
        laws = view.say("separator").join(view.unverified_laws)
        limits.append(view.say("limits.laws", laws=laws))
    engine, parameters = head.engine_version, head.parameters_hash[:HASH_SHOWN]
    return (
        Heading(view.say("limits.heading")),
        Bullets(tuple(limits)),
        Disclaimer(
            title=view.say("disclaimer.title"),
            paragraphs=(
                view.say("disclaimer.kind"),
                view.say("disclaimer.data", engine=engine, parameters=parameters),
                view.say("disclaimer.decision"),
            ),
        ),
    )
