"""Tests of reconciling methods and drawing the whole jointly."""

from dataclasses import replace

import pytest

from tests.case_factory import BASE, appraised, assumption, case, line, without
from zhirong.application.case.case_file import Answer
from zhirong.application.result import Appraisal

FLAT = tuple(replace(item, low=None, high=None) for item in BASE)


def total(result: Appraisal) -> float:
    assert result.valuation is not None
    return result.valuation.total.value


class TestConclude:
    def test_adds_the_groups_up(self):
        result = appraised(case(BASE))

        assert total(result) == pytest.approx(
            sum(group.value for group in result.valuation.groups), abs=0.005
        )
        assert line(result, "conclusion", "portfolio")[0] == pytest.approx(total(result), abs=0.02)

    def test_holds_the_point_within_the_interval(self):
        found = appraised(case(BASE)).valuation.total

        assert found.low < found.value < found.high

    @pytest.mark.parametrize("draws", [200, 2_000, 10_000])
    def test_gives_a_case_without_any_range_a_point(self, draws: int):
        found = appraised(case(FLAT), draws=draws).valuation

        assert found.total.low == found.total.value == found.total.high
        assert found.tornado == ()

    def test_is_the_same_for_the_same_seed_and_nearly_for_another(self):
        one, again, other = (appraised(case(BASE), seed=seed).valuation.total for seed in (1, 1, 2))

        assert one == again
        assert one.value == other.value
        assert one.low != other.low
        assert one.low == pytest.approx(other.low, rel=0.05)

    def test_draws_only_what_counts(self):
        keys = {bar.key for bar in appraised(case(BASE)).valuation.tornado}

        # The house prefers the relief from royalty: the split rate moves nothing.
        assert "royalty_rate" in keys
        assert "split_rate" not in keys

    def test_has_both_ends_of_the_tornado_by_running_the_method_there(self):
        bars = {bar.key: bar for bar in appraised(case(BASE)).valuation.tornado}
        dear = (assumption("discount_rate", 0.17), *without(BASE, "discount_rate"))

        assert bars["discount_rate"].at_high == pytest.approx(
            total(appraised(case(dear))), abs=0.05
        )

    def test_follows_the_analysts_weights_where_they_cover_every_method(self):
        names = ("relief_from_royalty", "profit_split")
        half = tuple(assumption(f"weight:{name}", 0.5) for name in names)

        single = {
            method.method: method.value
            for method in appraised(case(BASE)).valuation.groups[0].methods
        }
        mixed = appraised(case(BASE, half)).valuation.groups[0]
        alone = appraised(case(BASE, half[:1])).valuation.groups[0]

        assert mixed.value == pytest.approx(sum(single[name] for name in names) / 2, abs=0.01)
        assert alone.value == pytest.approx(single["relief_from_royalty"], abs=0.01)

    def test_is_none_where_no_method_has_what_it_needs(self):
        assert appraised(case()).valuation is None

    def test_names_who_wrote_the_reason_and_not_who_left_it_blank(self):
        weights = tuple(
            assumption(f"weight:{name}", 0.5) for name in ("relief_from_royalty", "profit_split")
        )
        answers = (
            Answer(question="average_reason", subject="G1", value="", answered_by="B. Blank"),
            Answer(question="average_reason", value="both hold", answered_by="A. Analyst"),
        )

        result = appraised(case(BASE, weights, answers=answers))

        said = [
            fact
            for group in result.valuation.groups
            for message in (*group.reasons, *group.breaches)
            for fact in message.facts.values()
        ]
        assert "B. Blank" not in said
