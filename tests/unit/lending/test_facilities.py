from datetime import date
from typing import Any

import pytest

from tests.loans import yuan
from zhirong.core.periods import Period
from zhirong.lending import facilities
from zhirong.lending.facilities import (
    Book,
    DrawDown,
    DrawTwiceError,
    Facility,
    FacilityDayError,
    FacilityLimitError,
    FixingEvent,
    FixingGround,
    MaximumAmountPledge,
    OrdinaryPledge,
    RepaidTooMuchError,
    Repayment,
    SecuredClaim,
    SecurityEffect,
)
from zhirong.parameters.reader import Parameters

JANUARY, MARCH, JUNE = date(2025, 1, 10), date(2025, 3, 10), date(2025, 6, 10)


def facility(**changes: Any) -> Facility:
    given: dict[str, Any] = {
        "number": "2025-001",
        "debtor": "Example Tools",
        "limit": yuan(5_000_000),
        "available": Period(date(2025, 1, 1), date(2026, 1, 1)),
        "last_maturity": date(2026, 6, 30),
        "is_revolving": True,
    }
    return Facility(**(given | changes))


def request(number: str = "1", amount: int = 3_000_000, **changes: Any) -> DrawDown:
    given: dict[str, Any] = {
        "number": number,
        "on": JANUARY,
        "amount": yuan(amount),
        "matures_on": date(2026, 1, 10),
    }
    return DrawDown(**(given | changes))


DRAWN = Book(draws=(request(),))
REPAID = Book(
    draws=DRAWN.draws, repayments=(Repayment(draw_number="1", on=MARCH, amount=yuan(1_000_000)),)
)


class TestOutstanding:
    def test_counts_what_happened_by_the_day(self) -> None:
        owed = [
            facilities.outstanding(facility(), REPAID, on=day)
            for day in (date(2025, 1, 9), JANUARY, MARCH)
        ]

        assert owed == [yuan(0), yuan(3_000_000), yuan(2_000_000)]

    @pytest.mark.parametrize(("number", "amount"), [("1", 3_000_001), ("2", 1)])
    def test_refuses_repayments_that_repay_nothing(self, number: str, amount: int) -> None:
        repayment = Repayment(draw_number=number, on=MARCH, amount=yuan(amount))

        with pytest.raises(RepaidTooMuchError):
            facilities.outstanding(
                facility(), Book(draws=DRAWN.draws, repayments=(repayment,)), on=MARCH
            )


class TestUndrawn:
    def test_of_a_revolving_line_comes_back(self) -> None:
        assert facilities.undrawn(facility(), REPAID, on=MARCH) == yuan(3_000_000)

    def test_of_another_line_does_not(self) -> None:
        once = facility(is_revolving=False)

        assert facilities.undrawn(once, REPAID, on=MARCH) == yuan(2_000_000)

    def test_is_nothing_outside_its_days(self) -> None:
        assert facilities.undrawn(facility(), DRAWN, on=date(2026, 1, 1)) == yuan(0)


class TestDraw:
    def test_up_to_the_last_fen(self) -> None:
        book = facilities.draw(facility(), REPAID, request("2", 3_000_000, on=JUNE))

        assert facilities.undrawn(facility(), book, on=JUNE) == yuan(0)
        assert len(book.draws) == 2
        assert book.repayments == REPAID.repayments

    @pytest.mark.parametrize("amount", [0, -1, 2_000_001])
    def test_refuses_what_the_limit_does_not_hold(self, amount: int) -> None:
        with pytest.raises(FacilityLimitError):
            facilities.draw(facility(), DRAWN, request("2", amount, on=JUNE))

    def test_refuses_a_number_that_is_taken(self) -> None:
        with pytest.raises(DrawTwiceError):
            facilities.draw(facility(), DRAWN, request(amount=1))

    @pytest.mark.parametrize(
        "days",
        [
            {"on": date(2024, 12, 31)},
            {"on": date(2026, 1, 1), "matures_on": date(2026, 2, 1)},
            {"on": JUNE, "matures_on": date(2026, 7, 1)},
            {"on": JUNE, "matures_on": JUNE},
            {"on": date(2025, 1, 9)},
        ],
        ids=["too early", "too late", "due too late", "due at once", "before another"],
    )
    def test_refuses_days_outside_the_facility(self, days: dict[str, date]) -> None:
        with pytest.raises(FacilityDayError):
            facilities.draw(facility(), DRAWN, request("2", 1, **days))


def maximum(**changes: Any) -> MaximumAmountPledge:
    given: dict[str, Any] = {
        "registered_on": date(2025, 1, 8),
        "effect": SecurityEffect.IN_REM,
        "contract_ceiling": yuan(6_000_000),
        "registered_ceiling": yuan(5_500_000),
        "claim_period": Period(date(2025, 1, 1), date(2026, 1, 1)),
    }
    return MaximumAmountPledge(**(given | changes))


OPEN_END = Period(date(2025, 1, 1))


def fixed(
    pledge: MaximumAmountPledge, *events: tuple[FixingGround, date], on: date
) -> FixingEvent | None:
    return facilities.fixed_by(
        pledge, [FixingEvent(*event) for event in events], on=on, parameters=Parameters()
    )


class TestFixedBy:
    def test_is_open_until_the_agreed_end(self) -> None:
        end = date(2026, 1, 1)

        assert fixed(maximum(), on=date(2025, 12, 31)) is None
        assert fixed(maximum(), on=end) == FixingEvent(FixingGround.PERIOD_ENDED, end)

    def test_takes_the_earliest_event(self) -> None:
        found = fixed(
            maximum(),
            (FixingGround.BANKRUPTCY, JUNE),
            (FixingGround.SEIZURE_KNOWN, MARCH),
            on=date(2027, 1, 1),
        )

        assert found == FixingEvent(FixingGround.SEIZURE_KNOWN, MARCH)

    @pytest.mark.parametrize(
        ("on", "is_fixed"), [(date(2027, 1, 7), False), (date(2027, 1, 8), True)]
    )
    def test_by_request_waits_for_two_years(self, on: date, *, is_fixed: bool) -> None:
        pledge = maximum(claim_period=OPEN_END)

        assert bool(fixed(pledge, (FixingGround.REQUESTED, on), on=on)) is is_fixed

    def test_by_request_only_where_no_end_is_agreed(self) -> None:
        on = date(2025, 12, 1)

        assert fixed(maximum(), (FixingGround.REQUESTED, on), on=on) is None

    def test_ignores_an_end_that_is_not_the_contracts(self) -> None:
        pledge = maximum(claim_period=OPEN_END)

        assert fixed(pledge, (FixingGround.PERIOD_ENDED, JUNE), on=date(2027, 1, 1)) is None


def claim(arose_on: date, principal: int, accessories: int = 0) -> SecuredClaim:
    return SecuredClaim(arose_on=arose_on, principal=yuan(principal), accessories=yuan(accessories))


class TestFixedClaims:
    def test_leave_out_what_arose_before_the_period_or_from_the_fixing_on(self) -> None:
        claims = [claim(date(2024, 12, 31), 1), claim(JANUARY, 2), claim(MARCH, 3), claim(JUNE, 4)]

        assert facilities.fixed_claims(maximum(), claims, fixed_on=JUNE) == (claims[1], claims[2])


class TestPriority:
    def test_is_the_fixed_claims_below_the_ceiling(self) -> None:
        assert facilities.priority(maximum(), [claim(JANUARY, 5_000_000, 300_000)]) == yuan(
            5_300_000
        )

    def test_is_the_registered_ceiling_above_it_with_interest_and_costs_inside(self) -> None:
        assert facilities.priority(maximum(), [claim(JANUARY, 5_000_000, 800_000)]) == yuan(
            5_500_000
        )
        assert not maximum().is_registered_as_agreed

    @pytest.mark.parametrize(
        "changes",
        [
            {"registered_on": None},
            {"registered_ceiling": None},
            {"effect": SecurityEffect.CONTRACTUAL},
        ],
    )
    def test_is_nothing_without_a_register(self, changes: dict[str, Any]) -> None:
        assert facilities.priority(maximum(**changes), [claim(JANUARY, 1)]) == yuan(0)

    @pytest.mark.parametrize(
        ("registered", "expected"), [(None, 1_100_000), (1_000_000, 1_000_000)]
    )
    def test_of_an_ordinary_pledge_is_the_claim_as_registered(
        self, registered: int | None, expected: int
    ) -> None:
        pledge = OrdinaryPledge(
            registered_on=JANUARY,
            effect=SecurityEffect.IN_REM,
            registered_amount=None if registered is None else yuan(registered),
        )

        assert facilities.priority(pledge, [claim(JANUARY, 1_000_000, 100_000)]) == yuan(expected)
