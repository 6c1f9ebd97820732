from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import event, patent
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.law import shipped
from zhirong.rights.records import Patent, PatentKind
from zhirong.rights.status import ALIVE, BaseState, status_on

LAW = shipped()
FILED = date(2018, 3, 15)
DAYS = st.integers(0, 24 * 366).map(lambda count: FILED + timedelta(days=count))


@st.composite
def register_events(draw: st.DrawFn) -> RegisterEvent:
    true_on = draw(DAYS)
    known_on = true_on + timedelta(days=draw(st.integers(0, 900)))
    year = draw(st.integers(1, 20))
    kind = draw(st.sampled_from(EventKind))
    return event(kind, true_on, known_on, patent_year=year, reference=draw(st.sampled_from("AB")))


PATENTS = st.builds(
    lambda kind, grant, paid: patent(kind=kind, grant_date=grant, fee_paid_through_year=paid),
    st.sampled_from(PatentKind),
    st.none() | DAYS,
    st.none() | st.integers(1, 20),
)
EVENTS = st.lists(register_events(), max_size=8)


class TestTwoClocks:
    @given(PATENTS, EVENTS, EVENTS, DAYS, DAYS)
    def test_what_was_known_on_a_day_never_changes(
        self,
        facts: Patent,
        events: list[RegisterEvent],
        more: list[RegisterEvent],
        on: date,
        known_on: date,
    ) -> None:
        later = [item for item in more if item.known_on > known_on]
        before = status_on(facts, events, on=on, known_on=known_on, law=LAW)
        after = status_on(facts, [*later, *events], on=on, known_on=known_on, law=LAW)
        assert after == before

    @given(PATENTS, EVENTS, DAYS, DAYS)
    def test_nothing_is_alive_beyond_its_term_or_before_its_grant(
        self, facts: Patent, events: list[RegisterEvent], on: date, known_on: date
    ) -> None:
        status = status_on(facts, events, on=on, known_on=known_on, law=LAW)
        assert status.since <= on
        if status.base in ALIVE:
            assert on < status.term.expires_on
        if facts.grant_date is not None and on < facts.grant_date:
            assert status.base in (BaseState.PENDING, BaseState.WITHDRAWN, BaseState.REJECTED)

    @given(PATENTS, EVENTS, DAYS, st.integers(0, 2_000), DAYS)
    def test_once_dead_without_restoration_stays_dead(
        self,
        facts: Patent,
        events: list[RegisterEvent],
        on: date,
        days: int,
        known_on: date,
    ) -> None:
        kept = [item for item in events if item.kind is not EventKind.RESTORED]
        first = status_on(facts, kept, on=on, known_on=known_on, law=LAW)
        later = status_on(facts, kept, on=on + timedelta(days=days), known_on=known_on, law=LAW)
        ended = (BaseState.EXPIRED, BaseState.INVALID_ALL, BaseState.ABANDONED)
        if first.base in ended:
            assert later.base is first.base
