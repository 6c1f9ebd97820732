import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pypdfium2
import pytest

from tests.factories import event
from tests.unit.adapters.documents.reports.sample_diligence import appraisal, flawed, many
from tests.unit.diligence import dossiers
from zhirong.adapters.documents import document
from zhirong.adapters.documents.blocks import Findings
from zhirong.adapters.documents.reports.diligence import diligence_report
from zhirong.adapters.documents.reports.diligence_view import View
from zhirong.adapters.documents.reports.wording import wording_of
from zhirong.application.case.case_file import Answer
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language, Message
from zhirong.diligence.records import Dossier
from zhirong.parameters.reader import catalog
from zhirong.rights.events import EventKind

LANGUAGES: tuple[Language, ...] = ("zh", "en")
MANY = 102
PAGES_OF_MANY = 36  # a third of a page a right, cards and all
FORMS = [(code, place) for code in dossiers.CASES for place in (1, 2)]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def told(result: Appraisal, lang: Language) -> str:
    """All words of the report, before it is set; drawings left out."""
    plain = document.plain(diligence_report(result, words=catalog(), lang=lang))
    return "\n".join(text for text in strings(plain) if not text.startswith("<svg"))


@cache
def pages(name: str, lang: Language) -> tuple[str, ...]:
    dossier = {"flawed": flawed, "empty": dossiers.empty, "many": lambda: many(MANY)}[name]()
    pdf = document.to_pdf(diligence_report(appraisal(dossier), words=catalog(), lang=lang))
    return tuple(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def silent_or_failed(result: Appraisal, lang: Language) -> list[str]:
    wording = wording_of(result, words=catalog(), lang=lang)
    open_ones = [item for item in result.diligence.findings if item.state != "pass"]
    return [wording.message(item.message) for item in open_ones]


class TestDiligenceReport:
    @pytest.mark.parametrize(("code", "place"), FORMS)
    def test_says_what_each_check_found(self, code: str, place: int) -> None:
        made: Dossier = dossiers.CASES[code][place]()
        result = appraisal(made)
        texts = {lang: told(result, lang) for lang in LANGUAGES}

        assert silent_or_failed(result, "zh")
        for lang in LANGUAGES:
            assert all(message in texts[lang] for message in silent_or_failed(result, lang))

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", ["flawed", "empty"])
    def test_prints_every_message_that_is_no_pass(self, name: str, lang: Language) -> None:
        printed = squeezed("".join(pages(name, lang)))
        result = appraisal(flawed() if name == "flawed" else dossiers.empty())

        missing = [m for m in silent_or_failed(result, lang) if squeezed(m) not in printed]

        assert not missing

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", ["flawed", "many"])
    def test_puts_number_and_verification_code_on_each_page(
        self, name: str, lang: Language
    ) -> None:
        head = appraisal(flawed() if name == "flawed" else many(MANY)).head

        for page in pages(name, lang):
            assert head.number in page
            assert head.verification_code in page

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_gives_the_same_bytes_twice(self, lang: Language) -> None:
        result = appraisal(flawed())

        first = document.to_pdf(diligence_report(result, words=catalog(), lang=lang))
        second = document.to_pdf(diligence_report(result, words=catalog(), lang=lang))

        assert first == second

    def test_leaves_no_code_on_a_chinese_page(self) -> None:
        for made in (flawed(), dossiers.empty(), many(20)):
            text = told(appraisal(made), "zh")
            codes = set(re.findall(r"[a-z]+_[a-z_]+|\bdd\.[a-z.]+", text))
            assert not codes - {"decimal"}

    @pytest.mark.parametrize("purpose", ["transfer", "license", "management"])
    def test_asks_for_no_pledge_where_none_is_planned(self, purpose: str) -> None:
        result = appraisal(dossiers.complete(purpose=purpose, debt_term_end=None))
        first = diligence_report(result, words=catalog(), lang="en").first_page

        assert "fit" in str(first.result.headline)
        assert "debt" not in " ".join(str(reason) for reason in first.reasons)

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("purpose", ["transfer", "license", "management"])
    def test_speaks_to_those_who_pledge_nothing(self, purpose: str, lang: Language) -> None:
        result = appraisal(replace(flawed(), purpose=purpose, debt_term_end=None))
        wording = wording_of(result, words=catalog(), lang=lang)
        asked = result.diligence.asked
        conditions = "\n".join(wording.message(item.message) for item in asked)
        text = told(result, lang)

        assert len(asked) > 3
        assert not re.search("放款|出质人|质物|审批|授信|draw-down|pledgor|collateral", conditions)
        assert not re.search("出质人|质物|审批委员会|授信讨论|pledgor|credit discussion", text)

    def test_names_the_act_of_its_reader(self) -> None:
        def asks(purpose: str) -> str:
            result = appraisal(replace(flawed(), purpose=purpose, debt_term_end=None))
            wording = wording_of(result, words=catalog(), lang="zh")
            return "\n".join(wording.message(item.message) for item in result.diligence.asked)

        assert "放款前缴清年费" in asks("pledge")
        assert "过户登记前由转让方缴清年费" in asks("transfer")
        assert "签约前由许可方缴清年费" in asks("license")
        assert "决定保留或放弃" in asks("management")

    def test_asks_once_for_what_has_one_wording(self) -> None:
        """To a bank an application and an ended right are both to be left out; to a buyer not."""

        def conditions(purpose: str) -> list[str]:
            pending = dossiers.with_patent(dossiers.INVENTION, grant_date=None)
            lapsed = event(EventKind.CEASED_FEE, date(2026, 2, 1), right=dossiers.MODEL)
            made = replace(pending, purpose=purpose, debt_term_end=None, events=(lapsed,))
            result = appraisal(made)
            wording = wording_of(result, words=catalog(), lang="zh")
            view = View(appraisal=result, wording=wording)
            return [wording.message(item.message) for item in view.asked]

        assert conditions("pledge").count("从质物清单中剔除。") == 1
        assert "从转让清单中剔除。" in conditions("transfer")
        assert any("按专利申请权转让" in text for text in conditions("transfer"))

    def test_marks_the_sources_of_its_reader_that_nobody_confirmed(self) -> None:
        made = replace(flawed(), purpose="transfer", debt_term_end=None)
        text = told(appraisal(made), "zh")

        assert "专利法第四十三条、第四十四条：年费与未缴终止〔待核实〕" in text
        assert "专利权质押登记办法第十一条第（四）项" not in text

    def test_says_that_there_is_no_patent(self) -> None:
        report = diligence_report(
            appraisal(dossiers.complete(patents=())), words=catalog(), lang="zh"
        )

        assert report.first_page.reasons[0] == catalog().label("dd.list.none", "zh")

    def test_names_the_characters_that_it_cannot_print(self) -> None:
        made = dossiers.with_firm(name="\U000105af Works")
        text = told(appraisal(made), "en")

        assert "no glyph for these characters; the original governs: \U000105af" in text


class TestCounts:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", ["flawed", "many"])
    def test_agree_on_the_first_page(self, name: str, lang: Language) -> None:
        result = appraisal(flawed() if name == "flawed" else many(MANY)).diligence
        first = pages(name, lang)[0]
        answers = [item.register for item in result.registrability]
        red = [flag.severity for flag in result.red_flags]

        headline = (
            f"{answers.count('yes')} 件可以登记"
            if lang == "zh"
            else (f"{answers.count('yes')} registrable")
        )
        flags = (
            f"阻断 {red.count('block')} · 重大 {red.count('high')}"
            if lang == "zh"
            else f"{red.count('block')} blocking · {red.count('high')} high"
        )
        assert squeezed(headline) in squeezed(first)
        assert squeezed(flags) in squeezed(first)
        assert f"{result.checked:,}" in first
        assert f"{result.passed:,}" in first

    def test_of_answers_sum_to_the_rights(self) -> None:
        result = appraisal(flawed())
        table = next(
            block
            for block in diligence_report(result, words=catalog(), lang="en").body
            if getattr(block, "title", "") == "Answers by use"
        )

        for row in table.rows:  # type: ignore[union-attr] - found by its title
            assert sum(int(str(cell)) for cell in row.cells[1:]) == len(result.case.patents)

    def test_of_fees_sum_to_the_total(self) -> None:
        result = appraisal(many(20))
        total = sum(fee.payable for fee in result.diligence.fees_due)

        assert total > 0
        assert f"{total:,.2f}" in told(result, "zh")


class TestNotKnown:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_never_looks_as_if_it_had_passed(self, lang: Language) -> None:
        text = told(appraisal(dossiers.empty()), lang)
        mark = catalog().label("dd.unknown", lang)
        clear = catalog().text(Message("dd.reason.open", {"count": 1}), lang)

        assert text.count(mark) > 30
        assert clear not in text
        assert catalog().label("dd.checks.passed", lang) not in _results_of("A5", lang)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_stands_on_the_first_page(self, lang: Language) -> None:
        first = diligence_report(appraisal(dossiers.empty()), words=catalog(), lang=lang).first_page

        assert {flag.word for flag in first.flags} == {
            catalog().label("dd.flags.word_unknown", lang)
        }


def _results_of(code: str, lang: Language) -> str:
    report = diligence_report(appraisal(dossiers.empty()), words=catalog(), lang=lang)
    title = catalog().label("dd.checks.title", lang)
    table: Any = next(block for block in report.body if getattr(block, "title", "") == title)
    codes = [str(row.cells[0]) for row in table.rows]
    return str(table.rows[codes.index(code)].cells[2])


class TestFirstPage:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_says_what_to_do_first(self, lang: Language) -> None:
        result = appraisal(flawed())
        asked = result.diligence.asked
        facts = {
            "conditions": len(asked),
            "block": sum(item.severity == "block" for item in asked),
            "high": sum(item.severity == "high" for item in asked),
            "questions": len(result.questions),
        }
        report = diligence_report(result, words=catalog(), lang=lang)

        assert asked
        assert report.first_page.reasons[-1] == catalog().text(
            Message("dd.reason.to_do", facts), lang
        )


class TestParties:
    def test_tells_of_a_certificate_that_ends_before_the_debt(self) -> None:
        made = dossiers.complete()
        held = made.certificates[0]
        debt = made.debt_term_end
        assert debt is not None
        short = replace(held, valid_to=debt - timedelta(days=1))
        long = replace(held, valid_to=debt)

        assert "valid, ends before the debt" in told(
            appraisal(replace(made, certificates=(short,))), "en"
        )
        assert "valid, ends before the debt" not in told(
            appraisal(replace(made, certificates=(long,))), "en"
        )


class TestSources:
    def test_dates_a_paper_by_the_answer_that_names_it(self) -> None:
        made = appraisal(dossiers.complete())
        answer = Answer(
            question="R1",
            value="2026-06-24",
            document="resolution.pdf",
            answered_on=date(2026, 6, 25),
        )
        named = replace(made, case=replace(made.case, answers=(answer,)))
        silent = replace(made, case=replace(made.case, answers=()))

        assert _days_of_files(named)[-1] == "2026-06-24"
        assert _days_of_files(silent)[-1] == catalog().label("dd.unknown", "en")

    def test_counts_no_row_that_was_left_blank(self) -> None:
        made = appraisal(dossiers.complete())
        given = Answer(question="A8", value="none", document=None, answered_on=date(2026, 6, 25))
        blank = replace(given, question="P9", value=" ")
        form = replace(made, case=replace(made.case, answers=(given, blank)))

        assert "Answers of the firm: 1, 0 of them with a paper." in told(form, "en")


def _days_of_files(result: Appraisal) -> list[str]:
    report = diligence_report(result, words=catalog(), lang="en")
    table: Any = next(b for b in report.body if getattr(b, "title", "").startswith("Files read"))
    return [str(row.cells[1]) for row in table.rows]


class TestOpenPoints:
    def test_name_the_question_that_settles_them(self) -> None:
        result = appraisal(dossiers.empty())
        report = diligence_report(result, words=catalog(), lang="en")
        items = [i for b in report.body if isinstance(b, Findings) for i in b.items]
        told = [pair.value for item in items for pair in item.details if pair.label == "To answer"]

        assert told
        assert all("of section 2" in str(text) for text in told)


class TestManyRights:
    def test_keeps_to_a_reasonable_length(self) -> None:
        assert len(pages("many", "zh")) <= PAGES_OF_MANY

    def test_names_every_right_in_list_and_table(self) -> None:
        printed = squeezed("".join(pages("many", "en")))
        result = appraisal(many(MANY))
        wording = wording_of(result, words=catalog(), lang="en")

        counts = [printed.count(wording.name(p.app_no)) for p in result.case.patents]
        assert min(counts) >= 2
