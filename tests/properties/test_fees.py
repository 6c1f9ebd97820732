from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import patent
from zhirong.core.money import Money, total
from zhirong.rights import fees, terms
from zhirong.rights.law import shipped
from zhirong.rights.records import FeeReduction, PatentKind

LAW = shipped()
ON = date(2024, 8, 1)
FILED = st.dates(date(2012, 1, 1), date(2024, 7, 31))
KINDS = st.sampled_from(PatentKind)
REDUCTIONS = st.none() | st.sampled_from(FeeReduction)


class TestRemainingFees:
    @given(KINDS, FILED, REDUCTIONS, st.integers(1, 10), st.integers(0, 1_200))
    def test_add_up_over_any_split_and_never_exceed_the_full_fee(
        self, kind: PatentKind, filed: date, reduction: FeeReduction | None, paid: int, pta: int
    ) -> None:
        facts = patent(
            kind=kind, filing_date=filed, grant_date=filed, fee_reduction=reduction, pta_days=pta
        )
        every = fees.remaining_fees(facts, paid_through_year=0, on=ON, law=LAW)
        rest = fees.remaining_fees(facts, paid_through_year=paid, on=ON, law=LAW)
        assert every[paid:] == rest
        assert fees.payable_total(every[:paid]) + fees.payable_total(rest) == fees.payable_total(
            every
        )
        assert fees.payable_total(every) <= total(fee.full for fee in every)
        days = [fee.anniversary for fee in every]
        assert days == sorted(set(days))
        assert days[-1] < terms.term(facts, law=LAW).expires_on

    @given(KINDS, FILED, st.integers(2, 10))
    def test_are_due_on_working_days_with_a_grace_behind(
        self, kind: PatentKind, filed: date, year: int
    ) -> None:
        fee = fees.annual_fee(patent(kind=kind, filing_date=filed), year, on=ON, law=LAW)
        assert LAW.calendar.is_workday(fee.due_on)
        assert LAW.calendar.is_workday(fee.grace_ends_on)
        assert fee.anniversary <= fee.due_on < fee.grace_ends_on


class TestLateFee:
    @given(FILED, st.integers(2, 10), st.integers(0, 220), st.integers(0, 30))
    def test_grows_with_the_delay_to_a_quarter_of_the_full_fee(
        self, filed: date, year: int, days: int, more: int
    ) -> None:
        fee = fees.annual_fee(patent(filing_date=filed), year, on=ON, law=LAW)
        first = fee.anniversary + timedelta(days=days)
        early = fees.late_fee(fee, first, law=LAW)
        late = fees.late_fee(fee, first + timedelta(days=more), law=LAW)
        most = Money(fee.full.amount / 4)
        assert Money(Decimal(0)) <= early <= late <= most
