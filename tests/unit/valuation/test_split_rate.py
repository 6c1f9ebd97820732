from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from tests.method_inputs import ORIGIN, figure
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import ParameterNotFoundError, Parameters, catalog
from zhirong.valuation import split_rate
from zhirong.valuation.composite_score import Judgment

ON = date(2026, 6, 30)
POINTS = {
    "type_and_status": 100,
    "claim_scope": 50,
    "detectability": 80,
    "field_trend": 60,
    "substitutes": 50,
    "advancedness": 60,
    "innovativeness": 40,
    "maturity": 80,
    "application_range": 50,
    "defensibility": 60,
    "supply_demand": 50,
}


def judged(points: dict[str, int]) -> dict[str, Judgment | None]:
    return {key: Judgment(points=value, origins=ORIGIN) for key, value in points.items()}


class TestComposite:
    def test_meets_the_golden_vector(self) -> None:
        # rules.md 12.1, G5: legal 79, technical 59, economic 50 give 63.2 and K = 2.448 %.
        sheet = Sheet("split_rate")
        groups = split_rate.enter(sheet, judgments=judged(POINTS), parameters=Parameters(), on=ON)

        score = split_rate.composite(sheet, groups=groups)
        rate = split_rate.rate(
            sheet,
            low=figure(sheet, "split_low", 0.015),
            high=figure(sheet, "split_high", 0.03),
            score=score,
        )

        shown = [float(sheet.lines[f"{key}_score"].figure) for key in ("legal", "technical")]
        assert shown == pytest.approx([79, 59])
        assert float(score) == pytest.approx(63.2)
        assert float(rate) == pytest.approx(0.02448)

    def test_gives_the_weight_of_what_does_not_apply_to_the_others(self) -> None:
        sheet = Sheet("split_rate")
        without = judged(POINTS) | {"claim_scope": None}

        groups = split_rate.enter(sheet, judgments=without, parameters=Parameters(), on=ON)
        split_rate.composite(sheet, groups=groups)

        legal = (100 * 0.4 + 80 * 0.3) / 0.7
        assert float(sheet.lines["legal_score"].figure) == pytest.approx(legal)

    def test_scores_each_asset_on_its_own(self) -> None:
        sheet = Sheet("split_rate")
        own = Judgment(points=[0.0, 100.0], origins=ORIGIN, axes=("asset",))

        groups = split_rate.enter(
            sheet, judgments=judged(POINTS) | {"supply_demand": own}, parameters=Parameters(), on=ON
        )
        score = split_rate.composite(sheet, groups=groups)

        assert score.values == pytest.approx(np.array([53.2, 73.2]))


class TestProposedRange:
    def test_reads_the_industrys_range(self) -> None:
        found = split_rate.proposed_range("machinery", parameters=Parameters(), on=ON)

        assert (found.low, found.high) == (Decimal("0.015"), Decimal("0.03"))
        assert found.parameter.is_unverified

    def test_refuses_an_industry_that_is_not_in_the_table(self) -> None:
        with pytest.raises(ParameterNotFoundError, match="spacecraft"):
            split_rate.proposed_range("spacecraft", parameters=Parameters(), on=ON)

    def test_every_range_rises_and_has_words(self) -> None:
        table = Parameters().get(split_rate.RANGES, on=ON).value

        assert all(0 < low < high < 1 for low, high in table.values())
        assert all(catalog().has(f"industry.{industry}") for industry in table)
