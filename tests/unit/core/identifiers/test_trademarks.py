import pytest

from zhirong.core.identifiers import trademarks
from zhirong.core.identifiers.records import IdentifierError


class TestRead:
    @pytest.mark.parametrize(
        ("text", "canonical"),
        [
            ("12345678", "12345678"),
            ("第１２３４５６７８号", "12345678"),
            ("0001234", "1234"),
            ("g1234567", "G1234567"),
            ("G 1234567A", "G1234567A"),
            ("12345678/9", "12345678/9"),
            ("12345678-09", "12345678/9"),
        ],
    )
    def test_finds_the_number_and_its_class(self, text: str, canonical: str) -> None:
        assert trademarks.read(text).canonical == canonical

    @pytest.mark.parametrize("text", ["123456789", "12345678/46", "12345678/0", "G", "0", "H123"])
    def test_refuses_what_is_no_such_number(self, text: str) -> None:
        with pytest.raises(IdentifierError):
            trademarks.read(text)

    def test_tells_international_marks(self) -> None:
        assert trademarks.read("G123").kind == "international_mark"
        assert trademarks.read("123").kind == "mark"
