from datetime import date
from decimal import Decimal

from tests.factories import patent
from zhirong.core.money import Money
from zhirong.rights.fee_position import FeeStage
from zhirong.rights.fee_sheets import fee_sheet
from zhirong.rights.law import shipped

LAW = shipped()


class TestFeeSheet:
    def test_lists_every_fee_to_the_end_of_life(self) -> None:
        sheet = fee_sheet(patent(fee_paid_through_year=18), on=date(2035, 5, 1), law=LAW)
        assert [fee.patent_year for fee in sheet.remaining] == [19, 20]
        assert sheet.remaining_total == Money(Decimal(16_000))
        assert sheet.restoration is None

    def test_lists_later_fees_when_payments_are_not_known(self) -> None:
        sheet = fee_sheet(patent(), on=date(2024, 5, 1), law=LAW)
        assert (sheet.patent_year, sheet.standing.stage) == (7, FeeStage.NOT_KNOWN)
        assert sheet.due is None
        assert sheet.remaining[0].patent_year == 8

    def test_of_a_lapsed_right_says_what_restoring_costs(self) -> None:
        sheet = fee_sheet(
            patent(fee_paid_through_year=4),
            on=date(2022, 12, 1),
            law=LAW,
            notice_received_on=date(2022, 11, 1),
        )
        assert sheet.restoration is not None
        assert sheet.restoration.request_by == date(2023, 1, 3)  # 1 and 2 January were days off
        assert sheet.restoration.total == Money(Decimal(1_000 + 1_200 + 300))

    def test_of_an_expired_right_is_empty(self) -> None:
        sheet = fee_sheet(patent(), on=date(2038, 3, 15), law=LAW)
        assert sheet.is_expired
        assert sheet.remaining == ()

    def test_of_an_application_begins_with_the_year_of_a_grant(self) -> None:
        sheet = fee_sheet(patent(grant_date=None), on=date(2020, 5, 1), law=LAW)
        assert sheet.standing.stage is FeeStage.PENDING
        assert sheet.remaining[0].patent_year == 3
