"""Tests of the value of a chosen set of rights."""

import json
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case_factory import BASE, RIGHTS, appraised, case, full_case
from tests.factories import event
from zhirong.application.result import Appraisal
from zhirong.application.subset import (
    ReplayError,
    UnknownRightError,
    UnvaluedSetError,
    value_of_subset,
)
from zhirong.core.codec import canonical, decode, encode
from zhirong.core.distribution import ValueDistribution
from zhirong.rights.events import EventKind

PLEDGED = event(EventKind.PLEDGE_REGISTERED, date(2025, 9, 1), right=RIGHTS[0])


@cache
def whole(*, is_pledged: bool = False) -> Appraisal:
    return appraised(case(BASE, events=(PLEDGED,) if is_pledged else ()))


def numbers(result: Appraisal) -> list[str]:
    return [patent.app_no for patent in result.case.patents]


def valued(result: Appraisal) -> list[str]:
    assert result.valuation is not None
    return [right.right for right in result.valuation.rights if right.groups]


def market_of(result: Appraisal) -> ValueDistribution:
    assert result.valuation is not None
    kept = {item.name: item.distribution for item in result.valuation.distributions}
    return kept["market_value"]


class TestValueOfSubset:
    @pytest.mark.parametrize("is_pledged", [False, True])
    def test_of_all_rights_is_the_results_own(self, *, is_pledged: bool):
        result = whole(is_pledged=is_pledged)
        assert result.valuation is not None

        found = value_of_subset(result, numbers(result))

        assert found.value == result.valuation.total
        assert found.distribution.cells == market_of(result).cells
        assert found.pledge == result.valuation.pledge
        assert found.share == 1.0
        assert found.allocated == pytest.approx(found.value.value, abs=0.005)

    def test_of_all_rights_is_the_results_own_with_every_method(self):
        result = appraised(full_case())
        assert result.valuation is not None

        found = value_of_subset(result, numbers(result))

        assert found.value == result.valuation.total
        assert found.pledge == result.valuation.pledge

    def test_of_the_registrable_set_is_the_pledge_view_itself(self):
        result = whole(is_pledged=True)
        assert result.valuation is not None
        own = result.valuation.pledge
        assert own is not None

        open_to = [number for number in numbers(result) if number not in own.excluded]
        found = value_of_subset(result, open_to)

        assert RIGHTS[0] in own.excluded
        assert found.pledge == replace(own, excluded=())
        assert found.value.value == pytest.approx(own.market_value, abs=0.02)
        assert found.value.low == own.prudent_quantile
        assert found.liquidation.mean == pytest.approx(own.liquidation_value, abs=0.01)

    def test_reads_a_stored_result(self):
        stored = decode(Appraisal, json.loads(canonical(encode(whole()))))

        assert value_of_subset(stored, RIGHTS[:2]) == value_of_subset(whole(), RIGHTS[:2])

    def test_is_that_of_the_set_and_not_the_sum_of_parts(self):
        found = value_of_subset(whole(), [RIGHTS[0]])

        assert found.value.value > found.allocated + 1_000
        assert "note.subset_set" in {note.code for note in found.notes}

    def test_says_that_it_is_a_replay_by_which_seed(self):
        found = value_of_subset(whole(), [RIGHTS[0]])

        note = next(item for item in found.notes if item.code == "note.subset_replay")
        assert note.facts == {"seed": whole().options.seed, "draws": whole().options.draws}

    def test_states_premise_and_unit_of_account(self):
        found = value_of_subset(whole(), [RIGHTS[0]])

        assert found.distribution.meaning.premise == "market_value"
        assert found.distribution.meaning.account == "collateral_set"
        assert found.liquidation.meaning.premise == "liquidation"
        assert 0 < found.liquidation.mean < found.distribution.mean

    def test_does_not_depend_on_order_notation_or_repetition(self):
        one, other = RIGHTS[0], RIGHTS[2]
        dotted = f"ZL{one[:-1]}.{one[-1]}"

        assert value_of_subset(whole(), [other, dotted, one]) == value_of_subset(
            whole(), [one, other]
        )

    def test_names_rights_that_serve_nothing(self):
        idle = next(number for number in numbers(whole()) if number not in valued(whole()))

        found = value_of_subset(whole(), [RIGHTS[0], idle])

        assert found.rights == (RIGHTS[0],)
        assert found.unvalued == (idle,)
        assert found.value == value_of_subset(whole(), [RIGHTS[0]]).value

    def test_has_no_pledge_view_of_what_cannot_be_registered(self):
        found = value_of_subset(whole(is_pledged=True), [RIGHTS[0]])

        assert found.pledge is None
        assert found.value.value > 0
        assert "note.subset_none_registrable" in {note.code for note in found.notes}

    def test_refuses_rights_that_are_not_in_the_result(self):
        with pytest.raises(UnknownRightError) as refused:
            value_of_subset(whole(), [RIGHTS[0], "no such right", "2017106018623"])

        assert refused.value.facts == {"rights": ("no such right", "2017106018623")}

    def test_refuses_a_set_without_value(self):
        idle = [number for number in numbers(whole()) if number not in valued(whole())]

        for chosen in (idle, []):
            with pytest.raises(UnvaluedSetError):
                value_of_subset(whole(), chosen)

    def test_refuses_a_result_of_other_draws(self):
        result = whole()
        assert result.valuation is not None
        market, *others = result.valuation.distributions
        cells = (*market.distribution.cells[:-1], market.distribution.cells[-1] + 1.0)
        moved = replace(market, distribution=replace(market.distribution, cells=cells))
        valuation = replace(result.valuation, distributions=(moved, *others))

        with pytest.raises(ReplayError):
            value_of_subset(replace(result, valuation=valuation), RIGHTS[:1])

    @given(data=st.data())
    def test_never_falls_as_rights_are_added(self, data: st.DataObject):
        result = whole()
        larger = data.draw(st.sets(st.sampled_from(valued(result)), min_size=2))
        smaller = data.draw(st.sets(st.sampled_from(sorted(larger)), min_size=1))

        less = value_of_subset(result, sorted(smaller))
        more = value_of_subset(result, sorted(larger))

        assert less.value.value <= more.value.value
        pairs = zip(less.distribution.cells, more.distribution.cells, strict=True)
        assert all(one <= other for one, other in pairs)
        assert less.liquidation.mean <= more.liquidation.mean
