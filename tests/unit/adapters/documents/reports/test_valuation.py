import re
from dataclasses import replace

import pypdfium2
import pytest

from tests import examples
from tests.unit.adapters.documents.reports.sample_valuation import (
    CASES,
    LANGUAGES,
    pages,
    pdf,
    raw_texts,
    result,
)
from zhirong.adapters.documents import blocks as b
from zhirong.adapters.documents.document import Document, to_pdf
from zhirong.adapters.documents.reports.valuation import valuation_report
from zhirong.adapters.documents.reports.valuation_method_lines import is_wide
from zhirong.adapters.documents.reports.wording import wording_of
from zhirong.application.case.options import PURPOSES
from zhirong.application.diligence_result import FindingRecord
from zhirong.application.result import Appraisal, Valuation
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog

# Latin words that a Chinese page may hold: commands and files, functions of formulas, names of
# parties, scales and treaties, hashes, and what the samples' own files say.
WORDS = frozenset(
    (
        *("zhirong", "explain", "result.json", "questions.xlsx", "accept", "proposals", "SHA"),
        *("max", "min", "exp", "AUC", "PCT", "Uniloc", "Microsoft", "Example", "Ltd", "Analyst"),
        *("worked", "example", "group", "right", "utility_model", "invention", "design"),
        *("Valves", "Pumps", "Sensor", "Vendor", "valve", "license", "patents", "patents.xlsx"),
        *("register", "extract", "exchange", "notice"),
    )
)
LATIN = re.compile(r"[A-Za-z][A-Za-z_.:]{2,}")
HASH = re.compile(r"[A-F]+|[a-f]+|(ab)+")


def built(appraisal: Appraisal, lang: Language = "zh") -> Document:
    return valuation_report(appraisal, words=catalog(), lang=lang)


def valued(appraisal: Appraisal) -> Valuation:
    assert appraisal.valuation is not None
    return appraisal.valuation


def headings(document: Document) -> list[str]:
    return [block.text for block in document.body if isinstance(block, b.Heading)]


def blocks(document: Document) -> list[b.Block]:
    """All blocks in their order, those on landscape pages too."""
    return [
        inner
        for block in document.body
        for inner in (block.blocks if isinstance(block, b.Landscape) else (block,))
    ]


def tables(document: Document) -> list[b.Table]:
    return [block for block in blocks(document) if isinstance(block, b.Table)]


def squeezed(text: str) -> str:
    return "".join(text.split())


class TestValuationReport:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", ["full", "royalty", "capital", "built", "hundred"])
    def test_gives_the_value_with_its_interval_on_page_one(self, name: str, lang: Language) -> None:
        appraisal = result(name)
        total = valued(appraisal).total
        wording = wording_of(appraisal, words=catalog(), lang=lang)

        first = pages(name, lang)[0]

        assert squeezed(wording.headline(total.value)) in first
        assert squeezed(wording.headline_interval(total.low, total.high)) in first

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", CASES)
    def test_bears_number_and_code_on_every_page(self, name: str, lang: Language) -> None:
        head = result(name).head

        for page in pages(name, lang):
            assert head.number in page
            assert head.verification_code in page

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("purpose", PURPOSES)
    @pytest.mark.parametrize("name", CASES)
    def test_finds_words_for_all_that_it_says(
        self, name: str, purpose: str, lang: Language
    ) -> None:
        assert built(result(name, purpose), lang).body

    @pytest.mark.parametrize("name", CASES)
    def test_speaks_no_machine_english_on_chinese_pages(self, name: str) -> None:
        appraisal = result(name)
        sheets = tuple(f"{sheet.name}." for sheet in appraisal.sheets)
        found = set(LATIN.findall(" ".join(raw_texts(appraisal, "zh"))))

        strange = {word for word in found - WORDS if not HASH.fullmatch(word)}

        assert {word for word in strange if not word.startswith(sheets)} == set()

    @pytest.mark.parametrize("name", ["full", "bare"])
    def test_gives_the_same_bytes_again(self, name: str) -> None:
        assert pdf(result(name), "zh") == pdf(result(name), "zh")

    def test_follows_the_order_of_reports(self) -> None:
        text = headings(built(result("full")))
        order = ("结论", "为什么", "什么会改变结论", "建议", "方法与核对", "假设", "计算过程")

        places = [text.index(one) for one in (*order, "来源与版本", "限制与声明")]

        assert places == sorted(places)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_says_that_it_is_no_appraisal_report(self, lang: Language) -> None:
        text = "".join(pages("full", lang))
        notice = catalog().label("value.disclaimer.law", lang)

        assert squeezed(notice)[:60] in text

    def test_leaves_signatures_out(self) -> None:
        document = built(result("full"))

        assert not any(isinstance(block, b.Signatures) for block in document.body)
        assert document.watermark

    @pytest.mark.parametrize("name", ["full", "hundred"])
    def test_prints_the_notice_of_the_reconstructed_indicators(self, name: str) -> None:
        notice = result(name).scores[0].notice_zh

        assert squeezed(notice) in "".join(pages(name, "zh"))

    def test_lists_each_unverified_parameter_once(self) -> None:
        appraisal = result("full")
        paths = {item.path for item in appraisal.parameters if item.is_unverified}

        title = catalog().label("value.parameter", "zh")
        (listed,) = (t for t in tables(built(appraisal)) if t.columns[0].head == title)

        assert len(listed.rows) == len(paths)

    def test_names_characters_that_no_font_has(self) -> None:
        appraisal = result("royalty")
        firm = replace(appraisal.case.firm, name="\U0001f600 Ltd")
        named = replace(appraisal, case=replace(appraisal.case, firm=firm))

        last = built(named).body[-1]

        assert isinstance(last, b.Disclaimer)
        assert "\U0001f600" in str(last.paragraphs)


class TestFirstPage:
    @pytest.mark.parametrize(
        ("purpose", "code"),
        [
            ("pledge", "value.collateral"),
            ("transfer", "value.walk_away"),
            ("license", "value.license_lump"),
            ("management", "value.keep_saved"),
        ],
    )
    def test_shows_what_the_purpose_asks_for(self, purpose: str, code: str) -> None:
        page = built(result("full", purpose)).first_page
        labels = [pair.label for pair in page.result.beside]

        assert catalog().label(code, "zh") in labels
        assert (catalog().label("value.collateral", "zh") in labels) == (purpose == "pledge")

    def test_has_three_reasons(self) -> None:
        assert len(built(result("full")).first_page.reasons) == 3

    def test_shows_a_breach_of_the_house_rules(self) -> None:
        appraisal = result("royalty")
        breach = Message("breach.profit_unknown", {"product": "P1", "claimed": 1e6})
        broken = replace(appraisal, valuation=replace(valued(appraisal), breaches=(breach, breach)))

        texts = [flag.text for flag in built(broken).first_page.flags]

        assert sum("Valves 的营业利润未知" in str(text) for text in texts) == 1

    def test_names_failed_checks_worst_first_and_counts_the_rest(self) -> None:
        appraisal = result("royalty")
        failed = tuple(
            finding(code, "block" if code == "P12" else "high", subject)
            for code in ("A2", "P2", "A9", "P8", "E1", "E3", "P12")
            for subject in (appraisal.case.patents[0].app_no,)
        )
        diligence = replace(appraisal.diligence, findings=failed)

        flags = built(replace(appraisal, diligence=diligence)).first_page.flags

        assert len(flags) == 6
        assert flags[0].severity == "block"
        assert "ZL" in str(flags[0].text)
        # Seven checks and two breaches of the sample, of which five are named.
        assert "另有 4 项" in str(flags[-1].text)

    def test_says_that_nothing_grave_was_found(self) -> None:
        appraisal = result("capital")
        calm = replace(
            appraisal,
            diligence=replace(appraisal.diligence, findings=()),
            valuation=replace(valued(appraisal), breaches=()),
        )

        page = built(calm).first_page

        assert page.flags == ()
        assert page.flags_none == catalog().label("value.flags_none", "zh")


def finding(code: str, severity: str, subject: str) -> FindingRecord:
    return FindingRecord(
        code=code,
        scope="right",
        state="fail",
        severity=severity,
        subject=subject,
        title=Message("check.P12.title"),
        message=Message("check.P12.fail"),
        law="law.patent_10",
        evidence=(),
    )


class TestResult:
    @pytest.mark.parametrize("name", ["full", "royalty", "hundred"])
    def test_adds_up_by_group_and_by_right(self, name: str) -> None:
        appraisal = result(name)
        wording = wording_of(appraisal, words=catalog(), lang="zh")
        total = wording.amount(valued(appraisal).total.value)
        by_group, by_right = tables(built(appraisal))[:2]

        assert total in by_group.rows[-1].cells
        assert total in by_right.rows[-1].cells

    def test_shows_every_right_of_a_small_portfolio(self) -> None:
        text = "".join(pages("royalty", "zh"))

        for patent in result("royalty").case.patents:
            assert f"ZL{patent.app_no[:-1]}.{patent.app_no[-1]}" in text

    def test_puts_a_hundred_rights_into_an_annex(self) -> None:
        appraisal = result("hundred")
        shown = tables(built(appraisal))
        annex = next(table for table in reversed(shown) if len(table.columns) > 12)
        numbers = {str(table.rows) for table in shown if len(table.rows) > 20}

        assert len([row for row in annex.rows if row.style == "plain"]) == 76
        for patent in appraisal.case.patents:
            assert any(f"{patent.app_no[:-1]}.{patent.app_no[-1]}" in text for text in numbers)

    @pytest.mark.parametrize("name", [examples.FIVE_FIRMS[1], examples.PURIFIER])
    def test_turns_the_paper_once_and_last(self, name: str) -> None:
        """Between upright pages a landscape one leaves the page before it half empty."""
        body = built(examples.appraisal(name)).body
        wide = [table for table in tables(built(examples.appraisal(name))) if is_wide(table)]

        assert [at for at, block in enumerate(body) if isinstance(block, b.Landscape)] == [
            len(body) - 1
        ]
        assert len(wide) >= 2
        assert not any(block in wide for block in body)

    def test_marks_scores_with_little_data(self) -> None:
        assert "*" in str(tables(built(result("royalty")))[1].rows)


class TestWithoutValue:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_says_what_is_missing(self, lang: Language) -> None:
        text = "".join(pages("bare", lang))

        for lack in ("patents", "products", "sales", "coverage"):
            assert squeezed(catalog().label(f"value.lacks.{lack}", lang)) in text

    def test_lists_what_rules_propose(self) -> None:
        appraisal = result("unjudged")
        document = built(appraisal)

        assert document.first_page.result.headline == catalog().label("value.no_value", "zh")
        assert len(tables(document)[0].rows) == len(appraisal.proposals)

    def test_tells_why_where_rights_serve_nothing(self) -> None:
        appraisal = result("unjudged")
        silent = replace(appraisal, proposals=())

        assert catalog().label("value.lacks_rights", "zh") in str(built(silent).first_page.reasons)


class TestIndexNumbers:
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_lead_to_workings(self, purpose: str) -> None:
        document = built(result("full", purpose))
        given = {
            item.index
            for block in document.body
            if isinstance(block, b.Workings)
            for item in block.items
        }

        used = set(re.findall(r"index='(\d+)'", repr((document.first_page, document.body))))

        assert used == given

    def test_open_figures_by_a_command_that_finds_them(self) -> None:
        appraisal = result("full")
        text = "".join(pages("full", "zh"))

        assert "zhirongexplainresult.jsonconclusion.portfolio" in text
        assert "zhirongexplainresult.jsonpledge.value" in text
        assert "relief_from_royalty.present_value" in text
        assert appraisal.sheets


@pytest.mark.slow
class TestExample:
    EXAMPLE = "five-firms/4-pumps-valves"

    def test_leaves_room_for_titles_in_every_table(self) -> None:
        pdf_bytes = to_pdf(built(examples.appraisal(self.EXAMPLE), "en"))
        sheets = [page for page in pypdfium2.PdfDocument(pdf_bytes) if page.get_width() > 800]
        texts = [page.get_textpage().get_text_range() for page in sheets]

        assert texts
        assert not any(re.search(r"(?m)(^[\u4e00-\u9fff]\s*$\s*){4}", text) for text in texts)

    def test_states_the_gap_of_sales_as_the_finding_does(self) -> None:
        appraisal = examples.appraisal(self.EXAMPLE)
        gap = appraisal.diligence.sales_gaps[-1].gap
        (table,) = (t for t in tables(built(appraisal)) if "增值税申报" in t.title)

        assert table.rows[0].cells[4] == f"+{float(gap) * 100:.1f} %"

    def test_measures_the_first_forecast_year_from_the_base_used(self) -> None:
        appraisal = examples.appraisal(self.EXAMPLE)
        growth = next(a for a in appraisal.case.assumptions if a.key == "growth" and a.year == 1)
        charts = [block for block in built(appraisal).body if isinstance(block, b.Chart)]
        (title,) = (chart.title for chart in charts if "历史年均增长" in chart.title)

        assert title.endswith(f"预测首年增长 {float(growth.central) * 100:.1f} %")

    def test_names_assumptions_that_no_method_read(self) -> None:
        appraisal = examples.appraisal(examples.PURIFIER)
        stated = next(item for item in appraisal.case.assumptions if item.key == "royalty_rate")
        group = next(item for item in appraisal.case.groups if item.group == stated.scope)
        note = Message(
            "note.assumptions_unread", {"names": (f"royalty_rate ({group.group})",), "count": 1}
        )
        valuation = replace(valued(appraisal), notes=(note,))
        texts = " ".join(
            str(item)
            for block in built(replace(appraisal, valuation=valuation)).body
            if isinstance(block, b.Bullets)
            for item in block.items
        )

        assert f"{group.name}的许可费率" in texts
        assert "royalty_rate" not in texts

    def test_ends_terms_on_the_day_that_due_diligence_says(self) -> None:
        appraisal = examples.appraisal(examples.FIVE_FIRMS[4])
        standing = appraisal.diligence.rights[0]
        wording = wording_of(appraisal, words=catalog(), lang="zh")
        (annex,) = (
            table
            for table in tables(built(appraisal))
            if "最后有效日" in {column.head for column in table.columns}
        )
        rows = {row.cells[0]: row.cells[4] for row in annex.rows if len(row.cells) > 4}

        assert rows[wording.name(standing.right)] == wording.day(standing.last_day)

    def test_reads_every_assumption_that_it_states(self) -> None:
        for name in examples.ALL:
            codes = {note.code for note in valued(examples.appraisal(name)).notes}
            assert "note.assumptions_unread" not in codes


class TestPages:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_stay_within_thirty_five_for_a_hundred_rights(self, lang: Language) -> None:
        assert len(pages("hundred", lang)) <= 35
