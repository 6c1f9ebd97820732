"""An identity: a certificate, its key and the certificates above it, kept encrypted as PKCS#12.

A licensed authority hands out such a file; its path and passphrase are all that signing needs. A
key that never leaves its token (PKCS#11) takes the same place: whatever gives a pyhanko `Signer`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import keys
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zhirong.adapters.signing.certificates import Holder, holder_of, to_asn1
from zhirong.core.errors import InputError, StateError

PASSPHRASE_VARIABLE = "ZHIRONG_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
OWNER_ONLY = 0o600
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class PassphraseMissingError(StateError):
    """Keys were asked for without the passphrase that opens them."""

    code = "error.passphrase_missing"

    def __init__(self) -> None:
        super().__init__(
            f"No passphrase for the keys: set {PASSPHRASE_VARIABLE}.", variable=PASSPHRASE_VARIABLE
        )


class IdentityFileError(InputError):
    """A file that holds no key and certificate, or not under this passphrase."""

    code = "error.identity_file"

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} holds no key and certificate that this passphrase opens.", file=file
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A key with its certificate and the certificates above it, root left out or not."""

    certificate: x509.Certificate
    key: PrivateKey
    above: tuple[x509.Certificate, ...]

    @property
    def holder(self) -> Holder:
        """Who the certificate names."""
        return holder_of(to_asn1(self.certificate))

    def signer(self) -> SimpleSigner:
        """The same as the PDF library wants it; roots are not embedded."""
        der = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        above = [to_asn1(item) for item in self.above]
        return SimpleSigner(
            signing_cert=to_asn1(self.certificate),
            signing_key=keys.PrivateKeyInfo.load(der),
            cert_registry=SimpleCertificateStore.from_certs(above),
            embed_roots=False,
        )


def passphrase_of(given: str | None) -> bytes:
    """The passphrase as given, else that of the environment.

    Raises:
        PassphraseMissingError: Neither is there; there is no default.
    """
    found = given or os.environ.get(PASSPHRASE_VARIABLE, "")
    if not found:
        raise PassphraseMissingError
    return found.encode()


def write_private(path: Path, data: bytes) -> None:
    """The bytes in a file that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as f:
        f.write(data)
    partial.replace(path)


def save_identity(identity: Identity, path: Path, *, passphrase: bytes) -> None:
    """Keep an identity as PKCS#12, encrypted under the passphrase."""
    data = pkcs12.serialize_key_and_certificates(
        identity.holder.organization.encode(),
        identity.key,
        identity.certificate,
        list(identity.above),
        serialization.BestAvailableEncryption(passphrase),
    )
    write_private(path, data)


def load_identity(path: Path, *, passphrase: bytes) -> Identity:
    """The identity of a PKCS#12 file, our own or that of a licensed authority.

    Raises:
        IdentityFileError: No such file, another format, or a wrong passphrase.
    """
    try:
        key, certificate, above = pkcs12.load_key_and_certificates(path.read_bytes(), passphrase)
    except (OSError, ValueError) as wrong:
        raise IdentityFileError(path.name) from wrong
    if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise IdentityFileError(path.name)
    return Identity(certificate=certificate, key=key, above=tuple(above))
