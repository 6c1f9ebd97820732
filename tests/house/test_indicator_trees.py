"""What every shipped indicator tree must hold, so that a new data file cannot break a score."""

from datetime import date
from pathlib import Path

import pytest

from tests.scoring_factory import columns
from zhirong.core.messages import placeholders
from zhirong.parameters import reader
from zhirong.parameters.reader import Parameters, catalog
from zhirong.valuation.scoring.engine import STATES
from zhirong.valuation.scoring.rules import RULES
from zhirong.valuation.scoring.tables import rule_table
from zhirong.valuation.scoring.tree import ANALYST, DIMENSIONS, Node, Tree, shipped_tree

ON = date(2026, 6, 30)
FOLDER = Path(reader.__file__).parent / "tables" / "trees"
NAMES = sorted(file.name.removesuffix(".yaml") for file in FOLDER.glob("*.yaml"))


@pytest.fixture(params=NAMES)
def tree(request: pytest.FixtureRequest) -> Tree:
    return shipped_tree(request.param)


class TestShippedTrees:
    def test_are_there(self) -> None:
        assert {"cn.gbt42748.reconstructed", "zhirong.design"} <= set(NAMES)

    def test_bear_the_name_of_their_file(self, tree: Tree) -> None:
        assert tree.tree in NAMES

    def test_have_a_rule_or_the_analyst_at_each_leaf(self, tree: Tree) -> None:
        assert [leaf.node for leaf in tree.leaves() if leaf.rule not in {*RULES, ANALYST}] == []

    def test_have_weights_that_sum_to_1_at_each_node(self, tree: Tree) -> None:
        for node in tree.all_nodes():
            weights = [child.weight for child in node.children if not child.is_multiplier]
            assert not node.children or abs(sum(filter(None, weights)) - 1) < 1e-9, node.node

    def test_name_everything_in_both_languages_with_a_source(self, tree: Tree) -> None:
        nodes: tuple[Node, ...] = tuple(tree.all_nodes())
        words = [node.name for node in nodes] + [tree.label, tree.notice]
        words += [anchor.words for node in nodes for anchor in node.anchors]

        assert all(item.zh.strip() and item.en.strip() for item in words)
        assert all(node.source.startswith("[") for node in nodes)

    def test_have_scales_that_fall_from_100_where_they_have_one(self, tree: Tree) -> None:
        for leaf in tree.leaves():
            scores = [anchor.score for anchor in leaf.anchors]
            assert scores == sorted(scores, reverse=True), leaf.node
            assert all(0 <= score <= 100 for score in scores), leaf.node

    def test_share_no_leaf_with_another_tree(self) -> None:
        leaves = [leaf.node for name in NAMES for leaf in shipped_tree(name).leaves()]

        assert len(leaves) == len(set(leaves))


class TestSceneWeights:
    def test_sum_to_1_in_every_scene_that_a_purpose_has(self) -> None:
        parameters = Parameters()
        scenes = parameters.get("scoring.scene_weights", on=ON).value
        purposes = parameters.get("scoring.scene_of_purpose", on=ON).value

        assert all(set(weights) == set(DIMENSIONS) for weights in scenes.values())
        assert [scene for scene, weights in scenes.items() if sum(weights.values()) != 1] == []
        assert set(purposes.values()) <= set(scenes)
        assert all(catalog().has(f"score.scene.{scene}") for scene in scenes)


class TestRules:
    @pytest.mark.parametrize("rule", RULES)
    def test_have_words_that_ask_only_for_facts_they_read(self, rule: str) -> None:
        found = RULES[rule]
        path = f"scoring.rules.{rule}"
        table = rule_table(path, Parameters().get(path, on=ON).value)

        for code in found.compute(columns(), table).codes:
            words = catalog().texts[code]
            for text in (words["zh"], words["en"]):
                assert placeholders(text) <= set(found.facts), code

    def test_have_one_settings_file_each(self) -> None:
        folder = reader.TREE / "scoring" / "rules"
        files = {
            ".".join(file.relative_to(folder).with_suffix("").parts)
            for file in folder.rglob("*.yaml")
        }

        assert files == set(RULES)


class TestStates:
    def test_have_words(self) -> None:
        assert all(catalog().has(f"score.state.{state}") for state in STATES)
