"""The page on assumptions names every key that a method looks for."""

import re
from pathlib import Path

import pytest

from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.parameters.reader import catalog

PAGE = Path(__file__).parents[4] / "docs" / "assumptions.md"


class TestAssumedInputs:
    @pytest.mark.parametrize("name", ASSUMED)
    def test_stand_on_the_page(self, name: str):
        named = set(re.findall(r"`([a-z_]+)`", PAGE.read_text(encoding="utf-8")))

        assert set(ASSUMED[name].keys or (name,)) & named

    @pytest.mark.parametrize("name", ASSUMED)
    def test_have_words_for_the_form_and_for_proposals(self, name: str):
        keys = ASSUMED[name].keys or (name,)

        assert catalog().has(f"input.{name}")
        assert catalog().has(f"input.{keys[0]}")
