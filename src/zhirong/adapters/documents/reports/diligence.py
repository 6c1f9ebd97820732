"""The due-diligence report: red flags first, then what to do, then right by right, then sources."""

from dataclasses import replace

from zhirong.adapters.documents.blocks import Block, Bullets, Contents, Panel
from zhirong.adapters.documents.document import Document, uncovered_characters
from zhirong.adapters.documents.reports.diligence_cards import (
    cards_section,
    short_cards_section,
)
from zhirong.adapters.documents.reports.diligence_checks import checks_section
from zhirong.adapters.documents.reports.diligence_fees import fees_section
from zhirong.adapters.documents.reports.diligence_findings import (
    conditions_section,
    findings_section,
)
from zhirong.adapters.documents.reports.diligence_first_page import first_page
from zhirong.adapters.documents.reports.diligence_gates import gates_section
from zhirong.adapters.documents.reports.diligence_parties import parties_section
from zhirong.adapters.documents.reports.diligence_rights import list_section, ownership_section
from zhirong.adapters.documents.reports.diligence_sales import sales_section
from zhirong.adapters.documents.reports.diligence_sources import limits_section, sources_section
from zhirong.adapters.documents.reports.diligence_view import View
from zhirong.adapters.documents.reports.wording import kit_words, running_lines, wording_of
from zhirong.application.result import Appraisal
from zhirong.core.messages import Catalog, Language


def diligence_report(appraisal: Appraisal, *, words: Catalog, lang: Language) -> Document:
    """The report of an appraisal's due diligence; `to_pdf` makes it a file.

    Args:
        appraisal: The whole result of one firm.
        words: The catalog of all rooms.
        lang: Language of the report.
    """
    wording = wording_of(appraisal, words=words, lang=lang)
    view = View(appraisal=appraisal, wording=wording)
    firm = appraisal.case.firm.name
    report = Document(
        title=f"{view.say('title')} · {firm}",
        author=view.say("author"),
        language=lang,
        issued_on=appraisal.head.report_date,
        running=running_lines(appraisal.head, firm, wording),
        words=kit_words(wording),
        watermark=wording.label("documents.watermark"),
        first_page=first_page(view),
        body=_body(view),
    )
    missing = uncovered_characters(report)
    if not missing:
        return report
    said = view.say("limits.glyphs", characters=" ".join(sorted(missing)))
    return replace(report, body=(*report.body, Bullets((said,))))


def _body(view: View) -> tuple[Block, ...]:
    legend = Panel(
        title=view.say("legend.title"),
        paragraphs=(view.say("legend.states"), view.say("legend.severity")),
    )
    return (
        Contents(title=view.say("contents"), depth=1),
        legend,
        *findings_section(view),
        *conditions_section(view),
        *parties_section(view),
        *list_section(view),
        *cards_section(view),
        *ownership_section(view),
        *fees_section(view),
        *gates_section(view),
        *sales_section(view),
        *checks_section(view),
        *short_cards_section(view),
        *sources_section(view),
        *limits_section(view),
    )
