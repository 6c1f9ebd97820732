from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhirong.core.money import Money
from zhirong.parameters.reader import Parameters, catalog
from zhirong.rights.fees import AnnualFee, ReductionReason
from zhirong.valuation import keep_or_drop
from zhirong.valuation.keep_or_drop import Advice, Upkeep, UpkeepError, advise

ON = date(2026, 6, 30)
# Years 8 to 10 of a utility model filed on 2019-07-01: full fees, no reduction left.
TARIFF = {8: "1200", 9: "2000", 10: "2000"}


def fee(year: int, payable: str) -> AnnualFee:
    due = date(2018 + year, 7, 1)
    return AnnualFee(
        patent_year=year,
        anniversary=due,
        due_on=due,
        grace_ends_on=date(2019 + year, 1, 1),
        full=Money(Decimal(payable)),
        reduction=Decimal(0),
        reason=ReductionReason.NONE,
        payable=Money(Decimal(payable)),
    )


def upkeep(values: tuple[float, ...], **fields: Any) -> Upkeep:
    facts: dict[str, Any] = {
        "right": "201920000000X",
        "fees": tuple(fee(year, payable) for year, payable in TARIFF.items()),
        "values": values,
        "survival": (1.0,) * len(values),
        "is_bound": False,
    }
    return Upkeep(**(facts | fields))


def advised(values: tuple[float, ...], **fields: Any) -> keep_or_drop.UpkeepAdvice:
    return advise(upkeep(values, **fields), valuation_date=ON, discount_rate=0.0, review_margin=1.5)


class TestAdvise:
    def test_keeps_what_brings_more_than_it_costs(self) -> None:
        advice = advised((9e3, 9e3, 9e3))

        assert advice.advice == Advice.KEEP
        assert advice.fees_ahead == Money(Decimal(5200))
        assert advice.saved == Money(Decimal(0))

    def test_drops_what_brings_less(self) -> None:
        advice = advised((100.0, 100.0, 100.0))

        assert advice.advice == Advice.DROP
        assert advice.saved == Money(Decimal(5200))
        assert advice.next_due_on == date(2026, 7, 1)
        assert advice.keep_through is None

    def test_keeps_until_the_fee_beats_the_value(self) -> None:
        advice = advised((9000.0, 1500.0, 1500.0))

        assert (advice.advice, advice.keep_through) == (Advice.KEEP_UNTIL, 8)
        assert advice.saved == Money(Decimal(4000))

    def test_carries_a_poor_year_for_a_good_one(self) -> None:
        assert advised((100.0, 100.0, 90_000.0)).advice == Advice.KEEP

    def test_asks_for_a_look_where_value_is_little_above_fees(self) -> None:
        assert advised((1500.0, 2200.0, 2200.0)).advice == Advice.REVIEW

    def test_saves_nothing_on_a_pledged_right(self) -> None:
        advice = advised((0.0, 0.0, 0.0), is_bound=True)

        assert advice.advice == Advice.BOUND
        assert advice.saved == Money(Decimal(0))

    def test_says_so_when_no_fees_are_ahead(self) -> None:
        advice = advised((), fees=())

        assert (advice.advice, advice.next_due_on) == (Advice.NO_FEES, None)

    def test_weighs_later_years_by_the_chance_that_the_right_is_wanted(self) -> None:
        sure = advised((100.0, 100.0, 90_000.0))
        doubtful = advised((100.0, 100.0, 90_000.0), survival=(1.0, 0.5, 0.02))

        assert sure.advice == Advice.KEEP
        assert doubtful.advice == Advice.DROP
        assert doubtful.fees_ahead_present == pytest.approx(1200 + 1000 + 40)

    def test_discounts_fees_to_their_due_days(self) -> None:
        advice = advise(
            upkeep((9e3, 9e3, 9e3)), valuation_date=ON, discount_rate=0.1, review_margin=1.5
        )

        near = 1 / 365
        expected = 1200 / 1.1**near + 2000 / 1.1 ** (1 + near) + 2000 / 1.1 ** (2 + near)
        assert advice.fees_ahead_present == pytest.approx(expected, rel=1e-5)

    @pytest.mark.parametrize("values", [(0.0,) * 3, (1e5, 0.0, 0.0), (3e3,) * 3, (1e6,) * 3])
    def test_speaks_both_languages(self, values: tuple[float, ...]) -> None:
        for bound in (False, True):
            message = advised(values, is_bound=bound).message

            assert "201920000000X" in catalog().text(message, "zh")
            assert "201920000000X" in catalog().text(message, "en")

    @settings(max_examples=60, deadline=None)
    @given(values=st.tuples(*[st.floats(0, 1e5)] * 3), factor=st.floats(1, 10))
    def test_never_saves_more_when_the_right_brings_more(
        self, values: tuple[float, float, float], factor: float
    ) -> None:
        richer = tuple(value * factor for value in values)

        assert advised(richer).saved <= advised(values).saved


class TestUpkeep:
    @pytest.mark.parametrize(
        "fields", [{"survival": (1.0,)}, {"survival": (1.0, 1.0, 1.2)}, {"fees": ()}]
    )
    def test_refuses_what_does_not_stand_beside_the_fees(self, fields: dict[str, Any]) -> None:
        with pytest.raises(UpkeepError):
            upkeep((1.0, 1.0, 1.0), **fields)


class TestSpreadOverYears:
    def test_loses_nothing(self) -> None:
        parts = keep_or_drop.spread_over_years(1234.0, years=7, decline=0.15, discount_rate=0.12)

        assert sum(parts) == pytest.approx(1234.0)
        assert list(parts) == sorted(parts, reverse=True)

    def test_gives_nothing_over_no_years(self) -> None:
        assert keep_or_drop.spread_over_years(5.0, years=0, decline=0, discount_rate=0) == ()


class TestReadReviewMargin:
    def test_is_above_one(self) -> None:
        assert keep_or_drop.read_review_margin(Parameters(), on=ON) > 1
