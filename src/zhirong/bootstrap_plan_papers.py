"""Where plans meet their papers: reports of a payment date, term sheet, investor pack, pool."""

from collections.abc import Iterator
from pathlib import Path

from zhirong.adapters.documents.document import to_pdf
from zhirong.adapters.documents.plans.date_workbook import date_workbook
from zhirong.adapters.documents.plans.distribution_report import distribution_report
from zhirong.adapters.documents.plans.investor_pack import investor_pack
from zhirong.adapters.documents.plans.pack_workbooks import pack_workbook, pool_workbook
from zhirong.adapters.documents.plans.plan_words import PlanWords
from zhirong.adapters.documents.plans.servicer_report import servicer_report
from zhirong.adapters.documents.plans.term_sheet import term_sheet
from zhirong.application.plans.payment_report import PaymentReport
from zhirong.application.plans.structure import Structure
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog

__all__ = ["payment_papers", "structure_papers", "write_papers"]

Paper = tuple[str, bytes]
"""A file's name and its content."""
_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def payment_papers(report: PaymentReport, *, lang: Language) -> Iterator[Paper]:
    """Both reports of a payment date and the workbook that runs it again, in both languages."""
    words, plan = catalog(), report.inputs.plan
    for each, mark in _marked(lang):
        distribution = distribution_report(report, words=words, lang=each)
        yield f"distribution-report{mark}.pdf", to_pdf(distribution)
        servicer = servicer_report(report, words=words, lang=each)
        yield f"servicer-report{mark}.pdf", to_pdf(servicer)
        names = PlanWords(plan, words, each)
        book = date_workbook(report.told, names, dated_on=report.told.on)
        yield f"waterfall{mark}.xlsx", book


def structure_papers(found: Structure, *, lang: Language) -> Iterator[Paper]:
    """Term sheet, investor pack and the tables behind them, in both languages."""
    words = catalog()
    for each, mark in _marked(lang):
        yield f"term-sheet{mark}.pdf", to_pdf(term_sheet(found, words=words, lang=each))
        yield f"investor-pack{mark}.pdf", to_pdf(investor_pack(found, words=words, lang=each))
        yield f"investor-pack{mark}.xlsx", pack_workbook(found, words=words, lang=each)
        yield f"pool{mark}.xlsx", pool_workbook(found, words=words, lang=each)


def write_papers(papers: Iterator[Paper], out: Path) -> tuple[Path, ...]:
    """The files in a folder."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in papers:
        path = out / name
        path.write_bytes(content)
        written.append(path)
    return tuple(written)


def _marked(lang: Language) -> tuple[tuple[Language, str], ...]:
    """The languages, the asked one first; files of the other carry its code in their names."""
    others = tuple(each for each in _LANGUAGES if each != lang)
    return ((lang, ""), *((each, f".{each}") for each in others))
