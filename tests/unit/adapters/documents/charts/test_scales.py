import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhirong.adapters.documents.charts import scales
from zhirong.adapters.documents.charts.canvas import PLAIN, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit


class TestTicks:
    @given(st.floats(0.001, 1e12), st.integers(3, 8))
    def test_are_round_few_and_inside(self, high: float, count: int) -> None:
        found = scales.ticks(0.0, high, count=count)

        assert 2 <= len(found) <= count + 2
        assert found[0] == 0.0
        assert found[-1] <= high * (1 + 1e-9)

    def test_are_one_where_there_is_no_room(self) -> None:
        assert scales.ticks(5.0, 5.0) == (5.0,)


class TestRowsApart:
    @given(st.lists(st.tuples(st.floats(0, 400), st.floats(1, 90)), max_size=12))
    def test_never_put_two_labels_over_each_other(self, given_: list[tuple[float, float]]) -> None:
        spans = [(left, left + room) for left, room in given_]

        rows = scales.rows_apart(spans, gap=2.0)

        for at, (left, right) in enumerate(spans):
            for other in range(at + 1, len(spans)):
                if rows[at] == rows[other]:
                    assert right + 2 <= spans[other][0] or spans[other][1] + 2 <= left


class TestUnit:
    @pytest.mark.parametrize(
        ("value", "words"), [(0.0, "0"), (-50_000.0, "−5"), (123_456_789.0, "12,346")]
    )
    def test_shows_grouped_figures_with_the_minus_of_print(self, value: float, words: str) -> None:
        assert Unit(name="万元", divisor=10_000).show(value) == words

    def test_shows_axis_figures_without_idle_decimals(self) -> None:
        unit = Unit(name="CNY million", divisor=1e6, decimals=2)

        assert [unit.show_short(value) for value in (0.0, 2.5e6, 1e7)] == ["0", "2.5", "10"]


class TestScale:
    def test_places_ends_on_ends(self) -> None:
        scale = Scale(low=10, high=20, start=100, end=0)

        assert (scale.at(10), scale.at(15), scale.at(20)) == (100, 50, 0)


class TestFitted:
    @given(st.text("价值ab 1", max_size=30), st.floats(20, 120))
    def test_is_never_wider_than_the_room(self, words: str, room: float) -> None:
        assert PLAIN.width(scales.fitted(words, PLAIN, room)) <= room


class TestWrapped:
    def test_breaks_english_at_a_space(self) -> None:
        lines = scales.wrapped("Cooling structure of a spindle", Font(size=8), 70)

        assert lines == ("Cooling structure", "of a spindle")

    def test_loses_nothing_that_fits(self) -> None:
        assert "".join(scales.wrapped("一种精密主轴的冷却结构", Font(size=8), 56)) == (
            "一种精密主轴的冷却结构"
        )
