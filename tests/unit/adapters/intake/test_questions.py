"""The form of questions goes out and comes back as answers."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests import intake_files as files
from zhirong.adapters.intake.questions import write_questions
from zhirong.application.case.case_file import Answer
from zhirong.application.case.questions import Question
from zhirong.core.messages import Language, Message

RIGHT = "2017106018623"
QUESTIONS = (
    Question(
        code="A3",
        subject=RIGHT,
        message=Message("intake.notice.unknown_right", {"number": RIGHT}),
        kind="yes_no",
        needs_document=True,
        is_urgent=True,
    ),
    Question(
        code="R1",
        message=Message("intake.report.title"),
        kind="date",
        subjects=("201710601862.3", "201410264351.3"),
    ),
    Question(code="E1", message=Message("intake.report.lead"), kind="document"),
)


class TestWriteQuestions:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_comes_back_filled_in(self, lang: Language, tmp_path: Path) -> None:
        path = tmp_path / "questions.xlsx"
        write_questions(path, QUESTIONS, lang)
        book = openpyxl.load_workbook(path)
        page = book.worksheets[0]
        for column, text in enumerate(("是", "同意书.pdf", "王例", date(2026, 6, 1)), start=5):
            page.cell(5, column, text)
        page.cell(6, 5, date(2026, 6, 20))
        book.save(path)

        found = files.intake(tmp_path)

        consent, extract, paper = found.case_file.answers
        assert (consent.question, consent.subject, consent.value) == ("A3", RIGHT, "是")
        assert (consent.document, consent.answered_by) == ("同意书.pdf", "王例")
        assert consent.answered_on == date(2026, 6, 1)
        assert (extract.subject, extract.value) == ("", "2026-06-20")
        assert paper.value is None
        assert found.rows_refused == 0

    def test_carries_the_answers_given_so_far(self, tmp_path: Path) -> None:
        path = tmp_path / "questions.xlsx"
        given = Answer(question="A3", subject=RIGHT, value="否", answered_on=date(2026, 6, 1))
        write_questions(path, QUESTIONS, "zh", answers=(given,))

        answers = files.intake(tmp_path).case_file.answers

        assert answers[0].value == "否"
        assert answers[0].answered_on == date(2026, 6, 1)

    def test_asks_in_the_words_of_the_purpose(self, tmp_path: Path) -> None:
        asked = (Question(code="A10", message=Message("question.A10"), kind="yes_no"),)
        said = {}
        for purpose in ("pledge", "transfer"):
            write_questions(tmp_path / "form.xlsx", asked, "zh", purpose=purpose)
            page = openpyxl.load_workbook(tmp_path / "form.xlsx").worksheets[0]
            said[purpose] = str(page.cell(5, 3).value)

        assert "同意质押的决议" in said["pledge"]
        assert "同意转让的决议" in said["transfer"]

    def test_gives_the_same_bytes_twice(self, tmp_path: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            write_questions(tmp_path / name, QUESTIONS, "zh")

        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
