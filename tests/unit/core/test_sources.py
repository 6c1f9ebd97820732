"""Tests of sources."""

import pytest

from zhirong.core.sources import Source


class TestPlace:
    @pytest.mark.parametrize(
        ("source", "place"),
        [
            (Source(file="a.csv"), "a.csv"),
            (Source(file="a.xlsx", sheet="专利", row=7, column="C"), "a.xlsx | 专利 | 7 | C"),
            (Source(file="a.csv", row=7), "a.csv | 7"),
        ],
    )
    def test_names_only_what_is_known(self, source: Source, place: str):
        assert source.place() == place
