"""What the codec reads it writes again, byte for byte."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from zhirong.core.codec import canonical, decode, encode


class Color(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    amount: Decimal
    day: date | None = None
    color: Color = Color.RED


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    children: "tuple[Leaf | Branch, ...]"
    share: float
    names: Mapping[str, "Leaf | Branch"]
    first: "Leaf | Branch | None" = None
    fact: str | int | float | bool | None = None


TEXTS = st.text(max_size=8)
LEAVES = st.builds(
    Leaf,
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    day=st.none() | st.dates(),
    color=st.sampled_from(Color),
)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Branch,
        children=st.lists(inner, max_size=3).map(tuple),
        share=FLOATS | st.integers(-1000, 1000),
        names=st.dictionaries(TEXTS, inner, max_size=2),
        first=st.none() | inner,
        fact=st.none() | TEXTS | st.integers() | FLOATS | st.booleans(),
    ),
    max_leaves=8,
).filter(lambda tree: isinstance(tree, Branch))


@given(tree=TREES)
def test_a_record_comes_back_as_it_went(tree: Branch):
    assert decode(Branch, encode(tree)) == tree


@given(tree=TREES)
def test_bytes_read_and_written_again_are_the_same(tree: Branch):
    data = canonical(encode(tree))

    assert canonical(encode(decode(Branch, json.loads(data)))) == data


@given(leaf=LEAVES)
def test_equal_records_have_equal_bytes(leaf: Leaf):
    twin = Leaf(color=leaf.color, day=leaf.day, amount=leaf.amount)

    assert canonical(encode(twin)) == canonical(encode(leaf))
