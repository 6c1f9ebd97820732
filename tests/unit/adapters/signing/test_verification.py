"""Tests of what is found of signed PDFs."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.signing_files import (
    AT,
    LATER,
    PLEDGEE,
    PLEDGOR,
    contract,
    flipped,
    house,
    new_house,
    prepared,
    request,
    sealed,
    signed_once,
    signed_twice,
    trust,
)
from zhirong.adapters.signing.trust import Trust
from zhirong.adapters.signing.verification import verify_pdf
from zhirong.application.signing import Change, Clock, Coverage, Verification
from zhirong.core.hashes import sha256, sm3


def verified(pdf: bytes) -> Verification:
    return verify_pdf(pdf, trust=trust(), at=LATER)


def codes(found: Verification) -> set[str]:
    inner = {item.code for check in found.signatures for item in check.problems}
    return inner | {item.code for item in found.problems}


def remarks(found: Verification) -> set[str]:
    return {item.code for item in found.remarks}


class TestVerifyPdf:
    def test_names_each_party_in_order(self) -> None:
        found = verified(sealed())

        assert found.is_valid
        assert [(check.organization, check.identifier) for check in found.signatures[:2]] == [
            (party.organization, party.identifier) for party in (PLEDGOR, PLEDGEE)
        ]
        assert [check.person for check in found.signatures[:2]] == ["王建国", "李敏"]
        assert found.signatures[2].is_stamp

    def test_tells_the_time_the_clock_and_the_authorities(self) -> None:
        check = verified(sealed()).signatures[0]

        assert check.claimed_at == AT
        assert check.stamp is not None
        assert (check.stamp.at, check.stamp.clock) == (AT, Clock.DEMONSTRATION)
        assert len(check.chain) == 2
        assert "Demonstration Root" in check.chain[-1]
        assert check.is_demonstration
        assert verified(sealed()).is_demonstration

    def test_tells_what_each_signature_covers_and_what_came_after(self) -> None:
        first, second, stamp = verified(sealed()).signatures

        assert (first.coverage, second.coverage, stamp.coverage) == (
            Coverage.REVISION,
            Coverage.REVISION,
            Coverage.WHOLE_FILE,
        )
        assert (first.change, stamp.change) == (Change.SIGNATURES_ONLY, Change.NONE)
        assert (first.revision, second.revision, stamp.revision, stamp.revisions) == (3, 4, 5, 5)

    def test_gives_the_hashes_of_the_file(self) -> None:
        found = verified(sealed())

        assert (found.sha256, found.sm3) == (sha256(sealed()), sm3(sealed()))
        assert found.size == len(sealed())

    def test_knows_of_revocation_once_it_is_sealed(self) -> None:
        assert remarks(verified(sealed())) == set()
        assert remarks(verified(signed_twice())) == {"verify.revocation_unknown"}

    def test_says_that_a_place_is_open(self) -> None:
        found = verified(signed_once())

        assert found.is_valid
        assert "verify.places_open" in remarks(found)

    def test_marks_a_stamp_from_the_future(self) -> None:
        found = verify_pdf(sealed(), trust=trust(), at=AT - timedelta(days=30))

        assert found.is_valid
        assert "verify.ahead_of_clock" in remarks(found)

    def test_holds_long_after_the_certificates_ran_out(self) -> None:
        assert verify_pdf(sealed(), trust=trust(), at=AT + timedelta(days=20 * 365)).is_valid

    def test_trusts_nobody_without_a_root(self) -> None:
        found = verify_pdf(sealed(), trust=Trust(roots=()), at=LATER)

        assert not found.is_valid
        assert codes(found) == {"verify.untrusted", "verify.time_stamp_untrusted"}

    def test_does_not_trust_the_root_of_another_house(self) -> None:
        found = verify_pdf(sealed(), trust=Trust(roots=new_house().roots), at=LATER)

        assert not found.is_valid
        assert "verify.untrusted" in codes(found)

    def test_finds_that_there_is_no_signature(self) -> None:
        assert codes(verified(contract())) == {"verify.no_signature"}
        assert codes(verified(prepared())) == {"verify.no_signature"}

    @pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 and nothing", b"\0" * 1000])
    def test_calls_what_is_broken_not_valid(self, pdf: bytes) -> None:
        assert codes(verified(pdf)) == {"verify.broken"}

    def test_finds_a_change_of_the_text(self) -> None:
        found = verified(flipped(sealed(), sealed().index(b"endstream") - 5))

        assert not found.is_valid
        assert "verify.changed" in codes(found)

    def test_finds_a_page_changed_by_a_later_revision(self) -> None:
        """What a viewer shows changes, and every signature is still intact."""
        writer = IncrementalPdfFileWriter(BytesIO(signed_twice()))
        stream = generic.StreamObject(stream_data=b"0 0 600 800 re f")
        writer.add_stream_to_page(0, writer.add_object(stream))
        output = BytesIO()
        writer.write(output)

        found = verified(output.getvalue())

        assert not found.is_valid
        assert "verify.changed_after" in codes(found)
        assert "verify.uncovered_bytes" in codes(found)

    def test_finds_bytes_behind_the_last_signature(self) -> None:
        assert not verified(signed_twice() + b"\n% and more\n").is_valid

    def test_finds_letters_of_another_case_in_the_container(self) -> None:
        """Hexadecimal digits read the same in capitals, so the signature itself still holds."""
        pdf = signed_once()
        hole = pdf.rindex(b"/Contents <") + 11
        at = next(i for i in range(hole, hole + 200) if pdf[i : i + 1] in b"ABCDEF")

        assert codes(verified(flipped(pdf, at, 0x20))) == {"verify.container"}

    def test_finds_what_stands_in_the_padding(self) -> None:
        pdf = signed_once()
        end = pdf.index(b">", pdf.rindex(b"/Contents <"))

        assert codes(verified(flipped(pdf, end - 10))) == {"verify.container"}

    def test_finds_a_certificate_that_was_revoked_before_signing(self) -> None:
        own = new_house()
        desk = own.signing()
        blind = replace(desk, revocation_lists=lambda _: ())
        pdf = blind.sign(prepared(), request(prepared()))
        identity = desk.identity_of(PLEDGOR)
        own.authority.revoke(identity.certificate, at=AT - timedelta(hours=1))
        lists = own.revocation_lists(LATER)

        found = verify_pdf(pdf, trust=Trust(roots=own.roots, revocation_lists=lists), at=LATER)

        assert codes(found) == {"verify.revoked"}

    def test_lets_stand_what_was_signed_before_the_revocation(self) -> None:
        own = new_house()
        desk = own.signing()
        pdf = desk.sign(prepared(), request(prepared()))
        identity = desk.identity_of(PLEDGOR)
        own.authority.revoke(identity.certificate, at=AT + timedelta(days=1))
        lists = own.revocation_lists(LATER)

        found = verify_pdf(pdf, trust=Trust(roots=own.roots, revocation_lists=lists), at=LATER)

        assert found.is_valid

    def test_tells_a_real_clock_from_a_demonstration_clock(self) -> None:
        own = new_house(Clock.REAL)
        pdf = own.signing().sign(prepared(), request(prepared()))
        found = verify_pdf(pdf, trust=Trust(roots=own.roots), at=LATER)

        stamp = found.signatures[0].stamp
        assert stamp is not None
        assert stamp.clock is Clock.REAL
        assert house().clock is Clock.DEMONSTRATION
