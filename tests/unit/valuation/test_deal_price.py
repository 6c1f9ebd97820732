from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from zhirong.core.distribution import Meaning, ValueDistribution, certain, from_samples
from zhirong.parameters.reader import Parameters
from zhirong.valuation import deal_price
from zhirong.valuation.deal_price import DealPriceError, transfer_prices

ON = date(2026, 6, 30)
POLICY = deal_price.read_transfer_policy(Parameters(), on=ON)
TODAY = Meaning(
    premise="market_value",
    condition="none",
    horizon_years=0.0,
    are_costs_deducted=False,
    account="asset_group",
)


def uniform(low: float, high: float) -> ValueDistribution:
    return from_samples(np.linspace(low, high, 2_000), meaning=TODAY)


class TestTransferPrices:
    def test_reads_both_sides_from_both_values(self) -> None:
        prices = transfer_prices(
            uniform(0, 100), buyer=uniform(100, 200), dependence="independent", policy=POLICY
        )

        # Quantiles of the cells lie within half a cell of those of the uniform.
        assert prices.seller.walk_away == pytest.approx(35, abs=0.5)
        assert prices.buyer.walk_away == pytest.approx(165, abs=0.5)
        assert prices.seller.target == pytest.approx(100, abs=0.5)
        assert prices.seller.opening == pytest.approx(190, abs=0.5)
        assert prices.buyer.opening == pytest.approx(10, abs=0.5)

    def test_orders_each_sides_prices(self) -> None:
        prices = transfer_prices(
            uniform(50, 150), buyer=uniform(80, 260), dependence="comonotonic", policy=POLICY
        )

        assert prices.seller.walk_away <= prices.seller.target <= prices.seller.opening
        assert prices.buyer.opening <= prices.buyer.target <= prices.buyer.walk_away
        assert prices.seller.target == prices.buyer.target

    def test_says_when_there_is_no_room(self) -> None:
        prices = transfer_prices(
            uniform(100, 200), buyer=uniform(0, 50), dependence="independent", policy=POLICY
        )

        assert prices.room < 0
        assert prices.agreement_probability == 0.0
        assert prices.seller.target == prices.seller.walk_away
        assert [m.code for m in prices.notes] == ["deal_price.no_room"]

    def test_says_when_the_buyer_is_unknown(self) -> None:
        prices = transfer_prices(
            uniform(0, 100), buyer=None, dependence="independent", policy=POLICY
        )

        assert [m.code for m in prices.notes] == ["deal_price.buyer_unknown"]
        assert prices.room == pytest.approx(30, abs=0.5)

    def test_compares_only_what_means_the_same(self) -> None:
        sold = certain(1.0, meaning=replace(TODAY, premise="liquidation"))

        with pytest.raises(DealPriceError):
            transfer_prices(uniform(0, 1), buyer=sold, dependence="independent", policy=POLICY)


class TestAgreementProbability:
    @pytest.mark.parametrize(("dependence", "expected"), [("independent", 0.5), ("comonotonic", 1)])
    def test_depends_on_how_values_move_together(self, dependence: str, expected: float) -> None:
        same = uniform(0, 100)

        chance = deal_price.agreement_probability(same, buyer=same, dependence=dependence)

        assert chance == pytest.approx(expected, abs=0.003)

    def test_wants_a_named_dependence(self) -> None:
        with pytest.raises(DealPriceError):
            deal_price.agreement_probability(
                uniform(0, 1), buyer=uniform(0, 1), dependence="somehow"
            )


class TestLicenseTerms:
    def test_gives_the_range_of_rates_and_their_lump_sum(self) -> None:
        rates = np.linspace(0.02, 0.04, 2_000)
        sales = np.full(2_000, 1e8)

        terms = deal_price.license_terms(rates, present_sales=sales, meaning=TODAY, tail=0.2)

        assert (terms.low, terms.central, terms.high) == pytest.approx(
            (0.024, 0.03, 0.036), abs=1e-4
        )
        assert terms.lump.mean == pytest.approx(3e6)

    def test_takes_the_lump_from_joint_draws(self) -> None:
        # High rates on low sales: the mean of products is below the product of means.
        rates, sales = np.linspace(0.02, 0.04, 2_000), np.linspace(2e8, 1e8, 2_000)

        terms = deal_price.license_terms(rates, present_sales=sales, meaning=TODAY, tail=0.2)

        assert terms.lump.mean == pytest.approx(np.mean(rates * sales))
        assert terms.lump.mean < terms.central * 1.5e8

    def test_wants_joint_draws(self) -> None:
        with pytest.raises(DealPriceError):
            deal_price.license_terms(
                np.ones(300), present_sales=np.ones(400), meaning=TODAY, tail=0.2
            )


class TestRateBesideEntryFee:
    def test_is_nothing_when_the_fee_pays_all(self) -> None:
        assert deal_price.rate_beside_entry_fee(1.0, entry_fee=2.0, present_sales=10.0) == 0.0

    def test_wants_sales(self) -> None:
        with pytest.raises(DealPriceError):
            deal_price.rate_beside_entry_fee(1.0, entry_fee=0.0, present_sales=0.0)
