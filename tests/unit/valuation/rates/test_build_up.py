from datetime import date

import pytest

from tests.method_inputs import ORIGIN, figure
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import Parameters
from zhirong.valuation.composite_score import Judgment, ScoreMissingError
from zhirong.valuation.rates import build_up

ON = date(2026, 6, 30)
POINTS = {
    "conversion": 40,
    "replacement": 60,
    "rights": 40,
    "integration": 20,
    "market_capacity": 60,
    "existing_competition": 60,
    "scale_economy": 60,
    "capital_need": 60,
    "sales_network": 60,
    "financing": 60,
    "working_funds": 40,
    "sales_service": 40,
    "quality_management": 40,
    "technical_development": 60,
}


def rate_of(points: dict[str, int]) -> tuple[Sheet, float]:
    sheet = Sheet("build_up")
    judged = {key: Judgment(points=value, origins=ORIGIN) for key, value in points.items()}
    risks = build_up.enter(sheet, judgments=judged, parameters=Parameters(), on=ON)
    a = build_up.Inputs(risk_free=figure(sheet, "risk_free", 0.025), risks=risks)
    return sheet, float(build_up.value(sheet, a=a))


class TestValue:
    def test_meets_the_golden_vector(self) -> None:
        # rules.md 12.1, G7: 2.5 + 2.1 + 3.0 + 2.5 + 2.3 = 12.4 %.
        sheet, rate = rate_of(POINTS)

        assert rate == pytest.approx(0.124)
        scores = {key: float(line.figure) for key, line in sheet.lines.items() if "score" in key}
        assert scores == pytest.approx(
            {
                "technology_risk_score": 42,
                "market_risk_score": 60,
                "funding_risk_score": 50,
                "management_risk_score": 46,
            }
        )

    @pytest.mark.parametrize(("points", "expected"), [(0, 0.025), (100, 0.225)])
    def test_lies_between_the_risk_free_rate_and_all_caps(
        self, points: int, expected: float
    ) -> None:
        _, rate = rate_of(dict.fromkeys(POINTS, points))

        assert rate == pytest.approx(expected)


class TestEnter:
    def test_refuses_a_factor_that_nobody_judged(self) -> None:
        points = {key: value for key, value in POINTS.items() if key != "financing"}

        with pytest.raises(ScoreMissingError, match="financing"):
            rate_of(points)

    def test_keeps_the_parameter_that_each_weight_comes_from(self) -> None:
        sheet, _ = rate_of(POINTS)

        origin = sheet.inputs["weight_scale_economy"].origins[0]
        assert (origin.path, origin.on) == (build_up.WEIGHTS, ON)  # type: ignore[union-attr]
        assert sheet.inputs["cap_market_risk"].kind == "parameter"
