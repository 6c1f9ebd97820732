from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.loans import yuan
from zhirong.core.money import Rounding
from zhirong.lending import products
from zhirong.lending.collateral import PledgedRight, covered_amount
from zhirong.lending.products import Application, Product, ProductError
from zhirong.parameters.reader import Parameters, catalog

DAY = date(2025, 3, 1)
BOOK = Parameters()


def named(key: str) -> Product:
    return products.product(key, on=DAY, parameters=BOOK)


def right(kind: str, value: int) -> PledgedRight:
    return PledgedRight(number=kind, kind=kind, market_value=yuan(value))


def application(**changes: Any) -> Application:
    given: dict[str, Any] = {
        "amount": yuan(5_000_000),
        "drawn_on": DAY,
        "matures_on": date(2028, 3, 1),
        "is_cash_cycle_long": False,
        "rights": (right("invention", 10_000_000),),
    }
    return Application(**(given | changes))


def broken(asked: Application, key: str = "large_bank") -> list[str]:
    found = products.breaches(asked, of=named(key), parameters=BOOK)
    return [message.code for message in found]


class TestProduct:
    def test_holds_the_published_table_of_one_bank(self) -> None:
        found = named("large_bank")

        assert found.caps == {
            "invention": Decimal("0.25"),
            "utility_model": Decimal("0.15"),
            "trademark": Decimal("0.50"),
        }
        assert found.tenor_months_max == 36

    def test_that_is_not_known_is_refused(self) -> None:
        with pytest.raises(ProductError):
            named("other")


class TestCapOf:
    @pytest.mark.parametrize(
        ("key", "kind", "expected"),
        [
            ("large_bank", "invention", "0.25"),
            ("large_bank", "design", "0"),
            ("house", "invention", "0.40"),
            ("jiangsu_suzhi", "design", "0.10"),
        ],
    )
    def test_is_the_products_or_the_houses(self, key: str, kind: str, expected: str) -> None:
        found = products.cap_of(kind, of=named(key), on=DAY, parameters=BOOK)

        assert found == Decimal(expected)


class TestCaps:
    def test_make_the_covered_amount_of_the_bank(self) -> None:
        asked = application(
            rights=(
                right("invention", 10_000_000),
                right("utility_model", 2_000_000),
                right("trademark", 4_000_000),
            )
        )
        caps = products.caps(asked, of=named("large_bank"), parameters=BOOK)
        found = covered_amount(asked.rights, caps=caps, rounding=Rounding.TRUNCATE)

        assert found == yuan(4_800_000)


class TestTenorMonthsMax:
    def test_is_never_longer_than_the_product_or_the_measures_allow(self) -> None:
        free = Product(key="free", caps=None, amount_max=None, tenor_months_max=120)
        asked = [application(), application(is_cash_cycle_long=True)]
        found = [products.tenor_months_max(item, of=free, parameters=BOOK) for item in asked]

        assert found == [36, 60]
        assert products.tenor_months_max(asked[1], of=named("large_bank"), parameters=BOOK) == 36


class TestBreaches:
    def test_are_none_at_the_limits(self) -> None:
        assert broken(application()) == []
        assert broken(application(amount=yuan(30_000_000)), "jiangsu_suzhi") == []

    def test_name_each_limit_that_is_broken(self) -> None:
        asked = application(
            amount=yuan("30000000.01"),
            matures_on=date(2028, 3, 2),
            rights=(right("design", 1),),
        )

        assert broken(asked, "jiangsu_suzhi") == [
            "lending.breach.amount",
            "lending.breach.tenor",
        ]
        assert broken(asked) == ["lending.breach.tenor", "lending.breach.kind"]

    def test_can_be_read_in_both_languages(self) -> None:
        asked = application(rights=(right("design", 1),))
        (found,) = products.breaches(asked, of=named("large_bank"), parameters=BOOK)

        assert "design" in catalog().text(found, "en")
        assert catalog().text(found, "zh") != catalog().text(found, "en")


class TestIsEntrustedPayment:
    @pytest.mark.parametrize(("amount", "expected"), [("10000000", False), ("10000000.01", True)])
    def test_begins_above_the_threshold(self, amount: str, *, expected: bool) -> None:
        found = products.is_entrusted_payment(yuan(amount), on=DAY, parameters=BOOK)

        assert found is expected
