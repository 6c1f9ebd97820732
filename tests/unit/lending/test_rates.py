import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from zhirong.core.daycounts import DayCount
from zhirong.core.periods import Period
from zhirong.lending.rates import (
    FixedRate,
    FloatingRate,
    LprTenor,
    RateError,
    RatePath,
    RatePathError,
    RateStep,
    Repricing,
    rate_path,
)
from zhirong.parameters.reader import ParameterNotFoundError, Parameters

TERM = Period(date(2024, 6, 1), date(2026, 6, 1))
STEPS = (RateStep(date(2024, 1, 1), Decimal("0.036")), RateStep(date(2024, 7, 1), Decimal("0.03")))


def path_of(repricing: Repricing | None, *, known_on: date = date(2025, 12, 31)) -> RatePath:
    contract = FloatingRate(tenor=LprTenor.ONE_YEAR, spread_bp=Decimal(30), repricing=repricing)
    return rate_path(contract, term=TERM, known_on=known_on, parameters=Parameters())


class TestRateStep:
    @pytest.mark.parametrize("rate", ["3.85", "-0.01", "NaN"])
    def test_is_a_share(self, rate: str) -> None:
        with pytest.raises(RateError):
            RateStep(date(2024, 1, 1), Decimal(rate))


class TestRatePath:
    def test_has_its_steps_in_order(self) -> None:
        with pytest.raises(RatePathError):
            RatePath(STEPS[::-1])
        with pytest.raises(RatePathError):
            RatePath(())

    def test_has_no_rate_before_its_first_day(self) -> None:
        with pytest.raises(RatePathError):
            RatePath(STEPS).at(date(2023, 12, 31))

    def test_changes_on_the_day_itself(self) -> None:
        path = RatePath(STEPS)

        assert path.at(date(2024, 6, 30)) == Decimal("0.036")
        assert path.at(date(2024, 7, 1)) == Decimal("0.03")

    def test_counts_each_rate_for_its_days(self) -> None:
        factor = RatePath(STEPS).factor(
            Period(date(2024, 6, 21), date(2024, 7, 11)), DayCount.ACT_360
        )

        assert factor == Fraction(10, 360) * Fraction("0.036") + Fraction(10, 360) * Fraction(
            "0.03"
        )

    def test_scales_every_rate(self) -> None:
        rates = [step.rate for step in RatePath(STEPS).scaled(Decimal("1.5")).steps]

        assert rates == [Decimal("0.0540"), Decimal("0.045")]


class TestRatePathOfAContract:
    def test_of_a_fixed_rate_never_moves(self) -> None:
        path = rate_path(
            FixedRate(rate=Decimal("0.04")),
            term=TERM,
            known_on=date(2030, 1, 1),
            parameters=Parameters(),
        )

        assert path == RatePath((RateStep(TERM.start, Decimal("0.04")),))

    def test_without_repricing_keeps_the_first_rate(self) -> None:
        assert path_of(None).steps == (RateStep(date(2024, 6, 1), Decimal("0.0375")),)

    def test_reprices_on_the_day_of_the_draw_down(self) -> None:
        assert path_of(Repricing(every_months=12)).steps == (
            RateStep(date(2024, 6, 1), Decimal("0.0375")),
            RateStep(date(2025, 6, 1), Decimal("0.0330")),
        )

    def test_reprices_on_new_year(self) -> None:
        repricing = Repricing(every_months=12, counted_from=date(2024, 1, 1))

        assert [step.start for step in path_of(repricing).steps] == [
            date(2024, 6, 1),
            date(2025, 1, 1),
        ]

    def test_guesses_no_rate_behind_the_known_day(self) -> None:
        path = path_of(Repricing(every_months=3), known_on=date(2024, 9, 1))

        assert [step.start for step in path.steps] == [date(2024, 6, 1), date(2024, 9, 1)]

    @pytest.mark.parametrize(
        "repricing",
        [Repricing(every_months=0), Repricing(every_months=12, counted_from=date(2025, 1, 1))],
    )
    def test_refuses_a_grid_that_does_not_reach_the_first_day(self, repricing: Repricing) -> None:
        with pytest.raises(RatePathError):
            path_of(repricing)

    def test_has_no_rate_before_the_first_publication(self) -> None:
        contract = FloatingRate(tenor=LprTenor.FIVE_YEARS, spread_bp=Decimal(0), repricing=None)

        with pytest.raises(ParameterNotFoundError):
            rate_path(
                contract,
                term=Period(date(2019, 8, 19), date(2020, 8, 19)),
                known_on=date(2020, 1, 1),
                parameters=Parameters(),
            )


class TestPublishedLpr:
    def test_is_the_list_of_the_data_folder(self, shared_data: Path) -> None:
        text = (shared_data / "cn_rates_calendar" / "lpr.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        parameters = Parameters()
        found = [
            (
                parameters.number("lending.lpr.1y", on=date.fromisoformat(row["publish_date"])),
                parameters.number("lending.lpr.5y", on=date.fromisoformat(row["publish_date"])),
            )
            for row in rows
        ]

        assert len(rows) > 60
        assert found == [
            (Decimal(row["lpr_1y_pct"]) / 100, Decimal(row["lpr_5y_plus_pct"]) / 100)
            for row in rows
        ]
