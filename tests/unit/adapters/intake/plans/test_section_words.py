"""Every word that a plan file's sections know has a name in both languages."""

import ast
import inspect
from types import ModuleType

import pytest

from zhirong.adapters.intake.plans import (
    behavior_section,
    folder,
    issue_sections,
    scenario_sections,
)
from zhirong.adapters.intake.plans.reader import OTHERS, SECTIONS
from zhirong.application.plans.assumed import Speed
from zhirong.application.plans.records import StepState
from zhirong.parameters.reader import catalog

ASKED_BY = {"fields", "needed", "get"}


def words_of(module: ModuleType) -> set[str]:
    """The keys that a module asks a place of the file for."""
    calls = [n for n in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(n, ast.Call)]
    asked = [call for call in calls if getattr(call.func, "attr", "") in ASKED_BY]
    constants = [a for call in asked for a in call.args if isinstance(a, ast.Constant)]
    return {str(each.value) for each in constants}


class TestSectionWords:
    @pytest.mark.parametrize(
        "module", [behavior_section, folder, issue_sections, scenario_sections]
    )
    def test_have_labels(self, module: ModuleType) -> None:
        words = words_of(module)

        assert len(words) > 3
        assert sorted(word for word in words if not catalog().has(f"plan.word.{word}")) == []

    def test_of_sections_roles_speeds_and_states_have_labels(self) -> None:
        words = {*SECTIONS, *OTHERS, *issue_sections.ROLES}
        words |= {each.value for kind in (Speed, StepState) for each in kind}

        assert sorted(word for word in words if not catalog().has(f"plan.word.{word}")) == []
