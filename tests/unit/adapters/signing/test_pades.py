"""Tests of signing contracts in order."""

import re
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from tests.signing_files import (
    AT,
    PARTIES,
    PLEDGEE,
    PLEDGOR,
    STRANGER,
    contract,
    flipped,
    house,
    new_house,
    prepared,
    request,
    sealed,
    signed_once,
    signed_twice,
)
from zhirong.adapters.signing.pades import SigningRefusedError
from zhirong.core.hashes import sha256


def text_of(pdf: bytes, page: int) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def reason_of(raised: pytest.ExceptionInfo[SigningRefusedError]) -> str:
    return str(raised.value.facts["reason"]).removeprefix("signing.refused.")


class TestPrepare:
    def test_leaves_the_contract_at_the_front_byte_for_byte(self) -> None:
        assert prepared().startswith(contract())

    def test_says_on_its_page_what_is_signed_and_by_whom(self) -> None:
        page = re.sub(r"\s", "", text_of(prepared(), 1))

        assert "ZY-2026-001" in page
        assert sha256(contract())[:32] in page
        assert all(party.organization in page for party in PARTIES)
        assert "〔待签署〕" in page

    def test_makes_more_pages_for_more_than_four(self) -> None:
        parties = tuple(replace(PLEDGOR, identifier=f"9133020000000000{n}X") for n in range(6))
        made = house().signing().prepare(contract(), title="t", number="n", signatories=parties)

        document = pypdfium2.PdfDocument(made)
        assert len(document) == 3
        document.close()

    @pytest.mark.parametrize(
        ("pdf", "parties", "reason"),
        [
            (b"no pdf", PARTIES, "not_pdf"),
            (b"", PARTIES, "not_pdf"),
            (None, (), "signatories"),
            (None, (PLEDGOR, PLEDGOR), "signatories"),
        ],
    )
    def test_refuses(self, pdf: bytes | None, parties: tuple, reason: str) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().prepare(
                contract() if pdf is None else pdf, title="t", number="n", signatories=parties
            )

        assert reason_of(raised) == reason

    def test_refuses_a_second_time(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().prepare(prepared(), title="t", number="n", signatories=PARTIES)

        assert reason_of(raised) == "already_prepared"


class TestSign:
    def test_adds_to_the_file_and_changes_nothing_before(self) -> None:
        assert signed_once().startswith(prepared())
        assert signed_twice().startswith(signed_once())
        assert sealed().startswith(signed_twice())

    def test_refuses_another_document(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(prepared(), request(contract()))

        assert reason_of(raised) == "another_document"

    def test_refuses_what_was_not_prepared(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(contract(), request(contract()))

        assert reason_of(raised) == "not_prepared"

    def test_refuses_whose_turn_it_is_not(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(prepared(), request(prepared(), PLEDGEE))

        assert reason_of(raised) == "wrong_turn"
        assert raised.value.facts["detail"] == PLEDGOR.organization

    def test_refuses_the_same_party_again(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(signed_once(), request(signed_once(), PLEDGOR))

        assert reason_of(raised) == "wrong_turn"

    def test_refuses_when_all_have_signed(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(signed_twice(), request(signed_twice(), PLEDGEE))

        assert reason_of(raised) == "all_signed"

    def test_refuses_where_an_earlier_signature_does_not_verify(self) -> None:
        changed = flipped(signed_once(), signed_once().index(b"endstream") - 5)

        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(changed, request(changed, PLEDGEE))

        assert reason_of(raised) == "earlier_signature"

    def test_refuses_where_an_earlier_signature_is_by_another(self) -> None:
        parties = (replace(STRANGER, identifier="91330200MA2EEEEEEQ"), PLEDGEE)
        wanted = request(signed_once(), PLEDGEE, signatories=parties)

        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(signed_once(), wanted)

        assert reason_of(raised) == "earlier_signature"

    def test_refuses_the_certificate_of_another(self) -> None:
        desk = house().signing()
        other = replace(desk, identity_of=lambda _: desk.identity_of(STRANGER))

        with pytest.raises(SigningRefusedError) as raised:
            other.sign(prepared(), request(prepared()))

        assert reason_of(raised) == "certificate_of_another"

    def test_refuses_a_certificate_that_has_run_out(self) -> None:
        late = AT + timedelta(days=6 * 365)

        with pytest.raises(SigningRefusedError) as raised:
            house().signing().sign(prepared(), request(prepared(), at=late))

        assert reason_of(raised) == "certificate_not_valid"

    def test_refuses_a_certificate_that_was_revoked(self) -> None:
        own = new_house()
        desk = own.signing()
        own.authority.revoke(desk.identity_of(PLEDGOR).certificate, at=AT)

        with pytest.raises(SigningRefusedError) as raised:
            desk.sign(prepared(), request(prepared()))

        assert reason_of(raised) == "certificate_revoked"


class TestSeal:
    def test_refuses_before_all_have_signed(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().seal(signed_once(), expected_sha256=sha256(signed_once()), at=AT)

        assert reason_of(raised) == "not_all_signed"

    def test_refuses_a_second_time(self) -> None:
        with pytest.raises(SigningRefusedError) as raised:
            house().signing().seal(sealed(), expected_sha256=sha256(sealed()), at=AT)

        assert reason_of(raised) == "already_sealed"

    def test_brings_certificates_and_lists_for_later(self) -> None:
        assert b"/DSS" in sealed()
        assert b"/DocTimeStamp" in sealed()
