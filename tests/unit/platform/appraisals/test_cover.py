"""What each right adds to the covered part of a limit."""

from hypothesis import given
from hypothesis import strategies as st

from zhirong.platform.appraisals.cover import cover_by_right, share_out
from zhirong.platform.appraisals.selectors import CapLine, RightLine


def right(number: str, kind: str, value: int, *, is_registrable: bool = True) -> RightLine:
    return RightLine(
        number=number,
        title="阀",
        kind=kind,
        state="in_force",
        score=None,
        value=value,
        is_registrable=is_registrable,
        term_end=None,
        fee_due_on=None,
    )


CAPS = (
    CapLine(kind="invention", value=900, cap=0.4, amount=360),
    CapLine(kind="design", value=100, cap=0.1, amount=10),
)


class TestCoverByRight:
    def test_adds_up_to_the_sheet(self) -> None:
        lines = cover_by_right(
            (right("1", "invention", 700), right("2", "invention", 350), right("3", "design", 50)),
            CAPS,
        )

        assert [line.number for line in lines] == ["1", "2", "3"]
        assert [line.value for line in lines] == [600, 300, 100]
        assert [line.amount for line in lines] == [240, 120, 10]
        assert sum(line.amount for line in lines) == sum(part.amount for part in CAPS)

    def test_counts_nothing_for_what_cannot_be_registered(self) -> None:
        lines = cover_by_right(
            (right("1", "invention", 700), right("9", "invention", 500, is_registrable=False)),
            CAPS[:1],
        )

        assert (lines[0].number, lines[0].amount) == ("1", 360)
        assert (lines[1].number, lines[1].cap, lines[1].amount) == ("9", None, 0)


class TestShareOut:
    @given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
    def test_loses_no_fen(self, total: int, weights: list[int]) -> None:
        parts = share_out(total, weights)

        assert sum(parts) == (total if any(weights) else 0)
        assert all(part >= 0 for part in parts)
