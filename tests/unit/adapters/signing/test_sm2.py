"""Tests of SM2: the standard's own example, and openssl as a second opinion."""

import subprocess
from pathlib import Path

import pytest

from zhirong.adapters.signing import sm2
from zhirong.adapters.signing.identity import IdentityFileError

# GM/T 0003.5-2012 (GB/T 32918.5-2017), annex A.2: public key, signature of "message digest" under
# the user id 1234567812345678.
PUBLIC = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAECfnfMR5UIaFQ3X0WHkvFxnIXn60Y
M/wHa7CP81bzUCDM6kkM4md1pS3G6nGMwapgCu0F+/NeCEpmMvYHLamtEw==
-----END PUBLIC KEY-----
"""
R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"


def der(r: str, s: str) -> bytes:
    return bytes.fromhex("3046" + "022100" + r + "022100" + s)


class TestIsSigned:
    def test_agrees_with_the_example_of_the_standard(self) -> None:
        signature = der(R, S)

        assert sm2.is_signed(b"message digest", signature, public_pem=PUBLIC.encode())
        assert not sm2.is_signed(b"message Digest", signature, public_pem=PUBLIC.encode())

    def test_refuses_what_is_no_signature_or_no_key(self) -> None:
        key = sm2.new_key()
        signature = key.sign(b"text")

        assert not sm2.is_signed(b"text", signature[:-1], public_pem=key.public_pem)
        assert not sm2.is_signed(b"text", signature + b"\0", public_pem=key.public_pem)
        assert not sm2.is_signed(b"text", signature, public_pem=sm2.new_key().public_pem)
        assert not sm2.is_signed(b"text", signature, public_pem=b"no key")


class TestSm2Key:
    def test_signs_what_openssl_verifies(self, tmp_path: Path) -> None:
        key = sm2.new_key()
        (tmp_path / "text").write_bytes("清单".encode())
        (tmp_path / "signature").write_bytes(key.sign("清单".encode()))
        (tmp_path / "key.pem").write_bytes(key.public_pem)
        command = ["openssl", "dgst", "-sm3", "-verify", "key.pem", "-signature", "signature"]
        command += ["-sigopt", f"distid:{sm2.USER_ID}", "text"]

        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        assert done.stdout.strip() == "Verified OK"

    def test_is_kept_encrypted(self, tmp_path: Path) -> None:
        key, path = sm2.new_key(), tmp_path / "sm2.key"
        key.save(path, passphrase=b"right")

        assert b"ENCRYPTED" in path.read_bytes()
        assert sm2.load_key(path, passphrase=b"right").public_pem == key.public_pem
        with pytest.raises(IdentityFileError):
            sm2.load_key(path, passphrase=b"wrong")
