"""What a verifier trusts: roots, and what it knows of certificates and their revocation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import crl, pem, x509
from pyhanko_certvalidator import ValidationContext

from zhirong.core.errors import InputError


class TrustFileError(InputError):
    """A file that was to be trusted holds no certificate."""

    code = "error.trust_file"

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} holds no certificate (PEM or DER).", file=file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Roots (DER), lists of revoked certificates (DER) and further certificates (DER).

    Only the roots are trusted; the rest may come from the file itself.
    """

    roots: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()

    def context(self, moment: datetime) -> ValidationContext:
        """How the library is to judge certificates as of a time; nothing is fetched.

        Lists made after the moment count as well: whoever was revoked before it is on them.
        """
        return ValidationContext(
            trust_roots=[x509.Certificate.load(item) for item in self.roots],
            other_certs=[x509.Certificate.load(item) for item in self.certificates],
            crls=list(self.revocation_lists),
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
            retroactive_revinfo=True,
        )

    def lists_issuers(self) -> frozenset[bytes]:
        """The issuers (DER names) of the lists at hand."""
        lists = (crl.CertificateList.load(item) for item in self.revocation_lists)
        return frozenset(item.issuer.dump() for item in lists)


def read_certificates(paths: Iterable[Path]) -> tuple[bytes, ...]:
    """The certificates (DER) of files in PEM, one or more a file, or DER.

    Raises:
        TrustFileError: A file is missing or holds none.
    """
    return tuple(item for path in paths for item in _certificates_of(path))


def _certificates_of(path: Path) -> list[bytes]:
    try:
        data = path.read_bytes()
        blocks = [data]
        if pem.detect(data):
            blocks = [
                block for kind, _, block in pem.unarmor(data, multiple=True) if "CERT" in kind
            ]
        found = [x509.Certificate.load(block, strict=True).dump() for block in blocks]
    except (OSError, ValueError) as wrong:
        raise TrustFileError(path.name) from wrong
    if not found:
        raise TrustFileError(path.name)
    return found
