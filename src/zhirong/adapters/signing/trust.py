"""What a verifier trusts: roots, and what it knows of certificates and their revocation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import cms, crl, pem, x509
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

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

    def context(self, moment: datetime, signed: cms.SignedData) -> ValidationContext:
        """How the library is to judge the signer's certificate as of a time; nothing is fetched.

        Lists made after the moment count as well: whoever was revoked before it is on them. Where a
        list of the certificate's issuer is at hand it must be usable and must not name the
        certificate; where none is, revocation stays unknown, which the findings say.
        """
        at_hand = self.lists_issuers()
        issuer = extract_certs_for_validation(signed).signer_cert.issuer.dump()
        roots = [x509.Certificate.load(item) for item in self.roots]
        rules = RevocationCheckingPolicy(
            ee_certificate_rule=_rule(is_known=issuer in at_hand),
            intermediate_ca_cert_rule=_rule(
                is_known=any(root.subject.dump() in at_hand for root in roots)
            ),
        )
        return ValidationContext(
            trust_roots=roots,
            other_certs=[x509.Certificate.load(item) for item in self.certificates],
            crls=list(self.revocation_lists),
            moment=moment,
            allow_fetching=False,
            revinfo_policy=CertRevTrustPolicy(rules, retroactive_revinfo=True),
        )

    def lists_issuers(self) -> frozenset[bytes]:
        """The issuers (DER names) of the lists at hand."""
        lists = (crl.CertificateList.load(item) for item in self.revocation_lists)
        return frozenset(item.issuer.dump() for item in lists)


def _rule(*, is_known: bool) -> RevocationCheckingRule:
    rules = RevocationCheckingRule
    return rules.CRL_REQUIRED if is_known else rules.CHECK_IF_DECLARED_SOFT


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
