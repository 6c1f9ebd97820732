"""The workings of every method have words and give the engine's figures in a spreadsheet."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import case_factory as factory
from tests.libreoffice import recalculated, values
from zhirong.adapters.documents.workbook.layout import plan
from zhirong.adapters.documents.workbook.writer import WorkbookHead, workings_workbook
from zhirong.application.result import Appraisal
from zhirong.application.workings import SheetRecord
from zhirong.core.messages import Language
from zhirong.core.sources import LineOrigin
from zhirong.parameters.reader import catalog

HEAD = WorkbookHead(title="t", lines=(), notices=(), report_date=date(2026, 7, 2))
REPLACEMENT = (
    factory.assumption("person_months", 120),
    factory.assumption("monthly_cost", 20_000),
    factory.assumption("replacement_materials", 500_000),
    factory.assumption("overhead_rate", 0.2),
    factory.assumption("excess_operating_cost", 30_000),
    factory.assumption("utilization", 0.9),
    factory.assumption("scale_exponent", 0.6),
    factory.assumption("labor_multiplier", 0.3),
    factory.assumption("failure_rate", 0.4),
    factory.assumption("return_rate", 0.2),
)
OTHER = (
    *REPLACEMENT,
    factory.assumption("georgia_pacific.advantage", 0.10, scope="G1"),
    factory.assumption("georgia_pacific.product_success", -0.05),
    factory.assumption("tax_amortization_benefit", 1, scope="G2"),
    factory.assumption("enterprise_value", 150_000_000),
    factory.assumption("wacc", 0.09),
)


def worked(decay: float = 0.10) -> Appraisal:
    """A case in which every method and every kind of rate is worked."""
    base = factory.without(factory.BASE, "discount_rate", "royalty_decay")
    scores = tuple(
        factory.assumption(item.key, float(item.central), scope="G1") for item in factory.SCORES
    )
    premium = tuple(item for item in factory.MARKET_RATE if item.key != "intangible_premium")
    file = factory.case(
        (*base, factory.assumption("royalty_decay", decay)),
        factory.COST,
        factory.without(factory.OPTION, "risk_free_rate"),
        (*factory.RENEWAL, factory.assumption("discount_rate", 0.16, scope=factory.RIGHTS[5])),
        factory.RETURNS,
        (*scores, *premium, factory.assumption("intangible_premium", 0.04, scope="G2")),
        (*OTHER, factory.assumption("discount_rate", 0.15, 0.14, 0.16, scope="G3")),
        costs=factory.COSTS,
        comparables=factory.DEALS,
        accounts=factory.ACCOUNTS,
        market_signals=factory.SIGNALS,
    )
    return factory.appraised(file)


@pytest.fixture(scope="module")
def result() -> Appraisal:
    return worked()


def book(sheets: tuple[SheetRecord, ...], lang: Language) -> bytes:
    return workings_workbook(sheets, head=HEAD, words=catalog(), lang=lang)


def assert_recalculates(
    written: tuple[SheetRecord, ...], expected: tuple[SheetRecord, ...], folder: Path
) -> None:
    path = folder / "workings.xlsx"
    path.write_bytes(book(written, "en"))
    pages = values(recalculated(path, folder)).worksheets[2:]
    for page, record, wanted in zip(pages, written, expected, strict=True):
        blocks = plan(record).blocks
        for line in wanted.lines:
            block = blocks[line.key]
            cells = [page[block.cell(p).replace("$", "")].value for p in block.positions()]
            assert cells == pytest.approx(list(line.values), rel=1e-7, abs=0.006), (
                f"{record.name}.{line.key}"
            )


class TestWorkings:
    def test_stand_on_every_sheet_that_a_method_can_have(self, result: Appraisal):
        assert {sheet.name for sheet in result.sheets} == {
            *("product_matrix", "tax", "build_up", "capm", "wacc", "discount_rate"),
            *("georgia_pacific", "relief_from_royalty", "profit_split", "excess_earnings"),
            *("market_deals", "market_rates", "market_prices", "market_comparables"),
            *("cost_items", "cost_reproduction", "cost_replacement", "cost_multiplier"),
            *("real_option", "signal_per_right", "stock_signal", "renewal_option"),
            *("wara", "profit_split_check", "conclusion", "allocation"),
            *("pledge_set", "pledge"),
        }

    def test_take_lines_only_from_sheets_before_them(self, result: Appraisal):
        seen: set[str] = set()
        for sheet in result.sheets:
            links = [
                o for entry in sheet.inputs for o in entry.origins if isinstance(o, LineOrigin)
            ]
            assert {link.sheet for link in links} <= seen, sheet.name
            seen.add(sheet.name)

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_have_words_in_both_languages(self, lang: Language, result: Appraisal):
        assert book(result.sheets, lang).startswith(b"PK")

    @pytest.mark.slow
    def test_recalculate_to_the_engine(self, result: Appraisal, tmp_path: Path):
        assert_recalculates(result.sheets, result.sheets, tmp_path)

    @pytest.mark.slow
    def test_follow_a_changed_assumption(self, result: Appraisal, tmp_path: Path):
        other = worked(decay=0.14)
        mixed = tuple(
            replace(mine, inputs=theirs.inputs)
            for mine, theirs in zip(result.sheets, other.sheets, strict=True)
        )

        assert_recalculates(mixed, other.sheets, tmp_path)
        assert factory.line(other, "conclusion", "portfolio") != factory.line(
            result, "conclusion", "portfolio"
        )
