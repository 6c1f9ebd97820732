"""The value-degree scheme of 2012: VDP = α · LVD + β · TVD + γ · EVD, stability a multiplier.

LVD = stability × weighted legal indicators; TVD and EVD are plain weighted sums; 18 indicators. The
scheme is a tree like any other (`cn.value_degree.2012`); α, β, γ are the scene's weights.
"""

from collections.abc import Sequence
from datetime import date

from zhirong.parameters.reader import Parameters
from zhirong.valuation.scoring.columns import ScoringColumns
from zhirong.valuation.scoring.engine import Scoring, score_rights
from zhirong.valuation.scoring.leaves import LeafAnswer
from zhirong.valuation.scoring.settings import settings_of
from zhirong.valuation.scoring.tree import shipped_tree

TREE = "cn.value_degree.2012"


def value_degree(
    columns: ScoringColumns,
    *,
    scene: str,
    parameters: Parameters,
    on: date,
    answers: Sequence[LeafAnswer] = (),
) -> Scoring:
    """VDP of inventions and utility models; LVD, TVD and EVD are the first three of its nodes.

    Raises:
        WrongTreeError: A design.
    """
    settings = settings_of(shipped_tree(TREE), scene=scene, parameters=parameters, on=on)
    return score_rights(columns, settings=settings, answers=answers)
