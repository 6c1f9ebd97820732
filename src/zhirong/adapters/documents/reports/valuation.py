"""The valuation report: result, why, what could change it, what to do, method, workings, limits."""

from dataclasses import replace

from zhirong.adapters.documents.blocks import Block, Contents, Disclaimer, PageBreak
from zhirong.adapters.documents.document import Document, uncovered_characters
from zhirong.adapters.documents.reports.valuation_advice import advice_blocks
from zhirong.adapters.documents.reports.valuation_annex import annex_blocks
from zhirong.adapters.documents.reports.valuation_assumptions import assumption_blocks
from zhirong.adapters.documents.reports.valuation_change import change_blocks
from zhirong.adapters.documents.reports.valuation_first_page import first_page
from zhirong.adapters.documents.reports.valuation_limits import (
    limit_blocks,
    matter_blocks,
    overview_blocks,
    source_blocks,
    unverified_blocks,
)
from zhirong.adapters.documents.reports.valuation_methods import method_blocks
from zhirong.adapters.documents.reports.valuation_missing import missing_blocks, missing_first_page
from zhirong.adapters.documents.reports.valuation_result import result_blocks
from zhirong.adapters.documents.reports.valuation_view import View, view_of
from zhirong.adapters.documents.reports.valuation_why import why_blocks
from zhirong.adapters.documents.reports.valuation_workings import working_blocks
from zhirong.adapters.documents.reports.wording import (
    Wording,
    kit_words,
    running_lines,
    wording_of,
)
from zhirong.application.result import Appraisal
from zhirong.core.messages import Catalog, Language


def valuation_report(appraisal: Appraisal, *, words: Catalog, lang: Language) -> Document:
    """The report on what the rights are worth.

    Args:
        appraisal: The result. Where it holds no value, the report says why and what is missing.
        words: The catalog of all rooms.
        lang: Of the report.
    """
    wording = wording_of(appraisal, words=words, lang=lang)
    valuation = appraisal.valuation
    if valuation is None:
        page_one = missing_first_page(appraisal, wording)
        main: tuple[Block, ...] = missing_blocks(appraisal, wording)
        annexes: tuple[Block, ...] = ()
    else:
        view = view_of(appraisal, valuation, wording)
        page_one = first_page(view)
        main = _main(view)
        annexes = annex_blocks(view)
    document = Document(
        title=wording.say("value.title"),
        author=wording.say("reports.author"),
        language=lang,
        issued_on=appraisal.head.report_date,
        running=running_lines(appraisal.head, appraisal.case.firm.name, wording),
        words=kit_words(wording),
        watermark=wording.label("documents.watermark"),
        first_page=page_one,
        body=(
            Contents(wording.say("value.contents"), depth=1),
            *overview_blocks(appraisal, wording),
            PageBreak(),
            *main,
            *_closing(appraisal, wording),
            *unverified_blocks(appraisal, wording),
            *annexes,
        ),
    )
    return _with_uncovered(document, wording)


def _main(view: View) -> tuple[Block, ...]:
    return (
        *result_blocks(view),
        *why_blocks(view),
        *change_blocks(view),
        *advice_blocks(view),
        *method_blocks(view),
        *assumption_blocks(view.appraisal, view.wording),
        *working_blocks(view),
    )


def _closing(appraisal: Appraisal, wording: Wording) -> tuple[Block, ...]:
    return (
        *matter_blocks(appraisal, wording),
        *source_blocks(appraisal, wording),
        *limit_blocks(appraisal, wording),
    )


def _with_uncovered(document: Document, wording: Wording) -> Document:
    """The report, with a word on characters that its fonts lack, where there are any."""
    missing = uncovered_characters(document)
    if not missing:
        return document
    text = wording.say("documents.uncovered_characters", characters=" ".join(sorted(missing)))
    note = Disclaimer(title=wording.say("value.characters"), paragraphs=(text,))
    return _extended(document, note)


def _extended(document: Document, block: Block) -> Document:
    return replace(document, body=(*document.body, block))
