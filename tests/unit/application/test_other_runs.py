"""Excess earnings, the real option and the stock signal run where the case holds what they need."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests import case_factory as factory

RETURNS = factory.RETURNS


class TestExcessEarnings:
    def test_pays_the_tangible_assets_first(self):
        result = factory.appraised(factory.case(factory.BASE, RETURNS, accounts=factory.ACCOUNTS))

        served = factory.line(result, "excess_earnings", "attributable_revenue")[0]
        paid = factory.line(result, "excess_earnings", "fixed_assets_return_on")[0]
        assert paid == pytest.approx(served * 45 / 215 * 0.05, rel=1e-6)
        assert factory.method(result, "G1", "excess_earnings").value > 0

    def test_pays_workforce_where_the_analyst_gives_it(self):
        workforce = (
            factory.assumption("workforce_intensity", 0.10),
            factory.assumption("workforce_return", 0.08),
        )
        plain = factory.appraised(factory.case(factory.BASE, RETURNS, accounts=factory.ACCOUNTS))
        result = factory.appraised(
            factory.case(factory.BASE, RETURNS, workforce, accounts=factory.ACCOUNTS)
        )

        less = factory.method(result, "G1", "excess_earnings").value
        assert less < factory.method(plain, "G1", "excess_earnings").value

    def test_values_only_the_dominant_group_of_a_product(self):
        features = (
            factory.Feature(product="P1", feature="F1", name="seal", weight=Decimal("0.45")),
            factory.Feature(product="P1", feature="F2", name="body", weight=Decimal("0.20")),
        )
        groups = (
            factory.AssetGroup(group="G1", name="i", product="P1", kinds=("invention",)),
            factory.AssetGroup(group="G2", name="u", product="P1", kinds=("utility_model",)),
        )
        coverage = tuple(
            factory.Coverage(product="P1", feature=f, right=factory.RIGHTS[n], strength=Decimal(1))
            for f, n in (("F1", 0), ("F2", 2))
        )
        result = factory.appraised(
            factory.case(
                factory.BASE,
                RETURNS,
                accounts=factory.ACCOUNTS,
                features=features,
                groups=groups,
                coverage=coverage,
            )
        )

        assert factory.method(result, "G1", "excess_earnings") is not None
        assert factory.method(result, "G2", "excess_earnings") is None

    def test_asks_for_the_accounts_it_lacks(self):
        bare = (replace(factory.ACCOUNTS[0], fixed_assets=None),)
        result = factory.appraised(factory.case(factory.BASE, RETURNS, accounts=bare))

        assert factory.method(result, "G1", "excess_earnings") is None
        assert "fixed_assets_intensity" in {item.key for item in result.proposals}


class TestRealOption:
    def test_values_a_product_without_sales(self):
        result = factory.appraised(factory.case(factory.BASE, factory.OPTION))

        found = factory.method(result, "G3", "real_option")
        assert found.weight == 1
        assert found.family == "option"
        # At least what developing today would bring.
        assert found.value > 0
        assert factory.line(result, "real_option", "net_present_value")[0] == 2_000_000

    def test_draws_its_underlying(self):
        result = factory.appraised(factory.case(factory.BASE, factory.OPTION))

        low, high = result.valuation.groups[2].distribution.interval()
        assert low < result.valuation.groups[2].value < high

    def test_proposes_a_year_of_protection_lost_for_each_year_waited(self):
        given = factory.without(factory.OPTION, "delay_cost")
        result = factory.appraised(factory.case(factory.BASE, given))

        asked = next(item for item in result.proposals if item.key == "delay_cost")
        # 12.7 years of protection are left.
        assert asked.central == pytest.approx(1 / 12.68, abs=0.001)
        assert asked.rule == "valuation.real_option.protection_lost"

    def test_is_not_run_where_nobody_judged_the_underlying(self):
        given = factory.without(factory.OPTION, "underlying_value")
        result = factory.appraised(factory.case(factory.BASE, given))

        assert "G3" not in {group.group for group in result.valuation.groups}


class TestStockSignal:
    def test_adds_up_the_rights_of_a_group(self):
        result = factory.appraised(factory.case(factory.BASE, market_signals=factory.SIGNALS))

        each = factory.line(result, "signal_per_right", "value")
        found = factory.method(result, "G1", "stock_signal")
        assert found.value == pytest.approx(sum(each), abs=0.02)
        assert found.weight == 0

    def test_reads_volatility_as_that_of_the_window(self):
        result = factory.appraised(factory.case(factory.BASE, market_signals=factory.SIGNALS))

        assert factory.line(result, "signal_per_right", "window_volatility")[0] == pytest.approx(
            0.04
        )

    def test_says_that_a_group_has_signals_of_some_rights_only(self):
        result = factory.appraised(factory.case(factory.BASE, market_signals=factory.SIGNALS[:1]))

        note = next(n for n in result.valuation.notes if n.code == "note.signal_partial")
        assert (note.facts["count"], note.facts["rights"]) == (1, 2)
        assert factory.method(result, "G1", "stock_signal") is None


class TestFilesWithHoles:
    @pytest.mark.parametrize(
        "changes",
        [
            {"accounts": (replace(factory.ACCOUNTS[0], revenue=Decimal(0)),)},
            {"market_signals": (replace(factory.SIGNALS[0], volatility=Decimal(0)),)},
            {"market_signals": (replace(factory.SIGNALS[0], patents_granted_same_day=0),)},
            {"comparables": (replace(factory.DEALS[1], yearly_sales=Decimal(0)),)},
            {"comparables": (replace(factory.DEALS[0], weight=Decimal(0)),)},
        ],
        ids=["no_revenue", "no_volatility", "no_grants", "no_expected_sales", "no_weight"],
    )
    def test_lose_the_method_and_keep_the_value(self, changes: dict[str, Any]):
        whole = factory.appraised(factory.full_case()).valuation
        value = factory.appraised(replace(factory.full_case(), **changes)).valuation

        assert value.total == whole.total
        assert len(value.groups[0].methods) == len(whole.groups[0].methods) - 1

    @pytest.mark.parametrize("purpose", ["pledge", "license", "management", "transfer"])
    def test_give_no_value_where_nothing_serves_a_product(self, purpose: str):
        file = replace(factory.full_case(), groups=(), coverage=())

        assert factory.appraised(file, purpose=purpose).valuation is None

    def test_value_what_is_there_without_any_sales(self):
        value = factory.appraised(replace(factory.full_case(), sales=()), purpose="license")

        assert {group.group for group in value.valuation.groups} == {"G1", "G3"}
        assert value.valuation.license == ()
