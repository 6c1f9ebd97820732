"""What holds of every appraisal, whatever the assumptions."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import case_factory as factory
from zhirong.application.case.case_file import Answer
from zhirong.application.result import Appraisal
from zhirong.core.codec import canonical, encode

CLAIM_BREACHES = ("breach.claims_above_share", "breach.claims_above_profit")
RATES = st.floats(0.001, 0.5)
PLAIN = factory.without(factory.BASE, "royalty_rate", "profit_split_rate", "royalty_decay")


def appraised(royalty: float, split: float, decay: float, weight: float) -> Appraisal:
    """All methods of the sample case, counted half by royalties and half by the split of profit."""
    names = ("excess_earnings", "market_comparables", "cost_reproduction", "stock_signal")
    weights = (
        factory.assumption("weight:relief_from_royalty", weight),
        factory.assumption("weight:profit_split", 1 - weight),
        *(factory.assumption(f"weight:{name}", 0) for name in names),
    )
    judged = (
        factory.assumption("royalty_rate", royalty),
        factory.assumption("profit_split_rate", split),
        factory.assumption("royalty_decay", decay),
    )
    file = factory.full_case()
    blocks = (*PLAIN, *judged, *weights)
    kept = [item for item in file.assumptions if item not in factory.BASE]
    reason = Answer(question="average_reason", value="worked example", answered_by="A")
    return factory.appraised(
        replace(file, assumptions=(*kept, *blocks), answers=(reason,)), draws=400
    )


class TestEveryAppraisal:
    @settings(max_examples=12, deadline=None)
    @given(RATES, RATES, st.floats(0, 0.3), st.sampled_from((0.0, 0.3, 0.5, 1.0)))
    def test_claims_at_most_the_cash_of_a_product_or_says_so(
        self, royalty: float, split: float, decay: float, weight: float
    ):
        value = appraised(royalty, split, decay, weight).valuation
        assert value is not None
        said = {
            str(item.facts["product"]) for item in value.breaches if item.code in CLAIM_BREACHES
        }

        above = {
            row.product
            for row in value.product_checks
            if row.claimed > row.limit * max(row.profit, 0.0) + 0.02
        }
        assert above <= said
        beyond_all = {
            row.product for row in value.product_checks if row.claimed > row.profit + 0.02
        }
        assert beyond_all <= said

    @settings(max_examples=8, deadline=None)
    @given(RATES, st.sampled_from((0.0, 0.5, 1.0)))
    def test_shares_each_group_to_the_fen(self, royalty: float, weight: float):
        value = appraised(royalty, 0.25, 0.1, weight).valuation
        assert value is not None

        groups = sum(round(group.value * 100) for group in value.groups)
        rights = sum(round(right.value * 100) for right in value.rights)
        assert rights == groups == round(value.total.value * 100)


def plain(result: Appraisal, *leaves: str) -> Any:
    """The body without the leaves named; what identifies the report goes as well."""
    return _without(encode(result), {*leaves, "head", "options"})


def _without(body: Any, leaves: set[str]) -> Any:
    if isinstance(body, dict):
        return {key: _without(item, leaves) for key, item in body.items() if key not in leaves}
    return [_without(item, leaves) for item in body] if isinstance(body, list) else body


class TestTheSameInputs:
    def test_give_the_same_bytes(self):
        first = factory.appraised(factory.full_case(), purpose="license")
        again = factory.appraised(factory.full_case(), purpose="license")

        assert canonical(encode(first)) == canonical(encode(again))

    def test_under_another_seed_change_distributions_only(self):
        first = factory.appraised(factory.full_case())
        other = factory.appraised(factory.full_case(), seed=7)

        moved = ("distribution", "distributions", "low", "high", "pledge")
        assert plain(first, *moved) == plain(other, *moved)
        assert first.valuation is not None
        assert other.valuation is not None
        assert first.valuation.distributions != other.valuation.distributions
        # Only what is read from distributions differs within the pledge.
        read = {"prudent_quantile", "liquidation_value"}
        ours, theirs = encode(first.valuation.pledge), encode(other.valuation.pledge)
        assert {key for key in ours if ours[key] != theirs[key]} <= read
