"""Tests of evidence packages: made, read by us, read by openssl."""

import hashlib
import json
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from tests.signing_files import (
    AT,
    LATER,
    OPERATOR,
    evidence,
    flipped,
    house,
    new_house,
    sealed,
    trust,
)
from zhirong.adapters.evidence import archive
from zhirong.adapters.evidence.manifest import ManifestFormError, entry, read_manifest
from zhirong.adapters.evidence.package import (
    EvidenceEmptyError,
    EvidenceNameError,
    EvidenceRequest,
)
from zhirong.adapters.evidence.reading import verify_evidence, verify_file
from zhirong.adapters.signing import sm2
from zhirong.adapters.signing.trust import Trust
from zhirong.application.signing import Kind, Verification
from zhirong.core import merkle

ATTIME = f"-attime {int(AT.timestamp())}"


def verified(data: bytes) -> Verification:
    return verify_evidence(data, trust=trust(), at=LATER)


def changed(name: str, content: bytes | None) -> bytes:
    """The package with one file replaced, added or taken out, zipped as ours are."""
    files = archive.unzipped(evidence())
    if content is None:
        del files[name]
    else:
        files[name] = content
    return archive.zipped(files)


def codes(found: Verification) -> set[str]:
    inside = {item.code for check in found.signatures for item in check.problems}
    files = {item.code for check in found.files for item in check.problems}
    return inside | files | {item.code for item in found.problems}


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    for name, content in archive.unzipped(evidence()).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def openssl(folder: Path, line: str) -> str:
    done = subprocess.run(
        ["openssl", *line.split()], cwd=folder, capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr).strip()


class TestMake:
    def test_holds_documents_manifest_signatures_and_stamp(self) -> None:
        assert set(archive.unzipped(evidence())) == {
            "README.txt",
            "certificates/chain.pem",
            "certificates/revoked-1.crl",
            "certificates/revoked-2.crl",
            "certificates/root-1.pem",
            "certificates/sm2-public.pem",
            "cover.pdf",
            "documents/contract.pdf",
            "documents/数据集.csv",
            "manifest.json",
            "manifest.p7s",
            "manifest.sm2",
            "merkle.json",
            "timestamp.tsr",
        }

    def test_says_on_its_cover_what_it_holds(self) -> None:
        document = pypdfium2.PdfDocument(archive.unzipped(evidence())["cover.pdf"])
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()

        assert "CZ-2026-001" in text
        assert OPERATOR.organization in text
        assert hashlib.sha256(sealed()).hexdigest() in text.replace("\r\n", "")
        assert "无法律效力" in text
        assert "王" not in text

    def test_proves_one_file_without_the_others(self) -> None:
        files = archive.unzipped(evidence())
        tree = json.loads(files["merkle.json"])
        row = next(item for item in tree["leaves"] if item["name"] == "documents/数据集.csv")
        leaf = entry(row["name"], files[row["name"]]).leaf

        assert merkle.verify_inclusion(
            leaf,
            index=row["index"],
            size=tree["size"],
            proof=[bytes.fromhex(step) for step in row["path"]],
            expected_root=bytes.fromhex(tree["root"]),
        )

    @pytest.mark.parametrize("name", ["", "..", "a/b.pdf", "a\\b.pdf", "c:x", "a\nb"])
    def test_takes_plain_names_only(self, name: str) -> None:
        with pytest.raises(EvidenceNameError):
            house().evidence(OPERATOR).make(
                EvidenceRequest(number="n", title="t", documents={name: b"x"}, at=AT)
            )

    def test_makes_no_package_of_nothing(self) -> None:
        with pytest.raises(EvidenceEmptyError):
            house().evidence(OPERATOR).make(
                EvidenceRequest(number="n", title="t", documents={}, at=AT)
            )

    def test_does_without_sm2_where_there_is_no_key(self) -> None:
        desk = replace(house().evidence(OPERATOR), sm2_key=None)
        data = desk.make(EvidenceRequest(number="n", title="t", documents={"a": b"x"}, at=AT))

        assert "manifest.sm2" not in archive.unzipped(data)
        assert verified(data).is_valid


class TestOpenssl:
    def test_verifies_the_signature_of_the_manifest(self, unpacked: Path) -> None:
        said = openssl(
            unpacked,
            "cms -verify -binary -purpose any -inform DER -in manifest.p7s -content manifest.json "
            f"-CAfile certificates/root-1.pem -out /dev/null {ATTIME}",
        )

        assert said == "CMS Verification successful"

    def test_verifies_the_sm2_signature(self, unpacked: Path) -> None:
        said = openssl(
            unpacked,
            "dgst -sm3 -verify certificates/sm2-public.pem -signature manifest.sm2 "
            "-sigopt distid:1234567812345678 manifest.json",
        )

        assert said == "Verified OK"

    def test_verifies_the_stamp_of_the_root(self, unpacked: Path) -> None:
        root = json.loads((unpacked / "manifest.json").read_bytes())["merkle_root"]
        said = openssl(
            unpacked,
            f"ts -verify -in timestamp.tsr -token_in -digest {root} "
            f"-CAfile certificates/root-1.pem {ATTIME}",
        )

        assert "Verification: OK" in said


class TestVerifyEvidence:
    def test_finds_a_sound_package_valid(self) -> None:
        found = verified(evidence())

        assert found.is_valid
        assert found.kind is Kind.EVIDENCE
        assert found.signatures[0].organization == OPERATOR.organization
        assert found.stamp is not None
        assert found.stamp.at == AT
        assert found.remarks == ()

    def test_verifies_the_contracts_inside(self) -> None:
        inner = {check.name: check.inner for check in verified(evidence()).files}

        contract = inner["documents/contract.pdf"]
        assert contract is not None
        assert len(contract.signatures) == 3
        assert inner["documents/数据集.csv"] is None

    def test_trusts_nobody_without_a_root(self) -> None:
        found = verify_evidence(evidence(), trust=Trust(roots=new_house().roots), at=LATER)

        assert not found.is_valid
        assert {"verify.untrusted", "verify.time_stamp_untrusted"} <= codes(found)

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("documents/数据集.csv", b"day,kwh\n1,20\n2,22\n", "verify.file_changed"),
            ("documents/数据集.csv", None, "verify.file_missing"),
            ("documents/more.csv", b"1", "verify.file_unlisted"),
            ("README.txt", b"trust me", "verify.file_changed"),
            ("manifest.p7s", None, "verify.manifest_unsigned"),
            ("manifest.p7s", b"0", "verify.broken"),
            ("manifest.sm2", None, "verify.sm2_missing"),
            ("manifest.sm2", b"0", "verify.sm2_wrong"),
            ("merkle.json", b"{}", "verify.merkle_wrong"),
            ("timestamp.tsr", None, "verify.stamp_missing"),
            ("timestamp.tsr", b"0", "verify.time_stamp_wrong"),
            ("manifest.json", b"{}", "verify.manifest_form"),
            ("manifest.json", None, "verify.manifest_form"),
        ],
    )
    def test_finds_what_was_changed(self, name: str, content: bytes | None, code: str) -> None:
        found = verified(changed(name, content))

        assert not found.is_valid
        assert code in codes(found)

    def test_finds_a_manifest_signed_anew_by_another(self) -> None:
        """A forger may rebuild everything; what he cannot make is a certificate of the root."""
        forger = new_house().evidence(OPERATOR)
        data = forger.make(EvidenceRequest(number="n", title="t", documents={"a": b"x"}, at=AT))

        assert not verified(data).is_valid

    def test_finds_an_sm2_key_that_the_manifest_does_not_name(self) -> None:
        files = archive.unzipped(evidence())
        key = sm2.new_key()
        files["manifest.sm2"] = key.sign(files["manifest.json"])

        assert "verify.sm2_wrong" in codes(verified(archive.zipped(files)))

    def test_finds_a_stamp_of_another_root(self) -> None:
        other = (
            house()
            .evidence(OPERATOR)
            .make(EvidenceRequest(number="n", title="t", documents={"a": b"x"}, at=AT))
        )
        found = verified(changed("timestamp.tsr", archive.unzipped(other)["timestamp.tsr"]))

        assert "verify.stamp_other_root" in codes(found)

    def test_finds_another_packing_of_the_same_files(self) -> None:
        output = BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in archive.unzipped(evidence()).items():
                packed.writestr(name, content)

        assert codes(verified(output.getvalue())) == {"verify.archive_changed"}

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and nothing", b"PK\x05\x06" + bytes(18)])
    def test_calls_what_is_broken_not_valid(self, data: bytes) -> None:
        assert not verified(data).is_valid

    def test_finds_a_flipped_date_that_no_unpacking_shows(self) -> None:
        assert "verify.archive_changed" in codes(verified(flipped(evidence(), 12)))


class TestVerifyFile:
    def test_reads_a_manifest_in_its_folder(self, unpacked: Path) -> None:
        found = verify_file(unpacked / "manifest.json", trust=trust(), at=LATER)

        assert found.is_valid
        assert found.kind is Kind.MANIFEST

    def test_reads_nothing_outside_of_the_folder(self, unpacked: Path) -> None:
        manifest = read_manifest((unpacked / "manifest.json").read_bytes())
        (unpacked.parent / "outside.txt").write_bytes(b"secret")
        files = (*manifest.files, entry("../outside.txt", b"secret"))
        with pytest.raises(ManifestFormError):
            read_manifest(replace(manifest, files=files).content)
        root = merkle.root([file.leaf for file in files]).hex()
        wanted = replace(manifest, files=files, merkle_root=root)
        (unpacked / "manifest.json").write_bytes(wanted.content)

        found = verify_file(unpacked / "manifest.json", trust=trust(), at=LATER)

        (check,) = [item for item in found.files if item.name == "../outside.txt"]
        assert [item.code for item in check.problems] == ["verify.file_missing"]

    def test_knows_a_pdf_and_a_package_by_their_bytes(self, tmp_path: Path) -> None:
        for name, data, kind in (
            ("a", sealed(), Kind.PDF),
            ("b", evidence(), Kind.EVIDENCE),
            ("c", b"words", Kind.UNKNOWN),
        ):
            (tmp_path / name).write_bytes(data)
            assert verify_file(tmp_path / name, trust=trust(), at=LATER).kind is kind


class TestHouse:
    def test_keeps_its_keys_between_two_runs(self) -> None:
        first = new_house()
        identity = first.identity_of(OPERATOR)

        again = type(first)(
            folder=first.folder,
            passphrase=first.passphrase,
            authority=first.authority,
            now=first.now,
            clock=first.clock,
        )

        assert again.identity_of(OPERATOR).certificate == identity.certificate
        assert again.evidence(OPERATOR).sm2_key is not None
