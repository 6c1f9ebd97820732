import csv
from pathlib import Path

import numpy as np
import pytest

from zhirong.securitization.behavior import curves
from zhirong.securitization.behavior.curves import SpeedError


class TestPsa:
    def test_rises_to_six_percent_in_month_30_and_stays(self) -> None:
        annual = curves.annual_from_monthly(curves.psa(1.0, months=40))

        assert annual[0] == pytest.approx(0.002)
        assert annual[28] == pytest.approx(0.058)
        assert annual[29:] == pytest.approx(0.06)

    def test_starts_at_the_age_of_the_loan(self) -> None:
        assert curves.psa(1.5, months=5, age=10) == pytest.approx(curves.psa(1.5, months=15)[10:])

    @pytest.mark.data
    def test_is_the_published_table_of_speeds(self, shared_data: Path) -> None:
        with (shared_data / "bma_standard_tables/sf09_smm_cpr_psa30.csv").open() as file:
            rows = list(csv.DictReader(file))
        smm = np.array([float(row["SMM"]) for row in rows]) / 100

        assert len(rows) == 180
        assert np.abs(
            curves.annual_from_monthly(smm) * 100 - [float(row["CPR"]) for row in rows]
        ) == pytest.approx(0, abs=0.0500001)
        assert np.abs(
            curves.psa_of(smm, month=30) * 100 - [float(row["PSA30"]) for row in rows]
        ) == pytest.approx(0, abs=0.500001)


class TestAbsolutePrepayment:
    @pytest.mark.parametrize(
        ("month", "printed"),
        [
            (10, (0.52, 1.10, 1.73, 2.44)),
            (20, (0.55, 1.23, 2.10, 3.23)),
            (30, (0.58, 1.41, 2.65, 4.76)),
            (40, (0.62, 1.64, 3.61, 9.09)),
        ],
    )
    def test_is_the_published_table(self, month: int, printed: tuple[float, ...]) -> None:
        speeds = (0.005, 0.010, 0.015, 0.020)

        smm = [curves.absolute_prepayment(speed, months=40)[month - 1] for speed in speeds]

        assert np.round(np.array(smm) * 100, 2) == pytest.approx(printed)

    def test_takes_all_when_nothing_would_be_left(self) -> None:
        smm = curves.absolute_prepayment(0.3, months=6)

        assert smm[0] == 0.3
        assert smm[3:] == pytest.approx([1.0, 1.0, 1.0])


class TestSda:
    def test_rises_stays_falls_and_ends_before_the_lag(self) -> None:
        annual = curves.annual_from_monthly(curves.sda(1.0, months=360, lag_months=12, term=360))

        assert annual[[0, 29, 59]] == pytest.approx([0.0002, 0.006, 0.006])
        assert annual[[60, 119, 200]] == pytest.approx([0.006 - 0.0057 / 60, 0.0003, 0.0003])
        assert annual[347] == pytest.approx(0.0003)
        assert not annual[348:].any()


class TestSpeeds:
    def test_survive_a_part_of_a_year(self) -> None:
        assert curves.survivor(0.1, days=90) == pytest.approx(0.974355, abs=5e-7)

    def test_are_read_back(self) -> None:
        annual = np.array([0.0, 0.01, 0.6, 1.0])

        assert curves.annual_from_monthly(curves.monthly_from_annual(annual)) == pytest.approx(
            annual
        )

    @pytest.mark.parametrize("speed", [-0.01, 1.01, float("nan")])
    def test_refuse_what_is_no_share(self, speed: float) -> None:
        with pytest.raises(SpeedError):
            curves.constant(speed, months=3)

    def test_refuse_a_negative_multiple(self) -> None:
        with pytest.raises(SpeedError):
            curves.psa(-1.0, months=3)
