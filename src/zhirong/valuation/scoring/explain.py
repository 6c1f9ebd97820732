"""One right's score opened: every node with weight, score, coverage, and who answered each leaf."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from zhirong.core.messages import Fact, Message
from zhirong.valuation.scoring.columns import ScoringColumns
from zhirong.valuation.scoring.engine import (
    INDICATIVE,
    NOT_IN_FORCE,
    STATES,
    NodeColumn,
    Scoring,
)
from zhirong.valuation.scoring.leaves import NO_ANSWER, LeafAnswer, evidence
from zhirong.valuation.scoring.rules import RULES
from zhirong.valuation.scoring.tree import ANALYST, Node, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeReading:
    """What one node says about one right.

    Attributes:
        node: Id of the node.
        name: Its name.
        level: 0 for the first level.
        weight: Its weight among its siblings; None for a multiplier.
        effective_weight: The same after the weights of siblings without a score were shared out; 0
            where it has none.
        score: 0 to 100, unrounded; None where missing or not applicable.
        coverage: Share of the applicable weight below with data; None where nothing applies.
        rule: For a leaf: the rule that may compute it, or "analyst".
        evidence: For a leaf with a rule: what the rule found.
        answer: For a leaf that an analyst decided: the answer.
    """

    node: str
    name: Words
    level: int
    weight: float | None
    effective_weight: float
    score: float | None
    coverage: float | None
    rule: str = ""
    evidence: Message | None = None
    answer: LeafAnswer | None = None

    @property
    def is_missing(self) -> bool:
        """Whether it applies but nothing is known."""
        return self.score is None and self.coverage is not None


def explain(scoring: Scoring, *, columns: ScoringColumns, right: int) -> tuple[NodeReading, ...]:
    """The readings of one right, parents first. The scoring must have been kept.

    Args:
        scoring: The scoring.
        columns: The columns it was made from.
        right: Place of the right.
    """
    assert scoring.leaves, "only a kept scoring can be explained"
    found = {column.node: column for column in scoring.nodes}
    weights = scoring.settings.weights
    top = tuple(replace(node, weight=weights[node.node]) for node in scoring.settings.tree.nodes)

    def readings(siblings: Sequence[Node], level: int) -> Iterator[NodeReading]:
        values = [_value(found[node.node], right) for node in siblings]
        pairs = zip(siblings, values, strict=True)
        whole = sum(node.weight or 0.0 for node, (score, _) in pairs if score is not None)
        for node, (score, coverage) in zip(siblings, values, strict=True):
            yield NodeReading(
                node=node.node,
                name=node.name,
                level=level,
                weight=node.weight,
                effective_weight=node.weight / whole if node.weight and score is not None else 0.0,
                score=score,
                coverage=coverage,
                rule=node.rule,
                evidence=_evidence(scoring, node, columns, right),
                answer=_answer(scoring, node, right),
            )
            yield from readings(node.children, level + 1)

    return tuple(readings(top, 0))


def _value(column: NodeColumn, right: int) -> tuple[float | None, float | None]:
    score, coverage = float(column.score[right]), float(column.coverage[right])
    return (None if np.isnan(score) else score, None if np.isnan(coverage) else coverage)


def _evidence(scoring: Scoring, node: Node, columns: ScoringColumns, right: int) -> Message | None:
    if not node.is_leaf or node.rule == ANALYST:
        return None
    facts = RULES[node.rule].facts
    return evidence(scoring.leaves[node.node], facts=facts, columns=columns, right=right)


def _answer(scoring: Scoring, node: Node, right: int) -> LeafAnswer | None:
    if not node.is_leaf:
        return None
    place = int(scoring.leaves[node.node].answer[right])
    return None if place == NO_ANSWER else scoring.answers[place]


def remarks(scoring: Scoring, *, right: int) -> tuple[Message, ...]:
    """What must be said beside the score of one right: nothing, or why it is not a plain score."""
    state = int(scoring.state[right])
    facts: dict[str, Fact] = {}
    if state == INDICATIVE:
        facts = {
            "coverage": float(scoring.coverage[right]),
            "coverage_min": scoring.settings.coverage_min,
        }
    elif state < NOT_IN_FORCE:
        return ()
    return (Message(f"score.state.{STATES[state]}", facts),)
