"""Small trees, columns and settings for the tests of scoring."""

from datetime import date
from typing import Any

import numpy as np

from zhirong.parameters.reader import Parameters
from zhirong.rights.portfolios import KINDS
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.columns import ScoringColumns
from zhirong.valuation.scoring.leaves import LeafAnswer
from zhirong.valuation.scoring.settings import ScoringSettings, settings_of
from zhirong.valuation.scoring.tree import Tree, read_tree

ON = date(2026, 6, 30)


def columns(*kinds: PatentKind, **facts: list[float]) -> ScoringColumns:
    """Columns of rights in force; each fact is a list with one number a right."""
    chosen = kinds or (PatentKind.INVENTION,)
    places = np.array([KINDS.index(kind) for kind in chosen], dtype=np.int8)
    given = {"is_in_force": [1.0] * len(chosen), **facts}
    return ScoringColumns(
        kind=places, **{key: np.array(item, dtype=float) for key, item in given.items()}
    )


def answer(leaf: str, score: float | None, **fields: Any) -> LeafAnswer:
    return LeafAnswer(**{"leaf": leaf, "score": score, "author": "A", "reason": "seen", **fields})


def leaf(node: str, weight: float, **fields: Any) -> dict[str, Any]:
    return {
        "id": node,
        "zh": node,
        "en": node,
        "weight": weight,
        "rule": "analyst",
        "source": "[DESIGN]",
        **fields,
    }


def document(**fields: Any) -> dict[str, Any]:
    """A tree with its own weights: A (0.6) of a1 and a2, B (0.4) of b1."""
    branch = {"zh": "x", "en": "x", "source": "[DESIGN]"}
    return {
        "id": "test.tree",
        "label": {"zh": "x", "en": "x"},
        "notice": {"zh": "x", "en": "x"},
        "kinds": ["invention"],
        "counts": [2, 3],
        "nodes": [
            {"id": "A", "weight": 0.6, **branch, "children": [leaf("a1", 0.25), leaf("a2", 0.75)]},
            {"id": "B", "weight": 0.4, **branch, "children": [leaf("b1", 1.0)]},
        ],
        **fields,
    }


def tree(**fields: Any) -> Tree:
    return read_tree(document(**fields))


def settings(chosen: Tree | None = None, scene: str = "pledge") -> ScoringSettings:
    return settings_of(chosen or tree(), scene=scene, parameters=Parameters(), on=ON)
