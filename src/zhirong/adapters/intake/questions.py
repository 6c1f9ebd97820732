"""The form of questions to a firm: what is missing goes out once, answers come back in the folder.

The filled form is recognized by its headings and read as answers, rows without an answer too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.workbook.styles import row_height, wrapped_lines
from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.form_styles import (
    FormStyles,
    form_styles,
    open_workbook,
    put,
    set_page,
)
from zhirong.application.case.case_file import Answer
from zhirong.application.case.options import readings
from zhirong.application.case.questions import Question
from zhirong.core.identifiers import patents
from zhirong.core.identifiers.records import IdentifierError
from zhirong.core.messages import Catalog, Language, Message
from zhirong.parameters.reader import catalog

_WORDS = "intake.questions"
_HEAD_ROW = 3
_ANSWER_FIELDS = ("value", "document", "answered_by", "answered_on")
_WIDTHS = (11, 22, 58, 20, 24, 28, 14, 14)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a form, and in which language."""

    words: Catalog
    lang: Language


def write_questions(
    path: Path,
    questions: Sequence[Question],
    lang: Language,
    *,
    answers: Sequence[Answer] = (),
    purpose: str = "pledge",
) -> None:
    """Writes the form; what has been answered already stands in it.

    Args:
        path: Where to write.
        questions: The rows of the form, in their order.
        lang: Language of the form; it reads back in either.
        answers: Answers given so far, by question and subject.
        purpose: What the appraisal is for; some questions are asked in its words.
    """
    words = catalog().read_for(*readings(purpose))
    book = open_workbook(path)
    styles = form_styles(book)
    spec = vocabulary.table_spec("answers")
    sheet = book.add_worksheet(spec.label(lang))
    set_page(sheet, columns=len(_WIDTHS), is_wide=True)
    put(sheet, 0, 0, _text("title", lang), styles.title)
    put(sheet, 1, 0, _text("lead", lang), styles.lead)
    _write_heads(sheet, styles, lang)
    given = {(answer.question, answer.subject): answer for answer in answers}
    for row, question in enumerate(questions, start=_HEAD_ROW + 1):
        _write_question(sheet, row, question, styles, Said(words, lang))
        _write_answer(sheet, row, given.get((question.code, question.subject)), styles)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.repeat_rows(_HEAD_ROW)
    book.close()


def _text(code: str, lang: Language) -> str:
    return catalog().text(Message(f"{_WORDS}.{code}"), lang)


def _write_heads(sheet: Worksheet, styles: FormStyles, lang: Language) -> None:
    spec = vocabulary.table_spec("answers")
    heads = [
        spec.field("question").labels[lang],
        spec.field("subject").labels[lang],
        _text("question", lang),
        _text("kind", lang),
        *(spec.field(name).labels[lang] for name in _ANSWER_FIELDS),
    ]
    for column, head in enumerate(heads):
        put(sheet, _HEAD_ROW, column, head, styles.head if column < 4 else styles.head_needed)
    sheet.set_row(_HEAD_ROW, 22)


def _write_question(
    sheet: Worksheet, row: int, question: Question, styles: FormStyles, said: Said
) -> None:
    words, lang = said.words, said.lang
    put(sheet, row, 0, question.code, styles.red if question.is_urgent else styles.strong)
    put(sheet, row, 1, _subject(question.subject), styles.text)
    lines = [words.text(question.message, lang)]
    if question.subjects and question.subjects != (question.subject,):
        count, shown = len(question.subjects), tuple(map(_subject, question.subjects))
        named = Message(f"{_WORDS}.subjects", {"subjects": shown, "count": count})
        lines.append(words.text(named, lang))
    if question.gap is not None:
        lines.append(words.text(question.gap, lang))
    text = "\n".join(lines)
    put(sheet, row, 2, text, styles.wrapped)
    kind = _text(f"kind.{question.kind}", lang)
    paper = _text("needs_document", lang) if question.needs_document else ""
    told = "\n".join(filter(None, (kind, paper)))
    put(sheet, row, 3, told, styles.wrapped)
    # Not every program fits rows to wrapped text when it opens a workbook.
    sheet.set_row(
        row, row_height(max(wrapped_lines(text, _WIDTHS[2]), wrapped_lines(told, _WIDTHS[3])))
    )
    _validate(sheet, row, question, lang)


def _subject(text: str) -> str:
    """A right's number with its dot; an id of a product or group as it is."""
    try:
        return patents.read(text).display
    except IdentifierError:
        return text


def _validate(sheet: Worksheet, row: int, question: Question, lang: Language) -> None:
    words = catalog()
    options = question.options or (("yes", "no") if question.kind == "yes_no" else ())
    labels = [words.label(f"answer.{option}", lang) for option in options]
    if not labels:
        return
    sheet.data_validation(
        row, 4, row, 4, {"validate": "list", "source": labels, "show_error": False}
    )


def _write_answer(sheet: Worksheet, row: int, answer: Answer | None, styles: FormStyles) -> None:
    day = answer.answered_on.isoformat() if answer and answer.answered_on else ""
    typed = (answer.value or "", answer.document, answer.answered_by, day) if answer else ("",) * 4
    for column, text in enumerate(typed, start=4):
        put(sheet, row, column, text, styles.input_text)
