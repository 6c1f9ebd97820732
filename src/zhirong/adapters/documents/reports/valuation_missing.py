"""The report where nothing could be valued: why, what is missing, and what to do about it."""

from zhirong.adapters.documents.blocks import Block, Bullets, Column, Heading, Prose, Row, Table
from zhirong.adapters.documents.document import FirstPage, Result
from zhirong.adapters.documents.reports.valuation_assumptions import name_of, proposal_table
from zhirong.adapters.documents.reports.valuation_first_page import framed
from zhirong.adapters.documents.reports.valuation_flags import flags
from zhirong.adapters.documents.reports.wording import NOTHING, Wording
from zhirong.application.result import Appraisal

NAMES_SHOWN = 4


def missing_first_page(appraisal: Appraisal, wording: Wording) -> FirstPage:
    """The first page of a report without value."""
    result = Result(
        label=wording.say("value.result_label"),
        headline=wording.say("value.no_value"),
        interval=wording.say("value.no_value_count", count=len(_keys(appraisal))),
        note=wording.say("value.no_value_note"),
    )
    return framed(
        appraisal,
        wording,
        result=result,
        reasons=_reasons(appraisal, wording),
        shown=flags(appraisal, (), wording),
        reasons_title="value.reasons_title_none",
    )


def missing_blocks(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    """What is missing, what rules propose, and the rights as they stand."""
    say = wording.say
    table = proposal_table(
        appraisal.proposals,
        wording,
        title=say("value.missing_table", count=len(appraisal.proposals)),
    )
    return (
        Heading(say("value.section.result")),
        Prose(say("value.no_value_prose")),
        Bullets(_reasons(appraisal, wording), ordered=True),
        *((table,) if table.rows else ()),
        Heading(say("value.section.advice")),
        Bullets(
            (
                say("value.mend.questions"),
                say("value.mend.assumptions"),
                say("value.mend.accept"),
                say("value.mend.again"),
            ),
            ordered=True,
        ),
        *((_rights(appraisal, wording),) if appraisal.case.patents else ()),
    )


def _keys(appraisal: Appraisal) -> tuple[str, ...]:
    """What is missing: assumptions by name, and what the whole file lacks."""
    return (*_lacks(appraisal), *dict.fromkeys(item.key for item in appraisal.proposals))


def _lacks(appraisal: Appraisal) -> tuple[str, ...]:
    case = appraisal.case
    held = {
        "patents": bool(case.patents),
        "products": bool(case.products),
        "sales": bool(case.sales),
        "coverage": bool(case.coverage),
    }
    return tuple(name for name, is_there in held.items() if not is_there)


def _reasons(appraisal: Appraisal, wording: Wording) -> tuple[str, ...]:
    reasons = [wording.say(f"value.lacks.{name}") for name in _lacks(appraisal)]
    names = tuple(
        name_of(key, wording) for key in dict.fromkeys(item.key for item in appraisal.proposals)
    )
    if names:
        reasons.append(
            wording.say("value.lacks_assumptions", count=len(names), names=names[:NAMES_SHOWN])
        )
    if not reasons:
        reasons.append(wording.say("value.lacks_rights"))
    return tuple(reasons)


def _rights(appraisal: Appraisal, wording: Wording) -> Table:
    say = wording.say
    scores = {item.right: item.value_degree for item in appraisal.scores}
    return Table(
        title=say("value.rights_as_are", count=len(appraisal.case.patents)),
        columns=(
            Column(head=say("value.number")),
            Column(head=say("value.name"), width="1fr"),
            Column(head=say("value.kind_head")),
            Column(head=say("value.filed_on")),
            Column(head=say("value.score"), align="decimal"),
        ),
        rows=tuple(
            Row(
                cells=(
                    wording.name(patent.app_no),
                    patent.title or NOTHING,
                    wording.kind(patent.kind),
                    wording.day(patent.filing_date),
                    wording.number(scores.get(patent.app_no)),
                )
            )
            for patent in appraisal.case.patents
        ),
    )
