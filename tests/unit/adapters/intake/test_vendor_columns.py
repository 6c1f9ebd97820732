"""Whose export a sheet is, and which of its columns are a vendor's."""

import pytest

from zhirong.adapters.intake import vendor_columns, vocabulary
from zhirong.adapters.intake.vocabulary import plain
from zhirong.parameters.reader import table

DOCUMENT = table("intake_vendor_columns")


class TestHeaded:
    @pytest.mark.parametrize(
        "heading",
        [
            "合享价值度",
            "技术先进性",
            "法律稳定性评分",
            "专利评分",
            "DPI",
            "专利价值",
            "Patent Value",
        ],
    )
    def test_knows_headings_of_the_tools(self, heading: str) -> None:
        assert vendor_columns.headed(plain(heading)) is not None

    def test_knows_no_heading_twice(self) -> None:
        headings = [plain(h) for raw in DOCUMENT["columns"] for h in raw["headings"]]

        assert len(headings) == len(set(headings))

    def test_takes_no_heading_from_a_field_of_the_table(self) -> None:
        spec = vocabulary.table_spec(vendor_columns.TABLE)
        fields = {heading for field in spec.fields for heading in field.headings}
        headings = {plain(h) for raw in DOCUMENT["columns"] for h in raw["headings"]}

        assert not headings & (fields | spec.unused)

    def test_names_only_vendors_that_are_listed(self) -> None:
        vendors = {
            vendor
            for raw in DOCUMENT["columns"]
            for vendor in (raw.get("vendor"), *raw.get("scales", {}), *raw.get("only", ()))
        }

        assert vendors - {None} <= DOCUMENT["vendors"].keys()


class TestVendorOf:
    def test_is_told_by_a_heading_that_no_other_tool_writes(self) -> None:
        assert vendor_columns.vendor_of(["申请号", "链接到incoPat"], ["智慧芽.xlsx"]) == "incopat"

    def test_is_told_by_the_name_of_the_file(self) -> None:
        assert vendor_columns.vendor_of(["申请号"], ["智慧芽导出_20260628.xlsx"]) == "patsnap"

    def test_is_nobody_where_two_are_told_or_none(self) -> None:
        assert vendor_columns.vendor_of(["申请号"], ["incoPat与智慧芽.xlsx"]) == ""
        assert vendor_columns.vendor_of(["申请号"], ["专利清单.xlsx"]) == ""
