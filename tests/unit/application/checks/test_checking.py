"""Values that do not fit the business are breaches on page one."""

from decimal import Decimal

import pytest

from tests import case_factory as factory
from zhirong.application.case.case_file import Answer
from zhirong.application.result import Appraisal

NO_RATE = factory.without(factory.BASE, "discount_rate")
RISK_FREE = (factory.assumption("risk_free_rate", 0.018),)


def breaches(result: Appraisal) -> dict[str, object]:
    assert result.valuation is not None
    return {item.code: item.facts for item in result.valuation.breaches}


class TestProductChecks:
    def test_breach_where_claims_exceed_the_share_of_profit(self):
        dear = (factory.assumption("royalty_rate", 0.15), *factory.BASE[1:])
        result = factory.appraised(factory.case(dear))

        # 15 % of 45 % of sales against a third of 12 %.
        assert breaches(result)["breach.claims_above_share"]["year"] == 1

    def test_breach_where_claims_exceed_all_profit(self):
        dear = (factory.assumption("royalty_rate", 0.35), *factory.BASE[1:])

        assert "breach.claims_above_profit" in breaches(factory.appraised(factory.case(dear)))

    def test_breach_where_the_profit_is_not_known(self):
        products = (
            factory.Product(product="P1", name="Valves"),
            factory.Product(product="P2", name="Pumps", operating_margin=Decimal("0.14")),
            factory.Product(product="P3", name="Sensor"),
        )

        found = breaches(factory.appraised(factory.case(factory.BASE, products=products)))
        assert found["breach.profit_unknown"]["product"] == "P1"

    def test_count_claims_by_the_weights_of_the_conclusion(self):
        weights = tuple(
            factory.assumption(f"weight:{name}", weight)
            for name, weight in (("relief_from_royalty", 0.5), ("profit_split", 0.5))
        )
        result = factory.appraised(factory.case(factory.BASE, weights))

        royalty = factory.line(result, "relief_from_royalty", "claimed_cash")[0]
        split = factory.line(result, "profit_split", "claimed_cash")[0]
        first = result.valuation.product_checks[0]
        assert first.claimed == pytest.approx((royalty + split) / 2, abs=0.01)


class TestEnterprise:
    def test_breach_where_the_rights_are_worth_more_than_the_firm(self):
        small = (factory.assumption("enterprise_value", 5_000_000),)

        found = breaches(factory.appraised(factory.case(factory.BASE, small)))
        assert found["breach.intangibles_above_enterprise"]["enterprise"] == 5_000_000

    def test_no_breach_in_a_larger_firm(self):
        large = (factory.assumption("enterprise_value", 500_000_000),)

        found = breaches(factory.appraised(factory.case(factory.BASE, large)))
        assert "breach.intangibles_above_enterprise" not in found


class TestRates:
    def test_breach_where_rights_are_discounted_below_the_cost_of_capital(self):
        dear = (factory.assumption("wacc", 0.16),)

        found = breaches(factory.appraised(factory.case(factory.BASE, dear)))
        assert found["breach.rate_not_above_wacc"]["wacc"] == 0.16

    def test_show_what_intangibles_must_earn(self):
        given = (factory.assumption("wacc", 0.09), factory.assumption("enterprise_value", 1e8))
        result = factory.appraised(
            factory.case(factory.BASE, factory.RETURNS, given, accounts=factory.ACCOUNTS)
        )

        needed = 1e8 * 0.09 - 30e6 * 0.035 - 45e6 * 0.05
        assert factory.line(result, "wara", "intangible_rate")[0] == pytest.approx(needed / 25e6)

    @pytest.mark.parametrize(("wacc", "count"), [(0.0718, 0), (0.05, 1), (0.09, 1)])
    def test_breach_where_returns_do_not_reconcile(self, wacc: float, count: int):
        given = (factory.assumption("wacc", wacc), factory.assumption("enterprise_value", 1e8))
        result = factory.appraised(
            factory.case(factory.BASE, factory.RETURNS, given, accounts=factory.ACCOUNTS)
        )

        # 30 at 3.5 %, 45 at 5 % and 25 at 15.5 % earn 7.175 % of 100; a point is tolerated.
        assert list(breaches(result)).count("breach.returns_unreconciled") == count

    def test_are_not_judged_without_a_cost_of_capital(self):
        result = factory.appraised(
            factory.case(factory.BASE, factory.RETURNS, accounts=factory.ACCOUNTS)
        )

        assert "wara" not in {sheet.name for sheet in result.sheets}


class TestExcessEarnings:
    def test_breach_where_two_groups_of_a_product_count_by_it(self):
        named = tuple(
            factory.assumption(item.key, float(item.central), scope=group)
            for group in ("G1", "G2")
            for item in factory.RETURNS
        )
        groups = (
            factory.AssetGroup(group="G1", name="i", product="P1", kinds=("invention",)),
            factory.AssetGroup(group="G2", name="u", product="P1", kinds=("utility_model",)),
        )
        base = factory.without(factory.BASE, "royalty_rate", "profit_split_rate")
        result = factory.appraised(
            factory.case(base, named, accounts=factory.ACCOUNTS, groups=groups)
        )

        assert breaches(result)["breach.excess_earnings_twice"]["count"] == 2


class TestAgeing:
    def test_is_a_breach_where_scored_risks_run_beside_a_decay(self):
        result = factory.appraised(factory.case(NO_RATE, factory.SCORES, RISK_FREE))

        assert breaches(result)["ageing.twice"]["extra"] == "ageing.discount_rate"

    def test_is_none_where_somebody_wrote_why(self):
        answer = Answer(question="ageing_reason", value="different risks", answered_by="A")
        result = factory.appraised(
            factory.case(NO_RATE, factory.SCORES, RISK_FREE, answers=(answer,))
        )

        assert "ageing.twice" not in breaches(result)

    def test_is_none_where_nothing_decays(self):
        base = (*factory.without(NO_RATE, "royalty_decay"), factory.assumption("royalty_decay", 0))
        scores = tuple(
            factory.assumption(item.key, 0 if "technology" in item.key else 60)
            for item in factory.SCORES
        )

        result = factory.appraised(factory.case(base, scores, RISK_FREE))
        assert "ageing.twice" not in breaches(result)


class TestRuleOfTwentyFive:
    def test_warns_beside_a_profit_split(self):
        result = factory.appraised(factory.case(factory.BASE))

        codes = [note.code for note in result.valuation.notes]
        assert codes.count("warning.twenty_five_percent_rule") == 1
        facts = next(
            n.facts for n in result.valuation.notes if n.code == "note.twenty_five_percent_value"
        )
        # The analyst's own split is 25 % here.
        assert facts["value"] == facts["ours"]

    def test_is_silent_without_one(self):
        base = factory.without(factory.BASE, "profit_split_rate")
        result = factory.appraised(factory.case(base))

        codes = {note.code for note in result.valuation.notes}
        assert not codes & {"warning.twenty_five_percent_rule", "note.twenty_five_percent_value"}
