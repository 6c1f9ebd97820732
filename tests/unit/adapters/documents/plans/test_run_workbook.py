"""The workbook of a run: every sheet, amounts in CNY, the same bytes again."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.plan_kit import eleven_loans
from zhirong.adapters.documents.plans.run_workbook import run_workbook
from zhirong.application.plans import cover
from zhirong.application.plans.scenario_run import run_scenario
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog

SHEETS = {
    "en": ["Tranches", "Pool", "Obligors", "Accounts", "Fees and supports", "Steps", "Cover"],
    "zh": ["证券", "资产池", "债务人", "账户流水", "费用与增信", "分配步骤", "覆盖倍数"],
}


def written(checkout: Path, lang: Language) -> bytes:
    inputs = eleven_loans.inputs(checkout)
    found = run_scenario(inputs, inputs.scenarios[0])
    covers = cover.of_run(inputs, found)
    return run_workbook(inputs, found, covers, words=catalog(), lang=lang)


class TestRunWorkbook:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_has_every_sheet_in_the_language_asked_for(
        self, checkout: Path, lang: Language
    ) -> None:
        book = load_workbook(BytesIO(written(checkout, lang)))

        assert book.sheetnames == SHEETS[lang]

    def test_holds_every_obligor_and_the_sums_of_the_run(self, checkout: Path) -> None:
        book = load_workbook(BytesIO(written(checkout, "en")))

        obligors = list(book["Obligors"].iter_rows(min_row=5, values_only=True))
        assert len(obligors) == 11 * 4
        assert sum(float(str(row[3])) for row in obligors) == pytest.approx(4_757_166.67, abs=0.1)
        tranches = list(book["Tranches"].iter_rows(min_row=5, values_only=True))
        assert sum(float(str(row[3])) for row in tranches) == pytest.approx(2_947_500.01)

    def test_has_charts_of_balances_and_of_cash(self, checkout: Path) -> None:
        with ZipFile(BytesIO(written(checkout, "en"))) as parts:
            assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) == 2

    def test_gives_the_same_bytes_again(self, checkout: Path) -> None:
        assert written(checkout, "en") == written(checkout, "en")
