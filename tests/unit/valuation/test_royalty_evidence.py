from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhirong.parameters.reader import Parameters
from zhirong.valuation import royalty_evidence
from zhirong.valuation.comparables_book import Comparable, Deal, Payment
from zhirong.valuation.methods.market_comparables import FACTORS
from zhirong.valuation.royalty_evidence import (
    AdjustmentError,
    AdjustmentGrid,
    ConversionError,
    lump_to_rate,
    rate_to_lump,
    royalty_range,
    running_rate,
    sales_value,
)

ON = date(2026, 6, 30)
LIMITS = royalty_evidence.read_limits(Parameters(), on=ON)


def grid(comparable: str = "A", weight: float = 1.0, **factors: float) -> AdjustmentGrid:
    all_factors = dict.fromkeys(FACTORS, 1.0) | factors
    return AdjustmentGrid(
        comparable=comparable, factors=all_factors, weight=weight, author="A", reason="B"
    )


def deal(payment: Payment, *, lump: float | None = None, rate: float | None = None) -> Comparable:
    return Comparable(
        id="A",
        kind="invention",
        industry="C39",
        deal=Deal.EXCLUSIVE_LICENSE,
        dated=date(2024, 1, 1),
        payment=payment,
        lump=lump,
        rate=rate,
        term_years=2.0,
        expected_sales=(110.0, 121.0),
    )


class TestSalesValue:
    def test_discounts_sales_within_the_term(self) -> None:
        present = sales_value([110.0, 121.0, 500.0], term_years=2, discount_rate=0.1, timing=1.0)

        assert present == pytest.approx(200.0)

    @pytest.mark.parametrize(("sales", "term"), [([], 1.0), ([1.0], 0.0), ([1.0], 1.5)])
    def test_refuses_a_term_without_sales(self, sales: list[float], term: float) -> None:
        with pytest.raises(ConversionError):
            sales_value(sales, term_years=term, discount_rate=0.1, timing=0.5)


class TestLumpToRate:
    @settings(max_examples=50, deadline=None)
    @given(rate=st.floats(1e-4, 0.3), present=st.floats(1e3, 1e10))
    def test_is_undone_by_the_way_back(self, rate: float, present: float) -> None:
        lump = rate_to_lump(rate, present_sales=present)

        assert lump_to_rate(lump, present_sales=present) == pytest.approx(rate)

    def test_refuses_no_sales(self) -> None:
        with pytest.raises(ConversionError):
            lump_to_rate(1.0, present_sales=0.0)


class TestRunningRate:
    # Sales of 110 and 121 at 10 % year-end are worth 200.
    @pytest.mark.parametrize(
        ("payment", "lump", "rate", "expected"),
        [
            (Payment.RUNNING, None, 0.03, 0.03),
            (Payment.LUMP, 6.0, None, 0.03),
            (Payment.MIXED, 2.0, 0.02, 0.03),
        ],
    )
    def test_brings_every_form_of_payment_to_a_rate(
        self, payment: Payment, lump: float | None, rate: float | None, expected: float
    ) -> None:
        found = running_rate(deal(payment, lump=lump, rate=rate), discount_rate=0.1, timing=1.0)

        assert found == pytest.approx(expected)


class TestAdjustmentGrid:
    def test_multiplies_its_factors(self) -> None:
        assert grid(date=1.1, quality=0.9).combined == pytest.approx(0.99)

    @pytest.mark.parametrize("factors", [{"weather": 1.0}, {"date": 0.0}, {"date": -1.0}])
    def test_refuses_factors_that_make_no_grid(self, factors: dict[str, float]) -> None:
        with pytest.raises(AdjustmentError):
            grid(**factors)

    def test_refuses_a_negative_weight(self) -> None:
        with pytest.raises(AdjustmentError):
            grid(weight=-0.1)


class TestRoyaltyRange:
    def test_spans_the_adjusted_rates(self) -> None:
        found = royalty_range(
            {"A": 0.02, "B": 0.04, "C": 0.03},
            grids=(grid("A", 1.0, quality=1.1), grid("B", 2.0), grid("C", 1.0, date=0.9)),
            limits=LIMITS,
            count_min=3,
        )

        assert (found.low, found.high) == pytest.approx((0.022, 0.04))
        assert found.central == pytest.approx((0.022 + 0.08 + 0.027) / 4)
        assert found.notes == ()

    def test_leaves_out_deals_without_weight(self) -> None:
        found = royalty_range(
            {"A": 0.02, "B": 0.9},
            grids=(grid("A"), grid("B", 0.0)),
            limits=LIMITS,
            count_min=1,
        )

        assert (found.count, found.high) == (1, 0.02)

    def test_notes_few_deals_and_far_adjustments(self) -> None:
        found = royalty_range(
            {"A": 0.02}, grids=(grid("A", quality=1.4, date=1.2),), limits=LIMITS, count_min=3
        )

        codes = [message.code for message in found.notes]
        assert codes == [
            "comparable.factor_far",
            "comparable.combined_far",
            "comparable.too_few",
        ]

    def test_refuses_a_range_of_nothing(self) -> None:
        with pytest.raises(AdjustmentError):
            royalty_range({}, grids=(), limits=LIMITS, count_min=1)


class TestExclusivityFactor:
    def test_goes_up_from_a_nonexclusive_deal_to_an_exclusive_right(self) -> None:
        up = royalty_evidence.exclusivity_factor(
            Parameters(), deal="nonexclusive_license", wanted="exclusive_license", on=ON
        )
        down = royalty_evidence.exclusivity_factor(
            Parameters(), deal="exclusive_license", wanted="nonexclusive_license", on=ON
        )

        assert up > 1
        assert up * down == pytest.approx(1.0)
