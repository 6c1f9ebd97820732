"""The chain of working days, its order, and the interest of the bridge days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhirong.core.calendar import BusinessCalendar
from zhirong.core.daycounts import DayCount
from zhirong.core.periods import Period
from zhirong.core.rolling import Roll
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.securitization.dates import bridge, chain, order
from zhirong.securitization.dates.bridge import Keeper, SoldClaim
from zhirong.securitization.dates.chain import ChainRule, ChainRuleError, Link
from zhirong.securitization.dates.order import PlanDays

RULE = chain.market_rule(Parameters(), on=date(2024, 11, 27))
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2029, 12, 31))
PAYMENTS = (date(2025, 2, 27), date(2025, 5, 27), date(2025, 8, 27), date(2025, 11, 27))


def calendars() -> st.SearchStrategy[BusinessCalendar]:
    days = st.frozensets(DAYS, max_size=60)
    known = Period(date(2020, 1, 1), date(2027, 1, 1))
    return st.builds(BusinessCalendar, days_off=days, make_up_days=days, known=st.just(known))


def by_link(nominal: date, **changes: Roll) -> Mapping[Link, date]:
    found = chain.chain(nominal, replace(RULE, **changes), china())  # type: ignore[arg-type]
    return {each.link: each.on for each in found.links}


class TestChain:
    def test_counts_back_over_the_spring_festival(self) -> None:
        # 28 January to 4 February 2025 are off; 26 January and 8 February, a Sunday and a
        # Saturday, are worked instead.
        found = by_link(date(2025, 2, 10))

        assert found[Link.PAYMENT] == date(2025, 2, 10)
        assert found[Link.RECORD] == date(2025, 2, 8)
        assert found[Link.REPORT] == date(2025, 2, 7)
        assert found[Link.SHORTFALL_PAYMENT] == date(2025, 1, 27)
        assert found[Link.CALCULATION] == date(2025, 1, 21)

    def test_has_no_record_date_on_a_worked_saturday_of_the_exchange(self) -> None:
        found = chain.chain(date(2025, 2, 10), RULE, chain.trading_days(china()))

        assert found.day(Link.RECORD) == date(2025, 2, 7)

    @pytest.mark.parametrize(
        ("roll", "expected"),
        [
            (Roll.NONE, date(2025, 5, 31)),
            (Roll.FOLLOWING, date(2025, 6, 3)),
            (Roll.MODIFIED_FOLLOWING, date(2025, 5, 30)),
            (Roll.PRECEDING, date(2025, 5, 30)),
        ],
    )
    def test_rolls_as_the_plan_says(self, roll: Roll, expected: date) -> None:
        # A Saturday at the end of May before the Dragon Boat Festival on Monday 2 June off.
        assert by_link(date(2025, 5, 31), roll=roll)[Link.PAYMENT] == expected

    def test_works_behind_the_published_calendars_and_says_so(self) -> None:
        found = chain.chain(date(2027, 10, 1), RULE, china())

        assert found.is_provisional
        assert china().is_workday(found.payment)
        assert [each.facts for each in order.provisional([found])] == [{"payment": found.payment}]

    def test_is_sure_where_all_days_are_published(self) -> None:
        assert not any(each.is_provisional for each in chain.chains(PAYMENTS, RULE, china()))

    @given(nominal=DAYS, calendar=calendars(), roll=st.sampled_from(list(Roll)))
    def test_ascends_on_working_days_in_any_calendar(
        self, nominal: date, calendar: BusinessCalendar, roll: Roll
    ) -> None:
        found = chain.chain(nominal, replace(RULE, roll=roll), calendar)
        days = [each.on for each in found.links]

        assert days == sorted(set(days))
        assert all(calendar.is_workday(day) for day in days[:-1])
        if roll is not Roll.NONE:
            assert calendar.is_workday(found.payment)
        back = Period(found.starts, found.payment)
        if calendar.is_workday(found.payment):
            assert calendar.workdays_in(back) == 10


class TestChainRule:
    @pytest.mark.parametrize(
        "before",
        [
            (),
            ((Link.CALCULATION, 3),),
            ((Link.TRANSFER, 5), (Link.CALCULATION, 3), (Link.PAYMENT, 0)),
            ((Link.CALCULATION, 3), (Link.TRANSFER, 5), (Link.PAYMENT, 0)),
            ((Link.PAYMENT, 0), (Link.PAYMENT, 0)),
            ((Link.REPORT, -1), (Link.PAYMENT, 0)),
        ],
    )
    def test_refuses_links_out_of_order(self, before: tuple[tuple[Link, int], ...]) -> None:
        with pytest.raises(ChainRuleError):
            ChainRule(before=before, roll=Roll.FOLLOWING, report_days_min=2)


def plan_days(**changes: object) -> PlanDays:
    days = PlanDays(
        cut_off=date(2024, 11, 15),
        closing=date(2024, 11, 27),
        collected_on=tuple(day - timedelta(days=20) for day in PAYMENTS),
        chains=chain.chains(PAYMENTS, RULE, china()),
    )
    return replace(days, **changes)  # type: ignore[arg-type]


def rules_broken(days: PlanDays, rule: ChainRule = RULE) -> list[str]:
    return [each.code.rpartition(".")[2] for each in order.problems(days, rule, china())]


class TestProblems:
    def test_finds_none_in_a_plan_in_order(self) -> None:
        assert rules_broken(plan_days()) == []

    def test_names_each_rule_that_breaks(self) -> None:
        assert rules_broken(plan_days(closing=date(2024, 11, 1))) == ["closing"]
        late = (*plan_days().collected_on[:3], date(2025, 11, 26))
        assert rules_broken(plan_days(collected_on=late)) == ["calculation"]
        assert "before_closing" in rules_broken(plan_days(closing=date(2025, 2, 20)))
        back = tuple(reversed(plan_days().collected_on))
        assert "collected" in rules_broken(plan_days(collected_on=back))

    def test_finds_chains_that_overlap_and_payments_that_do_not_ascend(self) -> None:
        near = (date(2025, 2, 27), date(2025, 3, 6))
        assert "overlap" in rules_broken(plan_days(chains=chain.chains(near, RULE, china())))
        same = (date(2025, 3, 1), date(2025, 3, 2))  # both roll to the Monday
        assert "payment" in rules_broken(plan_days(chains=chain.chains(same, RULE, china())))

    def test_finds_a_report_that_comes_late(self) -> None:
        before = ((Link.CALCULATION, 10), (Link.REPORT, 1), (Link.PAYMENT, 0))
        rule = replace(RULE, before=before)
        days = plan_days(chains=chain.chains(PAYMENTS, rule, china()))

        assert set(rules_broken(days, rule)) == {"report"}

    def test_finds_a_payment_on_a_day_off(self) -> None:
        rule = replace(RULE, roll=Roll.NONE)
        days = plan_days(chains=chain.chains((date(2025, 5, 31),), rule, china()))

        assert rules_broken(days, rule) == ["day_off"]


CLAIM = SoldClaim(
    claim_id="L01",
    principal_fen=19_900_000_00,
    rate=Fraction("0.034"),
    day_count=DayCount.ACT_360,
    unpaid_since=date(2024, 11, 15),
)


class TestPrice:
    def test_pays_the_seller_what_accrued_to_the_cut_off(self) -> None:
        found = bridge.price(
            CLAIM, cut_off=date(2024, 11, 20), closing=date(2024, 11, 27), bridge_to=Keeper.PLAN
        )

        # 19.9 m x 3.4 % x 5 / 360
        assert (found.accrued_days, found.accrued_fen) == (5, 939_722)
        assert (found.bridge_days, found.bridge_fen) == (7, 0)
        assert found.paid_fen == 19_900_000_00 + 939_722

    def test_pays_bridge_days_where_they_are_the_seller_s(self) -> None:
        found = bridge.price(
            replace(CLAIM, repaid_fen=100_00),
            cut_off=date(2024, 11, 20),
            closing=date(2024, 11, 27),
            bridge_to=Keeper.SELLER,
        )

        # Twelve days together are 22,553.33; no fen is lost between the parts.
        assert found.accrued_fen + found.bridge_fen == 2_255_333
        assert found.paid_fen == 19_900_000_00 + 2_255_333 - 100_00

    @pytest.mark.parametrize(
        "changes", [{"unpaid_since": date(2024, 11, 21)}, {"repaid_fen": 19_900_000_01}]
    )
    def test_refuses_what_does_not_follow(self, changes: dict[str, object]) -> None:
        with pytest.raises(bridge.BridgeError):
            bridge.price(
                replace(CLAIM, **changes),  # type: ignore[arg-type]
                cut_off=date(2024, 11, 20),
                closing=date(2024, 11, 27),
                bridge_to=Keeper.PLAN,
            )

    @given(
        fen=st.integers(1, 10**12),
        bp=st.integers(0, 2_000),
        first=st.integers(0, 90),
        second=st.integers(0, 90),
    )
    def test_splits_the_interest_of_both_parts_without_a_fen_lost(
        self, fen: int, bp: int, first: int, second: int
    ) -> None:
        since = date(2024, 9, 1)
        cut_off = since + timedelta(days=first)
        closing = cut_off + timedelta(days=second)
        claim = replace(CLAIM, principal_fen=fen, rate=Fraction(bp, 10_000), unpaid_since=since)

        found = bridge.price(claim, cut_off=cut_off, closing=closing, bridge_to=Keeper.SELLER)

        whole = bridge.interest_fen(
            fen, rate=claim.rate, since=since, until=closing, day_count=claim.day_count
        )
        assert found.accrued_fen + found.bridge_fen == whole
        assert abs(whole - fen * bp * (first + second) / 3_600_000) <= 1
