from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from tests.method_inputs import entered, in_draws, valued
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import Parameters, catalog
from zhirong.valuation.methods import profit_split, revenue_split

ON = date(2026, 6, 30)
GIVEN = {
    "base_sales": [100e6],
    "growth": [[0.10, 0.05]],
    "mapped_share": 0.8,
    "operating_margin": [[0.12, 0.10]],
    "split_rate": 0.25,
    "split_decay": 0.1,
    "life": 2.0,
    "upkeep": 0.0,
    "tax_rate": 0.25,
    "discount_rate": 0.15,
    "timing": 1.0,
    "printed": 0.0,
}


class TestValue:
    def test_shares_the_profit_of_each_year(self) -> None:
        # By hand: profit 110 x 0.8 x 12 % = 10.56 m, then 115.5 x 0.8 x 10 % = 9.24 m.
        expected = 0.75 * (10.56e6 * 0.25 / 1.15 + 9.24e6 * 0.225 / 1.15**2)

        assert valued(profit_split, GIVEN, years=2).values == pytest.approx([expected])

    def test_is_a_revenue_split_at_the_margins_share_when_margins_are_level(self) -> None:
        level = GIVEN | {"operating_margin": 0.12}
        kept = {key: value for key, value in level.items() if key in _fields(revenue_split)}
        of_sales = kept | {"split_low": 0.03, "split_high": 0.03, "composite_score": [50.0]}

        value = valued(profit_split, level, years=2).values

        assert value == pytest.approx(valued(revenue_split, of_sales, years=2).values, rel=1e-12)

    def test_gives_each_draw_the_central_value_when_draws_are_equal(self) -> None:
        drawn = in_draws(GIVEN, draws=2, keys=("split_rate", "growth", "operating_margin"))

        values = valued(profit_split, drawn, years=2, keep=False).values

        central = float(valued(profit_split, GIVEN, years=2).values[0])
        assert values == pytest.approx(np.full((1, 2), central), rel=1e-12)


def _fields(method: object) -> set[str]:
    return set(method.Inputs.__dataclass_fields__)  # type: ignore[attr-defined]


class TestProposals:
    def test_gives_a_third_and_a_quarter_with_their_rule(self) -> None:
        found = profit_split.proposals(Parameters(), on=ON)

        rates = {item.rule: item.split_rate for item in found}
        assert rates == {"rule.three_parts": 1 / Decimal(3), "rule.four_parts": Decimal("0.25")}
        assert all("[OWN]" in item.source and catalog().has(item.rule) for item in found)


class TestCrossCheck:
    def test_values_at_a_quarter_and_warns_that_it_is_no_evidence(self) -> None:
        sheet = Sheet("profit_split_cross_check")
        a = entered(sheet, profit_split.Inputs, GIVEN | {"split_rate": 0.4}, years=2)

        check = profit_split.cross_check(sheet, a=a, parameters=Parameters(), on=ON)

        assert check.value.values == pytest.approx(valued(profit_split, GIVEN, years=2).values)
        text = catalog().text(check.warning, "en")
        assert "Uniloc" in text
        assert "25.0 %" in text
