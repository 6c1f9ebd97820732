import pytest

from zhirong.core.messages import Message
from zhirong.filing import states
from zhirong.filing.office import ActKind, NoticeKind
from zhirong.filing.progress import Disposition
from zhirong.filing.states import ActNotPossibleError, State, Step
from zhirong.filing.time_limits import Duty
from zhirong.parameters.reader import catalog


class TestAfter:
    @pytest.mark.parametrize(
        ("state", "event", "following"),
        [
            (State.DRAFT, Step.SIGN, State.SIGNED),
            (State.SIGNED, ActKind.ESTABLISH, State.SUBMITTED),
            (State.CORRECTION, ActKind.CORRECT, State.SUBMITTED),
            (State.REGISTERED, ActKind.CHANGE, State.CHANGE_PENDING),
            (State.REGISTERED, ActKind.EXTEND, State.EXTEND_PENDING),
            (State.REGISTERED, ActKind.CANCEL, State.CANCEL_PENDING),
            (State.CHANGE_CORRECTION, ActKind.CORRECT, State.CHANGE_PENDING),
            (State.REGISTERED, Step.PERIOD_ENDED, State.LAPSED_PERIOD),
        ],
    )
    def test_follows_the_table(self, state: State, event: ActKind | Step, following: State) -> None:
        assert states.after(state, event) is following

    def test_refuses_in_words_what_the_table_has_not(self) -> None:
        with pytest.raises(ActNotPossibleError) as caught:
            states.after(State.DRAFT, ActKind.ESTABLISH)

        words = catalog().text(Message(caught.value.code, dict(caught.value.facts)), "zh")  # type: ignore[arg-type]
        assert "草稿" in words
        assert "申请设立登记" in words


class TestPossible:
    def test_lists_what_may_be_done(self) -> None:
        assert states.possible(State.SIGNED) == (Step.REOPEN, Step.WITHDRAW, ActKind.ESTABLISH)

    @pytest.mark.parametrize("state", sorted(states.FINAL))
    def test_is_nothing_at_the_end(self, state: State) -> None:
        assert states.possible(state) == ()


class TestTransitions:
    def test_reach_every_state_from_the_draft(self) -> None:
        reached = {State.DRAFT}
        for _ in states.State:
            reached |= {
                after for (state, _), after in states.TRANSITIONS.items() if state in reached
            }

        assert reached == set(State)

    def test_never_leave_a_refusal_revocation_or_cancellation(self) -> None:
        ends = {State.REFUSED, State.REVOKED, State.CANCELED, State.WITHDRAWN}

        assert not ends & {state for state, _ in states.TRANSITIONS}


class TestWords:
    @pytest.mark.parametrize(
        ("kind", "prefix"),
        [
            (State, "state"),
            (ActKind, "act"),
            (Step, "act"),
            (NoticeKind, "notice"),
            (Disposition, "disposition"),
            (Duty, "duty"),
        ],
    )
    def test_are_there_for_each_value(self, kind: type[State], prefix: str) -> None:
        assert [v for v in kind if not catalog().has(f"filing.{prefix}.{v}")] == []
