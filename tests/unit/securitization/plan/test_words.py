"""Every word that a plan file may hold has a Chinese and an English name."""

from enum import StrEnum

import pytest

from zhirong.adapters.intake.plans.reader import OTHERS, SECTIONS, UNITS
from zhirong.core.daycounts import DayCount
from zhirong.parameters.reader import catalog
from zhirong.securitization.plan import (
    actions,
    conventions,
    formulas,
    records,
    supports,
    tranches,
)

MODULES = (actions, conventions, formulas, records, supports, tranches)
ENUMS = sorted(
    {
        each
        for module in MODULES
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
    },
    key=lambda each: each.__name__,
)


class TestWords:
    @pytest.mark.parametrize("words", [*ENUMS, DayCount], ids=lambda each: each.__name__)
    def test_of_every_list_have_names(self, words: type[StrEnum]) -> None:
        assert [each.value for each in words if not catalog().has(f"plan.word.{each.value}")] == []

    def test_of_sections_and_units_have_names(self) -> None:
        words = [word for word in (*SECTIONS, *UNITS) if word not in OTHERS]

        assert [word for word in words if not catalog().has(f"plan.word.{word}")] == []

    def test_differ_in_chinese_where_they_mean_different_things(self) -> None:
        labels = [catalog().label(f"plan.word.{each.value}", "zh") for each in actions.Verb]

        assert len(set(labels)) == len(labels)
