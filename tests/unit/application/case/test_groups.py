"""Tests of groups of rights from the product x feature x right matrix."""

from decimal import Decimal
from typing import Any

import pytest

from tests.case_factory import RIGHTS, case
from zhirong.application.case.case_file import AssetGroup, CaseFile
from zhirong.application.case.groups import Group, MatrixError, groups_of
from zhirong.firms.records import Coverage, Feature


def cell(product: str, feature: str, right: str, strength: str = "0.9") -> Coverage:
    return Coverage(product=product, feature=feature, right=right, strength=Decimal(strength))


def made(file: CaseFile, *, lost: tuple[int, ...] = ()) -> tuple[Group, ...]:
    return groups_of(file, valued=[place not in lost for place in range(len(file.patents))])


class TestGroupsOf:
    def test_holds_the_rights_that_serve_its_product(self):
        assert [(g.group, g.rights) for g in made(case())] == [
            ("G1", (0, 2)),
            ("G2", (1, 3)),
            ("G3", (4,)),
        ]

    def test_makes_a_group_of_each_served_product_where_none_is_declared(self):
        file = case(groups=(), coverage=(cell("P2", "F1", RIGHTS[1]),))

        assert [(g.group, g.name) for g in made(file)] == [("P2", "Pumps")]

    def test_leaves_a_group_out_with_its_last_right(self):
        assert [g.group for g in made(case(), lost=(4, 1))] == ["G1", "G2"]

    def test_counts_a_feature_once_and_only_while_a_right_in_force_serves_it(self):
        features = (
            Feature(product="P1", feature="F1", name="seal", weight=Decimal("0.45")),
            Feature(product="P1", feature="F2", name="stem", weight=Decimal("0.30")),
        )
        coverage = (
            cell("P1", "F1", RIGHTS[0]),
            cell("P1", "F1", RIGHTS[2]),
            cell("P1", "F2", RIGHTS[1]),
        )
        file = case(features=features, coverage=coverage, groups=case().groups[:1])

        assert made(file)[0].mapped_share == Decimal("0.75")
        assert made(file, lost=(1,))[0].mapped_share == Decimal("0.45")
        assert made(file, lost=(0,))[0].mapped_share == Decimal("0.75")

    def test_takes_a_strength_of_zero_as_not_serving(self):
        coverage = (cell("P1", "F1", RIGHTS[0]), cell("P1", "F1", RIGHTS[5], "0"))

        assert made(case(coverage=coverage))[0].rights == (0,)

    def test_takes_only_the_kinds_of_the_group(self):
        group = AssetGroup(group="G1", name="one", product="P1", kinds=("utility_model",))

        assert made(case(groups=(group,)))[0].rights == (2,)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"coverage": (cell("P9", "F1", RIGHTS[0]),)},
            {"coverage": (cell("P1", "F9", RIGHTS[0]),)},
            {"coverage": (cell("P1", "F1", "2019100000000"),)},
            {"groups": (AssetGroup(group="G9", name="nine", product="P9"),)},
            {
                "features": (
                    *case().features,
                    Feature(product="P9", feature="F1", name="?", weight=Decimal(1)),
                )
            },
        ],
    )
    def test_refuses_a_matrix_that_names_what_is_not_there(self, wrong: dict[str, Any]):
        with pytest.raises(MatrixError) as caught:
            made(case(**wrong))
        assert caught.value.facts["name"]


class TestScopes:
    def test_go_from_the_group_to_the_firm(self):
        assert made(case())[0].scopes == ("G1", "P1", "")
