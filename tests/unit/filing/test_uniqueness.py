from datetime import date

import pytest

from tests import filings
from zhirong.filing import uniqueness
from zhirong.filing.uniqueness import LivePledge, PledgeKindError, Wait
from zhirong.parameters.reader import Parameters

ON = date(2026, 7, 6)
LIVE = (LivePledge(right="1", reference="Y1"),)


class TestWaits:
    def test_let_a_second_patent_pledge_stand_by(self) -> None:
        rights = (filings.right(number="1"), filings.right(number="2"))

        found = uniqueness.waits(rights, LIVE, on=ON, parameters=Parameters())

        assert found == (Wait(right="1", behind=("Y1",)),)

    def test_let_marks_go_on(self) -> None:
        rights = (filings.right(number="1", kind="trademark"),)

        assert uniqueness.waits(rights, LIVE, on=ON, parameters=Parameters()) == ()

    def test_refuse_a_kind_that_is_not_in_the_table(self) -> None:
        with pytest.raises(PledgeKindError):
            uniqueness.live_pledges_max("dream", on=ON, parameters=Parameters())
