"""What the value means for a transfer, a license, and the upkeep of the rights."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import case_factory as factory
from tests.factories import event
from zhirong.application.case.case_file import Assumption
from zhirong.application.result import KeepAdvice
from zhirong.rights.events import EventKind


class TestTransfer:
    def test_reads_prices_from_the_distribution_of_the_whole(self):
        value = factory.appraised(factory.case(factory.BASE), purpose="transfer").valuation

        whole = value.distributions[0].distribution
        assert value.transfer.walk_away == pytest.approx(whole.quantile(0.35), abs=0.02)
        assert value.transfer.opening == pytest.approx(whole.quantile(0.90), abs=0.02)
        assert value.transfer.walk_away < value.transfer.target < value.transfer.opening
        assert [note.code for note in value.transfer.notes] == ["deal_price.buyer_unknown"]

    def test_knows_a_buyer_to_whom_the_rights_are_worth_more(self):
        multiple = (factory.assumption("buyer_value_multiple", 1.5),)
        alone = factory.appraised(factory.case(factory.BASE), purpose="transfer").valuation
        value = factory.appraised(
            factory.case(factory.BASE, multiple), purpose="transfer"
        ).valuation

        assert value.transfer.target > alone.transfer.target
        assert value.transfer.walk_away == alone.transfer.walk_away
        assert value.transfer.notes == ()

    def test_is_told_for_no_other_purpose(self):
        value = factory.appraised(factory.case(factory.BASE)).valuation

        assert (value.transfer, value.license, value.keep) == (None, (), ())


class TestLicense:
    def test_states_the_level_rate_that_equals_the_claims(self):
        result = factory.appraised(factory.case(factory.BASE), purpose="license")
        terms = result.valuation.license[0]

        factor = factory.line(result, "relief_from_royalty", "discount_factor")[:8]
        claimed = factory.line(result, "relief_from_royalty", "claimed_cash")[:8]
        revenue = factory.line(result, "relief_from_royalty", "revenue")[:7]
        present = sum(c * f for c, f in zip(claimed, factor, strict=True))
        sales = sum(r * f for r, f in zip(revenue, factor, strict=False))
        assert terms.lump_sum == pytest.approx(present, abs=0.05)
        assert terms.rate == pytest.approx(present / sales, abs=1e-8)
        assert terms.rate_low < terms.rate < terms.rate_high < 0.034
        assert (terms.group, terms.term_years) == ("G1", 7.0)

    def test_reads_k_of_a_split_of_sales(self):
        split = (
            factory.assumption("split_low", 0.015),
            factory.assumption("split_high", 0.03),
            factory.assumption("split_decay", 0),
        )
        base = factory.without(factory.BASE, "royalty_rate", "profit_split_rate")
        result = factory.appraised(factory.case(base, split), purpose="license")

        # Without decay the level rate is K itself.
        k = factory.line(result, "revenue_split", "split_rate")[0]
        assert result.valuation.license[0].rate == pytest.approx(k, abs=1e-8)

    def test_reads_the_market_rate_where_that_is_the_conclusion(self):
        base = factory.without(factory.BASE, "royalty_rate", "profit_split_rate")
        result = factory.appraised(
            factory.case(base, comparables=factory.DEALS[:1]), purpose="license"
        )

        assert result.valuation.license[0].rate == pytest.approx(0.03 * 1.02 * 1.05)

    def test_passes_by_the_draws_in_which_nothing_is_sold(self):
        base = factory.without(factory.BASE, "economic_life")
        short = (factory.assumption("economic_life", 1.5, 0.5, 2.5),)
        result = factory.appraised(factory.case(base, short), purpose="license")

        assert [item.group for item in result.valuation.license] == ["G1", "G2"]

    def test_offers_no_rate_for_rights_without_sales(self):
        result = factory.appraised(factory.case(factory.BASE, factory.OPTION), purpose="license")

        assert [item.group for item in result.valuation.license] == ["G1", "G2"]


class TestManagement:
    def advice(self, *blocks: Iterable[Assumption], **changes: Any) -> dict[str, KeepAdvice]:
        file = factory.case(factory.BASE, *blocks, **changes)
        value = factory.appraised(file, purpose="management").valuation
        return {item.right: item for item in value.keep}

    def test_drops_a_right_that_serves_no_product(self):
        found = self.advice()[factory.RIGHTS[6]]

        assert (found.advice, found.value) == ("drop", 0.0)
        assert found.saved == found.fees > 0

    def test_keeps_a_utility_model_that_serves_one(self):
        found = self.advice()[factory.RIGHTS[2]]

        assert (found.advice, found.saved) == ("keep", 0.0)

    def test_keeps_an_invention_through_the_economic_life_only(self):
        found = self.advice()[factory.RIGHTS[0]]

        # Filed on 2019-03-01; the life of 7 years ends on 2033-06-30, in patent year 15.
        assert found.advice == "keep_until"
        assert found.reason.facts["through"] == 15
        assert found.saved == 5 * 8_000

    def test_keeps_an_unused_invention_as_long_as_renewing_pays(self):
        without = self.advice()[factory.RIGHTS[5]]
        found = self.advice(factory.RENEWAL)[factory.RIGHTS[5]]

        assert without.advice == "drop"
        assert found.advice == "keep_until"
        assert found.value > 0

    def test_binds_a_pledged_right_to_consent(self):
        pledged = event(EventKind.PLEDGE_REGISTERED, date(2025, 1, 10), right=factory.RIGHTS[6])
        found = self.advice(events=(pledged,))[factory.RIGHTS[6]]

        assert (found.advice, found.saved) == ("bound", 0.0)

    def test_leaves_lapsed_rights_out(self):
        patents = list(factory.case().patents)
        patents[6] = replace(patents[6], fee_paid_through_year=5)

        assert factory.RIGHTS[6] not in self.advice(patents=tuple(patents))

    def test_prints_the_limits_of_the_survival_model(self):
        file = factory.case(factory.BASE)
        value = factory.appraised(file, purpose="management").valuation

        assert "survival.note.era" in {note.code for note in value.notes}


class TestUnmappedRights:
    def test_show_the_chance_to_be_kept(self):
        value = factory.appraised(factory.case(factory.BASE)).valuation
        by_right = {item.right: item for item in value.rights}

        chances = by_right[factory.RIGHTS[5]].survival
        assert len(chances) == 12
        assert all(a >= b for a, b in zip((1.0, *chances), chances, strict=False))

    def test_are_inventions_only(self):
        value = factory.appraised(factory.case(factory.BASE)).valuation

        # The invention in development has a group, but nobody valued it.
        assert [item.right for item in value.rights if item.survival] == [factory.RIGHTS[5]]

    def test_show_what_renewing_is_worth_beside_the_total(self):
        plain = factory.appraised(factory.case(factory.BASE)).valuation
        value = factory.appraised(factory.case(factory.BASE, factory.RENEWAL)).valuation
        own = next(item for item in value.rights if item.right == factory.RIGHTS[5])

        assert own.renewal_value > 0
        assert own.value == 0
        assert value.total == plain.total

    def test_ask_for_a_return_that_nobody_judged(self):
        given = factory.without(factory.RENEWAL, "return_spread")
        result = factory.appraised(factory.case(factory.BASE, given))

        asked = {(item.key, item.scope) for item in result.proposals}
        assert ("return_spread", factory.RIGHTS[5]) in asked
