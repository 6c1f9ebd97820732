"""Tests of the pledge view of a case."""

from datetime import date

import pytest

from tests.case_factory import BASE, RIGHTS, appraised, case, line, patent
from tests.factories import event
from zhirong.application.result import Appraisal, PledgeResult
from zhirong.rights.events import EventKind

PLEDGED = event(EventKind.PLEDGE_REGISTERED, date(2025, 9, 1), right=RIGHTS[0])


def pledged(result: Appraisal) -> PledgeResult:
    assert result.valuation is not None
    assert result.valuation.pledge is not None
    return result.valuation.pledge


class TestPledge:
    def test_caps_each_kind_by_its_market_value(self):
        result = appraised(case(BASE))
        view = pledged(result)

        for part in view.parts:
            assert part.amount == pytest.approx(part.cap * part.market_value, abs=0.005)
        assert view.caps_amount == pytest.approx(sum(part.amount for part in view.parts), abs=0.005)

    def test_shows_in_the_workings_what_the_result_says(self):
        result = appraised(case(BASE))

        assert line(result, "pledge", "value")[0] == pytest.approx(
            pledged(result).caps_amount, abs=0.005
        )

    def test_stands_prudent_figures_beside_it_without_applying_them(self):
        view = pledged(appraised(case(BASE)))

        assert view.prudent_quantile < view.market_value
        assert view.liquidation_value < view.market_value
        assert view.collateral_amount == view.caps_amount

    def test_leaves_out_a_right_that_is_pledged_already(self):
        free = pledged(appraised(case(BASE)))
        bound = pledged(appraised(case(BASE, events=(PLEDGED,))))

        assert RIGHTS[0] in bound.excluded
        assert RIGHTS[0] not in free.excluded
        assert bound.market_value < free.market_value

    def test_values_the_set_and_not_the_sum_of_its_rights(self):
        result = appraised(case(BASE, events=(PLEDGED,)))

        places = next(s for s in result.sheets if s.name == "pledge_set").places("right")
        value = dict(zip(places, line(result, "pledge_set", "value"), strict=True))
        alone = dict(zip(places, line(result, "allocation", "value"), strict=True))
        # The right that stays covers the feature nearly alone: worth more than its share.
        assert value[f"G1 / {RIGHTS[0]}"] == 0.0
        assert value[f"G1 / {RIGHTS[2]}"] > alone[f"G1 / {RIGHTS[2]}"]

    def test_is_none_where_nothing_can_be_registered(self):
        lost = tuple(
            event(EventKind.PLEDGE_REGISTERED, date(2025, 9, 1), right=number) for number in RIGHTS
        )

        result = appraised(case(BASE, events=lost))

        assert result.valuation is not None
        assert result.valuation.pledge is None

    def test_is_none_without_a_value(self):
        assert appraised(case(patents=(patent(0),), coverage=())).valuation is None
