"""Tests of the codec from records to canonical JSON and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Literal

import numpy as np
import pytest

from zhirong.core.codec import CodecError, canonical, decode, encode


class Kind(StrEnum):
    INVENTION = "invention"
    DESIGN = "design"


class Level(Enum):
    HIGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    side: float
    inner: "Circle | Square | None" = None


Shape = Circle | Square


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    name: str
    amount: Decimal
    day: date
    kind: Kind
    one: Shape
    many: tuple[Shape, ...]
    perhaps: tuple[Shape, ...] | None = None
    by_name: Mapping[str, Shape]
    by_kind: Mapping[Kind, Decimal]
    by_year: Mapping[int, float]
    pair: tuple[Circle, Shape]
    alone: Circle | None = None
    note: Circle | str = ""
    number: float = 0.0
    either: Literal["a", "b"] = "a"


WHOLE = Everything(
    name="值",
    amount=Decimal("1.50"),
    day=date(2026, 6, 30),
    kind=Kind.DESIGN,
    one=Square(side=1.0, inner=Circle(radius=0.5)),
    many=(Circle(radius=1.0), Square(side=2.0)),
    perhaps=(Square(side=3.0),),
    by_name={"x": Circle(radius=1.0), "y": Square(side=1.0)},
    by_kind={Kind.INVENTION: Decimal("0.45")},
    by_year={2026: 1.5},
    pair=(Circle(radius=1.0), Square(side=1.0)),
    alone=Circle(radius=2.0),
    note=Circle(radius=3.0),
)


class TestEncode:
    def test_tags_a_record_only_where_the_field_may_hold_another(self):
        body = encode(WHOLE)

        assert body["many"][0] == {"is": "Circle", "radius": 1.0}
        assert body["pair"] == [{"radius": 1.0}, {"is": "Square", "side": 1.0}]
        assert body["alone"] == {"radius": 2.0}

    def test_leaves_out_what_is_absent(self):
        assert "inner" not in encode(Square(side=1.0))

    def test_writes_a_whole_number_in_a_field_of_fractions_as_a_fraction(self):
        assert canonical(encode(Circle(radius=2))) == b'{"radius":2.0}'

    @pytest.mark.parametrize(
        "value",
        [object(), {1, 2}, b"x", np.arange(2), np.int64(3), datetime(2026, 1, 1, tzinfo=UTC)],
    )
    def test_refuses_what_it_does_not_know(self, value: Any):
        with pytest.raises(CodecError):
            encode({"value": value})

    def test_names_keys_by_the_value_of_an_enum(self):
        assert encode({Level.HIGH: 1, Kind.DESIGN: 2}) == {"2": 1, "design": 2}


class TestDecode:
    def test_gives_the_record_back(self):
        assert decode(Everything, encode(WHOLE)) == WHOLE

    @pytest.mark.parametrize(
        ("hint", "body"),
        [
            (Circle, {}),
            (Circle, {"radius": 1.0, "color": "red"}),
            (Circle, {"radius": "1"}),
            (Circle, {"radius": True}),
            (Circle, [1.0]),
            (Shape, {"radius": 1.0}),
            (Shape, {"is": "Triangle", "side": 1.0}),
            (Shape, None),
            (Decimal, 0.1),
            (Decimal, 3),
            (Decimal, "1_000"),
            (Decimal, "１"),
            (Decimal, " 1"),
            (Decimal, "ten"),
            (date, "20260630"),
            (date, "2026-W27-2"),
            (date, "2026-02-30"),
            (date, 20260630),
            (Kind, "trademark"),
            (int, 1.0),
            (int, True),
            (str, 1),
            (bool, 1),
            (tuple[int, ...], "12"),
            (tuple[int, int], [1]),
            (Mapping[str, int], [1]),
            (Literal["a", "b"], "c"),
            (float, 10**400),
        ],
    )
    def test_refuses_what_does_not_fit(self, hint: Any, body: Any):
        with pytest.raises(CodecError):
            decode(hint, body)

    def test_says_which_field_is_missing(self):
        with pytest.raises(CodecError, match="radius"):
            decode(Circle, {})


class TestCanonical:
    def test_does_not_depend_on_the_order_of_keys(self):
        assert canonical({"b": 1, "a": [2, "中"]}) == '{"a":[2,"中"],"b":1}'.encode()

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal(1), object()])
    def test_refuses_what_json_does_not_hold(self, value: Any):
        with pytest.raises(CodecError):
            canonical({"value": value})
