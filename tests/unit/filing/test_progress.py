from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from zhirong.filing import progress
from zhirong.filing.office import ActKind, Notice, NoticeKind, NoticeUnreadableError, Receipt
from zhirong.filing.progress import (
    ActTwiceError,
    Disposition,
    Progress,
    ReceiptUnknownError,
)
from zhirong.filing.states import ActNotPossibleError, State

JULY = date(2026, 7, 10)


def heard(held: Progress, said: Notice) -> tuple[State, Disposition]:
    outcome = progress.hear(held, said)
    return outcome.progress.state, outcome.disposition


def pending(kind: ActKind) -> Progress:
    return progress.send(filings.registered(), filings.act(kind, "C-2"), on=JULY)


def later(kind: NoticeKind, number: str = "N-9", **changes: object) -> Notice:
    said = filings.notice(kind, number, client_reference="C-2", office_reference="O-2")
    return replace(said, dated_on=date(2026, 7, 12), **changes)


class TestSend:
    def test_changes_nothing_when_it_is_the_same_act_again(self) -> None:
        once = filings.submitted()

        assert progress.send(once, filings.act(ActKind.ESTABLISH), on=JULY) == once

    def test_refuses_a_reference_of_another_act(self) -> None:
        with pytest.raises(ActTwiceError):
            progress.send(filings.registered(), filings.act(ActKind.CANCEL), on=JULY)

    def test_refuses_what_the_state_does_not_allow(self) -> None:
        with pytest.raises(ActNotPossibleError):
            progress.send(filings.submitted(), filings.act(ActKind.CANCEL, "C-2"), on=JULY)


class TestReceive:
    def test_is_what_takes_an_act_off_the_list_to_ask_for(self) -> None:
        held = pending(ActKind.CANCEL)
        receipt = Receipt(client_reference="C-2", office_reference="O-2", received_on=JULY)

        assert [item.client_reference for item in progress.unanswered(held)] == ["C-2"]
        assert progress.unanswered(progress.receive(held, receipt)) == ()

    def test_refuses_a_second_different_receipt(self) -> None:
        other = Receipt(client_reference="C-1", office_reference="O-7", received_on=JULY)

        with pytest.raises(ReceiptUnknownError):
            progress.receive(filings.submitted(), other)


class TestHear:
    def test_changes_nothing_by_the_same_notice_twice(self) -> None:
        held = filings.registered()

        again = progress.hear(held, filings.registration())

        assert again.progress == held
        assert again.disposition is Disposition.DUPLICATE

    def test_keeps_an_earlier_notice_that_comes_late(self) -> None:
        late = progress.hear(filings.registered(), filings.notice(NoticeKind.ACCEPTED))

        assert late.progress.state is State.REGISTERED
        assert late.disposition is Disposition.LATE
        assert [item.notice_no for item in late.progress.notices] == ["N-2", "N-1"]

    def test_reads_the_register_entry(self) -> None:
        held = filings.registered()

        assert held.registration_no == "Y2026000001"
        assert held.registered_on == date(2026, 7, 3)
        assert held.registered is not None
        assert held.registered.rights == (filings.RIGHT,)

    def test_says_when_the_entry_cannot_be_read(self) -> None:
        with pytest.raises(NoticeUnreadableError):
            progress.hear(filings.submitted(), filings.registration(rights="all"))

    def test_leaves_alone_what_belongs_to_another_filing(self) -> None:
        foreign = filings.notice(
            NoticeKind.REGISTERED, client_reference="X", office_reference="O-8"
        )

        held = filings.submitted()

        assert progress.hear(held, foreign) == progress.Heeded(
            progress=held, disposition=Disposition.FOREIGN
        )

    def test_flags_an_outcome_that_contradicts_the_first(self) -> None:
        refused = filings.notice(NoticeKind.REFUSED, "N-5")

        assert heard(filings.registered(), refused) == (State.REGISTERED, Disposition.CONFLICT)

    def test_flags_an_answer_of_another_kind_than_the_act(self) -> None:
        assert heard(
            pending(ActKind.CHANGE), later(NoticeKind.EXTENDED, registered=filings.ENTRY)
        ) == (
            State.CHANGE_PENDING,
            Disposition.CONFLICT,
        )


class TestCorrections:
    def asked(self) -> Progress:
        said = filings.notice(NoticeKind.CORRECTION, respond_by=date(2026, 7, 31))
        return progress.hear(filings.submitted(), said).progress

    def answered(self) -> Progress:
        return progress.send(self.asked(), filings.act(ActKind.CORRECT, "C-2"), on=JULY)

    def test_are_asked_for_and_answered(self) -> None:
        assert self.asked().respond_by == date(2026, 7, 31)
        assert self.answered().state is State.SUBMITTED
        assert self.answered().respond_by is None

    def test_of_the_first_round_do_not_come_back(self) -> None:
        late = filings.notice(NoticeKind.CORRECTION, "N-4", dated_on=date(2026, 7, 9))

        assert heard(self.answered(), late) == (State.SUBMITTED, Disposition.LATE)

    def test_of_a_second_round_count_by_either_reference(self) -> None:
        second = filings.notice(NoticeKind.CORRECTION, "N-4", dated_on=date(2026, 7, 14))

        assert heard(self.answered(), second) == (State.CORRECTION, Disposition.MOVED)
        assert heard(self.answered(), replace(second, client_reference="C-2")) == (
            State.CORRECTION,
            Disposition.MOVED,
        )

    def test_are_overtaken_by_the_registration(self) -> None:
        state, _ = heard(self.answered(), filings.registration())

        assert state is State.REGISTERED


class TestActsOnARegistration:
    @pytest.mark.parametrize(
        ("kind", "said"),
        [(ActKind.CHANGE, NoticeKind.CHANGED), (ActKind.EXTEND, NoticeKind.EXTENDED)],
    )
    def test_leave_what_the_register_says_then(self, kind: ActKind, said: NoticeKind) -> None:
        entry = {**filings.ENTRY, "amount_fen": 1, "expires_on": "2028-06-29"}

        done = progress.hear(pending(kind), later(said, registered=entry)).progress

        assert done.state is State.REGISTERED
        assert done.registered is not None
        assert done.registered.amount_fen == 1
        assert done.registered.expires_on == date(2028, 6, 29)

    def test_that_are_refused_leave_the_registration(self) -> None:
        done = progress.hear(pending(ActKind.CANCEL), later(NoticeKind.REFUSED)).progress

        assert done.state is State.REGISTERED
        assert done.registration_no == "Y2026000001"

    def test_cancel_all_or_a_part(self) -> None:
        part = {**filings.ENTRY, "rights": ["1"]}

        assert heard(pending(ActKind.CANCEL), later(NoticeKind.CANCELLED))[0] is State.CANCELED
        assert (
            heard(pending(ActKind.CANCEL), later(NoticeKind.CANCELLED, registered=part))[0]
            is State.REGISTERED
        )


class TestWhatNobodyAsked:
    def of_the_office(self, kind: NoticeKind) -> Notice:
        said = filings.notice(kind, "N-9", client_reference="", office_reference="")
        return replace(said, registration_no="Y2026000001")

    def test_revokes_from_the_start(self) -> None:
        state, _ = heard(filings.registered(), self.of_the_office(NoticeKind.REVOKED))

        assert state is State.REVOKED

    def test_events_on_a_right_are_noted(self) -> None:
        assert heard(filings.registered(), self.of_the_office(NoticeKind.RIGHT_EVENT)) == (
            State.REGISTERED,
            Disposition.NOTED,
        )

    def test_a_revocation_that_overtakes_the_registration_stands(self) -> None:
        revoked = filings.notice(NoticeKind.REVOKED, "N-9")

        first = progress.hear(filings.submitted(), revoked).progress

        assert first.state is State.REVOKED
        assert heard(first, filings.registration()) == (State.REVOKED, Disposition.LATE)
