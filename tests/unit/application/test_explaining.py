"""Tests of opening one figure down to its sources."""

import pytest

from zhirong.application.explaining import Explanation, FigurePathError, explain, paths
from zhirong.application.workings import SheetRecord, freeze
from zhirong.core.figure import gather, previous, running_total, total, total_by
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin, FactOrigin, Source

ORIGIN = AssumptionOrigin(author="A. Tester", reason="known")
FACT = FactOrigin(source=Source(file="sales.xlsx", sheet="2025", row=7))
OWNERS = (0, 1, 1)


def sheets() -> tuple[SheetRecord, ...]:
    """A method with two assets over three years, and an allocation that reads it in other order."""
    method = Sheet("method", labels={"asset": ("G1", "G2"), "year": ("2026", "2027", "2028")})
    base = method.fact("sales", [100.0, 200.0], "CNY", origins=[FACT, FACT], axes=("asset",))
    rate = method.assumption("growth", [0.1, 0.2, 0.3], "share", origins=ORIGIN, axes=("year",))
    flow = method.line("flow", base * (1 + rate), "CNY")
    method.line("change", flow - previous(flow, over="year"), "CNY")
    method.line("so_far", running_total(flow, over="year"), "CNY")
    method.line("value", total(flow, over="year"), "CNY")
    method.line("precise", rate * 0.123456789, "share")
    rights = Sheet("rights", labels={"asset": ("G2", "G1"), "right": ("a", "b", "c, d")})
    value = rights.take(method, "value", rows=(1, 0))
    share = rights.assumption("share", [1.0, 0.4, 0.6], "share", origins=ORIGIN, axes=("right",))
    own = rights.line("own", gather(value, index=OWNERS) * share, "CNY")
    rights.line("back", total_by(own, index=OWNERS, assets=2), "CNY")
    return freeze(method), freeze(rights)


def opened(path: str, depth: int = 9) -> Explanation:
    return explain(sheets(), path, depth=depth)


def leaves(found: Explanation) -> list[str]:
    if not found.parts:
        return [found.path]
    return [leaf for part in found.parts for leaf in leaves(part)]


class TestExplain:
    def test_opens_a_sum_to_the_inputs_of_its_own_row(self):
        found = opened("method.value[G2]")

        assert found.value == pytest.approx(720.0)
        assert found.formula == "Σ({flow})"
        assert [part.path for part in found.parts] == [
            f"method.flow[G2, {year}]" for year in (2026, 2027, 2028)
        ]
        assert leaves(found)[:2] == ["method.sales[G2]", "method.growth[2026]"]

    def test_ends_at_the_file_and_row(self):
        found = opened("method.sales[1]")

        assert found.origin == FACT
        assert found.formula == ""

    def test_reads_a_running_total_only_up_to_its_place(self):
        assert len(opened("method.so_far[G1, 2027]").parts) == 2

    def test_reads_the_year_before_for_a_previous_value(self):
        assert [part.path for part in opened("method.change[G1, 2028]").parts] == [
            "method.flow[G1, 2028]",
            "method.flow[G1, 2027]",
        ]
        assert len(opened("method.change[G1, 2026]").parts) == 1

    def test_follows_a_line_into_the_row_of_the_other_sheet(self):
        found = opened("rights.own[a]")

        # Asset G2 stands first on this sheet and second on the other.
        assert found.parts[0].path == "rights.value[G2]"
        assert found.parts[0].parts[0].path == "method.value[G2]"
        assert found.parts[0].value == found.parts[0].parts[0].value

    def test_names_only_the_rights_of_the_asset(self):
        assert [part.path for part in opened("rights.back[G1]").parts] == [
            "rights.own[b]",
            "rights.own[c, d]",
        ]

    def test_stops_at_the_depth_and_says_how_much_it_left(self):
        found = opened("method.value[G1]", depth=0)

        assert (found.parts, found.omitted) == ((), 3)

    def test_shows_the_numbers_of_a_formula_in_full(self):
        assert "0.123456789" in opened("method.precise[2]").formula

    def test_finds_a_place_by_its_number_from_one(self):
        assert opened("method.flow[2, 3]").path == "method.flow[G2, 2028]"

    @pytest.mark.parametrize(
        "path",
        [
            "method.none",
            "none.value",
            "value",
            "",
            "method.value[G3]",
            "method.value[0]",
            "method.value[3]",
            "method.value[²]",
            "method.value[G1, 2026]",
            "method.flow[G1, 2030]",
            "method.value[G1",
        ],
    )
    def test_refuses_a_path_that_leads_nowhere(self, path: str):
        with pytest.raises(FigurePathError):
            opened(path)


class TestPaths:
    def test_lead_to_every_line(self):
        for path in paths(sheets()):
            assert opened(path, depth=1).formula
