"""The long files are begun first: the list names what there is."""

from tests.conftest import CHECKOUT, LONGEST_FIRST, place_of


class TestOrder:
    def test_names_files_that_there_are(self) -> None:
        assert [name for name in LONGEST_FIRST if not (CHECKOUT / name).exists()] == []

    def test_leaves_the_others_behind(self) -> None:
        assert place_of(f"{LONGEST_FIRST[0]}::TestX::test_y") == 0
        assert place_of("tests/house/test_order.py::TestOrder") == len(LONGEST_FIRST)
