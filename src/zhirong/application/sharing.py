"""The groups' values shared among their rights, and the value of any set of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from zhirong.application.case.context import Context, legal_life, parameter_origin
from zhirong.application.case.groups import Group
from zhirong.application.conclusion import Conclusion
from zhirong.application.scores import Scores
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin
from zhirong.rights.overlays import Overlay
from zhirong.rights.records import Patent, ReportConclusion
from zhirong.rights.status import LegalStatus
from zhirong.valuation import allocation
from zhirong.valuation.allocation import FeatureGame, shapley_shares, value_of_set

VALIDITY = "valuation.validity"
POLICY = "valuation.allocation_policy"
UNITS_OF_SHARE = 1e9


@dataclass(frozen=True, slots=True)
class Place:
    """A right within a group: row of the group in the conclusion, right's place in the case."""

    group: int
    right: int


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """How each group's value is shared.

    Args:
        places: The rights within groups, in the order of the groups: axis "right" of the sheet.
        games: For each group the Shapley game on its features; rights are places in the case.
        sheet: The allocation as live workings; line "value" (right).
        validity: Probability of each right in the case to be upheld.
    """

    conclusion: Conclusion
    places: tuple[Place, ...]
    games: tuple[tuple[FeatureGame, ...], ...]
    sheet: Sheet
    validity: tuple[float, ...]

    @cached_property
    def values(self) -> Array:
        """Value of each place, CNY, to the fen."""
        return self.sheet.lines["value"].figure.values

    def line(self, key: str) -> Array:
        """A line of the sheet."""
        return self.sheet.lines[key].figure.values

    def of_right(self, right: int) -> tuple[int, ...]:
        """The places that a right holds."""
        return tuple(n for n, place in enumerate(self.places) if place.right == right)

    def set_factor(self, group: int, rights: Collection[int]) -> float:
        """v(S) of a set of rights as a share of the group's whole value."""
        games = self.games[group]
        whole = sum(game.value for game in games)
        return value_of_set(games, frozenset(rights)) / whole if whole > 0 else 0.0

    def set_factors(self, rights: Collection[int]) -> Array:
        """For each group v(S) as a share of its whole value; shape (groups,)."""
        return np.array([self.set_factor(row, rights) for row in range(len(self.games))])

    def set_draws(self, rights: Collection[int]) -> Array:
        """v(S) in the joint draws, CNY; shape (draws,)."""
        # Group after group, as the whole is added up: the set of all rights is the whole.
        draws = np.zeros(self.conclusion.draws.shape[-1])
        for factor, group in zip(self.set_factors(rights), self.conclusion.draws, strict=True):
            draws += factor * group
        return draws

    def set_value(self, rights: Collection[int]) -> float:
        """v(S) at central assumptions, CNY, with shares to nine decimals as workings keep them."""
        return float((self.line("group_value") * self.set_factors(rights).round(9)).sum())


def share(context: Context, conclusion: Conclusion, scores: Scores) -> Sharing:
    """Share every group's value by score and by Shapley; the policy says which one counts."""
    groups = [item.group for item in conclusion.groups]
    places = tuple(Place(row, right) for row, group in enumerate(groups) for right in group.rights)
    validity = _validities(context)
    games = tuple(_games(group, context, validity) for group in groups)
    sheet = Sheet(
        allocation.KEY,
        labels={
            "asset": tuple(group.name for group in groups),
            "right": tuple(_label(groups[p.group], context.case.patents[p.right]) for p in places),
        },
    )
    inputs = _inputs(context, conclusion, scores, sheet, places, games)
    allocation.allocate(sheet, a=inputs)
    return Sharing(
        conclusion=conclusion, places=places, games=games, sheet=sheet, validity=validity
    )


def _label(group: Group, patent: Patent) -> str:
    return f"{group.group} / {patent.app_no}"


def _inputs(
    context: Context,
    conclusion: Conclusion,
    scores: Scores,
    sheet: Sheet,
    places: Sequence[Place],
    games: Sequence[Sequence[FeatureGame]],
) -> allocation.Inputs:
    groups = [item.group for item in conclusion.groups]
    policy = context.parameters.get(POLICY, on=context.valuation_date)
    return allocation.Inputs(
        value=sheet.take(conclusion.sheet, "value", as_key="concluded_value"),
        score=sheet.computed(
            "score",
            [_score(scores, groups[p.group], p.right) for p in places],
            "point",
            axes=("right",),
            origins=ComputedOrigin(by="indicator_tree"),
        ),
        remaining_life=sheet.computed(
            "remaining_life",
            [economic_life(context, groups[p.group], p.right) for p in places],
            "year",
            axes=("right",),
            origins=ComputedOrigin(by="shorter_life"),
        ),
        is_valued=sheet.computed(
            "is_valued",
            np.ones(len(places)),
            "1",
            axes=("right",),
            origins=ComputedOrigin(by="legal_gate"),
        ),
        shapley_share=sheet.computed(
            "shapley_share",
            _shapley(places, games, groups),
            "share",
            axes=("right",),
            origins=ComputedOrigin(by="shapley_quadrature"),
        ),
        chooses_shapley=sheet.parameter(
            "chooses_shapley",
            float(policy.value == "shapley"),
            "1",
            origins=parameter_origin(policy, context.valuation_date),
        ),
        index=tuple(place.group for place in places),
    )


def _score(scores: Scores, group: Group, right: int) -> float:
    """The right's score; one without any data counts as its group's mean, never as zero."""
    points = scores.points(right)
    if points is not None:
        return points
    known = [p for place in group.rights if (p := scores.points(place)) is not None]
    return sum(known) / len(known) if known else 1.0


def economic_life(context: Context, group: Group, right: int) -> float:
    """The shorter of the right's legal life and the group's central economic life, years."""
    legal = legal_life(context.statuses[right])
    found = context.book.find("economic_life", group.scopes)
    shorter = min(legal, float(found.central)) if found else legal
    return round(shorter, 9)


def _shapley(
    places: Sequence[Place], games: Sequence[Sequence[FeatureGame]], groups: Sequence[Group]
) -> list[float]:
    shares: list[float] = []
    for row, group in enumerate(groups):
        local = {right: n for n, right in enumerate(group.rights)}
        own = [
            FeatureGame(
                value=game.value,
                rights=tuple(local[right] for right in game.rights),
                cover=game.cover,
            )
            for game in games[row]
        ]
        shares.extend(_whole(shapley_shares(own, len(group.rights))))
    assert len(shares) == len(places), "one share a place"
    return shares


def _whole(shares: Array) -> list[float]:
    """Shares with nine decimals that still sum to 1: the largest takes what rounding left.

    Without it a group of 100 rights would lose or make fen.
    """
    units = np.rint(shares * UNITS_OF_SHARE)
    if units.any():
        units[np.argmax(units)] += UNITS_OF_SHARE - units.sum()
    found: list[float] = (units / UNITS_OF_SHARE).tolist()
    return found


def _games(group: Group, context: Context, validity: Sequence[float]) -> tuple[FeatureGame, ...]:
    numbers = {patent.app_no: place for place, patent in enumerate(context.case.patents)}
    games: list[FeatureGame] = []
    for cover in group.covers:
        rights = tuple(numbers[cell.right] for cell in cover.cells)
        chances = tuple(
            validity[right] * float(cell.strength)
            for right, cell in zip(rights, cover.cells, strict=True)
        )
        if any(chances):
            games.append(
                FeatureGame(value=float(cover.feature.weight), rights=rights, cover=chances)
            )
    return tuple(games)


def _validities(context: Context) -> tuple[float, ...]:
    table = context.parameters.get(VALIDITY, on=context.valuation_date).value
    return tuple(
        _validity(patent, status, table)
        for patent, status in zip(context.case.patents, context.statuses, strict=True)
    )


def _validity(patent: Patent, status: LegalStatus, table: Any) -> float:  # noqa: ANN401 - a table
    report = patent.evaluation_report
    chance = float(table["by_kind"][str(patent.kind)])
    if report is not None and report.conclusion is not None:
        key = {
            ReportConclusion.FAVORABLE: "favorable_report",
            ReportConclusion.PARTLY_FAVORABLE: "partly_favorable_report",
            ReportConclusion.UNFAVORABLE: "unfavorable_report",
        }[report.conclusion]
        chance = float(table[key])
    if status.has(Overlay.UNDER_INVALIDATION):
        chance *= float(table["under_invalidation"])
    return chance
