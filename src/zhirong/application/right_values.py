"""Each right's own standing: score, life, chance to be upheld, and its part of the value."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from zhirong.application.case.context import Context, legal_life
from zhirong.application.pledging import market_meaning
from zhirong.application.result import RightValue
from zhirong.application.runs.unmapped import Unmapped
from zhirong.application.scores import Scores
from zhirong.application.sharing import Sharing, economic_life
from zhirong.core.distribution import ValueDistribution, from_samples
from zhirong.core.operations import round_half_away


def right_values(
    context: Context,
    scores: Scores,
    sharing: Sharing,
    by_group: Sequence[ValueDistribution],
    alone: Unmapped,
) -> tuple[RightValue, ...]:
    """Every right of the case, in its order."""
    return tuple(
        replace(
            _right(context, scores, sharing, by_group, place),
            survival=alone.survival.get(place, ()),
            renewal_value=_fen(alone.renewal_value(place)),
        )
        for place in range(len(context.case.patents))
    )


def _right(
    context: Context,
    scores: Scores,
    sharing: Sharing,
    by_group: Sequence[ValueDistribution],
    right: int,
) -> RightValue:
    patent = context.case.patents[right]
    status = context.statuses[right]
    held = sharing.of_right(right)
    groups = [item.group for item in sharing.conclusion.groups]
    own = [groups[sharing.places[n].group] for n in held]
    lives = [economic_life(context, group, right) for group in own]
    by_score = sharing.line("score_share")
    by_game = sharing.sheet.inputs["shapley_share"].figure.values
    group_value = sharing.line("group_value")

    def part(shares: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        amounts = [shares[n] * group_value[sharing.places[n].group] for n in held]
        return float(round_half_away(np.array(sum(amounts, 0.0))))

    return RightValue(
        right=patent.app_no,
        title=patent.title,
        kind=str(patent.kind),
        state=str(status.base),
        groups=tuple(group.group for group in own),
        score=scores.points(right),
        coverage=_rounded(scores.coverage(right)),
        score_state=scores.state(right),
        legal_life_years=round(legal_life(status), 9),
        economic_life_years=max(lives, default=0.0),
        validity=sharing.validity[right],
        value=round(float(sum(sharing.values[n] for n in held)), 2),
        score_share_value=part(by_score),
        shapley_value=part(by_game),
        distribution=_spread(sharing, by_group, held),
        is_core=_is_core(sharing, right),
        fees_to_end=float(sum(fee.payable.amount for fee in context.fees[right])),
    )


def _fen(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 9)


def _spread(
    sharing: Sharing, by_group: Sequence[ValueDistribution], held: Sequence[int]
) -> ValueDistribution | None:
    """The right's distribution: its share of its group's; across groups from the joint draws."""
    shares = sharing.line("allocation_share")
    if not held:
        return None
    if len(held) == 1:
        place = sharing.places[held[0]]
        spread = by_group[place.group].scaled(float(shares[held[0]]), account="right")
    else:
        draws = sum(shares[n] * sharing.conclusion.draws[sharing.places[n].group] for n in held)
        spread = from_samples(np.asarray(draws), meaning=market_meaning("right"))
    cells = tuple(round(cell, 2) + 0.0 for cell in spread.cells)
    return ValueDistribution(cells=cells, meaning=spread.meaning)


def _is_core(sharing: Sharing, right: int) -> bool:
    """Whether some feature is covered by this right alone."""
    return any(game.rights == (right,) for games in sharing.games for game in games)
