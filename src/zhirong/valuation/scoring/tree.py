"""Indicator trees: replaceable data, read from a plain table and checked.

A tree says for which kinds of right it is, what must be printed with it, and its nodes with names
in both languages, weights, and for each leaf who answers it: a rule by id, or the analyst.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhirong.core.errors import InputError
from zhirong.parameters.reader import table
from zhirong.rights.records import PatentKind

ANALYST = "analyst"
# The three sides of value whose weights a scene gives.
DIMENSIONS = ("legal", "technical", "economic")
_EXACT = 1e-9


class TreeError(InputError):
    """A tree that is not fit for use: weights, counts, ids or rules."""

    code = "error.scoring_tree"

    def __init__(self, tree: str, *, node: str, reason: str, detail: str = "") -> None:
        super().__init__(
            f"Tree {tree}, node {node}: {reason} {detail}".strip(),
            tree=tree,
            node=node,
            reason=f"score.tree.{reason}",
            detail=detail,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A name or notice in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A score of a leaf's scale and what it means, to guide the analyst."""

    score: float
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An indicator.

    Attributes:
        node: Id, unique in the tree.
        name: Its name.
        source: Tag of where name and weight come from.
        weight: Share among its siblings; None for a first-level node weighted by the scene.
        dimension: For a first-level node: legal, technical or economic.
        children: The indicators below; empty for a leaf.
        rule: For a leaf: id of the rule that computes it, or "analyst".
        is_multiplier: A leaf that multiplies its siblings' score (1 at 100 points), unweighted.
        anchors: For a leaf: points of its scale.
    """

    node: str
    name: Words
    source: str
    weight: float | None = None
    dimension: str = ""
    children: tuple["Node", ...] = ()
    rule: str = ""
    is_multiplier: bool = False
    anchors: tuple[Anchor, ...] = ()

    @property
    def is_leaf(self) -> bool:
        """Whether nothing is below."""
        return not self.children

    def leaves(self) -> Iterator["Node"]:
        """The leaves at or below, in order."""
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()

    def nodes(self) -> Iterator["Node"]:
        """This node and all below, parents first."""
        yield self
        for child in self.children:
            yield from child.nodes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """An indicator tree.

    Attributes:
        tree: Id, such as "cn.gbt42748.reconstructed".
        label: What it is.
        notice: What must be printed with every score made with it.
        kinds: The kinds of right that it is for.
        nodes: First-level indicators.
    """

    tree: str
    label: Words
    notice: Words
    kinds: tuple[PatentKind, ...]
    nodes: tuple[Node, ...]

    def leaves(self) -> Iterator[Node]:
        """All leaves, in order."""
        for node in self.nodes:
            yield from node.leaves()

    def all_nodes(self) -> Iterator[Node]:
        """All nodes, parents first."""
        for node in self.nodes:
            yield from node.nodes()

    @property
    def has_own_weights(self) -> bool:
        """Whether the first level is weighted by the tree, not by the scene."""
        return self.nodes[0].weight is not None

    def counts(self) -> tuple[int, ...]:
        """The number of nodes on each level, first level first."""
        counts: list[int] = []
        level: Sequence[Node] = self.nodes
        while level:
            counts.append(len(level))
            level = tuple(child for node in level for child in node.children)
        return tuple(counts)


def shipped_tree(tree: str) -> Tree:
    """A tree that the package ships: `parameters/tables/trees/<id>.yaml`."""
    return read_tree(table(f"trees/{tree}"))


def read_tree(document: Mapping[str, Any]) -> Tree:
    """The tree of a plain table, checked.

    Raises:
        TreeError: Weights of siblings do not sum to 1, the counts stated in the table are not met,
            an id stands twice, a leaf has no rule, or a branch has one.
    """
    tree = Tree(
        tree=str(document["id"]),
        label=_words(document["label"]),
        notice=_words(document["notice"]),
        kinds=tuple(PatentKind(kind) for kind in document["kinds"]),
        nodes=tuple(_node(item) for item in document["nodes"]),
    )
    check(tree)
    expected = tuple(document["counts"])
    if tree.counts() != expected:
        raise TreeError(tree.tree, node="", reason="counts", detail=f"{tree.counts()} {expected}")
    return tree


def _words(item: Mapping[str, str]) -> Words:
    return Words(zh=str(item["zh"]), en=str(item["en"]))


def _node(item: Mapping[str, Any]) -> Node:
    weight = item.get("weight")
    return Node(
        node=str(item["id"]),
        name=_words(item),
        source=str(item["source"]),
        weight=None if weight is None else float(weight),
        dimension=str(item.get("dimension", "")),
        children=tuple(_node(child) for child in item.get("children", ())),
        rule=str(item.get("rule", "")),
        is_multiplier=bool(item.get("is_multiplier", False)),
        anchors=tuple(
            Anchor(score=float(row["score"]), words=_words(row)) for row in item.get("anchors", ())
        ),
    )


def check(tree: Tree) -> None:
    """Check a tree's own logic.

    Raises:
        TreeError: As `read_tree`, but for the counts.
    """
    if not tree.nodes or not tree.kinds:
        raise TreeError(tree.tree, node="", reason="empty")
    seen: set[str] = set()
    for node in tree.all_nodes():
        if node.node in seen:
            raise TreeError(tree.tree, node=node.node, reason="twice")
        seen.add(node.node)
        if node.is_leaf != bool(node.rule) or (node.is_multiplier and not node.is_leaf):
            raise TreeError(tree.tree, node=node.node, reason="rule")
        if node.children:
            _check_weights(tree, node.node, node.children)
    dimensions = tuple(node.dimension for node in tree.nodes)
    if tree.has_own_weights:
        _check_weights(tree, "", tree.nodes)
    elif sorted(dimensions) != sorted(DIMENSIONS) or any(
        node.weight is not None for node in tree.nodes
    ):
        raise TreeError(tree.tree, node="", reason="dimensions", detail=", ".join(dimensions))


def _check_weights(tree: Tree, parent: str, children: Sequence[Node]) -> None:
    weighted = [child for child in children if not child.is_multiplier]
    weights = [child.weight for child in weighted if child.weight is not None]
    if len(weights) != len(weighted) or any(weight <= 0 for weight in weights):
        raise TreeError(tree.tree, node=parent, reason="weight")
    if abs(sum(weights) - 1) > _EXACT:
        raise TreeError(tree.tree, node=parent, reason="sum", detail=f"{sum(weights):.6f}")


def reweighted(tree: Tree, weights: Mapping[str, float], *, source: str) -> Tree:
    """The tree with a house's own weights (from AHP, entropy or by hand).

    Args:
        tree: The tree.
        weights: New weights by node id; siblings that are not named keep theirs.
        source: Where the weights come from; stands in the place of the old source.

    Raises:
        TreeError: A node that is not there, or siblings that no longer sum to 1.
    """
    known = {node.node for node in tree.all_nodes()}
    unknown = sorted(set(weights) - known)
    if unknown:
        raise TreeError(tree.tree, node=unknown[0], reason="unknown")
    changed = replace(
        tree, nodes=tuple(_reweighted_node(node, weights, source) for node in tree.nodes)
    )
    check(changed)
    return changed


def _reweighted_node(node: Node, weights: Mapping[str, float], source: str) -> Node:
    children = tuple(_reweighted_node(child, weights, source) for child in node.children)
    if node.node not in weights:
        return replace(node, children=children)
    return replace(node, children=children, weight=weights[node.node], source=source)
