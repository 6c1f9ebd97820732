import ctypes
import re
import subprocess
import sys
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from pypdfium2 import raw

from tests.unit.adapters.documents.sample_chart_blocks import chart_blocks
from tests.unit.adapters.documents.sample_report import sample
from zhirong.adapters.documents import blocks, document
from zhirong.core.messages import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
A4_POINTS = (595, 842)


@pytest.fixture(scope="module")
def pages() -> dict[str, list[str]]:
    texts = {}
    for lang in LANGUAGES:
        pdf = document.to_pdf(sample(lang, chart_blocks(lang)))
        texts[lang] = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return texts


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


class TestPlain:
    def test_names_each_record(self) -> None:
        block = blocks.Table(
            columns=(blocks.Column(head="a"),),
            rows=(blocks.Row(cells=(blocks.Span("1", index="3"),)),),
        )

        given = document.plain(block)

        assert given["is"] == "Table"
        assert given["rows"][0]["cells"][0] == {
            "is": "Span",
            "text": "1",
            "bold": False,
            "index": "3",
        }

    def test_has_a_template_for_every_block(self) -> None:
        template = (Path(document.__file__).parent / "templates/setting.typ").read_text("utf-8")

        for block in get_args(blocks.Block):
            assert f'"{block.__name__}"' in template


class TestUncoveredCharacters:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_finds_none_in_the_sample(self, lang: Language) -> None:
        assert not document.uncovered_characters(sample(lang, chart_blocks(lang)))

    def test_finds_those_of_titles_and_cells(self) -> None:
        report = replace(sample("zh"), body=(blocks.Prose("\U000105af"),))

        assert document.uncovered_characters(report) == {"\U000105af"}


class TestToPdf:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_sets_first_page_contents_and_blocks(
        self, pages: dict[str, list[str]], lang: Language
    ) -> None:
        first = squeezed(pages[lang][0])
        headline = "1,459万元" if lang == "zh" else "CNY14.59million"

        assert len(pages[lang]) == 10
        assert headline in first
        assert ("红旗" if lang == "zh" else "Redflags") in first
        assert squeezed(sample(lang).first_page.flags[2].text[:12]) in first

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_puts_running_lines_and_watermark_on_each_page(
        self, pages: dict[str, list[str]], lang: Language
    ) -> None:
        report = sample(lang)
        for number, text in enumerate(pages[lang], start=1):
            line = squeezed(text)
            assert f"{number}/{len(pages[lang])}" in line
            assert squeezed(report.running.verification_code) in line
            assert squeezed(report.running.number) in line
            assert set(squeezed(report.watermark)) <= set(line)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_keeps_the_words_of_charts_as_text(
        self, pages: dict[str, list[str]], lang: Language
    ) -> None:
        everything = squeezed("".join(pages[lang]))

        for words in (
            ("质押谨慎值P20", "贷款到期2029-06", "放大×51")
            if lang == "zh"
            else ("PrudentvalueP20", "Loanmatures2029-06", "enlarged×51")
        ):
            assert words in everything

    def test_repeats_the_head_of_a_long_table(self, pages: dict[str, list[str]]) -> None:
        heads = [page for page in pages["zh"] if "专利号" in page and "届满日" in page]

        assert len(heads) == 2

    def test_keeps_the_note_of_a_long_table_with_its_last_row(self) -> None:
        # Tables of one row more each: one of them ends where only its note is over the edge.
        body: list[blocks.Block] = []
        for count in range(20, 44):
            rows = tuple(blocks.Row(cells=(f"R{count}.{n}.", "1")) for n in range(count))
            columns = (blocks.Column(head="a", width="1fr"), blocks.Column(head="b"))
            table = blocks.Table(columns=columns, rows=rows, note=f"N{count}. " + "long note " * 30)
            body += [table, blocks.PageBreak()]
        pdf = document.to_pdf(replace(sample("en"), body=tuple(body)))
        texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]

        for count in range(20, 44):
            (text,) = (text for text in texts if f"N{count}." in text)
            assert f"R{count}.{count - 1}." in text

    def test_turns_the_page_of_a_wide_table(self) -> None:
        pdf = pypdfium2.PdfDocument(document.to_pdf(sample("zh")))
        sizes = [tuple(round(side) for side in page.get_size()) for page in pdf]

        assert sizes.count(A4_POINTS[::-1]) == 1
        assert set(sizes) == {A4_POINTS, A4_POINTS[::-1]}

    def test_keeps_the_first_page_to_one_page(self) -> None:
        report = sample("zh")
        flag = document.Flag(severity="high", word="重大", text="共有人尚未书面同意质押。" * 6)
        crowded = replace(report.first_page, flags=(flag,) * 6, reasons=(flag.text,) * 3)

        pdf = pypdfium2.PdfDocument(document.to_pdf(replace(report, first_page=crowded)))

        assert len(pdf) == len(pypdfium2.PdfDocument(document.to_pdf(report)))

    def test_carries_the_title(self) -> None:
        report = sample("zh")

        assert pypdfium2.PdfDocument(document.to_pdf(report)).get_metadata_value("Title") == (
            report.title
        )

    def test_leads_from_an_index_number_to_its_workings(self) -> None:
        report = sample("zh")
        without = replace(
            report, body=tuple(one for one in report.body if not isinstance(one, blocks.Workings))
        )

        assert links(document.to_pdf(report)) == links(document.to_pdf(without)) + 3

    def test_gives_the_same_bytes_in_another_process(self, checkout: Path) -> None:
        program = (
            "import hashlib, sys; sys.path.insert(0, '.');"
            "from tests.unit.adapters.documents.sample_report import sample;"
            "from zhirong.adapters.documents.document import to_pdf;"
            "print(hashlib.sha256(to_pdf(sample('zh'))).hexdigest())"
        )
        run = subprocess.run(
            [sys.executable, "-c", program],
            cwd=checkout,
            capture_output=True,
            check=True,
            text=True,
        )

        assert run.stdout.strip() == sha256(document.to_pdf(sample("zh"))).hexdigest()

    def test_marks_nothing_where_people_sign(self) -> None:
        drafted = replace(sample("zh"), watermark="")
        page = pypdfium2.PdfDocument(document.to_pdf(drafted))[0].get_textpage()

        assert "·非资产评估报告" not in squeezed(page.get_text_range())


def links(pdf: bytes) -> int:
    return sum(count_links(page) for page in pypdfium2.PdfDocument(pdf))


def count_links(page: pypdfium2.PdfPage) -> int:
    position, link, found = ctypes.c_int(0), raw.FPDF_LINK(), 0
    while raw.FPDFLink_Enumerate(page, position, link):
        found += 1
    return found


class TestRecords:
    def test_are_reached_by_the_templates(self) -> None:
        folder = Path(document.__file__).parent / "templates"
        text = "".join(path.read_text("utf-8") for path in folder.glob("*.typ"))
        records = (document.Result, document.FirstPage, document.RunningLines, document.Words)

        for record in (*records, *get_args(blocks.Block), blocks.FindingItem, blocks.Working):
            for field in fields(record):
                assert f".{field.name}" in text, f"{record.__name__}.{field.name} is never set"
