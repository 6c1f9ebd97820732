"""Term sheet, investor pack and their workbooks: what stands in them, in both languages."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.plan_kit.eleven_loans import behavior, inputs
from zhirong import bootstrap_plan_papers
from zhirong.application.plans.records import FirmCosts, Simulation, StressGrid, Target
from zhirong.application.plans.structure import Structure, structure
from zhirong.parameters.reader import Parameters

CHECKOUT = Path(__file__).parents[5]
COSTS = FirmCosts(
    guarantee_fee=0.005,
    appraisal_fee_fen=0,
    subsidy_payer="Payer",
    interest_share=0.5,
    fee_share=0.8,
    days_after_end=90,
    line=0.02,
    loan_rates=(0.032, 0.034),
    guarantee_fees=(0.0, 0.005),
    interest_shares=(0.4, 0.5),
)


def structured(**changes: object) -> Structure:
    given = inputs(
        CHECKOUT,
        behavior=behavior(),
        simulation=Simulation(paths=2_048, seed=7, confidence=0.95),
        stress=StressGrid(pd_multiples=(1.0, 2.0), recoveries=(None, 0.0), paths=512),
        targets=(Target(tranche="senior", expected_loss=0.0001),),
        costs=COSTS,
    )
    return structure(replace(given, **changes), Parameters())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found() -> Structure:
    return structured()


@pytest.fixture(scope="module")
def papers(found: Structure) -> dict[str, bytes]:
    return dict(bootstrap_plan_papers.structure_papers(found, lang="zh"))


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    pages = [pdf[page].get_textpage().get_text_bounded() for page in range(len(pdf))]
    pdf.close()
    return "\n".join(pages).replace("\r\n", "\n")


class TestOfferPapers:
    def test_are_four_files_a_language(self, papers: dict[str, bytes]) -> None:
        names = ("term-sheet{}.pdf", "investor-pack{}.pdf", "investor-pack{}.xlsx", "pool{}.xlsx")

        assert list(papers) == [each.format(mark) for mark in ("", ".en") for each in names]

    @pytest.mark.parametrize("name", ["term-sheet", "investor-pack"])
    def test_say_english_words_on_english_pages(self, name: str, papers: dict[str, bytes]) -> None:
        text = text_of(papers[f"{name}.en.pdf"])

        assert "优先级" not in text
        assert "Senior" in text
        assert not re.search(r"plan_paper|None\b(?!\n)", text.replace("Interest None", ""))

    def test_show_losses_with_and_without_supports(
        self, found: Structure, papers: dict[str, bytes]
    ) -> None:
        assert found.losses is not None
        text = text_of(papers["investor-pack.pdf"])
        bare = found.losses.views[-1].tranches[0].at_end

        assert "含全部增信" in text
        assert "不含差额支付承诺人、担保人" in text
        assert f"{bare.expected_loss.value * 10_000:,.1f}" in text
        # a narrow space is not always read back
        assert re.search(rf"{bare.probability_of_loss.value * 100:.2f} ?%", text)

    def test_show_where_the_line_of_costs_breaks(
        self, found: Structure, papers: dict[str, bytes]
    ) -> None:
        assert found.costs is not None
        broken = [each for each in found.costs.table if not each.is_within]
        text = text_of(papers["investor-pack.pdf"])

        assert broken
        assert all(re.search(rf"{each.after_subsidy * 100:.2f} ?% ×", text) for each in broken)

    def test_show_the_rules_and_their_results(self, papers: dict[str, bytes]) -> None:
        text = text_of(papers["term-sheet.pdf"])

        assert "单户占比" in text
        assert "13,800.00" in text

    def test_put_figures_into_workbooks_as_figures(
        self, found: Structure, papers: dict[str, bytes]
    ) -> None:
        book = openpyxl.load_workbook(BytesIO(papers["pool.en.xlsx"]))
        rows = list(book["Obligors"].iter_rows(min_row=5, values_only=True))

        assert sum(float(str(row[6])) for row in rows) == 138_000_000
        assert len(rows) == len(found.inputs.pool.claims)

    def test_are_the_same_bytes_again(self, found: Structure, papers: dict[str, bytes]) -> None:
        again = dict(bootstrap_plan_papers.structure_papers(found, lang="zh"))

        assert [name for name in papers if papers[name] != again[name]] == []

    def test_do_without_assumptions(self) -> None:
        bare = structured(
            behavior=None, simulation=None, stress=None, targets=(), costs=None, steps=()
        )
        texts = dict(bootstrap_plan_papers.structure_papers(bare, lang="zh"))

        assert "未作损失模拟" in text_of(texts["investor-pack.pdf"])
