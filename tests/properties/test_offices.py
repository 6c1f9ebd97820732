"""Whatever the seed and however the clock runs: each act before the office ends exactly once."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import offices as on
from zhirong.adapters.offices.sandbox.temper import Temper
from zhirong.adapters.offices.submitting import submit_once
from zhirong.filing.office import Act, OfficeDownError

FINAL = {"registered", "refused", "changed", "extended", "cancelled"}
END = date(2026, 9, 30)
ACTS = (
    on.act(reference="good"),
    on.act(on.establish(on.PATENT), "second on one patent"),
    on.act(on.establish(on.PLEDGED), "pledged before"),
    on.act(on.establish(on.OTHER_PATENT), "without papers", files=()),
)
TEMPERS = st.builds(
    Temper,
    seed=st.integers(0, 2**32),
    down_days=st.sampled_from([0, 0.3]),
    lost=st.sampled_from([0, 0.3]),
    hanging=st.sampled_from([0, 0.3]),
    busy=st.sampled_from([0, 0.3]),
    doubled=st.sampled_from([0, 0.5]),
    delayed=st.sampled_from([0, 0.5]),
    accepts_next_day=st.sampled_from([0, 0.5]),
)


def tried(folder: str, temper: Temper) -> on.Tried:
    """An office of the temper, with its register."""
    return on.Tried(Path(folder), temper=temper)


def put(office: on.Tried, act: Act) -> bool:
    try:
        submit_once(office.client, act)
    except OfficeDownError:
        return False
    return True


class TestEachAct:
    @given(
        temper=TEMPERS,
        steps=st.lists(st.tuples(st.integers(-5, 20), st.booleans()), min_size=4, max_size=15),
    )
    @settings(max_examples=50)
    def test_ends_in_one_final_notice(self, temper: Temper, steps: list[tuple[int, bool]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            office, waiting = tried(folder, temper), list(ACTS)
            for days, crashes in steps:
                office.on(office.clock.day + timedelta(days=days))
                waiting = [act for act in waiting if not put(office, act)]
                if crashes:
                    office.reopen()
            office.on(max(office.clock.day, date(2026, 9, 1)))
            while waiting:
                office.on(office.clock.day + timedelta(days=1))
                waiting = [act for act in waiting if not put(office, act)]
            office.on(open_day(office, END))
            given_out = office.notices()

            for act in ACTS:
                own = [n for n in given_out if n.client_reference == act.client_reference]
                assert [n.kind in FINAL for n in own].count(True) == 1
                assert own[-1].kind in FINAL
            office.sandbox.store.close()

    @given(temper=TEMPERS, leap=st.integers(1, 40))
    @settings(max_examples=10)
    def test_ends_alike_whether_the_clock_leaps_or_walks(self, temper: Temper, leap: int) -> None:
        calm = replace(temper, down_days=0, lost=0, hanging=0, busy=0)
        outcomes = []
        for step in (1, leap):
            with tempfile.TemporaryDirectory() as folder:
                office = tried(folder, calm)
                for act in ACTS:
                    office.client.submit(act)
                while office.clock.day < END:
                    office.on(min(END, office.clock.day + timedelta(days=step)))
                    office.client.find("good")
                outcomes.append(office.client.notices(after=0))
                office.sandbox.store.close()

        assert outcomes[0] == outcomes[1]


def open_day(office: on.Tried, day: date) -> date:
    """The first day from then on which the office answers."""
    while office.sandbox.is_down(day):
        day += timedelta(days=1)
    return day
