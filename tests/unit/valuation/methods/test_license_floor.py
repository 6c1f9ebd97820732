import pytest

from tests.method_inputs import valued
from zhirong.valuation.methods import license_floor

GIVEN = {
    "book_cost": [400.0],
    "price_index": {"value": 1.134, "unit": "multiple", "axes": []},
    "used_years": 4.0,
    "remaining_years": 8.0,
    "licensee_capacity": 400.0,
    "all_capacity": 1000.0,
    "lost_income": 80.0,
    "added_cost": 20.0,
}


class TestValue:
    def test_is_the_opportunity_cost_where_the_licensee_makes_nothing(self) -> None:
        idle = GIVEN | {"licensee_capacity": 0.0}

        assert valued(license_floor, idle).values == pytest.approx([100.0])

    def test_carries_all_of_the_cost_left_where_the_licensee_is_the_only_user(self) -> None:
        alone = GIVEN | {"licensee_capacity": 1000.0}

        assert valued(license_floor, alone).values == pytest.approx([302.4 + 100.0])
