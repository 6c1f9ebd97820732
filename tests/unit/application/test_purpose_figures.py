import pytest

from tests import examples
from zhirong.application.case.options import PURPOSES
from zhirong.application.purpose_figures import UNITS, PurposeFigure, purpose_figures

PUMPS = "five-firms/4-pumps-valves"


def figures(purpose: str) -> dict[str, float | None]:
    valuation = examples.appraisal(PUMPS, purpose=purpose).valuation
    return {figure.key: figure.value for figure in purpose_figures(valuation, purpose)}


class TestPurposeFigures:
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_are_those_of_the_purpose_all_known(self, purpose: str) -> None:
        found = figures(purpose)

        assert tuple(found) == tuple(UNITS[purpose])
        assert None not in found.values()

    def test_of_a_transfer_fall_from_opening_to_walk_away(self) -> None:
        found = figures("transfer")

        assert found["opening"] > found["target"] > found["walk_away"] > 0  # type: ignore[operator]

    def test_of_a_license_span_the_ranges_of_all_groups(self) -> None:
        valuation = examples.appraisal("five-firms/2-plastics", purpose="license").valuation
        assert valuation is not None
        found = {f.key: f.value for f in purpose_figures(valuation, "license")}

        assert len(valuation.license) == 2
        assert found["rate_low"] == min(term.rate_low for term in valuation.license)
        assert found["lump_sum"] == sum(term.lump_sum for term in valuation.license)

    def test_of_management_count_every_right_once(self) -> None:
        found = figures("management")
        counts = [value for key, value in found.items() if key != "saved"]

        assert sum(value for value in counts if value is not None) == 15

    def test_have_no_values_where_nothing_was_valued(self) -> None:
        assert purpose_figures(None, "pledge") == (
            PurposeFigure(key="collateral", unit="CNY", value=None),
        )
