from typing import Any

import pytest

from tests.scoring_factory import document, leaf, tree
from zhirong.valuation.scoring.tree import TreeError, read_tree, reweighted, shipped_tree


def _with(change: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = document()
    body["nodes"][1]["children"][0].update(change)
    return body | fields


class TestReadTree:
    def test_keeps_order_and_weights(self) -> None:
        assert [(node.node, node.weight) for node in tree().leaves()] == [
            ("a1", 0.25),
            ("a2", 0.75),
            ("b1", 1.0),
        ]

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (_with({"weight": 0.9}), "sum"),
            (_with({"weight": -1.0}), "weight"),
            (_with({"weight": None}), "weight"),
            (_with({"id": "a1"}), "twice"),
            (_with({"rule": ""}), "rule"),
            (_with({}, counts=[2, 4]), "counts"),
            (_with({}, kinds=[]), "empty"),
            (_with({}, nodes=[leaf("x", 0.5), leaf("y", 0.4)], counts=[2]), "sum"),
            (_with({}, nodes=[leaf("x", 0.5) | {"weight": None}], counts=[1]), "dimensions"),
        ],
    )
    def test_refuses_a_tree_that_is_not_sound(self, body: dict[str, Any], reason: str) -> None:
        with pytest.raises(TreeError) as refused:
            read_tree(body)

        assert refused.value.facts["reason"] == f"score.tree.{reason}"

    def test_refuses_a_branch_with_a_rule(self) -> None:
        body = document()
        body["nodes"][0]["rule"] = "analyst"

        with pytest.raises(TreeError):
            read_tree(body)


class TestShippedTree:
    def test_has_the_counts_of_the_standard(self) -> None:
        standard = shipped_tree("cn.gbt42748.reconstructed")

        assert standard.counts() == (3, 14, 27)
        assert "not the text of the standard" in standard.notice.en

    def test_of_2012_has_18_indicators_of_which_stability_multiplies(self) -> None:
        leaves = tuple(shipped_tree("cn.value_degree.2012").leaves())

        assert len(leaves) == 18
        assert [item.node for item in leaves if item.is_multiplier] == ["LVD1"]


class TestReweighted:
    def test_takes_the_houses_weights_with_their_source(self) -> None:
        changed = reweighted(tree(), {"a1": 0.5, "a2": 0.5}, source="AHP 2026")

        assert [(node.weight, node.source) for node in changed.leaves()] == [
            (0.5, "AHP 2026"),
            (0.5, "AHP 2026"),
            (1.0, "[DESIGN]"),
        ]

    @pytest.mark.parametrize("weights", [{"a1": 0.5}, {"z": 1.0}])
    def test_refuses_weights_that_do_not_fit(self, weights: dict[str, float]) -> None:
        with pytest.raises(TreeError):
            reweighted(tree(), weights, source="x")
