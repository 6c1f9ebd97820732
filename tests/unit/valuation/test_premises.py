from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from zhirong.core.distribution import Meaning, ValueDistribution, cell_means, certain
from zhirong.parameters.reader import Parameters, catalog
from zhirong.valuation import premises
from zhirong.valuation.disposal import DisposalTerms, Spread
from zhirong.valuation.premises import (
    CollateralPart,
    ExposureError,
    PledgePolicyError,
    PremiseError,
    PrudenceMissingError,
    PrudenceTwiceError,
    WrongWay,
)

ON = date(2024, 12, 31)
TODAY = Meaning(
    premise="market_value",
    condition="none",
    horizon_years=0.0,
    are_costs_deducted=False,
    account="collateral_set",
)


def point(value: float) -> Spread:
    return Spread(low=value, central=value, high=value)


# Case 10 of the worked cases: sale 45 %, price 22 %, costs 15 %, 18 months at 6 %.
CASE_TEN = DisposalTerms(
    haircut=point(0.78),
    months=point(18),
    no_sale_probability=0.55,
    cost_share=0.15,
    cost_fixed=0.0,
    discount_rate=0.06,
    is_observed_at_default=True,
)
ORDINARY = replace(CASE_TEN, is_observed_at_default=False)


def market(mean: float = 10e6) -> ValueDistribution:
    draws = np.random.default_rng(8).lognormal(0, 0.4, 8_000)
    return ValueDistribution(
        cells=tuple((cell_means(draws) / draws.mean() * mean).tolist()), meaning=TODAY
    )


class TestLiquidation:
    def test_says_what_it_is(self) -> None:
        sold = premises.liquidation(market(), terms=ORDINARY)

        assert sold.meaning == Meaning(
            premise="liquidation",
            condition="forced_sale",
            horizon_years=1.5,
            are_costs_deducted=True,
            account="collateral_set",
        )
        assert sold.probability_of_zero == pytest.approx(0.55)

    def test_is_not_taken_from_what_is_already_a_forced_sale(self) -> None:
        with pytest.raises(PremiseError):
            premises.liquidation(premises.liquidation(market(), terms=ORDINARY), terms=ORDINARY)


class TestGoneConcern:
    def test_says_what_it_is(self) -> None:
        sold = premises.gone_concern(market(), terms=ORDINARY)

        assert (sold.meaning.premise, sold.meaning.condition) == ("gone_concern", "none")


class TestDefaultConditional:
    def test_meets_the_worked_case(self) -> None:
        # 6.0 m market value, exposure with 180 days' interest 2.038 m: LGD 77 %.
        proceeds = premises.default_conditional(
            certain(6e6, meaning=TODAY), terms=CASE_TEN, wrong_way=None
        )

        assert proceeds.mean == pytest.approx(6e6 * 0.45 * 0.22 * 0.85 / 1.06**1.5)
        lgd = premises.loss_given_default(proceeds, exposure=2.038e6)
        assert lgd == pytest.approx(0.77, abs=0.005)
        assert proceeds.meaning.condition == "default"

    def test_tilts_the_value_where_the_haircut_knows_no_default(self) -> None:
        wrong_way = WrongWay(default_probability=0.03, correlation=0.4, author="risk")

        tilted = premises.default_conditional(market(), terms=ORDINARY, wrong_way=wrong_way)
        plain = premises.gone_concern(market(), terms=ORDINARY)

        assert tilted.mean < plain.mean

    def test_does_not_leave_bad_times_out(self) -> None:
        with pytest.raises(PrudenceMissingError):
            premises.default_conditional(market(), terms=ORDINARY, wrong_way=None)

    def test_counts_bad_times_once(self) -> None:
        wrong_way = WrongWay(default_probability=0.03, correlation=0.4, author="risk")

        with pytest.raises(PrudenceTwiceError):
            premises.default_conditional(market(), terms=CASE_TEN, wrong_way=wrong_way)


class TestLossGivenDefault:
    def test_caps_recoveries_at_the_exposure(self) -> None:
        sure = replace(CASE_TEN, no_sale_probability=0.0)
        proceeds = premises.default_conditional(
            certain(60e6, meaning=TODAY), terms=sure, wrong_way=None
        )

        assert premises.loss_given_default(proceeds, exposure=1e6) == pytest.approx(0.0)

    def test_wants_proceeds_of_a_default(self) -> None:
        with pytest.raises(PremiseError):
            premises.loss_given_default(market(), exposure=1e6)

    def test_wants_an_exposure(self) -> None:
        proceeds = premises.default_conditional(market(), terms=CASE_TEN, wrong_way=None)

        with pytest.raises(ExposureError):
            premises.loss_given_default(proceeds, exposure=0.0)


def view(policy: str, parts: tuple[CollateralPart, ...] | None = None) -> premises.PledgeView:
    if parts is None:
        parts = (
            CollateralPart(kind="invention", market_value=6e6, cap=0.4),
            CollateralPart(kind="utility_model", market_value=4e6, cap=0.2),
        )
    return premises.pledge_view(
        parts,
        market=market(),
        forced_sale=premises.liquidation(market(), terms=ORDINARY),
        policy=policy,
        quantile_probability=0.10,
    )


class TestPledgeView:
    def test_sums_caps_times_market_value_by_kind(self) -> None:
        seen = view("caps_on_market_value")

        assert seen.caps_amount == pytest.approx(0.4 * 6e6 + 0.2 * 4e6)
        assert seen.collateral_amount == seen.caps_amount
        assert seen.share_of_market_value == pytest.approx(0.32)

    def test_lets_one_policy_choose_and_multiplies_nothing(self) -> None:
        seen = {policy: view(policy) for policy in premises.POLICIES}

        quantile = seen["prudent_quantile"]
        assert quantile.collateral_amount == pytest.approx(market().quantile(0.10))
        sale = seen["liquidation_value"]
        assert sale.collateral_amount == pytest.approx(
            premises.liquidation(market(), terms=ORDINARY).mean
        )
        for one in seen.values():
            assert one.caps_amount == quantile.caps_amount
            assert one.liquidation_value == sale.liquidation_value

    def test_comes_near_what_the_bank_lent_on_five_portfolios(self) -> None:
        # Case 2: values 9.2 16.5 13.7 9.8 14.6 m, loans 20.88 m together, 33 % of value. With two
        # thirds of the value in inventions and the rest in utility models the caps give a third.
        values = (9.2e6, 16.5e6, 13.7e6, 9.8e6, 14.6e6)
        caps = {kind: premises.read_cap(Parameters(), kind, on=ON) for kind in ("invention",)}
        caps["utility_model"] = premises.read_cap(Parameters(), "utility_model", on=ON)

        amount = sum(
            view(
                "caps_on_market_value",
                (
                    CollateralPart(kind="invention", market_value=v * 2 / 3, cap=caps["invention"]),
                    CollateralPart(
                        kind="utility_model", market_value=v / 3, cap=caps["utility_model"]
                    ),
                ),
            ).collateral_amount
            for v in values
        )

        assert amount == pytest.approx(20.88e6, rel=0.03)

    def test_refuses_a_policy_nobody_named(self) -> None:
        with pytest.raises(PledgePolicyError):
            view("quantile_of_caps")

    def test_refuses_an_empty_pledge(self) -> None:
        with pytest.raises(PledgePolicyError):
            view("caps_on_market_value", ())

    def test_speaks_both_languages(self) -> None:
        note = view("caps_on_market_value").notes[0]

        assert "320.00 万元" in catalog().text(note, "zh")
        assert "caps on market value" in catalog().text(note, "en")


class TestReadPolicy:
    def test_gives_the_houses_policy(self) -> None:
        assert premises.read_policy(Parameters(), on=ON) == ("caps_on_market_value", 0.10)


class TestReadCap:
    @pytest.mark.parametrize(
        ("kind", "cap"), [("invention", 0.4), ("utility_model", 0.2), ("design", 0.1)]
    )
    def test_gives_the_cap_of_the_kind(self, kind: str, cap: float) -> None:
        assert premises.read_cap(Parameters(), kind, on=ON) == cap
