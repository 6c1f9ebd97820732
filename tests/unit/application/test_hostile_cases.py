"""Odd files: nothing is valued in silence that cannot be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import case_factory as factory
from zhirong.application.case.assumption_book import AssumptionBoundsError, AssumptionRangeError
from zhirong.application.case.case_file import AssetGroup
from zhirong.application.case.groups import MatrixWeightError
from zhirong.core.messages import Message
from zhirong.firms.records import Coverage, Feature
from zhirong.parameters.reader import catalog
from zhirong.rights.records import PatentKind
from zhirong.valuation.reconciliation import ReconciliationError


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


def codes(result: Any) -> list[str]:
    return [item.code for item in result.valuation.breaches]


class TestSilence:
    def test_breach_for_a_group_whose_rights_have_lapsed(self):
        patents = tuple(
            factory.patent(place, **({"fee_paid_through_year": 2} if place in (1, 3) else {}))
            for place in range(len(factory.RIGHTS))
        )
        result = factory.appraised(factory.case(factory.BASE, patents=patents))

        named = [b for b in result.valuation.breaches if b.code == "breach.group_without_right"]
        assert [item.facts["group"] for item in named] == ["group 2"]

    def test_breach_and_question_for_a_product_without_sales(self):
        result = factory.appraised(factory.case(factory.BASE))

        assert "breach.group_without_sales" in codes(result)
        asked = [item for item in result.questions if item.code == "product_sales"]
        assert [item.subject for item in asked] == ["P3"]

    def test_question_for_sales_where_no_product_has_any(self):
        result = factory.appraised(factory.case(factory.BASE, sales=()))

        assert result.valuation is None
        asked = {item.subject for item in result.questions if item.code == "product_sales"}
        assert asked == {"P1", "P2", "P3"}

    @pytest.mark.parametrize("sold", [0, -5])
    def test_breach_where_nothing_was_sold(self, sold: int):
        case = factory.case(factory.BASE)
        sales = (replace(case.sales[0], sales=Decimal(sold)), case.sales[1])

        assert "breach.sales_not_positive" in codes(factory.appraised(replace(case, sales=sales)))

    def test_breach_for_a_group_without_assumptions(self):
        own = tuple(
            replace(item, scope="P1") if item.key == "economic_life" else item
            for item in factory.BASE
        )

        assert "breach.group_not_valued" in codes(factory.appraised(factory.case(own)))

    def test_breach_for_an_assumption_on_a_group_that_is_not_there(self):
        stray = (factory.assumption("royalty_rate", 0.03, scope="G9"),)
        result = factory.appraised(factory.case(factory.BASE, stray))

        assert "breach.assumption_scope" in codes(result)

    def test_breach_where_one_product_grows_in_two_ways(self):
        kinds = (("G1", "invention"), ("G2", "utility_model"))
        groups = tuple(
            AssetGroup(group=group, name=group, product="P1", kinds=(kind,))
            for group, kind in kinds
        )
        other = (factory.assumption("growth", 0.3, scope="G2"),)

        one = factory.appraised(factory.case(factory.BASE, groups=groups))
        two = factory.appraised(factory.case(factory.BASE, other, groups=groups))
        assert "breach.growth_differs" not in codes(one)
        assert "breach.growth_differs" in codes(two)

    def test_note_of_what_no_method_read(self):
        misspelt = (factory.assumption("royality_rate", 0.03),)
        result = factory.appraised(factory.case(factory.BASE, misspelt))

        note = next(n for n in result.valuation.notes if n.code == "note.assumptions_unread")
        assert note.facts == {"count": 1, "names": ("royality_rate",)}
        plain = factory.appraised(factory.case(factory.BASE)).valuation.notes
        assert "note.assumptions_unread" not in {n.code for n in plain}

    def test_notes_of_what_could_not_be_checked(self):
        without = factory.appraised(factory.case(factory.BASE)).valuation.notes
        known = (
            factory.assumption("enterprise_value", 90_000_000),
            factory.assumption("wacc", 0.1),
        )
        with_both = factory.appraised(factory.case(factory.BASE, known)).valuation.notes

        unchecked = {"note.enterprise_unchecked", "note.returns_unchecked"}
        assert unchecked <= {n.code for n in without}
        assert not unchecked & {n.code for n in with_both}


class TestWeights:
    def test_count_a_method_that_was_left_out_as_nothing(self):
        weights = (factory.assumption("weight:profit_split", 1.0),)
        result = factory.appraised(factory.case(factory.BASE, weights))

        assert factory.method(result, "G1", "profit_split").weight == 1.0
        assert factory.method(result, "G1", "relief_from_royalty").weight == 0.0
        assert "reconciliation.weight_not_run" not in codes(result)

    def test_go_to_the_others_where_a_method_could_not_be_run(self):
        weights = tuple(
            factory.assumption(f"weight:{key}", weight)
            for key, weight in (
                ("relief_from_royalty", 0.45),
                ("profit_split", 0.15),
                ("market_comparables", 0.4),
            )
        )
        result = factory.appraised(factory.case(factory.BASE, weights))

        assert factory.method(result, "G1", "relief_from_royalty").weight == pytest.approx(0.75)
        assert factory.method(result, "G1", "profit_split").weight == pytest.approx(0.25)
        assert codes(result).count("reconciliation.weight_not_run") == 2

    def test_are_not_used_where_some_are_missing_and_say_so(self):
        weights = (factory.assumption("weight:profit_split", 0.7),)
        result = factory.appraised(factory.case(factory.BASE, weights))

        assert factory.method(result, "G1", "relief_from_royalty").weight == 1.0
        assert "reconciliation.weights_incomplete" in codes(result)

    def test_are_refused_where_all_do_not_sum_to_one(self):
        weights = tuple(
            factory.assumption(f"weight:{key}", 0.6)
            for key in ("relief_from_royalty", "profit_split")
        )

        with pytest.raises(ReconciliationError, match=r"1\.2"):
            factory.appraised(factory.case(factory.BASE, weights))


class TestShareOfProfit:
    def test_is_the_one_that_an_analyst_gave_a_reason_for(self):
        dear = (*factory.without(factory.BASE, "royalty_rate"),)
        rate = (factory.assumption("royalty_rate", 0.10),)
        reasoned = (factory.assumption("royalty_share_max", 0.45, scope="P1"),)

        # 10 % of 45 % of sales is 37.5 % of a margin of 12 %.
        assert "breach.claims_above_share" in codes(factory.appraised(factory.case(dear, rate)))
        result = factory.appraised(factory.case(dear, rate, reasoned))
        own = [row for row in result.valuation.product_checks if row.product == "P1"]
        assert {row.limit for row in own} == {0.45}
        breached = [b for b in result.valuation.breaches if b.code == "breach.claims_above_share"]
        assert [item.facts["product"] for item in breached] == ["P2"]
