"""No byte of what was signed can change without being found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signing_files import LATER, evidence, flipped, sealed, signed_once, trust
from zhirong.adapters.evidence.reading import verify_evidence
from zhirong.adapters.signing.verification import verify_pdf

MASKS = st.integers(1, 255)


def is_valid(pdf: bytes) -> bool:
    return verify_pdf(pdf, trust=trust(), at=LATER).is_valid


def container(pdf: bytes) -> tuple[int, int]:
    """Where the last signature's own container lies, which no signature covers."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    digits = pdf[start : pdf.index(b">", start)].rstrip(b"0")
    return start, start + len(digits)


class TestSignedPdf:
    def test_verifies_as_it_is(self) -> None:
        assert is_valid(signed_once())
        assert is_valid(sealed())

    @settings(max_examples=60)
    @given(data=st.data())
    def test_shows_each_flipped_byte(self, data: st.DataObject) -> None:
        pdf = sealed()
        at = data.draw(st.integers(0, len(pdf) - 1))

        assert not is_valid(flipped(pdf, at, data.draw(MASKS)))

    @settings(max_examples=100)
    @given(data=st.data())
    def test_shows_each_flipped_byte_of_the_last_container(self, data: st.DataObject) -> None:
        """The one place that no signature covers: only the strict reading of it finds this."""
        pdf = data.draw(st.sampled_from([signed_once(), sealed()]))
        start, end = container(pdf)
        at = data.draw(st.integers(start - 12, end + 4))

        assert not is_valid(flipped(pdf, at, data.draw(MASKS)))

    @pytest.mark.slow
    def test_shows_every_97th_byte(self) -> None:
        pdf = signed_once()

        assert [at for at in range(0, len(pdf), 97) if is_valid(flipped(pdf, at))] == []

    @pytest.mark.slow
    @pytest.mark.parametrize("mask", [0x01, 0x20])
    def test_shows_every_eleventh_digit_of_the_last_container(self, mask: int) -> None:
        pdf = signed_once()
        start, end = container(pdf)

        assert [at for at in range(start, end, 11) if is_valid(flipped(pdf, at, mask))] == []

    @settings(max_examples=30)
    @given(size=st.integers(1, 4000))
    def test_shows_a_cut_end(self, size: int) -> None:
        assert not is_valid(sealed()[:-size])


class TestEvidence:
    @settings(max_examples=60)
    @given(data=st.data())
    def test_shows_each_flipped_byte(self, data: st.DataObject) -> None:
        package = evidence()
        # Half of the flips go to the small files that prove the rest, which the PDFs dwarf.
        proofs = package.index(b"manifest.json")
        at = data.draw(st.integers(0, len(package) - 1) | st.integers(proofs, len(package) - 1))
        changed = flipped(package, at, data.draw(MASKS))

        assert not verify_evidence(changed, trust=trust(), at=LATER).is_valid
