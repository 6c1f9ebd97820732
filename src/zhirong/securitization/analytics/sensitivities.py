"""How a measure answers when one assumption moves, or two.

The callable takes assumptions by name and gives the measure; where it simulates, it draws with the
same seed each time, so that differences are those of the assumptions and not of the draws.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Measure: TypeAlias = Callable[[Mapping[str, float]], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One assumption of a tornado: the measure at its low and high value, the others at base."""

    name: str
    low_value: float
    high_value: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the measure moves."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A measure over two assumptions: `cells[i][j]` at the i-th row's and j-th column's value."""

    row: str
    column: str
    row_values: tuple[float, ...]
    column_values: tuple[float, ...]
    cells: tuple[tuple[float, ...], ...]


def tornado(
    measure: Measure, base: Mapping[str, float], moves: Mapping[str, tuple[float, float]]
) -> tuple[Bar, ...]:
    """Each assumption at its low and high value in turn; the widest swing first.

    >>> bars = tornado(lambda a: 2 * a["x"] + a["y"], {"x": 1.0, "y": 1.0},
    ...                {"y": (0.0, 3.0), "x": (0.0, 2.0)})
    >>> [(bar.name, bar.swing) for bar in bars]
    [('x', 4.0), ('y', 3.0)]
    """
    bars = [
        Bar(
            name=name,
            low_value=low,
            high_value=high,
            at_low=measure({**base, name: low}),
            at_high=measure({**base, name: high}),
        )
        for name, (low, high) in moves.items()
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.name)))


def grid(
    measure: Measure,
    base: Mapping[str, float],
    row: tuple[str, Sequence[float]],
    column: tuple[str, Sequence[float]],
) -> Grid:
    """The measure at every pair of two assumptions' values, the others at base."""
    return Grid(
        row=row[0],
        column=column[0],
        row_values=tuple(row[1]),
        column_values=tuple(column[1]),
        cells=tuple(
            tuple(measure({**base, row[0]: down, column[0]: across}) for across in column[1])
            for down in row[1]
        ),
    )


def slope(measure: Measure, base: Mapping[str, float], name: str, *, shift: float) -> float:
    """Change of the measure for a unit of the assumption, by a shift down and up."""
    up = measure({**base, name: base[name] + shift})
    down = measure({**base, name: base[name] - shift})
    return (up - down) / (2.0 * shift)
