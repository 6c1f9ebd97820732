"""Deals that another engine ran, row by row: bonds, fees, accounts (see the data's README)."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.plan_kit.engine_deals import ENGINE, deal_of
from tests.plan_kit.engine_rows import differences
from zhirong.securitization.plan.conventions import Conventions, Rounding, Split
from zhirong.securitization.waterfall import interpreter

DEALS = ("senior_junior_fixed", "fixed_amortisation", "jianyuan_float_lpr")


def found_on(folder: Path, name: str, conventions: Conventions = ENGINE) -> tuple[str, ...]:
    deal = deal_of(folder / "abs_waterfall_reference" / f"{name}.json.gz", conventions)
    run = interpreter.run(deal.plan, deal.collections, rates=deal.rates)
    assert run.rows
    return differences(deal, run)


@pytest.mark.data
class TestReferenceDeals:
    @pytest.mark.parametrize("name", DEALS)
    def test_agree_in_every_row(self, shared_data: Path, name: str) -> None:
        assert found_on(shared_data, name) == ()

    def test_need_the_word_for_how_a_remainder_is_given(self, shared_data: Path) -> None:
        """Both ways are kept: shared by the running total, a fen goes elsewhere."""
        ours = replace(ENGINE, split=Split.RUNNING_TOTAL)

        assert len(found_on(shared_data, "jianyuan_float_lpr", ours)) > 100

    def test_need_the_word_for_how_amounts_are_cut(self, shared_data: Path) -> None:
        rounded = replace(ENGINE, rounding=Rounding.HALF_UP)

        assert all(found_on(shared_data, name, rounded) for name in DEALS)
