"""Odd files: nothing is valued in silence that cannot be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import case_factory as factory
from zhirong.application.assumption_book import AssumptionBoundsError, AssumptionRangeError
from zhirong.application.groups import MatrixWeightError
from zhirong.core.messages import Message
from zhirong.firms.records import Coverage, Feature
from zhirong.parameters.reader import catalog
from zhirong.rights.records import PatentKind


def stated(key: str, *numbers: float) -> Any:
    """The base case with one assumption stated otherwise."""
    return factory.case(factory.without(factory.BASE, key), (factory.assumption(key, *numbers),))


class TestAssumptions:
    @pytest.mark.parametrize(
        ("key", "number"),
        [
            ("royalty_rate", 1.5),
            ("royalty_rate", -0.01),
            ("growth", -1.2),
            ("economic_life", -2),
            ("discount_rate", 17),
            ("discount_rate", -1),
            ("royalty_decay", 1.2),
        ],
    )
    def test_refuse_numbers_that_cannot_be(self, key: str, number: float):
        with pytest.raises(AssumptionBoundsError) as caught:
            factory.appraised(stated(key, number))

        words = catalog().text(Message(caught.value.code, caught.value.facts), "en")
        assert key in words
        assert "{" not in words

    def test_refuse_an_end_of_the_range_beyond_the_bounds(self):
        with pytest.raises(AssumptionBoundsError):
            factory.appraised(stated("royalty_rate", 0.9, 0.8, 1.1))

    def test_refuse_a_range_that_does_not_ascend(self):
        with pytest.raises(AssumptionRangeError):
            factory.appraised(stated("royalty_rate", 0.03, 0.04, 0.05))

    def test_let_sales_end_in_draws_as_they_do_at_the_middle(self):
        result = factory.appraised(stated("growth", -1))

        assert result.valuation is not None
        assert result.valuation.total.value == 0
        assert result.valuation.total.high == 0


class TestMatrix:
    def test_refuses_features_that_weigh_more_than_their_product(self):
        case = factory.case(factory.BASE)
        second = Feature(product="P1", feature="F2", name="stem", weight=Decimal("0.60"))

        with pytest.raises(MatrixWeightError, match="P1"):
            factory.appraised(replace(case, features=(*case.features, second)))

    def test_refuses_a_strength_above_one(self):
        case = factory.case(factory.BASE)
        sure = Coverage(
            product="P1", feature="F1", right=factory.RIGHTS[0], strength=Decimal("1.5")
        )

        with pytest.raises(MatrixWeightError, match="F1"):
            factory.appraised(replace(case, coverage=(sure, *case.coverage[1:])))

    def test_ends_a_feature_with_the_last_right_that_covers_it(self):
        old = factory.patent(1, filing_date=date(2009, 9, 30), fee_paid_through_year=18)
        model = factory.patent(3, filing_date=date(2019, 9, 30), kind=PatentKind.UTILITY_MODEL)
        patents = [factory.patent(place) for place in range(len(factory.RIGHTS))]
        patents[1], patents[3] = old, model
        result = factory.appraised(factory.case(factory.BASE, patents=tuple(patents)))

        shares = factory.line(result, "product_matrix", "mapped_share")
        years = len(shares) // 3
        # The sensor's feature is covered to 2039; the pumps' until 30 September 2029.
        assert shares[:years] == pytest.approx([0.45] * years)
        assert shares[years : years + 3] == pytest.approx([0.60] * 3)
        assert shares[years + 3] == pytest.approx(0.60 * 0.25, abs=0.002)
        assert set(shares[years + 4 : 2 * years]) == {0.0}
        claimed = factory.line(result, "relief_from_royalty", "claimed_cash")
        assert set(claimed[years + 4 : 2 * years]) == {0.0}

    def test_counts_the_fees_of_a_right_in_two_groups_once(self):
        case = factory.case(factory.BASE)
        shared = tuple(
            replace(cell, right=factory.RIGHTS[0]) if cell.right == factory.RIGHTS[1] else cell
            for cell in case.coverage
        )
        result = factory.appraised(replace(case, coverage=shared))

        # An invention asks for 40,000 in its years ahead, each of the two utility models for 4,000.
        plain = factory.line(factory.appraised(case), "relief_from_royalty", "upkeep")
        assert sum(plain) == 2 * (40_000 + 4_000)
        assert sum(factory.line(result, "relief_from_royalty", "upkeep")) == 40_000 + 2 * 4_000


class TestDates:
    def test_count_a_year_that_ends_on_the_valuation_date(self):
        result = factory.appraised(factory.case(factory.BASE), valuation_date=date(2025, 12, 31))

        assert result.valuation is not None
        assert {row.year for row in result.valuation.sales} == {2025}
