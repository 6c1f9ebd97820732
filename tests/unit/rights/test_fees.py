from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.factories import event, patent
from zhirong.core.money import Money
from zhirong.parameters.reader import Parameter, Parameters
from zhirong.rights import fees
from zhirong.rights.events import EventKind
from zhirong.rights.fees import PatentYearError, ReductionReason
from zhirong.rights.law import PatentLaw, shipped
from zhirong.rights.records import FeeReduction, PatentKind

LAW = shipped()
ON = date(2024, 8, 1)


def cny(amount: str) -> Money:
    return Money(Decimal(amount))


def with_moved_months() -> PatentLaw:
    """The shipped law with the switch turned: late months run from the moved due date."""

    class Turned(Parameters):
        def get(self, path: str, *, on: date) -> Parameter:
            found = super().get(path, on=on)
            turned = path == "patent.fee.late.counted_from"
            return replace(found, value="moved") if turned else found

    return PatentLaw(parameters=Turned(), calendar=LAW.calendar)


class TestPatentYear:
    def test_begins_with_the_filing_date_and_each_anniversary(self) -> None:
        filed = date(2018, 3, 15)
        days = (date(2018, 3, 15), date(2019, 3, 14), date(2019, 3, 15), date(2021, 7, 20))
        assert [fees.patent_year(filed, day) for day in days] == [1, 1, 2, 4]


class TestFullFee:
    @pytest.mark.parametrize(
        ("kind", "amounts"),
        [
            (
                PatentKind.INVENTION,
                {3: 900, 6: 1200, 7: 2000, 10: 4000, 15: 6000, 20: 8000},
            ),
            (PatentKind.UTILITY_MODEL, {3: 600, 4: 900, 6: 1200, 8: 1200, 9: 2000, 10: 2000}),
            (PatentKind.DESIGN, {3: 600, 5: 900, 8: 1200, 10: 2000, 11: 3000, 15: 3000}),
        ],
    )
    def test_follows_the_bands(self, kind: PatentKind, amounts: dict[int, int]) -> None:
        found = {year: fees.full_fee(kind, year, on=ON, law=LAW).amount for year in amounts}
        assert found == amounts

    def test_refuses_a_year_beyond_the_table(self) -> None:
        with pytest.raises(PatentYearError):
            fees.full_fee(PatentKind.UTILITY_MODEL, 11, on=ON, law=LAW)


class TestAnnualFee:
    def test_moves_the_due_date_and_the_grace_to_working_days(self) -> None:
        facts = patent(filing_date=date(2018, 2, 10))
        fee = fees.annual_fee(facts, 7, on=ON, law=LAW)
        assert fee.anniversary == date(2024, 2, 10)  # Spring Festival, moved over a worked Sunday
        assert fee.due_on == date(2024, 2, 18)
        assert fee.grace_ends_on == date(2024, 8, 12)  # 10 August 2024 was a Saturday

    def test_of_a_leap_day_is_due_on_the_last_of_february(self) -> None:
        fee = fees.annual_fee(patent(filing_date=date(2020, 2, 29)), 4, on=ON, law=LAW)
        assert fee.anniversary == date(2023, 2, 28)

    @pytest.mark.parametrize(
        ("reduction", "payable"),
        [(FeeReduction.SINGLE, "180"), (FeeReduction.JOINT, "360"), (FeeReduction.NONE, "1200")],
    )
    def test_takes_off_the_reduction(self, reduction: FeeReduction, payable: str) -> None:
        fee = fees.annual_fee(patent(fee_reduction=reduction), 5, on=ON, law=LAW)
        assert (fee.full, fee.payable) == (cny("1200"), cny(payable))

    def test_gives_the_reduced_examples(self) -> None:
        granted = date(2019, 1, 1)
        for reduction, payable in ((FeeReduction.SINGLE, "135"), (FeeReduction.JOINT, "270")):
            facts = patent(grant_date=granted, fee_reduction=reduction)
            assert fees.annual_fee(facts, 2, on=ON, law=LAW).payable == cny(payable)

    def test_reduces_ten_years_from_the_grant(self) -> None:
        facts = patent(fee_reduction=FeeReduction.SINGLE)
        found = {
            year: fees.annual_fee(facts, year, on=ON, law=LAW).reason for year in (3, 4, 13, 14)
        }
        none, single = ReductionReason.NONE, ReductionReason.SINGLE
        assert found == {3: none, 4: single, 13: single, 14: none}

    def test_reduced_six_years_before_2018(self) -> None:
        facts = patent(filing_date=date(2014, 1, 1), grant_date=date(2016, 10, 1))
        facts = replace(facts, fee_reduction=FeeReduction.SINGLE)
        on = date(2018, 7, 31)
        reasons = [fees.annual_fee(facts, year, on=on, law=LAW).reason for year in (8, 9)]
        assert reasons == [ReductionReason.SINGLE, ReductionReason.NONE]

    def test_takes_the_best_reduction_only(self) -> None:
        license_alone = fees.annual_fee(patent(), 5, on=ON, law=LAW, open_license=True)
        assert (license_alone.payable, license_alone.reason) == (
            cny("1020"),
            ReductionReason.OPEN_LICENSE,
        )
        both = patent(fee_reduction=FeeReduction.SINGLE)
        assert fees.annual_fee(both, 5, on=ON, law=LAW, open_license=True).payable == cny("180")

    def test_charges_full_years_of_compensation_only(self) -> None:
        facts = patent(pta_days=263, pte_days=500)
        fee = fees.annual_fee(facts, 22, on=ON, law=LAW)
        assert (fee.payable, fee.is_compensation) == (cny("8000"), True)
        with pytest.raises(PatentYearError):
            fees.annual_fee(facts, 23, on=ON, law=LAW)

    @pytest.mark.parametrize("year", [0, 21])
    def test_refuses_years_without_a_fee(self, year: int) -> None:
        with pytest.raises(PatentYearError) as caught:
            fees.annual_fee(patent(), year, on=ON, law=LAW)
        assert caught.value.facts["last"] == 20


class TestLateFee:
    FEE = fees.annual_fee(patent(), 5, on=date(2022, 3, 15), law=LAW)

    @pytest.mark.parametrize(
        ("paid_on", "late"),
        [
            (date(2022, 3, 15), "0"),
            (date(2022, 4, 15), "0"),
            (date(2022, 4, 16), "60"),
            (date(2022, 5, 20), "120"),
            (date(2022, 8, 16), "300"),
            (date(2022, 9, 15), "300"),
        ],
    )
    def test_has_a_free_month_and_five_percent_for_each_other(
        self, paid_on: date, late: str
    ) -> None:
        assert fees.late_fee(self.FEE, paid_on, law=LAW) == cny(late)

    def test_is_reckoned_on_the_full_fee(self) -> None:
        reduced = patent(fee_reduction=FeeReduction.SINGLE)
        fee = fees.annual_fee(reduced, 5, on=date(2022, 3, 15), law=LAW)
        assert fees.late_fee(fee, date(2022, 5, 20), law=LAW) == cny("120")

    def test_runs_from_the_moved_day_when_the_switch_says_so(self) -> None:
        # Due on Saturday 2022-01-15, moved to Monday 17 January.
        facts = patent(filing_date=date(2018, 1, 15))
        fee = fees.annual_fee(facts, 5, on=date(2022, 3, 1), law=LAW)
        paid_on = date(2022, 2, 16)
        assert fees.late_fee(fee, paid_on, law=LAW) == cny("60")
        assert fees.late_fee(fee, paid_on, law=with_moved_months()) == cny("0")

    def test_adds_no_month_for_a_grace_that_ends_on_a_day_off(self) -> None:
        fee = fees.annual_fee(patent(filing_date=date(2018, 2, 10)), 7, on=ON, law=LAW)
        assert fees.late_fee(fee, fee.grace_ends_on, law=LAW) == cny("500")  # 25 % of 2000


class TestPaidThrough:
    def test_is_not_known_when_nobody_said(self) -> None:
        assert fees.paid_through(patent(), on=date(2024, 1, 1)) is None

    def test_is_settled_by_the_grant_in_its_own_year(self) -> None:
        assert fees.paid_through(patent(), on=date(2022, 3, 14)) == 4

    def test_takes_the_latest_of_list_payments_and_restoration(self) -> None:
        paid = event(EventKind.FEE_PAID, date(2022, 3, 1), patent_year=5)
        restored = event(EventKind.RESTORED, date(2024, 1, 1))
        facts = patent(fee_paid_through_year=4)
        on = date(2024, 2, 1)
        assert fees.paid_through(facts, [paid], on=on) == 5
        assert fees.paid_through(facts, [paid, restored], on=on) == 6


class TestRemainingFees:
    @pytest.mark.parametrize(
        ("kind", "total"),
        [
            (PatentKind.INVENTION, "82300"),
            (PatentKind.UTILITY_MODEL, "11200"),
            (PatentKind.DESIGN, "26200"),
        ],
    )
    def test_add_up_to_the_published_totals(self, kind: PatentKind, total: str) -> None:
        facts = patent(kind=kind, filing_date=date(2022, 1, 4), grant_date=date(2022, 8, 1))
        found = fees.remaining_fees(facts, paid_through_year=0, on=ON, law=LAW)
        assert fees.payable_total(found) == cny(total)

    def test_are_none_when_paid_to_the_end(self) -> None:
        assert fees.remaining_fees(patent(), paid_through_year=20, on=ON, law=LAW) == ()
