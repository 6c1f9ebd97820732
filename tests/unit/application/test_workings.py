"""Tests of workings as they are stored."""

import numpy as np
import pytest

from zhirong.application.workings import (
    Literal,
    Operated,
    Reference,
    SheetRecord,
    freeze,
    rounded,
)
from zhirong.core.codec import decode, encode
from zhirong.core.figure import total
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin

ORIGIN = AssumptionOrigin(author="A. Tester", reason="known")


def sheet() -> Sheet:
    made = Sheet("method", labels={"asset": ("A", "B")})
    base = made.assumption("base", [1.0, 2.0], "CNY", origins=ORIGIN, axes=("asset",))
    rate = made.assumption("rate", [0.1, 0.2, 0.3], "share", origins=ORIGIN, axes=("year",))
    third = made.line("third", base * (1 - rate) / 3, "CNY")
    made.line("value", total(third, over="year"), "CNY")
    made.line("portion", rate / 7, "share")
    return made


class TestFreeze:
    def test_keeps_formula_unit_and_values(self):
        record = freeze(sheet())

        value, portion = record.entry("value"), record.entry("portion")
        assert value.expression == Operated(
            operation="total", arguments=(Reference(key="third"),), axis="year"
        )
        assert (value.unit, value.axes, value.values) == ("CNY", ("asset",), (0.8, 1.6))
        assert portion.expression.arguments == (Reference(key="rate"), Literal(number=7.0))
        assert portion.unit == "share"

    def test_rounds_amounts_to_the_fen_and_pure_numbers_to_nine_places(self):
        record = freeze(sheet())

        assert record.entry("third").values[0] == 0.3
        assert record.entry("portion").values[0] == 0.014285714

    def test_leaves_inputs_as_they_were_given(self):
        made = Sheet("method")
        made.assumption("third", 1 / 3, "CNY", origins=ORIGIN)

        assert freeze(made).entry("third").values == (1 / 3,)

    def test_numbers_places_without_labels(self):
        record = freeze(sheet())

        assert record.places("asset") == ("A", "B")
        assert record.places("year") == ("1", "2", "3")
        assert record.shape(("asset", "year")) == (2, 3)

    def test_comes_back_from_its_bytes(self):
        record = freeze(sheet())

        assert decode(SheetRecord, encode(record)) == record

    def test_refuses_a_sheet_whose_axes_vary(self):
        made = Sheet("method")
        made.assumption("one", [1.0], "1", origins=ORIGIN, axes=("year",))
        made.assumption("two", [1.0, 2.0], "1", origins=ORIGIN, axes=("year",))

        with pytest.raises(AssertionError, match="year varies"):
            freeze(made)


class TestEntry:
    def test_is_none_for_a_key_that_is_not_there(self):
        assert freeze(sheet()).entry("none") is None
        assert freeze(sheet()).places("right") == ()


class TestRounded:
    def test_has_no_minus_zero(self):
        found = rounded(np.array([-0.001, -1e-12]), is_money=True)

        assert not np.signbit(found).any()
        assert not np.signbit(rounded(np.array([-1e-12]), is_money=False)).any()
