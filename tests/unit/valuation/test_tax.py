from datetime import date

import numpy as np
import pytest

from tests.method_inputs import ORIGIN, entered, figure
from zhirong.core.sheet import Sheet
from zhirong.valuation import tax
from zhirong.valuation.tax import Renewal, Validity

ON = date(2026, 6, 30)
CERTIFICATE = Validity(first_day=date(2024, 11, 8), last_day=date(2027, 11, 7))


class TestCertifiedShares:
    def test_mixes_the_year_in_which_the_certificate_ends_by_days(self) -> None:
        shares = tax.certified_shares((CERTIFICATE,), valuation_date=ON, years=3)

        # 2027-06-30 to 2027-11-07, both included, are 131 of 366 days.
        assert shares.certified == (1.0, 131 / 366, 0.0)
        assert shares.renewed == (0.0, 0.0, 0.0)

    def test_counts_days_of_two_certificates_once(self) -> None:
        again = Validity(first_day=date(2026, 1, 1), last_day=date(2027, 6, 29))

        shares = tax.certified_shares((CERTIFICATE, again), valuation_date=ON, years=1)

        assert shares.certified == (1.0,)

    def test_keeps_an_assumed_renewal_apart(self) -> None:
        renewal = Renewal(last_day=date(2028, 6, 29), origin=ORIGIN)

        shares = tax.certified_shares((CERTIFICATE,), valuation_date=ON, years=3, renewal=renewal)

        assert shares.certified == (1.0, 131 / 366, 0.0)
        assert shares.renewed == (0.0, 235 / 366, 0.0)

    def test_renews_nothing_where_there_was_no_certificate(self) -> None:
        renewal = Renewal(last_day=date(2030, 1, 1), origin=ORIGIN)

        shares = tax.certified_shares((), valuation_date=ON, years=2, renewal=renewal)

        assert shares.certified == shares.renewed == (0.0, 0.0)

    def test_ignores_days_before_a_certificate_begins(self) -> None:
        later = Validity(first_day=date(2027, 6, 29), last_day=date(2030, 1, 1))

        shares = tax.certified_shares((later,), valuation_date=ON, years=2)

        assert shares.certified == (1 / 365, 1.0)

    def test_counts_from_the_29th_of_february(self) -> None:
        shares = tax.certified_shares((CERTIFICATE,), valuation_date=date(2024, 2, 29), years=4)

        assert shares.certified == (113 / 366, 1.0, 1.0, 252 / 365)


class TestRate:
    def test_is_15_per_cent_only_while_certified(self) -> None:
        given = {
            "standard_rate": 0.25,
            "high_tech_rate": 0.15,
            "certified": {"value": [1.0, 0.4, 0.0], "unit": "share", "axes": ["year"]},
            "renewed": {"value": [0.0, 0.0, 0.5], "unit": "share", "axes": ["year"]},
        }
        sheet = Sheet("tax")

        rate = tax.rate(sheet, a=entered(sheet, tax.Inputs, given))

        assert rate.axes == ("year",)
        assert rate.values == pytest.approx([0.15, 0.21, 0.20])


class TestWithAmortizationBenefit:
    def test_meets_the_golden_vector(self) -> None:
        # rules.md 12.1, G6: 74.8673 x 1.084697 = 81.2083.
        sheet = Sheet("relief_from_royalty")
        value = figure(sheet, "base_sales", [74.8673])

        raised = tax.with_amortization_benefit(
            sheet,
            value,
            rate=figure(sheet, "discount_rate", 0.16),
            tax_rate=figure(sheet, "buyer_tax_rate", 0.15),
            amortization_years=figure(sheet, "amortization_years", 10.0),
        )

        assert raised.values == pytest.approx([81.2083], abs=1e-4)
        assert np.asarray(sheet.lines["tab_factor"].figure.values) == pytest.approx(
            1.084697, abs=1e-6
        )
