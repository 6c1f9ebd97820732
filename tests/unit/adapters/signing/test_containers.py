"""Tests of the strict reading of a signature's own container."""

from collections.abc import Callable

import pytest

from tests.signing_files import LATER, flipped, sealed, signed_once, trust
from zhirong.adapters.signing.containers import der_length, is_der, tags
from zhirong.adapters.signing.verification import verify_pdf


def start_of(pdf: bytes) -> int:
    return pdf.rindex(b"/Contents <") + len(b"/Contents <")


def der_of(pdf: bytes) -> bytes:
    start = start_of(pdf)
    content = bytes.fromhex(pdf[start : pdf.index(b">", start)].decode())
    return content[: der_length(content)]


def is_valid(pdf: bytes) -> bool:
    return verify_pdf(pdf, trust=trust(), at=LATER).is_valid


class TestIsDer:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("3003020105", True),
            ("308103020105", False),  # a length longer than need be
            ("3005020105", False),  # running over
            ("30050201050000", False),  # an end-of-contents mark
            ("3080020105", False),  # no definite length
            ("30030301ff", False),  # bits left out
            ("300403020001", True),
            ("1f030105", False),  # a long tag
        ],
    )
    def test_takes_one_form_only(self, text: str, *, expected: bool) -> None:
        assert is_der(bytes.fromhex(text)) is expected


class TestContainerProblems:
    @pytest.mark.parametrize("pdf", [signed_once, sealed], ids=["signature", "stamp"])
    def test_finds_an_outer_length_that_takes_in_padding(self, pdf: Callable[[], bytes]) -> None:
        assert is_valid(pdf())
        assert not is_valid(flipped(pdf(), start_of(pdf()) + 5))

    @pytest.mark.parametrize("pdf", [signed_once, sealed], ids=["signature", "stamp"])
    def test_finds_bits_left_out_of_a_certificates_signature(
        self, pdf: Callable[[], bytes]
    ) -> None:
        der = der_of(pdf())
        places = [
            at for at in range(len(der) - 4) if der[at : at + 1] == b"\x03" and der[at + 2] == 0
        ]
        bit_strings = [at for at in places if der[at + 1] in (71, 72, 73) and der[at + 3] == 0x30]

        assert bit_strings
        for at in bit_strings:
            assert not is_valid(flipped(pdf(), start_of(pdf()) + 2 * (at + 2) + 1))

    def test_finds_a_time_stamp_hidden_under_another_tag(self) -> None:
        """The reader would pass it over, and the signature would seem to have none."""
        der = der_of(signed_once())
        token = bytes.fromhex("060b2a864886f70d010910020e")
        at = der.index(token)
        tag = max(place for place in range(at) if der[place] == 0xA1 and at - place < 12)

        assert not is_valid(flipped(signed_once(), start_of(signed_once()) + 2 * tag + 1))


class TestTags:
    def test_names_what_is_inside(self) -> None:
        assert tags(der_of(signed_once())) == (0x06, 0xA0)
