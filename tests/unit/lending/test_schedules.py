from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.loans import START, conventions, due, fixed, yuan
from zhirong.core.money import Rounding
from zhirong.lending import schedules
from zhirong.lending.rates import RatePath, RateStep
from zhirong.lending.schedules import (
    CustomPartsError,
    Form,
    PeriodCount,
    PrincipalError,
    Residue,
    Schedule,
    SpreadStepError,
    Terms,
)


def terms(**changes: Any) -> Terms:
    given: dict[str, Any] = {
        "principal": yuan(120_000),
        "form": Form.ANNUITY,
        "periods": due(),
        "path": fixed(),
        "conventions": conventions(),
    }
    return Terms(**(given | changes))


def amounts(plan: Schedule) -> list[Decimal]:
    return [line.amount.amount for line in plan.installments]


class TestConventions:
    def test_spread_nothing_over_whole_yuan(self) -> None:
        with pytest.raises(SpreadStepError):
            conventions(residue=Residue.SPREAD, installment_step=yuan(1))


class TestTerms:
    def test_need_a_principal_and_a_period(self) -> None:
        with pytest.raises(PrincipalError):
            terms(principal=yuan(0))
        with pytest.raises(PrincipalError):
            terms(periods=())

    @pytest.mark.parametrize(
        "parts",
        [(), (120_000,), (60_000, 50_000), (130_000, -10_000)],
        ids=["none", "too few", "too little", "negative"],
    )
    def test_of_the_custom_form_need_parts_that_sum_up(self, parts: tuple[int, ...]) -> None:
        with pytest.raises(CustomPartsError):
            terms(
                form=Form.CUSTOM, periods=due(months=2), parts=tuple(yuan(part) for part in parts)
            )

    def test_of_other_forms_take_no_parts(self) -> None:
        with pytest.raises(CustomPartsError):
            terms(parts=(yuan(120_000),))


class TestFactor:
    def test_counts_a_changed_rate_by_days_even_where_months_are_counted(self) -> None:
        path = RatePath(
            (RateStep(START, Decimal("0.036")), RateStep(date(2024, 1, 11), Decimal("0.072")))
        )
        (first,) = due(months=1)

        assert schedules.factor(first, path, conventions()) == path.factor(
            first.period, conventions().day_count
        )


class TestSchedule:
    def test_of_a_zero_rate_is_the_principal_in_equal_parts(self) -> None:
        assert amounts(schedules.schedule(terms(path=fixed("0")))) == [Decimal(10_000)] * 12

    def test_leaves_out_lines_that_would_be_empty(self) -> None:
        plan = schedules.schedule(
            terms(
                principal=yuan(10),
                conventions=conventions(
                    installment_step=yuan(1), installment_rounding=Rounding.CEILING
                ),
            )
        )

        assert len(plan.installments) == 11
        assert plan.installments[-1].balance == yuan(0)

    def test_never_pays_less_than_the_interest(self) -> None:
        periods = (due(months=120, every=120) + due(date(2034, 1, 1), months=1))[:2]
        first, last = schedules.schedule(
            terms(periods=periods, path=fixed("0.30")), installment=yuan(1_000)
        ).installments

        assert first.principal == yuan(0)
        assert first.interest == yuan(360_000)
        assert last.principal == yuan(120_000)

    def test_of_a_bullet_by_days_counts_all_days_once(self) -> None:
        plan = schedules.schedule(
            terms(form=Form.BULLET, conventions=conventions(period_count=PeriodCount.DAYS))
        )

        assert amounts(plan) == [Decimal("124392.00")]

    def test_of_a_bullet_by_months_counts_a_year_as_one(self) -> None:
        assert amounts(schedules.schedule(terms(form=Form.BULLET))) == [Decimal("124320.00")]

    def test_spreads_equal_principal_to_the_fen(self) -> None:
        plan = schedules.schedule(
            terms(
                principal=yuan(100),
                form=Form.EQUAL_PRINCIPAL,
                periods=due(months=3),
                conventions=conventions(residue=Residue.SPREAD),
                path=fixed("0"),
            )
        )

        assert amounts(plan) == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]

    def test_takes_no_fen_of_principal_back_where_running_totals_cross(self) -> None:
        """Nine fen in a year at 12 %: total and interest round up on different days."""
        plan = schedules.schedule(
            terms(
                principal=yuan("0.09"),
                path=fixed("0.12"),
                conventions=conventions(residue=Residue.SPREAD),
            )
        )

        assert min(line.principal for line in plan.installments) == yuan(0)
        assert plan.installments[-1].balance == yuan(0)


class TestRepriced:
    def test_keeps_what_was_paid_and_sets_a_new_level(self) -> None:
        plan = schedules.schedule(terms())
        path = RatePath(
            (RateStep(START, Decimal("0.036")), RateStep(date(2024, 7, 1), Decimal("0.024")))
        )
        rest = schedules.repriced(plan, on=date(2024, 7, 1), path=path)

        assert len(rest.installments) == 6
        assert rest.terms.principal == plan.installments[5].balance
        assert rest.installments[0].interest == rest.terms.principal.times(
            Decimal("0.002"), rounding=Rounding.HALF_UP
        )
        assert rest.installments[0].amount < plan.installments[6].amount

    def test_of_a_debt_that_is_paid_is_refused(self) -> None:
        with pytest.raises(PrincipalError):
            schedules.repriced(schedules.schedule(terms()), on=date(2025, 1, 1), path=fixed())
