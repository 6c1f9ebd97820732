"""What is printed of an appraisal, and set side by side, in the columns of its purpose."""

import json
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests import examples
from zhirong.adapters.documents.comparison import comparison_workbook
from zhirong.application.batch import FirmOutcome
from zhirong.application.case.options import PURPOSES
from zhirong.cli.appraise_output import document, show
from zhirong.core.messages import Message
from zhirong.parameters.reader import catalog

PUMPS = "five-firms/4-pumps-valves"
HEADS = {
    "pledge": ["担保金额"],
    "transfer": ["开价", "目标价", "底价"],
    "license": ["费率下限", "费率上限", "一次总付（税前）"],
    "management": ["维持", "限期维持", "停缴", "其他", "可省年费"],
}


def outcomes(purpose: str) -> tuple[FirmOutcome, ...]:
    good = FirmOutcome(
        name="pumps",
        out=Path("out"),
        intake=examples.intake(PUMPS),
        appraisal=examples.appraisal(PUMPS, purpose=purpose),
    )
    failed = FirmOutcome(
        name="bad", out=Path("out"), failure=Message("error.no_tables", {"folder": "bad"})
    )
    return (good, failed)


class TestShow:
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_heads_the_columns_that_the_purpose_asks_for(
        self, purpose: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        show(outcomes(purpose), "zh", None, purpose=purpose)

        head, good, bad = capsys.readouterr().out.splitlines()[:3]
        assert head.split()[-1 - len(HEADS[purpose]) : -1] == HEADS[purpose]
        assert "\u2013" not in good.split()[-1 - len(HEADS[purpose]) :]
        assert bad.split()[-1] == "\u2013"

    def test_accounts_for_the_rows_of_every_sheet(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = outcomes("pledge")
        show(found, "zh", None, purpose="pledge")

        intake = found[0].intake
        assert intake is not None
        told = [line for line in capsys.readouterr().out.splitlines() if "：读取" in line]
        assert len(told) == sum(bool(sheet.table) for sheet in intake.sheets)
        for line in told:
            read, accepted, _, refused = map(int, re.findall(r"(?:读取|采纳|更正) (\d+)", line))
            assert read == accepted + refused
        assert sum(int(re.findall(r"读取 (\d+)", line)[0]) for line in told) == intake.rows_read

    def test_of_a_transfer_prints_the_prices(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = outcomes("transfer")
        show(found, "zh", None, purpose="transfer")

        appraisal = found[0].appraisal
        assert appraisal is not None
        assert appraisal.valuation is not None
        assert appraisal.valuation.transfer is not None
        price = f"{appraisal.valuation.transfer.opening / 10_000:,.0f} 万元"
        assert price in capsys.readouterr().out


class TestDocument:
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_holds_the_figures_of_the_purpose(self, purpose: str) -> None:
        found = json.loads(json.dumps(document(outcomes(purpose), "zh", None)))["firms"]

        assert found[0]["purpose"] == purpose
        assert len(found[0]["purpose_figures"]) == len(HEADS[purpose])
        assert found[1]["purpose_figures"] is None


class TestComparisonWorkbook:
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_has_the_columns_of_the_purpose(self, purpose: str) -> None:
        content = comparison_workbook(
            outcomes(purpose),
            words=catalog(),
            lang="zh",
            report_date=examples.VALUATION_DATE,
            purpose=purpose,
        )
        page = openpyxl.load_workbook(BytesIO(content)).active
        assert page is not None
        heads = [str(cell.value) for cell in next(page.iter_rows(min_row=3, max_row=3))]
        cells = [cell.value for cell in next(page.iter_rows(min_row=4, max_row=4))]

        assert ("清算价值（元）" in heads) == (purpose == "pledge")
        assert ("开价（元）" in heads) == (purpose == "transfer")
        assert ("停缴（件）" in heads) == (purpose == "management")
        assert None not in cells[:-1]
