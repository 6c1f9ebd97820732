"""The files of one firm's result: two reports, workbook, data, intake, questions."""

from collections.abc import Sequence
from pathlib import Path

from zhirong.adapters.documents.document import to_pdf
from zhirong.adapters.documents.reports.diligence import diligence_report
from zhirong.adapters.documents.reports.valuation import valuation_report
from zhirong.adapters.documents.reports.wording import names_of
from zhirong.adapters.documents.workbook.writer import WorkbookHead, workings_workbook
from zhirong.adapters.intake.questions import write_questions
from zhirong.adapters.intake.workbook_report import write_intake
from zhirong.adapters.snapshots.appraisal import snapshot_bytes
from zhirong.application.case.intake_report import Intake
from zhirong.application.result import Appraisal
from zhirong.core.messages import Catalog, Language, Message


def deliver(
    appraisal: Appraisal,
    intake: Intake,
    out: Path,
    *,
    languages: Sequence[Language],
    words: Catalog,
) -> tuple[Path, ...]:
    """Write all files; those of a second language carry its code in their names."""
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def write(name: str, content: bytes) -> None:
        path = out / name
        path.write_bytes(content)
        written.append(path)

    write("result.json", snapshot_bytes(appraisal))
    for place, lang in enumerate(languages):
        mark = "" if place == 0 else f".{lang}"
        diligence = diligence_report(appraisal, words=words, lang=lang)
        write(f"due-diligence{mark}.pdf", to_pdf(diligence))
        valuation = valuation_report(appraisal, words=words, lang=lang)
        write(f"valuation{mark}.pdf", to_pdf(valuation))
        write(
            f"workings{mark}.xlsx",
            workings_workbook(
                appraisal.sheets, head=_head(appraisal, words, lang), words=words, lang=lang
            ),
        )
        read, form = out / f"intake{mark}.xlsx", out / f"questions{mark}.xlsx"
        write_intake(intake, read, lang)
        write_questions(
            form,
            appraisal.questions,
            lang,
            answers=appraisal.case.answers,
            purpose=appraisal.options.purpose,
        )
        written += [read, form]
    return tuple(written)


def _head(appraisal: Appraisal, words: Catalog, lang: Language) -> WorkbookHead:
    head = appraisal.head

    def label(code: str) -> str:
        return words.label(code, lang)

    return WorkbookHead(
        title=f"{appraisal.case.firm.name} \u00b7 {label('workbook.title')}",
        lines=(
            (label("head.number"), f"{head.number} / v{head.version}"),
            (label("head.purpose"), label(f"purpose.{appraisal.options.purpose}")),
            (label("head.valuation_date"), head.valuation_date.isoformat()),
            (label("head.valid_until"), head.valid_until.isoformat()),
            (label("head.verification_code"), head.verification_code),
            (label("head.parameters_hash"), head.parameters_hash),
            (label("head.engine_version"), head.engine_version),
        ),
        notices=(
            words.text(Message("notice.pre_assessment"), lang),
            words.text(Message("notice.live_formulas"), lang),
        ),
        report_date=head.report_date,
        names=names_of(appraisal.case),
    )
