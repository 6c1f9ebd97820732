"""A group's value is shared to the fen, and by Shapley's axioms."""

from itertools import permutations
from math import factorial

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.valuation.test_allocation import allocated, line
from zhirong.application.sharing import _whole
from zhirong.valuation.allocation import FeatureGame, shapley_shares, value_of_set

CHANCES = st.floats(0.01, 1.0)


@st.composite
def games(draw: st.DrawFn, most: int = 8) -> tuple[list[FeatureGame], int]:
    """Features of a group and the number of its rights."""
    count = draw(st.integers(1, most))
    made = []
    for _ in range(draw(st.integers(1, 3))):
        rights = draw(st.sets(st.integers(0, count - 1), min_size=1).map(sorted).map(tuple))
        cover = tuple(draw(CHANCES) for _ in rights)
        made.append(FeatureGame(value=draw(st.floats(1, 1e7)), rights=rights, cover=cover))
    return made, count


def by_enumeration(made: list[FeatureGame], count: int) -> np.ndarray:
    """Shapley's value by its definition over all sets of the others."""
    values = np.zeros(count)
    worth = [
        value_of_set(made, frozenset(n for n in range(count) if mask >> n & 1))
        for mask in range(2**count)
    ]
    for right in range(count):
        for mask in range(2**count):
            if mask >> right & 1:
                continue
            size = mask.bit_count()
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            values[right] += weight * (worth[mask | 1 << right] - worth[mask])
    return values


@settings(deadline=None, max_examples=40)
@given(made=games())
def test_quadrature_equals_enumeration(made: tuple[list[FeatureGame], int]):
    features, count = made
    total = sum(game.value for game in features)

    found = shapley_shares(features, count) * total

    assert np.allclose(found, by_enumeration(features, count), rtol=1e-9, atol=1e-9 * total)


@settings(deadline=None)
@given(made=games(most=5))
def test_is_the_mean_over_all_orders_of_arrival(made: tuple[list[FeatureGame], int]):
    features, count = made
    values = np.zeros(count)
    for order in permutations(range(count)):
        present: frozenset[int] = frozenset()
        for right in order:
            more = present | {right}
            values[right] += value_of_set(features, more) - value_of_set(features, present)
            present = more
    total = sum(game.value for game in features)

    found = shapley_shares(features, count) * total

    assert np.allclose(found, values / factorial(count), rtol=1e-9, atol=1e-9 * total)


@given(made=games(most=120))
def test_everything_is_shared_and_nobody_pays(made: tuple[list[FeatureGame], int]):
    shares = shapley_shares(*made)

    assert np.isclose(shares.sum(), 1.0, rtol=0, atol=1e-12)
    assert np.all(shares >= 0)


@given(made=games(), chance=CHANCES)
def test_equal_rights_are_paid_alike_and_idle_ones_nothing(
    made: tuple[list[FeatureGame], int], chance: float
):
    features, count = made
    wider = [
        FeatureGame(
            value=game.value,
            rights=(*game.rights, count, count + 1),
            cover=(*game.cover, chance, chance),
        )
        for game in features
    ]

    shares = shapley_shares(wider, count + 3)

    assert np.isclose(shares[count], shares[count + 1], rtol=1e-12)
    assert shares[count + 2] == 0.0


@given(made=games(), data=st.data())
def test_a_larger_set_is_never_worth_less(made: tuple[list[FeatureGame], int], data: st.DataObject):
    features, count = made
    places = st.sets(st.integers(0, count - 1)).map(frozenset)
    one, two = data.draw(places), data.draw(places)

    both = value_of_set(features, one | two)

    total = sum(game.value for game in features)
    assert both >= value_of_set(features, one) - 1e-9 * total
    # A feature counts once, so two sets together are worth at most the sum.
    assert both <= value_of_set(features, one) + value_of_set(features, two) + 1e-9 * total
    assert both <= total * (1 + 1e-12)


@given(weights=st.lists(st.floats(0, 1), min_size=1, max_size=300))
def test_rounded_shares_still_sum_to_one(weights: list[float]):
    total = sum(weights)
    shares = np.array(weights) / total if total > 1e-6 else np.eye(len(weights))[0]

    found = np.array(_whole(shares))

    assert round(found.sum(), 12) == 1.0
    assert np.all(np.abs(found - shares) <= 1e-9 * len(weights))


@settings(deadline=None)
@given(data=st.data(), follows_game=st.booleans())
def test_the_rights_of_a_group_sum_to_it_to_the_fen(data: st.DataObject, *, follows_game: bool):
    amounts = st.floats(0.01, 1e9)
    groups = data.draw(st.lists(st.tuples(amounts, st.integers(1, 30)), min_size=1, max_size=4))
    index = [row for row, (_, count) in enumerate(groups) for _ in range(count)]
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    shares = [share for _, count in groups for share in _whole(generator.dirichlet(np.ones(count)))]

    sheet = allocated(
        [value for value, _ in groups],
        index,
        shapley=follows_game,
        score=generator.uniform(1, 100, len(index)),
        remaining_life=generator.uniform(0.1, 20, len(index)),
        shapley_share=shares,
    )

    fen = np.rint(np.array(line(sheet)) * 100)
    whole = np.rint(np.array(line(sheet, "group_value")) * 100)
    assert np.array_equal(np.bincount(index, weights=fen), whole)
    assert np.all(fen >= 0)
