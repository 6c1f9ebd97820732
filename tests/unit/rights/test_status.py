from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

from tests.factories import NUMBER, event, patent
from zhirong.core.identifiers import patents
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.fee_position import FeeStage
from zhirong.rights.law import shipped
from zhirong.rights.records import Patent, PatentKind
from zhirong.rights.status import BaseState, BeforeFilingError, LegalStatus, lapse_day, status_on

LAW = shipped()
PAID_FOUR = patent(fee_paid_through_year=4)
PAID_UP = patent(fee_paid_through_year=20)


def seen(
    facts: Patent, on: date, *events: RegisterEvent, known_on: date | None = None
) -> LegalStatus:
    return status_on(facts, events, on=on, known_on=known_on or on, law=LAW)


class TestUnpaidFee:
    def test_leaves_the_right_in_force_during_the_grace(self) -> None:
        status = seen(PAID_FOUR, date(2022, 5, 20))
        assert (status.base, status.since) == (BaseState.FEE_GRACE, date(2022, 3, 15))
        assert status.is_alive

    def test_ends_the_right_from_the_due_date_once_the_grace_is_over(self) -> None:
        status = seen(PAID_FOUR, date(2022, 9, 16))
        assert (status.base, status.since) == (BaseState.CEASED_FEE, date(2022, 3, 15))

    def test_is_seen_on_its_day_and_otherwise_later(self) -> None:
        day = date(2022, 5, 20)
        assert seen(PAID_FOUR, day).base is BaseState.FEE_GRACE
        assert seen(PAID_FOUR, day, known_on=date(2023, 1, 1)).base is BaseState.CEASED_FEE
        before = seen(PAID_FOUR, date(2022, 3, 14), known_on=date(2023, 1, 1))
        assert before.base is BaseState.IN_FORCE

    def test_is_not_known_when_the_list_is_older_than_the_due_date(self) -> None:
        facts = patent(fee_paid_through_year=4, as_of=date(2022, 1, 1))
        status = seen(facts, date(2023, 1, 1))
        assert (status.base, status.fees.stage) == (BaseState.IN_FORCE, FeeStage.NOT_KNOWN)

    def test_is_undone_by_a_restoration(self) -> None:
        restored = event(EventKind.RESTORED, date(2022, 12, 20), date(2023, 2, 1))
        day = date(2022, 10, 1)
        assert seen(PAID_FOUR, day, restored).base is BaseState.CEASED_FEE
        later = seen(PAID_FOUR, day, restored, known_on=date(2023, 2, 1))
        assert later.base is BaseState.IN_FORCE

    def test_is_undone_by_a_payment(self) -> None:
        paid = event(EventKind.FEE_PAID, date(2022, 5, 21), patent_year=5)
        assert seen(PAID_FOUR, date(2022, 9, 16), paid).base is BaseState.IN_FORCE

    @pytest.mark.parametrize(
        ("on", "base"),
        [
            (date(2022, 3, 15), BaseState.IN_FORCE),
            (date(2022, 3, 16), BaseState.FEE_GRACE),
            (date(2022, 5, 20), BaseState.FEE_GRACE),
            (date(2022, 5, 21), BaseState.IN_FORCE),
        ],
    )
    def test_is_seen_on_its_day_when_it_was_paid_later(self, on: date, base: BaseState) -> None:
        facts = patent(fee_paid_through_year=5)
        paid = event(EventKind.FEE_PAID, date(2022, 5, 21), patent_year=5)
        assert seen(facts, on, paid, known_on=date(2023, 1, 1)).base is base
        last = patent(fee_paid_through_year=20)
        paid = event(EventKind.FEE_PAID, date(2037, 5, 21), patent_year=20)
        day = date(2037, 4, 1)
        assert seen(last, day, paid, known_on=date(2038, 1, 1)).base is BaseState.FEE_GRACE


class TestAnnouncedLapse:
    def test_is_true_from_the_due_date_and_known_with_the_gazette(self) -> None:
        lapse = event(EventKind.CEASED_FEE, date(2022, 3, 15), date(2023, 5, 9))
        day = date(2022, 6, 1)
        assert seen(patent(), day, lapse, known_on=date(2023, 5, 8)).base is BaseState.IN_FORCE
        status = seen(patent(), day, lapse, known_on=date(2023, 5, 9))
        assert (status.base, status.since) == (BaseState.CEASED_FEE, date(2022, 3, 15))

    def test_dated_by_its_gazette_is_moved_back_to_the_due_date(self) -> None:
        lapse = event(EventKind.CEASED_FEE, date(2023, 5, 9))
        status = seen(patent(), date(2023, 5, 9), lapse)
        assert (status.base, status.since) == (BaseState.CEASED_FEE, date(2022, 3, 15))

    def test_is_undone_by_a_later_restoration(self) -> None:
        lapse = event(EventKind.CEASED_FEE, date(2022, 3, 15), date(2023, 5, 9))
        restored = event(EventKind.RESTORED, date(2023, 6, 1))
        assert seen(patent(), date(2023, 6, 1), lapse, restored).base is BaseState.IN_FORCE

    def test_without_a_reason_is_read_as_an_unpaid_fee(self) -> None:
        ended = event(EventKind.TERMINATED, date(2023, 5, 9))
        assert seen(patent(), date(2023, 6, 1), ended).base is BaseState.CEASED_FEE
        at_term = event(EventKind.TERMINATED, date(2038, 6, 1))
        assert seen(patent(), date(2038, 6, 2), at_term).base is BaseState.EXPIRED


class TestLapseDay:
    @pytest.mark.data
    def test_fits_the_gazette_dates_of_the_public_register(self, shared_data: Path) -> None:
        file = shared_data / "cn_invention_life_2000_2002" / "applications.parquet"
        rows = parquet.read_table(file).to_pylist()
        lapsed = [row for row in rows if row["grant_date"] and row["terminated_date"]]
        assert len(lapsed) > 1_000
        for row in lapsed:
            number = patents.read(row["application_number"]).canonical
            facts = patent(
                app_no=number, filing_date=row["filing_date"], grant_date=row["grant_date"]
            )
            gazette = row["terminated_date"]
            found = event(EventKind.CEASED_FEE, gazette, right=number)
            day = lapse_day(facts, found, law=LAW)
            assert row["grant_date"] <= day <= gazette
            assert status_on(facts, [found], on=gazette, known_on=gazette, law=LAW).base in (
                BaseState.CEASED_FEE,
                BaseState.EXPIRED,
            )


class TestGrant:
    def test_turns_pending_into_in_force_on_its_day(self) -> None:
        assert seen(PAID_UP, date(2021, 7, 19)).base is BaseState.PENDING
        assert seen(PAID_UP, date(2021, 7, 20)).base is BaseState.IN_FORCE

    def test_is_not_known_before_its_day(self) -> None:
        status = seen(PAID_UP, date(2022, 1, 1), known_on=date(2021, 7, 19))
        assert status.base is BaseState.PENDING

    def test_may_come_from_an_event(self) -> None:
        granted = event(EventKind.GRANTED, date(2021, 7, 20))
        facts = patent(grant_date=None)
        assert seen(facts, date(2021, 7, 20), granted).base is BaseState.IN_FORCE
        assert seen(facts, date(2021, 7, 20)).base is BaseState.PENDING

    @pytest.mark.parametrize(
        ("kind", "base"),
        [
            (EventKind.CEASED_FEE, BaseState.CEASED_FEE),
            (EventKind.TERMINATED, BaseState.CEASED_FEE),
            (EventKind.INVALID_ALL, BaseState.INVALID_ALL),
            (EventKind.ABANDONED, BaseState.ABANDONED),
        ],
    )
    def test_without_a_date_leaves_no_ended_right_pending(
        self, kind: EventKind, base: BaseState
    ) -> None:
        ended = event(kind, date(2024, 5, 1))
        assert seen(patent(grant_date=None), date(2026, 6, 30), ended).base is base

    @pytest.mark.parametrize(
        ("kind", "base"),
        [(EventKind.WITHDRAWN, BaseState.WITHDRAWN), (EventKind.REJECTED, BaseState.REJECTED)],
    )
    def test_may_never_come(self, kind: EventKind, base: BaseState) -> None:
        facts, closed = patent(grant_date=None), event(kind, date(2020, 5, 1))
        assert seen(facts, date(2020, 4, 30), closed).base is BaseState.PENDING
        status = seen(facts, date(2020, 5, 1), closed)
        assert (status.base, status.since) == (base, date(2020, 5, 1))
        revived = event(EventKind.RESTORED, date(2020, 9, 1))
        assert seen(facts, date(2020, 9, 1), closed, revived).base is BaseState.PENDING


class TestEnds:
    def test_with_the_term(self) -> None:
        assert seen(PAID_UP, date(2038, 3, 14)).base is BaseState.IN_FORCE
        status = seen(PAID_UP, date(2038, 3, 15))
        assert (status.base, status.since) == (BaseState.EXPIRED, date(2038, 3, 15))

    def test_later_with_a_compensation_that_is_known(self) -> None:
        decided = event(EventKind.TERM_ADJUSTED, date(2024, 1, 1), days=30)
        on = date(2038, 3, 20)
        assert seen(PAID_UP, on, decided).base is BaseState.IN_FORCE
        unaware = seen(PAID_UP, on, decided, known_on=date(2023, 12, 31))
        assert unaware.base is BaseState.EXPIRED

    def test_from_the_grant_by_full_invalidation(self) -> None:
        decision = event(EventKind.INVALID_ALL, date(2024, 6, 1))
        day = date(2022, 1, 1)
        assert seen(PAID_UP, day, decision).base is BaseState.IN_FORCE
        status = seen(PAID_UP, day, decision, known_on=date(2024, 6, 1))
        assert (status.base, status.since) == (BaseState.INVALID_ALL, date(2021, 7, 20))

    def test_by_abandonment_on_its_day(self) -> None:
        given_up = event(EventKind.ABANDONED, date(2023, 4, 4))
        assert seen(PAID_UP, date(2023, 4, 3), given_up).base is BaseState.IN_FORCE
        assert seen(PAID_UP, date(2023, 4, 4), given_up).base is BaseState.ABANDONED

    def test_by_the_first_of_two(self) -> None:
        given_up = event(EventKind.ABANDONED, date(2023, 4, 4))
        facts = patent(fee_paid_through_year=4)
        assert seen(facts, date(2024, 1, 1), given_up).base is BaseState.CEASED_FEE


class TestStatusOn:
    def test_refuses_a_day_before_filing(self) -> None:
        with pytest.raises(BeforeFilingError):
            seen(patent(), date(2018, 3, 14))

    def test_passes_over_events_of_other_rights(self) -> None:
        other = event(EventKind.INVALID_ALL, date(2022, 1, 1), right="201910000000X")
        assert seen(PAID_UP, date(2023, 1, 1), other).base is BaseState.IN_FORCE

    def test_keeps_events_that_a_person_must_read(self) -> None:
        vague = event(EventKind.OTHER, date(2022, 1, 1), code="C35")
        status = seen(PAID_UP, date(2023, 1, 1), vague)
        assert status.unread == (vague,)
        assert status.right == NUMBER

    def test_works_for_days_before_the_fee_tables(self) -> None:
        old = patent(app_no="95115608X", filing_date=date(1995, 9, 1), grant_date=date(1999, 1, 1))
        assert seen(old, date(2000, 1, 1)).base is BaseState.IN_FORCE
        assert seen(old, date(2016, 1, 1)).base is BaseState.EXPIRED

    def test_knows_the_longer_term_of_late_designs(self) -> None:
        early = patent(kind=PatentKind.DESIGN, filing_date=date(2021, 5, 31))
        late = patent(kind=PatentKind.DESIGN, filing_date=date(2021, 6, 1))
        on = date(2033, 1, 1)
        assert [seen(facts, on).base for facts in (early, late)] == [
            BaseState.EXPIRED,
            BaseState.IN_FORCE,
        ]
