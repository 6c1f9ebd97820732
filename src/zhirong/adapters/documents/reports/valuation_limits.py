"""Special matters, sources, versions, what is unverified, notices, and the disclaimer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

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
from zhirong.adapters.documents.reports.file_days import day_of
from zhirong.adapters.documents.reports.wording import NOTHING, Wording
from zhirong.application.diligence_result import FindingRecord
from zhirong.application.result import Appraisal, ParameterRecord
from zhirong.rights.records import PatentKind

# Checks whose results a reader of a value must know: burdens, disputes, licenses, title.
MATTERS = ("A5", "A6", "A7", "A8", "A9", "P6", "A3", "P3", "A13")
MESSAGES_SHOWN = 2
SURVIVAL = ("owners_decisions", "conditional", "unmapped_rights_only")


def matter_blocks(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    """The section of special matters: pledge, preservation, disputes, licenses, title."""
    by_check: dict[str, list[FindingRecord]] = {}
    for item in appraisal.diligence.findings:
        by_check.setdefault(item.code, []).append(item)
    rows = tuple(_matter(by_check[code], wording) for code in MATTERS if code in by_check)
    say = wording.say
    return (
        Heading(say("value.section.matters")),
        *(
            (
                Table(
                    title=say("value.matters_table"),
                    columns=(
                        Column(head=say("value.matter"), width="0.8fr"),
                        Column(head=say("value.finding")),
                        Column(head=say("value.right_count"), align="right"),
                        Column(head=say("value.explanation"), width="1.7fr"),
                    ),
                    rows=rows,
                    note=say("value.matters_intro"),
                ),
            )
            if rows
            else (Prose(say("value.matters_intro")),)
        ),
    )


def _matter(items: Sequence[FindingRecord], wording: Wording) -> Row:
    failed = [item for item in items if item.state == "fail"]
    silent = [item for item in items if item.state == "not_known"]
    telling = failed or silent or items
    state = "failed" if failed else "silent" if silent else "clear"
    texts = list(dict.fromkeys(wording.message(item.message) for item in telling))
    numbers = [wording.name(item.subject) for item in failed if item.subject]
    named = (
        wording.say("value.concerned", numbers=tuple(numbers[:MESSAGES_SHOWN])) if numbers else ""
    )
    mark = wording.mark("unverified") if state == "silent" else ""
    return Row(
        cells=(
            wording.message(items[0].title),
            wording.say(f"value.matter.{state}") + mark,
            str(len(telling)) if any(item.subject for item in telling) else NOTHING,
            wording.sentences(*texts[:MESSAGES_SHOWN], named),
        )
    )


# Sources and versions.


def source_blocks(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    """The section of sources: files with hashes and dates, versions of what computed."""
    say = wording.say
    files = Table(
        title=say("value.files"),
        columns=(
            Column(head=say("value.file"), width="1fr"),
            Column(head=say("value.as_of")),
            Column(head=say("value.bytes"), align="right"),
            Column(head="SHA-256", align="hash"),
        ),
        rows=tuple(
            Row(
                cells=(
                    item.file,
                    wording.day(day_of(appraisal.case, item)),
                    f"{item.size_bytes:,}",
                    item.sha256,
                )
            )
            for item in appraisal.case.files
        ),
        note=say("value.files_note"),
    )
    return (
        Heading(say("value.section.sources")),
        *((files,) if files.rows else (Prose(say("value.no_files")),)),
        _versions(appraisal, wording),
    )


def _versions(appraisal: Appraisal, wording: Wording) -> Pairs:
    say, head, options = wording.say, appraisal.head, appraisal.options
    ids = dict.fromkeys(item.tree for item in appraisal.scores)
    trees = tuple(wording.label(f"value.tree.{tree}", tree) for tree in ids)
    dated = {item.path: item for item in appraisal.parameters}
    weights = dated.get("scoring.scene_weights")
    return Pairs(
        title=say("value.versions"),
        items=(
            Pair(say("value.engine"), head.engine_version),
            Pair(
                say("value.simulation"),
                say("value.simulation_of", draws=options.draws, seed=str(options.seed)),
            ),
            Pair(say("value.trees"), say("value.listed", numbers=trees) if trees else NOTHING),
            Pair(
                say("value.weights"),
                wording.day(weights.origin.valid_from) if weights else NOTHING,
            ),
            Pair(say("value.models"), _models(appraisal, wording)),
            Pair(say("value.parameters_hash"), _broken(head.parameters_hash)),
        ),
        columns=1,
    )


def _broken(text: str) -> str:
    """A hash on two lines: on one, its own digits would decide whether it fits."""
    groups = [text[start : start + 16] for start in range(0, len(text), 16)]
    return "\n".join(" ".join(groups[start : start + 2]) for start in range(0, len(groups), 2))


def _models(appraisal: Appraisal, wording: Wording) -> str:
    return wording.say("value.model_survival" if _uses_survival(appraisal) else "value.model_none")


def _uses_survival(appraisal: Appraisal) -> bool:
    valuation = appraisal.valuation
    return valuation is not None and any(right.survival for right in valuation.rights)


# Limits.


def limit_blocks(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    """The last section: limits, notices, the disclaimer."""
    say = wording.say
    notices = dict.fromkeys(
        item.notice_zh if wording.lang == "zh" else item.notice_en for item in appraisal.scores
    )
    survival = SURVIVAL if _uses_survival(appraisal) else ()
    items = (
        say("value.limit.premise"),
        say("value.limit.interval"),
        say("value.limit.once"),
        say("value.limit.facts", not_known=appraisal.diligence.not_known),
        say("value.limit.validity", until=appraisal.head.valid_until),
        *(text for text in notices if text),
        *(say(f"survival.note.{name}") for name in survival),
    )
    return (
        Heading(say("value.section.limits")),
        Bullets(items),
        Disclaimer(
            title=say("value.disclaimer_title"),
            paragraphs=tuple(say(f"value.disclaimer.{part}") for part in DISCLAIMER),
        ),
    )


DISCLAIMER = ("law", "use", "machine")


def unverified_blocks(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    """The published values that nobody confirmed in the original, with the tag of their source."""
    latest: dict[str, ParameterRecord] = {}
    for item in appraisal.parameters:
        if item.is_unverified:
            latest[item.path] = item
    if not latest:
        return ()
    say = wording.say
    return (
        Heading(say("value.section.unverified")),
        Table(
            title=say("value.unverified_table", count=len(latest)),
            columns=(
                Column(head=say("value.parameter"), width="2.4fr"),
                Column(head=say("value.in_use"), align="right", width="1fr"),
                Column(head=say("value.valid_from")),
                Column(head=say("value.reviewed_on")),
                Column(head=say("value.tags"), width="1.3fr"),
            ),
            rows=tuple(_parameter_row(item, wording) for item in latest.values()),
            note=say("value.unverified_intro", count=len(latest)) + say("value.tags_note"),
        ),
    )


def _parameter_row(item: ParameterRecord, wording: Wording) -> Row:
    return Row(
        cells=(
            wording.parameter(item.path),
            _value(item, wording),
            wording.day(item.origin.valid_from),
            wording.day(item.reviewed_on),
            wording.source_tags(item.origin.source),
        )
    )


def _value(item: ParameterRecord, wording: Wording) -> str:
    if isinstance(item.value, Mapping | list):
        return wording.say("value.is_table")
    text = str(item.value)
    try:
        number = float(Decimal(text))
    except ArithmeticError:
        return wording.label(f"value.choice.{text}", text)
    if item.unit == "share":
        return wording.rate(number)
    return wording.quantity(number, item.unit)


# What was asked.


def overview_blocks(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    """The fields that a report on value must state, before the result."""
    say, case = wording.say, appraisal.case
    kinds = _kinds(appraisal, wording)
    return (
        Pairs(
            title=say("value.overview"),
            items=(
                Pair(say("value.owner"), case.firm.name),
                Pair(say("value.credit_code"), case.firm.credit_code or NOTHING),
                Pair(say("value.client"), say("value.client_unknown") + wording.mark("unverified")),
                Pair(say("value.users"), say("value.users_are")),
                Pair(say("value.purpose"), say(f"purpose.{appraisal.options.purpose}")),
                Pair(say("value.object"), kinds),
                Pair(say("value.value_type"), say("value.value_type_is")),
                Pair(
                    say("value.reviewer"), say("value.reviewer_none") + wording.mark("unverified")
                ),
                Pair(say("value.ground"), say("value.ground_is")),
                Pair(say("value.scope_of_list"), say("value.scope_of_list_is")),
            ),
            columns=1,
        ),
    )


def _kinds(appraisal: Appraisal, wording: Wording) -> str:
    counts = Counter(patent.kind for patent in appraisal.case.patents)
    parts = tuple(
        wording.say("value.kind_count", kind=wording.kind(kind), count=count)
        for kind in PatentKind
        if (count := counts[kind])
    )
    if not parts:
        return wording.say("value.object_none")
    return wording.say("value.object_is", count=len(appraisal.case.patents), kinds=parts)
