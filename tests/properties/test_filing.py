"""A filing under any sequence of acts and notices."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests import filings
from zhirong.filing import disbursement, progress, states
from zhirong.filing.disbursement import Conditions
from zhirong.filing.office import ActKind, Notice, NoticeKind, Registry
from zhirong.filing.progress import ActTwiceError, Disposition, Progress
from zhirong.filing.states import LIVE, ActNotPossibleError, State, Step

Deed = Callable[[Progress], Progress]
START = date(2026, 7, 1)


def quietly(deed: Deed) -> Deed:
    def tried(held: Progress) -> Progress:
        try:
            return deed(held)
        except (ActNotPossibleError, ActTwiceError):
            return held

    return tried


def acting(kind: ActKind, reference: str, day: int) -> Deed:
    on = START + timedelta(days=day)
    return quietly(lambda held: progress.send(held, filings.act(kind, reference), on=on))


def stepping(what: Step) -> Deed:
    return quietly(lambda held: progress.step(held, what))


def hearing(said: Notice) -> Deed:
    return lambda held: progress.hear(held, said).progress


references = st.sampled_from(["C-1", "C-2", "C-3", "C-4"])
notices = st.builds(
    lambda kind, number, reference, day, amount, rights, is_about: filings.notice(
        kind,
        number,
        client_reference=reference if is_about else "",
        office_reference="",
        dated_on=START + timedelta(days=day),
        registration_no="Y2026000001",
        registered={"amount_fen": amount, "rights": rights, "expires_on": None},
    ),
    st.sampled_from(NoticeKind),
    st.sampled_from([f"N-{count}" for count in range(12)]),
    references,
    st.integers(0, 30),
    st.sampled_from([400_000_000, 500_000_000]),
    st.lists(st.sampled_from(["1", filings.RIGHT]), max_size=2, unique=True),
    st.booleans(),
)
deeds = st.one_of(
    st.builds(acting, st.sampled_from(ActKind), references, st.integers(0, 30)),
    st.builds(stepping, st.sampled_from(Step)),
    st.builds(hearing, notices),
)
AGREED = Conditions(
    amount_fen=500_000_000, rights=(filings.RIGHT,), notice_no="N-2", notice_on=START
)


def path(done: list[Deed]) -> list[Progress]:
    held = Progress(registry=Registry.PATENT)
    passed = [held]
    for deed in done:
        held = deed(held)
        passed.append(held)
    return passed


class TestFiling:
    @given(st.lists(deeds, max_size=30))
    def test_only_moves_along_the_table(self, done: list[Deed]) -> None:
        passed = path(done)

        allowed = {(state, following) for (state, _), following in states.TRANSITIONS.items()}
        partial = {(state, State.REGISTERED) for state in LIVE}
        for before, after in itertools.pairwise(passed):
            if before.state is not after.state:
                assert (before.state, after.state) in allowed | partial

    @given(st.lists(deeds, max_size=30))
    def test_never_comes_back_from_its_end(self, done: list[Deed]) -> None:
        ends = {State.CANCELED, State.REVOKED, State.REFUSED, State.WITHDRAWN}

        states_passed = [held.state for held in path(done)]

        for before, after in itertools.pairwise(states_passed):
            assert before not in ends or after is before

    @given(st.lists(deeds, max_size=30))
    def test_pays_out_only_what_the_register_says_as_agreed(self, done: list[Deed]) -> None:
        for held in path(done):
            if disbursement.may_disburse(held, AGREED, on=START):
                assert held.state in LIVE
                assert held.registered is not None
                assert held.registered.amount_fen == AGREED.amount_fen
                assert set(held.registered.rights) == set(AGREED.rights)

    @given(st.lists(notices, min_size=1, max_size=10))
    def test_is_not_moved_by_hearing_everything_again(self, said: list[Notice]) -> None:
        once = progress.hear_all(filings.submitted(), said)
        kept = {item.notice_no for item in once.notices}
        known = [item for item in said if item.notice_no in kept]

        assert progress.hear_all(once, known) == once

    @given(st.permutations([0, 1, 2]), st.sampled_from([1, 2]))
    def test_ends_alike_in_whatever_order_an_act_is_answered(
        self, order: list[int], times: int
    ) -> None:
        answers = [
            filings.notice(NoticeKind.ACCEPTED, "N-1"),
            filings.registration(),
            filings.notice(NoticeKind.RIGHT_EVENT, "N-3", registration_no="Y2026000001"),
        ]
        said = [answers[place] for place in order] * times

        held = progress.hear_all(filings.submitted(), said)

        assert held.state is State.REGISTERED
        assert len(held.notices) == 3
        assert Disposition.CONFLICT not in {item.disposition for item in held.notices}
