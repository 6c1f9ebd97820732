import numpy as np
import pytest

from tests.scoring_factory import ON, answer, columns, document, leaf, settings
from zhirong.parameters.reader import Parameters
from zhirong.valuation.scoring.engine import score_rights
from zhirong.valuation.scoring.split_position import NoSplitPositionError, group_position
from zhirong.valuation.scoring.tree import Tree, read_tree

GOLDEN = {
    "type_and_status": 100,
    "claim_scope": 50,
    "detectability": 80,
    "field_trend": 60,
    "substitutes": 50,
    "advancedness": 60,
    "innovativeness": 40,
    "maturity": 80,
    "application_range": 50,
    "defensibility": 60,
    "supply_demand": 50,
}


def split_rate_tree() -> Tree:
    """The scoring table of split rates, read as an indicator tree."""
    groups = Parameters().get("valuation.split_rate.scoring", on=ON).value
    nodes = []
    for key, group in groups.items():
        branch = leaf(key, float(group["weight"]), rule="")
        children = [leaf(name, float(item["weight"])) for name, item in group["factors"].items()]
        nodes.append(branch | {"children": children})
    return read_tree(document(nodes=nodes, counts=[3, 11]))


class TestGroupPosition:
    def test_gives_the_golden_split_rate_from_the_scoring_table(self) -> None:
        answers = tuple(answer(factor, score) for factor, score in GOLDEN.items())

        result = score_rights(columns(), settings=settings(split_rate_tree()), answers=answers)

        groups = {node.node: float(node.score[0]) for node in result.nodes}
        delta = group_position(result.composite, weights=np.ones(1))
        assert (groups["legal"], groups["technical"], groups["economic"]) == pytest.approx(
            (79, 59, 50)
        )
        assert delta == pytest.approx(0.632, abs=1e-12)
        assert 0.015 + (0.03 - 0.015) * delta == pytest.approx(0.02448, abs=1e-12)

    def test_is_refused_for_a_group_without_scores(self) -> None:
        with pytest.raises(NoSplitPositionError):
            group_position(np.array([np.nan, 0.5]), weights=np.array([1.0, 0.0]))

    def test_is_the_position_of_the_only_right(self) -> None:
        assert group_position(np.array([0.632]), weights=np.array([0.2])) == pytest.approx(0.632)
