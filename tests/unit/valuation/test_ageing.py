from typing import Any

import pytest

from zhirong.parameters.reader import catalog
from zhirong.valuation import ageing
from zhirong.valuation.ageing import AgeingUse, CarrierError, check


def use(**fields: Any) -> AgeingUse:
    facts: dict[str, Any] = {"method": "relief_from_royalty", "carrier": "royalty_decay"}
    return AgeingUse(**(facts | fields))


def annuity(decay: float, hazard: float, rate: float) -> float:
    """Ten years of one yuan, mid-year."""
    return sum(
        (1 - decay) ** t * (1 - hazard) ** (t + 0.5) / (1 + rate) ** (t + 0.5) for t in range(10)
    )


class TestDocstring:
    def test_tells_what_counting_thrice_costs(self) -> None:
        factors = (annuity(0.1, 0, 0.15), annuity(0.1, 0.06, 0.15), annuity(0.1, 0.06, 0.18))

        assert [f"{factor:.2f}" in str(ageing.__doc__) for factor in factors] == [True] * 3


class TestCheck:
    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"royalty_decay": 0.1},
            {"carrier": "survival", "survival_hazard": 0.06},
            {"carrier": "discount_rate", "technology_rate": 0.03},
            {"carrier": "none", "method": "market_comparables"},
        ],
    )
    def test_passes_one_carrier_or_none(self, fields: dict[str, Any]) -> None:
        assert check(use(**fields)) is None

    @pytest.mark.parametrize(
        ("fields", "extra"),
        [
            ({"survival_hazard": 0.06}, ("survival",)),
            ({"technology_rate": 0.02}, ("discount_rate",)),
            ({"survival_hazard": 0.06, "technology_rate": 0.03}, ("survival", "discount_rate")),
            ({"carrier": "none", "royalty_decay": 0.1}, ("royalty_decay",)),
            ({"carrier": "obsolescence", "survival_hazard": 0.1}, ("survival",)),
        ],
    )
    def test_reports_every_carrier_beside_the_named_one(
        self, fields: dict[str, Any], extra: tuple[str, ...]
    ) -> None:
        breach = check(use(**{"royalty_decay": 0.1, **fields}))

        assert breach is not None
        assert set(extra) <= set(breach.extra)
        assert breach.named not in breach.extra
        assert catalog().text(breach.message, "zh")

    def test_accepts_two_with_a_written_reason(self) -> None:
        written = use(royalty_decay=0.1, survival_hazard=0.06, reason="R", author="A")

        assert check(written) is None

    def test_refuses_a_carrier_outside_the_list(self) -> None:
        with pytest.raises(CarrierError):
            use(carrier="rust")

    def test_has_words_for_every_carrier(self) -> None:
        assert all(catalog().has(f"ageing.{carrier}") for carrier in ageing.CARRIERS)
