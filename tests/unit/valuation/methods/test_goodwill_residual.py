import pytest

from tests.method_inputs import worked
from zhirong.valuation.methods import goodwill_residual

GIVEN = {
    "earnings": [320.0],
    "capitalization_rate": 0.10,
    "net_assets": [1200.0],
    "normal_return": 0.10,
}


class TestValue:
    def test_is_what_the_assets_leave_of_the_capitalized_earnings(self) -> None:
        lines = worked(goodwill_residual, GIVEN).lines

        assert lines["value"].figure.values == pytest.approx([2000.0])

    def test_capitalizes_the_excess_over_the_normal_return(self) -> None:
        lines = worked(goodwill_residual, GIVEN | {"normal_return": 0.08}).lines

        assert lines["capitalized_excess"].figure.values == pytest.approx([2240.0])

    def test_shows_a_business_that_earns_less_than_its_assets_ask(self) -> None:
        lines = worked(goodwill_residual, GIVEN | {"earnings": [100.0]}).lines

        assert lines["value"].figure.values == pytest.approx([-200.0])
