"""Deals of the case become rates and prices of its groups; what cannot be used is said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import case_factory as factory
from zhirong.application.case.case_file import Comparable
from zhirong.application.result import Appraisal
from zhirong.valuation.royalty_evidence import sales_value

RUNNING, LUMP, SALE = factory.DEALS


def priced(*deals: Comparable) -> Appraisal:
    return factory.appraised(factory.case(factory.BASE, comparables=deals))


def notes(result: Appraisal) -> dict[str, object]:
    return {note.code: note.facts for note in result.valuation.notes}


class TestLicenses:
    def test_apply_the_adjusted_rate_to_the_groups_own_sales(self):
        result = priced(RUNNING)

        rate = factory.line(result, "market_rates", "market_royalty_rate")[0]
        assert rate == pytest.approx(0.03 * 1.02 * 1.05)
        value = factory.line(result, "market_rates", "sales_value_after_tax")[0] * rate
        assert factory.method(result, "G1", "market_comparables").value == pytest.approx(
            value, abs=0.01
        )

    def test_spread_a_lump_sum_over_the_expected_sales(self):
        result = priced(LUMP)

        present = sales_value([40_000_000.0] * 4, term_years=3.5, discount_rate=0.155, timing=0.5)
        assert factory.line(result, "market_deals", "deal_rate")[0] == pytest.approx(
            3_000_000 / present
        )

    def test_count_by_their_weights(self):
        result = priced(RUNNING, LUMP)

        adjusted = factory.line(result, "market_rates", "adjusted_rate")
        mean = (0.4 * adjusted[0] + 0.35 * adjusted[1]) / 0.75
        rate = factory.line(result, "market_rates", "market_royalty_rate")[0]
        assert rate == pytest.approx(mean)

    def test_count_alike_where_one_has_no_weight(self):
        result = priced(RUNNING, replace(LUMP, weight=None))

        adjusted = factory.line(result, "market_rates", "adjusted_rate")
        rate = factory.line(result, "market_rates", "market_royalty_rate")[0]
        assert rate == pytest.approx(sum(adjusted) / 2)

    def test_without_a_group_serve_all_groups_with_sales(self):
        result = priced(replace(RUNNING, group=""))

        assert factory.method(result, "G1", "market_comparables").value > 0
        assert factory.method(result, "G2", "market_comparables").value > 0

    def test_claim_cash_of_the_product_where_they_count(self):
        base = factory.without(factory.BASE, "royalty_rate", "profit_split_rate")
        result = factory.appraised(factory.case(base, comparables=(RUNNING,)))

        rate = factory.line(result, "market_rates", "market_royalty_rate")[0]
        first = result.valuation.product_checks[0]
        assert first.product == "P1"
        assert first.claimed == pytest.approx(115_000_000 * 1.12 * 0.45 * rate, abs=0.01)

    def test_move_with_growth_life_and_rate(self):
        base = factory.without(factory.BASE, "royalty_rate", "profit_split_rate")
        result = factory.appraised(factory.case(base, comparables=(RUNNING,)))

        assert {bar.key for bar in result.valuation.tornado} == {
            "growth",
            "life",
            "discount_rate",
        }


class TestSales:
    def test_adjust_the_price(self):
        result = priced(SALE)

        found = factory.method(result, "G1", "market_comparables")
        assert found.value == pytest.approx(6_000_000 * 1.30)

    def test_stand_beside_licenses_by_weight(self):
        result = priced(*factory.DEALS)

        rates = factory.line(result, "market_rates", "value")[0]
        found = factory.method(result, "G1", "market_comparables")
        assert found.value == pytest.approx(0.75 * rates + 0.25 * 7_800_000, abs=0.01)

    def test_of_one_group_and_licenses_of_another_go_together(self):
        result = priced(RUNNING, replace(SALE, group="G2"))

        assert factory.method(result, "G2", "market_comparables").value == pytest.approx(7_800_000)
        rates = factory.line(result, "market_rates", "value")
        assert factory.method(result, "G1", "market_comparables").value == pytest.approx(
            rates[0], abs=0.01
        )


class TestScreening:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"deal_date": date(2019, 1, 1)}, "comparable.too_old"),
            ({"deal_date": date(2026, 12, 1)}, "comparable.after_valuation_date"),
            ({"origin": ""}, "comparable.no_source"),
            ({"royalty_rate": Decimal("0.4")}, "comparable.rate_too_high"),
            ({"royalty_rate": None}, "comparable.no_price"),
            ({"adjustments": (("moon", Decimal(1)),)}, "comparable.factor_unknown"),
        ],
    )
    def test_refuses_with_a_note(self, changes: dict[str, Any], code: str):
        result = priced(replace(RUNNING, **changes))

        assert code in notes(result)
        assert factory.method(result, "G1", "market_comparables") is None

    def test_refuses_a_lump_sum_without_term(self):
        result = priced(replace(LUMP, term_years=None))

        assert notes(result)["comparable.not_convertible"] == {"id": "C2"}

    def test_says_what_is_taken_as_equal_and_that_deals_are_few(self):
        found = notes(priced(RUNNING, LUMP))

        assert found["comparable.factors_unstated"] == {"id": ("C1", "C2")}
        assert found["comparable.too_few_for_group"]["count"] == 2

    def test_is_silent_without_deals(self):
        assert not [code for code in notes(priced()) if code.startswith("comparable")]


class TestDraws:
    def test_move_licenses_where_another_group_has_sales_of_rights_only(self):
        alone = (factory.assumption("weight:market_comparables", 1.0),)
        sold = replace(SALE, group="G2")
        case = factory.case(factory.BASE, alone, comparables=(RUNNING, sold))
        licensed, priced_group = factory.appraised(case).valuation.groups

        plain = factory.appraised(factory.case(factory.BASE, alone, comparables=(RUNNING,)))
        spread = plain.valuation.groups[0].distribution
        assert licensed.distribution.quantile(0.1) == pytest.approx(spread.quantile(0.1), rel=0.03)
        assert licensed.distribution.quantile(0.9) == pytest.approx(spread.quantile(0.9), rel=0.03)
        low, high = (priced_group.distribution.quantile(share) for share in (0.1, 0.9))
        assert low == pytest.approx(high)
        assert low == pytest.approx(priced_group.value, abs=0.01)
