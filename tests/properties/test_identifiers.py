from hypothesis import given
from hypothesis import strategies as st

from zhirong.core.identifiers import credit_codes, detection, patents
from zhirong.core.identifiers.records import Check, IdentifierError

LONG = st.builds(
    lambda year, kind, running: f"{year}{kind}{running:07d}",
    st.integers(2003, 2099),
    st.sampled_from("12389"),
    st.integers(0, 9_999_999),
)
SHORT = st.builds(
    lambda year, kind, running: f"{year:02d}{kind}{running:05d}",
    st.sampled_from([*range(85, 100), *range(4)]),
    st.sampled_from("12389"),
    st.integers(0, 99_999),
)
NUMBERS = LONG | SHORT


class TestPatentNumbers:
    @given(NUMBERS)
    def test_come_back_from_every_way_to_write_them(self, digits: str) -> None:
        canonical = digits + patents.check_digit(digits)
        for text in (canonical, patents.display(canonical), patents.patent_number(canonical)):
            number = patents.read(text)
            assert (number.canonical, number.check) == (canonical, Check.PASSED)

    @given(LONG, st.integers(5, 11), st.integers(1, 9))
    def test_fail_when_one_running_digit_changes(self, digits: str, at: int, by: int) -> None:
        changed = str((int(digits[at]) + by) % 10)
        other = digits[:at] + changed + digits[at + 1 :]
        assert patents.check_digit(other) != patents.check_digit(digits)


class TestCreditCodes:
    @given(st.text(credit_codes.ALPHABET, min_size=17, max_size=17))
    def test_pass_with_their_own_check_character(self, first17: str) -> None:
        code = first17 + credit_codes.check_character(first17)
        assert credit_codes.read(code).check is Check.PASSED

    @given(st.text(credit_codes.ALPHABET, min_size=17, max_size=17), st.integers(0, 16))
    def test_fail_when_one_character_changes(self, first17: str, at: int) -> None:
        value = credit_codes.ALPHABET.index(first17[at])
        changed = credit_codes.ALPHABET[(value + 1) % 31]
        other = first17[:at] + changed + first17[at + 1 :]
        assert credit_codes.check_character(other) != credit_codes.check_character(first17)


class TestReadings:
    @given(st.text(max_size=40))
    def test_read_or_refuse_any_text(self, text: str) -> None:
        try:
            found = detection.readings(text)
        except IdentifierError:
            return
        assert all(reading.canonical and reading.display for reading in found)
