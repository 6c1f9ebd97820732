"""Tests of the demonstration authority and of identities."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import x509

from tests.signing_files import AT, PASSPHRASE, PLEDGOR, house
from zhirong.adapters.signing import certificates
from zhirong.adapters.signing.authority import (
    AuthorityExistsError,
    create_authority,
    open_authority,
)
from zhirong.adapters.signing.certificates import Holder
from zhirong.adapters.signing.identity import (
    IdentityFileError,
    PassphraseMissingError,
    load_identity,
    passphrase_of,
    save_identity,
)
from zhirong.adapters.signing.trust import TrustFileError, read_certificates

HOLDER = Holder(organization=PLEDGOR.organization, identifier=PLEDGOR.identifier)


class TestCreateAuthority:
    def test_says_in_its_names_that_it_is_a_demonstration(self, tmp_path: Path) -> None:
        made = create_authority(tmp_path, passphrase=PASSPHRASE, at=AT)

        for issuer in (made.root, made.issuing):
            text = issuer.certificate.subject.rfc4514_string()
            assert "DEMONSTRATION ONLY" in text
            assert "演示" in text

    def test_keeps_keys_encrypted_and_to_their_owner(self, tmp_path: Path) -> None:
        create_authority(tmp_path, passphrase=PASSPHRASE, at=AT)

        for name in ("root.key", "issuing.key"):
            assert b"BEGIN ENCRYPTED PRIVATE KEY" in (tmp_path / name).read_bytes()
            assert (tmp_path / name).stat().st_mode & 0o077 == 0

    def test_makes_another_key_each_time(self, tmp_path: Path) -> None:
        one = create_authority(tmp_path / "a", passphrase=PASSPHRASE, at=AT)
        two = create_authority(tmp_path / "b", passphrase=PASSPHRASE, at=AT)

        assert one.root_pem != two.root_pem

    def test_does_not_orphan_what_an_earlier_one_issued(self, tmp_path: Path) -> None:
        create_authority(tmp_path, passphrase=PASSPHRASE, at=AT)

        with pytest.raises(AuthorityExistsError):
            create_authority(tmp_path, passphrase=PASSPHRASE, at=AT)


class TestOpenAuthority:
    def test_wants_the_right_passphrase(self, tmp_path: Path) -> None:
        made = create_authority(tmp_path, passphrase=PASSPHRASE, at=AT)

        assert open_authority(tmp_path, passphrase=PASSPHRASE).root_pem == made.root_pem
        with pytest.raises(IdentityFileError):
            open_authority(tmp_path, passphrase=b"another")

    def test_finds_nothing_in_an_empty_folder(self, tmp_path: Path) -> None:
        with pytest.raises(IdentityFileError):
            open_authority(tmp_path, passphrase=PASSPHRASE)


class TestAuthority:
    def test_issues_certificates_that_openssl_accepts(self, tmp_path: Path) -> None:
        made = create_authority(tmp_path, passphrase=PASSPHRASE, at=AT)
        identity = made.organization(HOLDER, at=AT)
        (tmp_path / "holder.pem").write_bytes(
            identity.certificate.public_bytes(certificates.Encoding.PEM)
        )
        command = ["openssl", "verify", "-x509_strict", "-attime", str(int(AT.timestamp()))]
        command += ["-CAfile", "root.pem", "-untrusted", "issuing.pem", "holder.pem"]

        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        assert done.stdout.strip() == "holder.pem: OK"

    def test_names_the_organization_and_its_code(self) -> None:
        identity = house().authority.organization(HOLDER, at=AT)

        assert identity.holder == HOLDER

    def test_lists_what_it_revoked_once(self, tmp_path: Path) -> None:
        made = create_authority(tmp_path, passphrase=PASSPHRASE, at=AT)
        identity = made.organization(HOLDER, at=AT)
        made.revoke(identity.certificate, at=AT)
        made.revoke(identity.certificate, at=AT + timedelta(days=9))
        (tmp_path / "list.crl").write_bytes(made.revocation_lists(at=AT)[1])
        command = ["openssl", "crl", "-inform", "DER", "-in", "list.crl", "-noout", "-text"]

        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

        assert done.stdout.count("Serial Number:") == 1
        assert f"{identity.certificate.serial_number:X}" in done.stdout
        assert "Jun 30 02:15:00 2026" in done.stdout


class TestIdentity:
    def test_is_kept_as_pkcs12_under_a_passphrase(self, tmp_path: Path) -> None:
        identity = house().authority.organization(HOLDER, at=AT)
        path = tmp_path / "own.p12"
        save_identity(identity, path, passphrase=b"right")

        assert load_identity(path, passphrase=b"right") is not identity
        assert load_identity(path, passphrase=b"right").certificate == identity.certificate
        for other, phrase in ((path, b"wrong"), (tmp_path / "none.p12", b"right")):
            with pytest.raises(IdentityFileError):
                load_identity(other, passphrase=phrase)


class TestPassphraseOf:
    def test_has_no_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("ZHIRONG_KEY_PASSPHRASE", raising=False)
        with pytest.raises(PassphraseMissingError):
            passphrase_of(None)

        monkeypatch.setenv("ZHIRONG_KEY_PASSPHRASE", "from outside")
        assert passphrase_of(None) == b"from outside"
        assert passphrase_of("given") == b"given"


class TestHolderOf:
    def test_finds_the_code_where_licensed_authorities_write_it(self) -> None:
        name = x509.Name.build(
            {
                "country_name": "CN",
                "organization_name": "某公司",
                "organizational_unit_name": "9144030071526726XG",
                "common_name": "某公司@9144030071526726XG",
            }
        )

        class Stub:
            subject = name

        assert certificates.holder_of(Stub()) == Holder(  # type: ignore[arg-type]
            organization="某公司", identifier="9144030071526726XG"
        )


class TestReadCertificates:
    def test_reads_pem_and_der(self, tmp_path: Path) -> None:
        (tmp_path / "root.pem").write_bytes(house().root_pem * 2)
        (tmp_path / "root.der").write_bytes(house().roots[0])

        found = read_certificates([tmp_path / "root.pem", tmp_path / "root.der"])

        assert found == house().roots * 3

    @pytest.mark.parametrize("text", [b"", b"words", b"-----BEGIN X-----\nAAAA\n-----END X-----\n"])
    def test_refuses_what_holds_none(self, text: bytes, tmp_path: Path) -> None:
        (tmp_path / "root.pem").write_bytes(text)

        with pytest.raises(TrustFileError):
            read_certificates([tmp_path / "root.pem"])
