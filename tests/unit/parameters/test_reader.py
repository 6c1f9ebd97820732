"""Tests of the reader of published values."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhirong.core.errors import ParameterError
from zhirong.parameters.reader import (
    TREE,
    Parameter,
    ParameterNotFoundError,
    Parameters,
    catalog,
    description,
    exact,
    model,
    table,
    tree_files,
    tree_hash,
)

RATE = """
description: {zh: 税率, en: tax rate}
unit: share
reviewed_on: 2026-06-01
values:
  2008-01-01: {value: "0.25", source: "Law art. 4 [L]"}
  2030-01-01: {value: "0.20", source: "expected [OWN]"}
  2040-01-01: {value: null, source: "withdrawn"}
"""
BANDS = """
description: {zh: 档次, en: bands}
unit: CNY
reviewed_on: 2026-06-01
values:
  2020-01-01: {value: [{from_year: 1, amount: "900"}, {from_year: 4, amount: 1200}], source: S}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tax").mkdir()
    (tmp_path / "tax" / "rate.yaml").write_text(RATE, encoding="utf-8")
    (tmp_path / "bands.yaml").write_text(BANDS, encoding="utf-8")
    return tmp_path


class TestGet:
    @pytest.mark.parametrize(
        ("on", "value"),
        [
            (date(2008, 1, 1), "0.25"),
            (date(2029, 12, 31), "0.25"),
            (date(2030, 1, 1), "0.20"),
        ],
    )
    def test_gives_the_value_in_force_on_the_day(self, tree: Path, on: date, value: str):
        found = Parameters(root=tree).get("tax.rate", on=on)

        assert found.value == Decimal(value)
        assert found.valid_from <= on

    def test_says_from_when_there_is_a_value(self, tree: Path):
        with pytest.raises(ParameterNotFoundError, match="2008-01-01"):
            Parameters(root=tree).get("tax.rate", on=date(2007, 12, 31))

    @pytest.mark.parametrize("path", ["tax.none", "tax", "", "tax.rate.yaml"])
    def test_refuses_a_path_that_is_no_parameter(self, tree: Path, path: str):
        with pytest.raises(ParameterNotFoundError):
            Parameters(root=tree).get(path, on=date(2026, 6, 30))

    def test_has_no_value_after_its_withdrawal(self, tree: Path):
        with pytest.raises(ParameterNotFoundError):
            Parameters(root=tree).get("tax.rate", on=date(2041, 1, 1))

    def test_prefers_the_folder_of_the_house(self, tree: Path, tmp_path: Path):
        house = tmp_path / "house"
        (house / "tax").mkdir(parents=True)
        own = RATE.replace("0.25", "0.15")
        (house / "tax" / "rate.yaml").write_text(own, encoding="utf-8")
        parameters = Parameters(root=tree, house=house)

        assert parameters.number("tax.rate", on=date(2026, 6, 30)) == Decimal("0.15")
        assert parameters.get("bands", on=date(2026, 6, 30)).unit == "CNY"

    def test_reads_nothing_from_disk_in_a_replay(self, tree: Path):
        on = date(2026, 6, 30)
        kept = Parameters(root=tree).get("tax.rate", on=on)
        replay = Parameters(root=tree, replayed={("tax.rate", on): kept})

        assert replay.get("tax.rate", on=on) is kept
        with pytest.raises(ParameterNotFoundError):
            replay.get("bands", on=on)


class TestUsed:
    def test_lists_each_lookup_once_by_path_and_day(self, tree: Path):
        parameters = Parameters(root=tree)
        first, second = date(2026, 6, 30), date(2031, 1, 1)
        for path, on in (("tax.rate", second), ("bands", first), ("tax.rate", first)):
            parameters.get(path, on=on)
            parameters.get(path, on=on)

        found = [(item.path, on) for on, item in parameters.used()]

        assert found == [("bands", first), ("tax.rate", first), ("tax.rate", second)]


class TestParameter:
    def test_has_a_number_only_where_it_is_one(self, tree: Path):
        bands = Parameters(root=tree).get("bands", on=date(2026, 6, 30))

        assert bands.value[1]["amount"] == Decimal(1200)
        with pytest.raises(ParameterError):
            _ = bands.number

    @pytest.mark.parametrize(
        ("source", "answer"),
        [("Law [L]", "no"), ("[OWN]", "yes"), ("[S3], rest [OWN]", "yes"), ("[DESIGN]", "yes")],
    )
    def test_knows_what_nobody_confirmed(self, source: str, answer: str):
        day = date(2026, 6, 30)
        item = Parameter(
            path="p", value=Decimal(1), unit="1", valid_from=day, source=source, reviewed_on=day
        )

        assert item.is_unverified is (answer == "yes")


class TestExact:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (0.1, Decimal("0.1")),
            ("0.10", Decimal("0.10")),
            (3, Decimal(3)),
            (True, True),
            (None, None),
            ("shapley", "shapley"),
            ("nan", "nan"),
            ("Infinity", "Infinity"),
            (date(2026, 6, 30), "2026-06-30"),
            ([1, {"a": "2"}], [Decimal(1), {"a": Decimal(2)}]),
        ],
    )
    def test_makes_decimals_of_numbers_and_leaves_the_rest(self, value: Any, expected: Any):
        found = exact(value)

        assert found == expected
        assert type(found) is type(expected)

    def test_gives_the_same_when_done_twice(self):
        value = exact({"rate": 0.1, "list": ["1", "x"]})

        assert exact({key: str(item) for key, item in value.items() if key == "rate"}) == {
            "rate": Decimal("0.1")
        }


class TestTreeHash:
    def test_changes_with_any_byte_and_any_name(self, tree: Path):
        first = tree_hash(tree)
        (tree / "bands.yaml").write_text(BANDS + "\n", encoding="utf-8")
        second = tree_hash(tree)
        (tree / "bands.yaml").rename(tree / "other.yaml")

        assert len({first, second, tree_hash(tree)}) == 3


class TestHashes:
    def test_are_those_of_the_shipped_tree_where_a_house_has_no_values(
        self, tree: Path, tmp_path_factory: pytest.TempPathFactory
    ):
        house = tmp_path_factory.mktemp("house")
        (house / "headings.yaml").write_text("a: b", encoding="utf-8")

        hashes = Parameters(root=tree, house=house).hashes()

        assert hashes == Parameters(root=tree).hashes()
        assert hashes.whole == tree_hash(tree)

    @pytest.mark.parametrize("file", ["tax/rate.yaml", "bands.yaml"])
    def test_change_with_the_house_alone(
        self, tree: Path, file: str, tmp_path_factory: pytest.TempPathFactory
    ):
        house = tmp_path_factory.mktemp("house")
        (house / "tax").mkdir()
        found = [Parameters(root=tree).hashes()]
        for text in (RATE, RATE.replace("0.25", "0.15")):
            (house / file).write_text(text, encoding="utf-8")
            found.append(Parameters(root=tree, house=house).hashes())

        assert len({hashes.whole for hashes in found}) == 3
        assert {hashes.shipped for hashes in found} == {tree_hash(tree)}


class TestTreeFiles:
    def test_are_sorted_and_all_there(self):
        files = list(tree_files())

        assert files == sorted(TREE.rglob("*.yaml"))
        assert len(files) > 50


class TestDescription:
    def test_has_both_languages(self, tree: Path):
        assert description("tax.rate", root=tree) == {"zh": "税率", "en": "tax rate"}

    def test_is_empty_for_a_path_that_is_no_parameter(self, tree: Path):
        assert description("none", root=tree) == {}


class TestCatalog:
    def test_of_one_room_is_a_part_of_the_whole(self):
        assert catalog("cli").texts.keys() < catalog().texts.keys()


class TestTable:
    def test_is_missing_where_there_is_no_such_file(self):
        with pytest.raises(FileNotFoundError):
            table("none")


class TestModel:
    def test_is_missing_where_there_is_no_such_folder(self):
        with pytest.raises(FileNotFoundError):
            model("none")
