"""Tests of sheets: where inputs enter and lines are named."""

from datetime import date

import numpy as np
import pytest

from zhirong.core.figure import Figure, FigureUseError, Named, log
from zhirong.core.sheet import KEPT_ROWS_MAX, NotFiniteError, Sheet, SheetError, TooManyRowsError
from zhirong.core.sources import (
    AssumptionOrigin,
    ComputedOrigin,
    FactOrigin,
    LineOrigin,
    Origin,
    ParameterOrigin,
    Source,
)
from zhirong.core.units import UnitError

ASSUMED = AssumptionOrigin(author="A. Tester", reason="known")
FACT = FactOrigin(source=Source(file="accounts.xlsx", row=3))


def amounts(sheet: Sheet, values: list[float] | float = (1.0, 2.0)) -> Figure:
    axes = ("asset",) if np.ndim(values) else ()
    return sheet.assumption("amount", values, "CNY", origins=ASSUMED, axes=axes)


class TestSheet:
    def test_refuses_more_rows_than_workings_are_kept_for(self):
        labels = {"right": [str(n) for n in range(KEPT_ROWS_MAX + 1)]}

        with pytest.raises(TooManyRowsError):
            Sheet("test", labels=labels)
        assert Sheet("test", keep=False, labels=labels).lines == {}

    def test_refuses_unknown_axes(self):
        with pytest.raises(SheetError):
            Sheet("test", labels={"path": ("1",)})


class TestEnter:
    @pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
    def test_refuses_what_is_no_number(self, number: float):
        with pytest.raises(SheetError):
            amounts(Sheet("test"), number)
        with pytest.raises(SheetError):
            amounts(Sheet("test", keep=False), number)

    def test_refuses_a_key_twice(self):
        sheet = Sheet("test")
        amounts(sheet)

        with pytest.raises(SheetError):
            amounts(sheet)

    def test_wants_one_origin_or_one_for_each_number(self):
        sheet = Sheet("test")
        sheet.fact("two", [1, 2], "1", origins=[FACT, FACT], axes=("asset",))

        with pytest.raises(SheetError):
            sheet.fact("three", [1, 2, 3], "1", origins=[FACT, FACT], axes=("asset",))

    def test_refuses_as_many_numbers_as_there_are_no_labels_for(self):
        sheet = Sheet("test", labels={"asset": ("A", "B", "C")})

        with pytest.raises(SheetError):
            amounts(sheet)

    def test_keeps_its_numbers_when_the_caller_changes_his(self):
        given = np.array([1.0, 2.0])
        sheet = Sheet("test")
        figure = sheet.fact("sales", given, "CNY", origins=FACT, axes=("asset",))

        given[0] = 99.0

        assert figure.values.tolist() == [1.0, 2.0]

    @pytest.mark.parametrize(
        ("origin", "kind"),
        [
            (FACT, "fact"),
            (ASSUMED, "assumption"),
            (ComputedOrigin(by="fit"), "computed"),
            (LineOrigin(sheet="other", line="value"), "line"),
        ],
    )
    def test_tells_the_kind_by_its_origin(self, origin: Origin, kind: str):
        sheet = Sheet("test")
        sheet.enter("number", 1.0, "1", origins=origin)

        assert sheet.inputs["number"].kind == kind

    def test_carries_no_trace_where_nothing_is_kept(self):
        sheet = Sheet("test", keep=False)

        assert amounts(sheet).node is None
        assert sheet.inputs == {}


class TestLine:
    def test_checks_the_dimension_even_where_nothing_is_kept(self):
        for keep in (True, False):
            sheet = Sheet("test", keep=keep)
            with pytest.raises(UnitError):
                sheet.line("wrong", amounts(sheet) * 1, "share")

    def test_keeps_the_unit_it_was_declared_with(self):
        sheet = Sheet("test")
        score = sheet.assumption("score", 80, "point", origins=ASSUMED)

        named = sheet.line("portion", score / 100, "share")

        assert sheet.lines["portion"].figure.unit == named.unit == "share"

    def test_stands_for_its_formula_from_then_on(self):
        sheet = Sheet("test")

        assert sheet.line("double", amounts(sheet) * 2, "CNY").node == Named("double")

    def test_refuses_a_figure_without_trace(self):
        with pytest.raises(FigureUseError):
            Sheet("test").line("bare", Figure(np.array(1.0), (), "1"), "1")

    def test_refuses_the_key_of_an_input(self):
        sheet = Sheet("test")

        with pytest.raises(SheetError):
            sheet.line("amount", amounts(sheet) * 1, "CNY")

    def test_refuses_what_came_out_infinite(self):
        sheet = Sheet("test")
        zero = sheet.assumption("zero", 0.0, "1", origins=ASSUMED)

        with pytest.raises(NotFiniteError):
            sheet.line("logarithm", log(zero), "1")


class TestTake:
    def test_links_to_the_line_of_the_other_sheet(self):
        one, two = Sheet("one"), Sheet("two")
        one.line("value", amounts(one) * 2, "CNY")

        taken = two.take(one, "value", as_key="base")

        assert taken.values.tolist() == [2.0, 4.0]
        assert two.inputs["base"].origins == (LineOrigin(sheet="one", line="value"),)

    def test_puts_rows_in_another_order_and_zero_where_there_is_none(self):
        one, two = Sheet("one"), Sheet("two")
        one.line("value", amounts(one) * 1, "CNY")

        assert two.take(one, "value", rows=(1, -1, 0)).values.tolist() == [2.0, 0.0, 1.0]

    def test_refuses_a_line_that_is_not_there(self):
        with pytest.raises(SheetError):
            Sheet("two").take(Sheet("one"), "value")


class TestParameter:
    def test_keeps_who_published_it(self):

        sheet = Sheet("test")
        origin = ParameterOrigin(
            path="tax.rate", on=date(2026, 6, 30), valid_from=date(2008, 1, 1), source="Law"
        )
        sheet.parameter("rate", 0.25, "share", origins=origin)

        assert sheet.inputs["rate"].kind == "parameter"


class TestYears:
    def test_count_from_zero(self):
        assert Sheet("test").years(3).values.tolist() == [0.0, 1.0, 2.0]
