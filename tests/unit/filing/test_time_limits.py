from dataclasses import replace
from datetime import date

import pytest

from tests import filings
from zhirong.filing import progress, time_limits
from zhirong.filing.office import ActKind, NoticeKind, Registry
from zhirong.filing.time_limits import Alert, Duty
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters

PARAMETERS = Parameters()
FRIDAY = date(2024, 9, 27)  # the National Day week follows, 29 September is worked


class TestDecisionUntil:
    @pytest.mark.parametrize(
        ("registry", "is_online", "until"),
        [
            (Registry.PATENT, True, date(2024, 9, 30)),
            (Registry.PATENT, False, date(2024, 10, 10)),
            (Registry.TRADEMARK, True, date(2024, 9, 30)),
            (Registry.COPYRIGHT, True, date(2024, 10, 8)),
            (Registry.DATA, True, None),
        ],
    )
    def test_counts_the_days_of_the_register(
        self, registry: Registry, *, is_online: bool, until: date | None
    ) -> None:
        found = time_limits.decision_until(
            registry, FRIDAY, is_online=is_online, parameters=PARAMETERS, calendar=china()
        )

        assert found == until


class TestChangeUntil:
    def test_is_thirty_days_moved_to_a_working_day(self) -> None:
        until = time_limits.change_until(date(2024, 9, 5), parameters=PARAMETERS, calendar=china())

        assert until == date(2024, 10, 8)


class TestDues:
    def found(self, held: progress.Progress, on: date) -> list[tuple[Duty, date, bool]]:
        dues = time_limits.dues(
            held, is_online=True, on=on, parameters=PARAMETERS, calendar=china()
        )
        return [(due.duty, due.until, due.is_late) for due in dues]

    def test_wait_for_the_office(self) -> None:
        assert self.found(filings.submitted(), date(2026, 7, 6)) == [
            (Duty.OFFICE_DECIDES, date(2026, 7, 3), True)
        ]

    def test_ask_for_the_receipt_first(self) -> None:
        held = progress.send(
            filings.registered(), filings.act(ActKind.CANCEL, "C-2"), on=date(2026, 7, 6)
        )

        assert [duty for duty, *_ in self.found(held, date(2026, 7, 6))] == [
            Duty.ASK_FOR_RECEIPT,
            Duty.OFFICE_DECIDES,
        ]

    def test_take_the_notice_own_day_before_the_published_one(self) -> None:
        asked = filings.notice(NoticeKind.CORRECTION)
        named = replace(asked, respond_by=date(2026, 7, 20))
        held = filings.submitted()

        assert self.found(progress.hear(held, asked).progress, date(2026, 7, 2)) == [
            (Duty.CORRECT, date(2026, 7, 31), False)
        ]
        assert self.found(progress.hear(held, named).progress, date(2026, 7, 2)) == [
            (Duty.CORRECT, date(2026, 7, 20), False)
        ]


class TestExtensionAlert:
    def alert(self, on: date, debt_to: date = date(2027, 12, 31)) -> Alert | None:
        held = filings.registered(Registry.TRADEMARK, expires_on="2027-06-29")
        return time_limits.extension_alert(held, debt_to=debt_to, on=on, parameters=PARAMETERS)

    @pytest.mark.parametrize(
        ("on", "threshold"),
        [
            (date(2027, 4, 29), None),
            (date(2027, 4, 30), 60),
            (date(2027, 5, 30), 30),
            (date(2027, 6, 22), 7),
        ],
    )
    def test_comes_60_30_and_7_days_before(self, on: date, threshold: int | None) -> None:
        found = self.alert(on)

        assert (found and found.threshold) == threshold

    def test_is_an_alarm_when_one_day_would_be_without_a_pledge(self) -> None:
        last = self.alert(date(2027, 6, 22))
        over = self.alert(date(2027, 6, 30))

        assert last is not None
        assert last.is_gap
        assert over is not None
        assert over.days_left == -1
        assert over.is_gap

    def test_is_no_alarm_where_the_debt_ends_first(self) -> None:
        found = self.alert(date(2027, 6, 22), debt_to=date(2027, 6, 1))

        assert found is not None
        assert not found.is_gap

    def test_falls_away_where_the_registration_has_no_period(self) -> None:
        held = filings.registered()

        assert (
            time_limits.extension_alert(
                held, debt_to=date(2030, 1, 1), on=date(2029, 1, 1), parameters=PARAMETERS
            )
            is None
        )


class TestGapDays:
    @pytest.mark.parametrize(
        ("new_from", "gap"),
        [(date(2027, 6, 30), 0), (date(2027, 7, 1), 1), (None, 10), (date(2027, 1, 1), 0)],
    )
    def test_counts_each_day_without_a_pledge(self, new_from: date | None, gap: int) -> None:
        found = time_limits.gap_days(
            date(2027, 6, 29), new_from, debt_to=date(2028, 1, 1), on=date(2027, 7, 9)
        )

        assert found == gap
