"""The tracker of pledges that go over to the plan."""

from datetime import date

import pytest

from tests import pools
from zhirong.securitization.money.pledges import (
    PledgeEvent,
    PledgeEventError,
    PledgeState,
    Tracker,
    blocks_closing,
    counted,
    trackers,
)

POOL = pools.pool_of([pools.loan(i) for i in range(2)])
DAY = date(2024, 11, 25)


def event(state: PledgeState, day: int, **changes: str) -> PledgeEvent:
    given = {"evidence": f"{state} paper"} | changes
    return PledgeEvent(state=state, on=date(2024, 11, day), **given)


TO_AGENT = (
    event(PledgeState.ASSIGNED, 20),
    event(PledgeState.NOTIFIED, 21),
    event(PledgeState.HELD_BY_AGENT, 25),
)


def with_events(*events: tuple[PledgeEvent, ...]) -> list[Tracker]:
    known = trackers(POOL)
    return [
        Tracker(right=each.right, collateral_id=each.collateral_id, events=own)
        for each, own in zip(known, events, strict=True)
    ]


class TestBlocksClosing:
    def test_names_every_right_that_is_open(self) -> None:
        tracked = with_events(TO_AGENT, TO_AGENT[:2])

        found = blocks_closing(POOL, tracked, on=DAY)

        assert [(each.facts["set"], each.facts["state"]) for each in found] == [
            ("K001", "securitization.pledge.state.notified")
        ]

    def test_lets_a_plan_close_once_all_are_held_changed_or_waived(self) -> None:
        waived = (event(PledgeState.WAIVED, 24, by="Chen, manager"),)

        assert blocks_closing(POOL, with_events(TO_AGENT, waived), on=DAY) == ()

    def test_counts_a_right_that_nobody_tracks_as_open(self) -> None:
        assert len(blocks_closing(POOL, [], on=DAY)) == 2

    def test_looks_at_the_day_of_closing(self) -> None:
        tracked = with_events(TO_AGENT, TO_AGENT)

        assert len(blocks_closing(POOL, tracked, on=date(2024, 11, 24))) == 2


class TestTracker:
    @pytest.mark.parametrize(
        "events",
        [
            (event(PledgeState.CHANGED, 20),),
            (*TO_AGENT, event(PledgeState.NOTIFIED, 26)),
            (event(PledgeState.ASSIGNED, 22), event(PledgeState.NOTIFIED, 21)),
            (event(PledgeState.ASSIGNED, 22, evidence=""),),
            (event(PledgeState.WAIVED, 22),),
        ],
    )
    def test_refuses_events_that_do_not_follow(self, events: tuple[PledgeEvent, ...]) -> None:
        with pytest.raises(PledgeEventError):
            Tracker(right="R", collateral_id="K", events=events)

    def test_goes_back_where_an_office_asks_for_a_correction(self) -> None:
        tracker = Tracker(
            right="R",
            collateral_id="K",
            events=(
                *TO_AGENT[:2],
                event(PledgeState.FILED, 22),
                event(PledgeState.NOTIFIED, 23),
                event(PledgeState.FILED, 24),
                event(PledgeState.CHANGED, 26),
            ),
        )

        assert tracker.state(date(2024, 11, 23)) is PledgeState.NOTIFIED
        assert tracker.state(date(2024, 11, 30)) is PledgeState.CHANGED
        assert counted([tracker], on=DAY)[PledgeState.FILED] == 1
