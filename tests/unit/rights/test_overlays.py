from datetime import date

from tests.factories import event, patent
from zhirong.rights.events import EventKind, LicenseKind, RegisterEvent
from zhirong.rights.law import shipped
from zhirong.rights.overlays import Overlay, overlays_on
from zhirong.rights.records import Patent, PatentKind
from zhirong.rights.status import status_on

LAW = shipped()
START, MIDDLE, END = date(2023, 1, 5), date(2023, 3, 1), date(2023, 6, 5)
UTILITY_MODEL = patent(kind=PatentKind.UTILITY_MODEL, has_same_day_application=True)


def found(on: date, *events: RegisterEvent, facts: Patent | None = None) -> tuple[Overlay, ...]:
    return overlays_on(facts or patent(), events, on=on, law=LAW)


class TestPledge:
    def test_lies_on_the_right_until_the_day_it_is_canceled(self) -> None:
        events = (event(EventKind.PLEDGE_REGISTERED, START), event(EventKind.PLEDGE_CANCELED, END))
        assert found(date(2023, 1, 4), *events) == ()
        assert found(START, *events) == (Overlay.PLEDGED,)
        assert found(date(2023, 6, 4), *events) == (Overlay.PLEDGED,)
        assert found(END, *events) == ()

    def test_ends_with_its_own_reference_only(self) -> None:
        first = event(EventKind.PLEDGE_REGISTERED, START, reference="Y1")
        second = event(EventKind.PLEDGE_REGISTERED, MIDDLE, reference="Y2")
        end = event(EventKind.PLEDGE_CANCELED, END, reference="Y1")
        assert found(END, first, second, end) == (Overlay.PLEDGED,)
        assert found(END, first, end) == ()

    def test_registered_on_the_day_of_a_cancellation_lies_on_it(self) -> None:
        old, new = (event(EventKind.PLEDGE_REGISTERED, day) for day in (START, END))
        end = event(EventKind.PLEDGE_CANCELED, END)
        assert found(END, old, end, new) == (Overlay.PLEDGED,)
        assert found(END, old, end) == ()

    def test_registered_again_after_a_cancellation_lies_on_it_again(self) -> None:
        end = event(EventKind.PLEDGE_CANCELED, MIDDLE)
        again = event(EventKind.PLEDGE_REGISTERED, END)
        assert found(END, event(EventKind.PLEDGE_REGISTERED, START), end, again) == (
            Overlay.PLEDGED,
        )


class TestPreservation:
    def test_ends_by_itself_after_six_months(self) -> None:
        frozen = event(EventKind.PRESERVED, START)
        assert found(date(2023, 7, 5), frozen) == (Overlay.PRESERVED,)
        assert found(date(2023, 7, 6), frozen) == ()

    def test_ends_on_the_day_it_states_or_is_released(self) -> None:
        stated = event(EventKind.PRESERVED, START, until=MIDDLE)
        assert found(MIDDLE, stated) == ()
        released = event(EventKind.PRESERVATION_RELEASED, MIDDLE)
        assert found(MIDDLE, event(EventKind.PRESERVED, START), released) == ()


class TestInvalidation:
    def test_pends_from_request_to_decision(self) -> None:
        asked = event(EventKind.INVALIDATION_REQUESTED, START)
        assert found(MIDDLE, asked) == (Overlay.UNDER_INVALIDATION,)
        upheld = event(EventKind.INVALIDATION_CLOSED, END)
        assert found(END, asked, upheld) == ()

    def test_in_part_leaves_its_mark_on_every_day(self) -> None:
        asked = event(EventKind.INVALIDATION_REQUESTED, START)
        decided = event(EventKind.PARTLY_INVALID, END)
        assert found(END, asked, decided) == (Overlay.PARTLY_INVALID,)
        assert Overlay.PARTLY_INVALID in found(date(2022, 1, 1), asked, decided)


class TestLicense:
    def test_is_exclusive_when_the_record_says_so(self) -> None:
        exclusive = event(
            EventKind.LICENSE_RECORDED, START, license_kind=LicenseKind.EXCLUSIVE, until=END
        )
        assert found(MIDDLE, exclusive) == (Overlay.EXCLUSIVE_LICENSE,)
        assert found(END, exclusive) == ()

    def test_is_plain_when_the_record_is_silent(self) -> None:
        silent = event(EventKind.LICENSE_RECORDED, START)
        assert found(MIDDLE, silent) == (Overlay.LICENSED,)

    def test_may_be_open_to_all(self) -> None:
        declared = event(EventKind.OPEN_LICENSE_DECLARED, START)
        withdrawn = event(EventKind.OPEN_LICENSE_WITHDRAWN, END)
        assert found(MIDDLE, declared, withdrawn) == (Overlay.OPEN_LICENSE,)
        assert found(END, declared, withdrawn) == ()


class TestSameDayInvention:
    def test_hangs_over_a_utility_model_until_it_is_closed(self) -> None:
        closed = event(EventKind.SAME_DAY_CLOSED, END)
        assert found(MIDDLE, facts=UTILITY_MODEL) == (Overlay.SAME_DAY_INVENTION_PENDING,)
        assert found(END, closed, facts=UTILITY_MODEL) == ()

    def test_is_told_by_the_number_of_the_other_application(self) -> None:
        facts = patent(kind=PatentKind.UTILITY_MODEL, same_day_application="2018100000001")
        assert found(MIDDLE, facts=facts) == (Overlay.SAME_DAY_INVENTION_PENDING,)

    def test_does_not_concern_inventions_or_silence(self) -> None:
        assert found(MIDDLE, facts=patent(has_same_day_application=True)) == ()
        assert found(MIDDLE, facts=patent(kind=PatentKind.UTILITY_MODEL)) == ()


class TestDeadRight:
    def test_bears_no_overlay(self) -> None:
        pledge = event(EventKind.PLEDGE_REGISTERED, START)
        gone = event(EventKind.INVALID_ALL, END)
        status = status_on(patent(), [pledge, gone], on=END, known_on=END, law=LAW)
        assert status.overlays == ()
        earlier = status_on(patent(), [pledge, gone], on=MIDDLE, known_on=MIDDLE, law=LAW)
        assert earlier.has(Overlay.PLEDGED)
