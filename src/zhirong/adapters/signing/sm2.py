"""SM2 signatures with SM3 over bytes, by the library of the Tongsuo project.

What is signed is SM3(Z || message), where Z is made from the user id and the public key; the id is
the default of the standard, which other tools use as well.

Source:
    GB/T 32918.2-2016 (signature), GB/T 35276-2017 (default user id).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongsuopy.crypto import hashes, serialization
from tongsuopy.crypto.asymciphers import ec
from tongsuopy.crypto.exceptions import InternalError, InvalidSignature

from zhirong.adapters.signing.identity import IdentityFileError, write_private

USER_ID = "1234567812345678"
ALGORITHM = "SM2-with-SM3"
_PEM = serialization.Encoding.PEM


def _scheme() -> Any:  # noqa: ANN401 - untyped library
    return ec.ECDSA(hashes.SM3())


@dataclass(frozen=True, slots=True)
class Sm2Key:
    """A private key on the SM2 curve."""

    key: Any

    @property
    def public_pem(self) -> bytes:
        """The public key, as PEM."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return bytes(self.key.public_key().public_bytes(_PEM, form))

    def sign(self, data: bytes) -> bytes:
        """The signature (DER) of the bytes."""
        return bytes(self.key.sign(data, _scheme()))

    def save(self, path: Path, *, passphrase: bytes) -> None:
        """Keep the key, encrypted under the passphrase."""
        data = self.key.private_bytes(
            _PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        )
        write_private(path, bytes(data))


def new_key() -> Sm2Key:
    """A fresh key."""
    return Sm2Key(ec.generate_private_key(ec.SM2()))


def load_key(path: Path, *, passphrase: bytes) -> Sm2Key:
    """The key of a file.

    Raises:
        IdentityFileError: No such file, another format, or a wrong passphrase.
    """
    try:
        return Sm2Key(serialization.load_pem_private_key(path.read_bytes(), passphrase))
    except (OSError, ValueError, TypeError) as wrong:
        raise IdentityFileError(path.name) from wrong


def is_signed(data: bytes, signature: bytes, *, public_pem: bytes) -> bool:
    """Whether the signature is of these bytes by this key."""
    try:
        key = serialization.load_pem_public_key(public_pem)
        key.verify(signature, data, _scheme())
    except (InvalidSignature, InternalError, ValueError, TypeError):
        return False
    return True
