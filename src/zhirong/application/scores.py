"""Scores of a case's rights: the register answers what it can, the analyst the rest."""

from dataclasses import dataclass

import numpy as np

from zhirong.application.case.case_file import AnalystScore
from zhirong.application.case.context import Context
from zhirong.application.case.groups import Group
from zhirong.application.result import NodeScore, RightScores
from zhirong.rights.records import PatentKind
from zhirong.valuation.scoring.engine import STATES
from zhirong.valuation.scoring.explain import NodeReading, explain
from zhirong.valuation.scoring.leaves import LeafAnswer
from zhirong.valuation.scoring.portfolios import PortfolioScoring, score_portfolio
from zhirong.valuation.scoring.register import register_columns
from zhirong.valuation.scoring.settings import scene_of, tree_of

RISK_SCORE = "risk_score."  # scores of the discount rate's risks are no leaves of a tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scores of all rights of a case, in its order."""

    portfolio: PortfolioScoring
    groups: tuple[float, ...]  # composite score of each group, points

    def points(self, place: int) -> float | None:
        """The composite score of a right, points; None where nothing is known."""
        value = float(self.portfolio.value_degree[place])
        return None if np.isnan(value) else value

    def coverage(self, place: int) -> float | None:
        """The share of the indicators' weight that has data."""
        value = float(self.portfolio.coverage[place])
        return None if np.isnan(value) else value

    def state(self, place: int) -> str:
        """scored, indicative, not_in_force, status_unknown or no_data."""
        return STATES[int(self.portfolio.state[place])]


def score_case(context: Context, groups: tuple[Group, ...]) -> Scores:
    """Score every right on the tree of its kind under the scene of the purpose."""
    case = context.case
    on = context.valuation_date
    columns = register_columns(case.patents, statuses=context.statuses, events=case.events or None)
    portfolio = score_portfolio(
        columns,
        scene=scene_of(context.options.purpose, parameters=context.parameters, on=on),
        parameters=context.parameters,
        on=on,
        answers=_answers(context, groups),
    )
    return Scores(
        portfolio=portfolio, groups=tuple(_group_score(portfolio, group) for group in groups)
    )


def _answers(context: Context, groups: tuple[Group, ...]) -> tuple[LeafAnswer, ...]:
    patents = context.case.patents
    places = {patent.app_no: place for place, patent in enumerate(patents)}
    by_group = {group.group: group.rights for group in groups}
    leaves = [_leaves(patent.kind, context) for patent in patents]
    made: list[LeafAnswer] = []
    for item in context.case.scores:
        if item.leaf.startswith(RISK_SCORE):
            continue
        rights: tuple[int, ...] | None = None
        if item.right in places:
            rights = (places[item.right],)
        elif item.right:
            # A group may hold several kinds; the answer is for those whose tree has the leaf.
            members = by_group.get(item.right, ())
            rights = tuple(right for right in members if item.leaf in leaves[right])
        if rights != ():
            made.append(_answer(item, rights))
    return tuple(made)


def _leaves(kind: PatentKind, context: Context) -> frozenset[str]:
    tree = tree_of(kind, parameters=context.parameters, on=context.valuation_date)
    return frozenset(leaf.node for leaf in tree.leaves())


def _answer(item: AnalystScore, rights: tuple[int, ...] | None) -> LeafAnswer:
    return LeafAnswer(
        leaf=item.leaf,
        score=None if item.score is None else float(item.score),
        rights=rights,
        author=item.author,
        reason=item.reason,
        source=item.source,
    )


def _group_score(portfolio: PortfolioScoring, group: Group) -> float:
    """The mean of its rights' scores; those without a score are left out."""
    scores = portfolio.value_degree[list(group.rights)]
    known = scores[~np.isnan(scores)]
    return float(np.mean(known)) if len(known) else 0.0


def opened(context: Context, scores: Scores) -> tuple[RightScores, ...]:
    """Every right's scores, node by node, as the result keeps them."""
    rows: list[RightScores] = []
    for place, patent in enumerate(context.case.patents):
        part, within = scores.portfolio.part_of(place)
        tree = part.scoring.settings.tree
        readings = explain(part.scoring, columns=part.columns, right=within)
        rows.append(
            RightScores(
                right=patent.app_no,
                tree=tree.tree,
                value_degree=scores.points(place),
                notice_zh=tree.notice.zh,
                notice_en=tree.notice.en,
                nodes=tuple(_node(reading) for reading in readings),
            )
        )
    return tuple(rows)


def _node(reading: NodeReading) -> NodeScore:
    answer = reading.answer
    return NodeScore(
        node=reading.node,
        name_zh=reading.name.zh,
        name_en=reading.name.en,
        level=reading.level,
        weight=reading.weight,
        score=None if reading.score is None else round(reading.score, 9),
        coverage=None if reading.coverage is None else round(reading.coverage, 9),
        rule=reading.rule,
        evidence=reading.evidence,
        author=answer.author if answer else "",
        reason=answer.reason if answer else "",
    )
