"""Sales against VAT filings or invoices."""

from decimal import Decimal

from zhirong.diligence.sales import gap_share, reconcile
from zhirong.firms.records import ProductYear

TOLERANCE = Decimal("0.05")


def year(sales: str, vat: str | None) -> ProductYear:
    declared = None if vat is None else Decimal(vat)
    return ProductYear(product="P1", year=2025, sales=Decimal(sales), vat_sales=declared)


class TestReconcile:
    def test_proposes_the_lower_figure_beyond_the_tolerance(self) -> None:
        above, below = reconcile([year("100", "92"), year("92", "100")], tolerance=TOLERANCE)

        assert (above.proposed, below.proposed) == (Decimal(92), Decimal(92))
        assert (above.gap, below.gap) == (Decimal("0.08"), Decimal("0.08"))

    def test_keeps_the_stated_figure_within_the_tolerance(self) -> None:
        (exact,) = reconcile([year("100", "95")], tolerance=TOLERANCE)

        assert (exact.is_beyond, exact.proposed) == (False, Decimal(100))

    def test_leaves_out_what_nobody_declared(self) -> None:
        assert reconcile([year("100", None)], tolerance=TOLERANCE) == ()


class TestGapShare:
    def test_is_nothing_between_two_zeros_and_all_against_one(self) -> None:
        assert gap_share(Decimal(0), Decimal(0)) == 0
        assert gap_share(Decimal(0), Decimal(7)) == 1
