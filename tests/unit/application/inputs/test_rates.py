"""Discount rates that are built up or taken from the market become lines of their own sheet."""

from collections.abc import Iterable
from decimal import Decimal

import pytest

from tests import case_factory as factory
from zhirong.application.case.case_file import AnalystScore
from zhirong.application.inputs.build_up_rates import RiskScoresDifferError
from zhirong.application.result import Appraisal
from zhirong.application.workings import InputRecord
from zhirong.core.messages import Message
from zhirong.core.sources import LineOrigin, Origin
from zhirong.valuation.georgia_pacific import AdjustmentTooLargeError

RISK_FREE = (factory.assumption("risk_free_rate", 0.018),)
NO_RATE = factory.without(factory.BASE, "discount_rate")


def origin(result: Appraisal, sheet: str, key: str) -> Origin:
    entry = factory.sheet(result, sheet).entry(key)
    assert isinstance(entry, InputRecord)
    return entry.origins[0]


def codes(messages: Iterable[Message]) -> set[str]:
    return {message.code for message in messages}


class TestBuildUp:
    def test_links_the_rate_of_the_income_methods(self):
        result = factory.appraised(factory.case(NO_RATE, factory.SCORES, RISK_FREE))

        # Four risks of at most 5 points each, scored 60: 1.8 % + 4 x 3 %.
        assert factory.line(result, "build_up", "discount_rate") == pytest.approx([0.138] * 3)
        assert origin(result, "relief_from_royalty", "discount_rate") == LineOrigin(
            sheet="discount_rate", line="discount_rate", rows=(0, 1)
        )

    def test_values_like_the_same_rate_stated(self):
        built = factory.appraised(factory.case(NO_RATE, factory.SCORES, RISK_FREE))
        stated = factory.appraised(
            factory.case(NO_RATE, (factory.assumption("discount_rate", 0.138),))
        )

        assert built.valuation.total == stated.valuation.total

    def test_takes_its_range_from_the_spread(self):
        spread = (factory.assumption("discount_rate_spread", 0.02),)
        fixed = factory.appraised(factory.case(NO_RATE, factory.SCORES, RISK_FREE))
        moving = factory.appraised(factory.case(NO_RATE, factory.SCORES, RISK_FREE, spread))

        assert "discount_rate" not in {bar.key for bar in fixed.valuation.tornado}
        assert "discount_rate" in {bar.key for bar in moving.valuation.tornado}

    def test_reads_scores_of_the_analyst_and_drops_what_does_not_apply(self):
        assumed = tuple(a for a in factory.SCORES if "funding" not in a.key)
        given = tuple(
            AnalystScore(right="", leaf=leaf, score=score, author="A", reason="r")
            for leaf, score in (
                ("risk_score.funding_risk.financing", Decimal(80)),
                ("risk_score.funding_risk.working_funds", None),
            )
        )
        result = factory.appraised(factory.case(NO_RATE, assumed, RISK_FREE, scores=given))

        # Funding risk is now 80 of 5 points; the other three stay at 60.
        assert factory.line(result, "build_up", "discount_rate")[0] == pytest.approx(0.148)

    def test_refuses_a_factor_that_applies_to_one_group_only(self):
        scores = tuple(
            AnalystScore(
                right=group,
                leaf=item.key,
                score=None if (group, item.key) == ("G2", factory.SCORES[0].key) else Decimal(60),
                author="A",
                reason="r",
            )
            for group in ("G1", "G2", "G3")
            for item in factory.SCORES
        )

        with pytest.raises(RiskScoresDifferError):
            factory.appraised(factory.case(NO_RATE, RISK_FREE, scores=scores))

    def test_asks_for_a_missing_score_and_values_nothing(self):
        result = factory.appraised(factory.case(NO_RATE, factory.SCORES[:-1], RISK_FREE))

        asked = {item.key: item for item in result.proposals}
        assert result.valuation is None
        assert asked["risk_score.management_risk.technical_development"].central is None

    def test_says_where_a_stated_rate_was_not_used(self):
        result = factory.appraised(factory.case(factory.BASE, factory.SCORES, RISK_FREE))

        assert "note.rate_stated_beside_worked" in codes(result.valuation.notes)
        assert factory.line(result, "discount_rate", "discount_rate")[0] == pytest.approx(0.138)

    def test_ages_twice_beside_a_decay_unless_somebody_wrote_why(self):
        from_risks = factory.case(NO_RATE, factory.SCORES, RISK_FREE)
        stated = factory.case(factory.BASE)

        assert "ageing.twice" in codes(factory.appraised(from_risks).valuation.breaches)
        assert "ageing.twice" not in codes(factory.appraised(stated).valuation.breaches)


class TestCapitalCost:
    def test_gives_the_rate_with_the_premium_of_intangibles(self):
        result = factory.appraised(
            factory.case(NO_RATE, factory.MARKET_RATE, accounts=factory.ACCOUNTS)
        )

        # Levered beta 0.95 (1 + 0.75 x 20 / 70); equity 7/9 of capital; debt 4 % less a quarter.
        beta = 0.95 * (1 + 0.75 * 20 / 70)
        equity = 0.018 + beta * 0.06 + 0.03
        wacc = 7 / 9 * equity + 2 / 9 * 0.03
        assert factory.line(result, "wacc", "wacc") == pytest.approx([wacc], abs=1e-9)
        assert factory.line(result, "discount_rate", "discount_rate") == pytest.approx(
            [wacc + 0.04] * 3, abs=1e-9
        )

    def test_leaves_a_stated_rate_alone_where_nobody_gave_a_premium(self):
        inputs = factory.without(factory.MARKET_RATE, "intangible_premium")
        result = factory.appraised(factory.case(factory.BASE, inputs, accounts=factory.ACCOUNTS))

        plain = factory.appraised(factory.case(factory.BASE))
        assert result.valuation.total == plain.valuation.total
        assert factory.line(result, "wacc", "wacc")[0] > 0

    def test_proposes_the_premium_where_nothing_else_gives_a_rate(self):
        inputs = factory.without(factory.MARKET_RATE, "intangible_premium")
        result = factory.appraised(factory.case(NO_RATE, inputs, accounts=factory.ACCOUNTS))

        rules = {item.rule for item in result.proposals}
        assert "valuation.proposals.intangible_premium" in rules

    def test_asks_for_market_inputs_that_are_missing(self):
        inputs = factory.without(factory.MARKET_RATE, "equity_premium")
        result = factory.appraised(factory.case(factory.BASE, inputs, accounts=factory.ACCOUNTS))

        assert "equity_premium" in {item.key for item in result.proposals}


class TestGeorgiaPacific:
    ADVANTAGE = factory.assumption("georgia_pacific.advantage", 0.10, scope="G1")
    SUCCESS = factory.assumption("georgia_pacific.product_success", 0.05)

    def test_multiplies_the_royalty_of_the_groups_it_names(self):
        result = factory.appraised(factory.case(factory.BASE, (self.ADVANTAGE, self.SUCCESS)))

        rates = factory.line(result, "georgia_pacific", "adjusted_royalty_rate")
        assert rates[:2] == pytest.approx([0.028 * 1.10 * 1.05, 0.028 * 1.05])
        assert origin(result, "relief_from_royalty", "royalty_rate") == LineOrigin(
            sheet="georgia_pacific", line="adjusted_royalty_rate", rows=(0, 1)
        )

    def test_moves_value_in_draws_as_in_the_middle(self):
        plain = factory.appraised(factory.case(factory.BASE)).valuation
        moved = factory.appraised(factory.case(factory.BASE, (self.SUCCESS,))).valuation

        # Upkeep is small against royalties, so all points move by about the same 5 %.
        for before, after in (
            (plain.total.low, moved.total.low),
            (plain.total.value, moved.total.value),
            (plain.total.high, moved.total.high),
        ):
            assert after / before == pytest.approx(1.05, abs=0.003)

    def test_scales_both_ends_of_a_split_of_sales(self):
        split = (factory.assumption("split_low", 0.015), factory.assumption("split_high", 0.03))
        base = factory.without(factory.BASE, "royalty_rate", "profit_split_rate")
        result = factory.appraised(factory.case(base, split, (self.SUCCESS,)))

        assert factory.line(result, "revenue_split", "split_low") == pytest.approx(
            [0.015 * 1.05] * 2
        )

    def test_refuses_a_change_beyond_the_limit_of_one_factor(self):
        much = factory.assumption("georgia_pacific.advantage", 0.9)

        with pytest.raises(AdjustmentTooLargeError):
            factory.appraised(factory.case(factory.BASE, (much,)))


class TestTaxAmortizationBenefit:
    REQUEST = factory.assumption("tax_amortization_benefit", 1, scope="G2")

    def test_lifts_the_groups_that_ask_for_it_by_the_factor(self):
        plain = factory.appraised(factory.case(factory.BASE))
        result = factory.appraised(factory.case(factory.BASE, (self.REQUEST,)))

        before = factory.line(plain, "relief_from_royalty", "value")
        after = factory.line(result, "relief_from_royalty", "value")
        factor = factory.line(result, "relief_from_royalty", "tab_factor")[1]
        # 25 % over 10 years at 15.5 %: 1 / (1 - 0.025 x 4.93 x sqrt(1.155)).
        assert factor == pytest.approx(1.1525, abs=0.0005)
        assert after[0] == before[0]
        assert after[1] == pytest.approx(before[1] * factor, abs=0.01)

    def test_moves_the_distribution_as_well(self):
        plain = factory.appraised(factory.case(factory.BASE)).valuation
        lifted = factory.appraised(factory.case(factory.BASE, (self.REQUEST,))).valuation

        assert lifted.total.low > plain.total.low * 1.03
        assert lifted.groups[0].distribution == plain.groups[0].distribution
