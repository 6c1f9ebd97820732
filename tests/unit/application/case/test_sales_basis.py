"""Tests of the sales that a value starts from."""

from datetime import date
from decimal import Decimal

import pytest

from tests.case_factory import VALUATION_DATE, assumption, case
from zhirong.application.case.assumption_book import book
from zhirong.application.case.case_file import Assumption
from zhirong.application.case.sales_basis import SalesBasis, sales_bases
from zhirong.firms.records import ProductYear
from zhirong.parameters.reader import Parameters


def year(number: int, stated: int, filed: int | None = None) -> ProductYear:
    vat = None if filed is None else Decimal(filed)
    return ProductYear(product="P1", year=number, sales=Decimal(stated), vat_sales=vat)


def bases(
    *rows: ProductYear, judged: tuple[Assumption, ...] = (), on: date = VALUATION_DATE
) -> dict[str, SalesBasis]:
    return sales_bases(
        case(sales=rows), book=book(judged), parameters=Parameters(), valuation_date=on
    )


LIMIT = Parameters().number("diligence.sales_gap_share_max", on=VALUATION_DATE)
AT_LIMIT = int(1_000_000 * (1 - LIMIT))


class TestSalesBases:
    def test_takes_the_last_full_year(self):
        found = bases(year(2023, 1), year(2025, 3), year(2024, 2), year(2026, 4))

        assert (found["P1"].year, found["P1"].used) == (2025, 3)

    def test_takes_no_year_that_is_not_over(self):
        assert bases(year(2025, 3), on=date(2025, 12, 30)) == {}

    def test_takes_the_year_that_ends_on_the_valuation_date(self):
        assert bases(year(2025, 3), on=date(2025, 12, 31))["P1"].year == 2025

    @pytest.mark.parametrize(
        ("filed", "used"),
        [
            (None, 1_000_000),
            (1_200_000, 1_000_000),
            (AT_LIMIT, 1_000_000),
            (AT_LIMIT - 1, AT_LIMIT - 1),
            (0, 0),
        ],
    )
    def test_takes_the_filed_sales_where_the_gap_is_above_the_limit(
        self, filed: int | None, used: int
    ):
        basis = bases(year(2025, 1_000_000, filed))["P1"]

        assert basis.used == used
        assert basis.is_lowered == (used < 1_000_000)

    @pytest.mark.parametrize(("said", "used"), [(1, 1_000_000), (0, 100)])
    def test_keeps_the_stated_sales_where_an_analyst_accepts_them(self, said: int, used: int):
        judged = (assumption("stated_sales_accepted", said, scope="P1"),)

        assert bases(year(2025, 1_000_000, 100), judged=judged)["P1"].used == used

    def test_heeds_no_acceptance_for_another_product(self):
        judged = (assumption("stated_sales_accepted", 1, scope="P2"),)

        assert bases(year(2025, 1_000_000, 100), judged=judged)["P1"].is_lowered
