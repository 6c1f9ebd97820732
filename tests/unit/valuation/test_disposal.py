from datetime import date

import numpy as np
import pytest

from zhirong.core.distribution import Meaning, ValueDistribution, cell_means, certain
from zhirong.parameters.reader import Parameters
from zhirong.valuation.disposal import (
    DisposalTerms,
    DisposalTermsError,
    Spread,
    disposal_cells,
    disposal_samples,
    given_default,
    net_proceeds,
    read_terms,
    weighted_cells,
)

TODAY = Meaning(
    premise="market_value",
    condition="none",
    horizon_years=0.0,
    are_costs_deducted=False,
    account="collateral_set",
)


def point(value: float) -> Spread:
    return Spread(low=value, central=value, high=value)


def terms(**changes: object) -> DisposalTerms:
    fields: dict[str, object] = {
        "haircut": Spread(low=0.3, central=0.5, high=0.7),
        "months": Spread(low=6, central=12, high=24),
        "no_sale_probability": 0.35,
        "cost_share": 0.1,
        "cost_fixed": 10_000.0,
        "discount_rate": 0.06,
        "is_observed_at_default": False,
    }
    return DisposalTerms(**{**fields, **changes})  # type: ignore[arg-type]


def lognormal(sigma: float = 0.5) -> ValueDistribution:
    draws = np.random.default_rng(5).lognormal(15, sigma, 20_000)
    return ValueDistribution(cells=tuple(cell_means(draws).tolist()), meaning=TODAY)


class TestSpread:
    def test_means_by_swansons_weights(self) -> None:
        assert Spread(low=0.0, central=10.0, high=30.0).mean == pytest.approx(13.0)

    def test_samples_with_the_same_mean(self) -> None:
        spread = Spread(low=0.0, central=10.0, high=30.0)

        drawn = spread.sample((np.arange(1000) + 0.5) / 1000)

        assert drawn.mean() == pytest.approx(spread.mean)


class TestDisposalTerms:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("haircut", Spread(low=0.5, central=0.4, high=0.7)),
            ("haircut", Spread(low=0.5, central=0.6, high=1.1)),
            ("months", Spread(low=-1, central=6, high=12)),
            ("no_sale_probability", 1.2),
            ("cost_share", -0.1),
            ("discount_rate", -0.01),
        ],
    )
    def test_refuses_terms_that_cannot_be(self, field: str, value: object) -> None:
        with pytest.raises(DisposalTermsError) as raised:
            terms(**{field: value})

        assert raised.value.facts["field"] == field


class TestReadTerms:
    @pytest.mark.parametrize("premise", ["liquidation", "gone_concern", "default"])
    def test_reads_the_houses_terms(self, premise: str) -> None:
        read = read_terms(Parameters(), premise, on=date(2026, 6, 30), discount_rate=0.03)

        assert read.discount_rate == 0.03
        assert read.is_observed_at_default == (premise == "default")

    def test_has_gone_concern_bring_more_than_liquidation_of_the_same_right(self) -> None:
        cells = np.full(200, 1e6)

        forced, orderly = (
            disposal_cells(
                cells,
                terms=read_terms(Parameters(), premise, on=date(2026, 6, 30), discount_rate=0.0),
            ).mean()
            for premise in ("liquidation", "gone_concern")
        )

        assert orderly > forced


class TestNetProceeds:
    def test_takes_price_cut_costs_and_time(self) -> None:
        # 1,000,000 at half price, 10 % costs, 10,000 fixed, one year at 6 %.
        brought = net_proceeds(np.array([1e6]), haircut=0.5, months=12, terms=terms())

        assert brought[0] == pytest.approx((500_000 * 0.9 - 10_000) / 1.06)

    def test_never_falls_below_zero(self) -> None:
        assert net_proceeds(np.array([-5.0, 100.0]), haircut=0, months=0, terms=terms()).max() == 0


class TestWeightedCells:
    def test_keeps_the_mean(self) -> None:
        generator = np.random.default_rng(1)
        values, weights = generator.lognormal(0, 1, 777), generator.random(777)

        cells = weighted_cells(values, weights)

        assert cells.mean() == pytest.approx(np.average(values, weights=weights), rel=1e-12)
        assert np.all(np.diff(cells) >= 0)

    def test_equals_cell_means_under_equal_weights(self) -> None:
        values = np.random.default_rng(2).normal(size=400)

        assert weighted_cells(values, np.ones(400)) == pytest.approx(cell_means(values))


class TestDisposalCells:
    def test_holds_no_sale_as_cells_of_zero(self) -> None:
        cells = disposal_cells(np.full(200, 1e6), terms=terms())

        assert np.sum(cells == 0) == 70  # 35 % of 200

    def test_multiplies_independent_means(self) -> None:
        simple = terms(cost_fixed=0.0, months=point(0))

        cells = disposal_cells(np.asarray(lognormal().cells), terms=simple)

        expected = lognormal().mean * (1 - simple.haircut.mean) * 0.9 * 0.65
        assert cells.mean() == pytest.approx(expected, rel=1e-9)

    def test_agrees_with_draws(self) -> None:
        uniforms = np.random.default_rng(3).random((3, 200_000))
        market = lognormal().sample(np.random.default_rng(4).random(200_000))

        drawn = disposal_samples(market, terms=terms(), uniforms=uniforms)
        cells = disposal_cells(np.asarray(lognormal().cells), terms=terms())

        # 200,000 draws: standard error of the mean about 0.2 %; five of them.
        assert drawn.mean() == pytest.approx(cells.mean(), rel=0.01)
        assert np.mean(drawn == 0) == pytest.approx(0.35, abs=0.01)


class TestDisposalSamples:
    def test_values_many_rights_in_one_state_of_the_world(self) -> None:
        uniforms = np.broadcast_to(np.array([0.9, 0.5, 0.5])[:, None, None], (3, 2, 4))

        sold = disposal_samples(np.ones((2, 4)) * 1e6, terms=terms(), uniforms=uniforms)

        assert sold == pytest.approx(np.full((2, 4), (450_000 - 10_000) / 1.06))


class TestGivenDefault:
    def test_changes_nothing_without_correlation(self) -> None:
        cells = given_default(lognormal(), default_probability=0.03, correlation=0.0)

        assert cells == pytest.approx(np.asarray(lognormal().cells))

    def test_lowers_the_value_with_correlation(self) -> None:
        means = [
            given_default(lognormal(), default_probability=0.03, correlation=rho).mean()
            for rho in (0.0, 0.2, 0.5, 0.8)
        ]

        assert means == sorted(means, reverse=True)

    def test_averages_back_to_the_whole_as_default_becomes_sure(self) -> None:
        nearly_sure = given_default(lognormal(), default_probability=1 - 1e-12, correlation=0.5)

        assert nearly_sure.mean() == pytest.approx(lognormal().mean, rel=1e-6)

    def test_leaves_a_certain_value_alone(self) -> None:
        cells = given_default(
            certain(7.0, meaning=TODAY), default_probability=0.03, correlation=0.9
        )

        assert cells == pytest.approx(np.full(200, 7.0))

    @pytest.mark.parametrize(("pd", "rho"), [(0.0, 0.3), (1.0, 0.3), (0.1, 1.0), (0.1, -0.1)])
    def test_refuses_what_is_no_probability(self, pd: float, rho: float) -> None:
        with pytest.raises(DisposalTermsError):
            given_default(lognormal(), default_probability=pd, correlation=rho)
