"""Settings of one scoring: scene, weights, least coverage and the rules' tables on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhirong.core.errors import InputError
from zhirong.parameters.reader import Parameters
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.rules import tables_of
from zhirong.valuation.scoring.tables import RuleTable
from zhirong.valuation.scoring.tree import Tree, shipped_tree


class UnknownSceneError(InputError):
    """A scene or purpose without weights."""

    code = "error.scoring_scene"

    def __init__(self, scene: str, *, known: tuple[str, ...]) -> None:
        super().__init__(
            f"No scoring scene {scene!r}; known are {', '.join(known)}.", scene=scene, known=known
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringSettings:
    """What one scoring goes by.

    Attributes:
        tree: The indicator tree.
        scene: Key of the scene, e.g. "pledge".
        weights: Weight of each first-level node by id, summing to 1.
        coverage_min: Coverage below which a score is indicative only, share.
        tables: Settings of each rule by rule id.
    """

    tree: Tree
    scene: str
    weights: Mapping[str, float]
    coverage_min: float
    tables: Mapping[str, RuleTable]


def scene_of(purpose: str, *, parameters: Parameters, on: date) -> str:
    """The scene of a purpose of appraisal.

    Raises:
        UnknownSceneError: A purpose that has no scene.
    """
    scenes = parameters.get("scoring.scene_of_purpose", on=on).value
    if purpose not in scenes:
        raise UnknownSceneError(purpose, known=tuple(scenes))
    return str(scenes[purpose])


def tree_of(kind: PatentKind, *, parameters: Parameters, on: date) -> Tree:
    """The tree in use for a kind of right."""
    return shipped_tree(str(parameters.get("scoring.tree_of_kind", on=on).value[kind.value]))


def settings_of(tree: Tree, *, scene: str, parameters: Parameters, on: date) -> ScoringSettings:
    """The settings in force on the day; a tree with weights of its own ignores the scene's.

    Raises:
        UnknownSceneError: A scene that has no weights.
        ParameterNotFoundError: A setting that is not in force on the day.
    """
    return ScoringSettings(
        tree=tree,
        scene=scene,
        weights=_weights(tree, scene, parameters, on),
        coverage_min=float(parameters.number("scoring.coverage_min", on=on)),
        tables=tables_of(tree, parameters=parameters, on=on),
    )


def _weights(tree: Tree, scene: str, parameters: Parameters, on: date) -> Mapping[str, float]:
    if tree.has_own_weights:
        return {node.node: node.weight for node in tree.nodes if node.weight is not None}
    scenes = parameters.get("scoring.scene_weights", on=on).value
    if scene not in scenes:
        raise UnknownSceneError(scene, known=tuple(scenes))
    return {node.node: float(scenes[scene][node.dimension]) for node in tree.nodes}
