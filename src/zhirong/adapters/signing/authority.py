"""A certification authority for demonstration and tests: root, issuing authority, organizations.

Its names say that it is one, in both languages; what it signs has no legal effect. Keys are real
and random, and kept encrypted in the folder given:

    root.pem issuing.pem      certificates
    root.key issuing.key      keys, encrypted (PKCS#8)
    revoked.json              serial numbers and days of revocation
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from zhirong.adapters.signing import certificates
from zhirong.adapters.signing.certificates import Holder, Issuer, Profile
from zhirong.adapters.signing.identity import Identity, IdentityFileError, write_private
from zhirong.core.errors import StateError

# How long the demonstration's certificates last: long enough to live through a loan and after.
ROOT_DAYS = 30 * 365
ISSUING_DAYS = 20 * 365
HOLDER_DAYS = 5 * 365
TIME_STAMPER_DAYS = 15 * 365
LIST_DAYS = 30
_NAMES = ("root", "issuing")
_PEM = serialization.Encoding.PEM
_DER = serialization.Encoding.DER


class AuthorityExistsError(StateError):
    """The folder holds an authority already; a second one would orphan its certificates."""

    code = "error.authority_exists"

    def __init__(self, folder: str) -> None:
        super().__init__(f"{folder} holds an authority already.", folder=folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The demonstration authority of a folder, opened."""

    folder: Path
    root: Issuer
    issuing: Issuer

    @property
    def root_pem(self) -> bytes:
        """The certificate that verifiers are asked to trust."""
        return self.root.certificate.public_bytes(_PEM)

    def organization(self, holder: Holder, *, at: datetime) -> Identity:
        """A fresh identity for an organization, valid from the time given."""
        profile = Profile(subject=certificates.holder_subject(holder), start=at, days=HOLDER_DAYS)
        return self._identity(profile)

    def time_stamper(self, *, at: datetime) -> Identity:
        """A fresh identity for a time-stamp authority."""
        profile = Profile(
            subject=certificates.authority_subject("signing.authority.time_stamp"),
            start=at,
            days=TIME_STAMPER_DAYS,
            is_time_stamper=True,
        )
        return self._identity(profile)

    def _identity(self, profile: Profile) -> Identity:
        key = certificates.new_key()
        certificate = certificates.issue(profile, key.public_key(), self.issuing, None)
        above = (self.issuing.certificate, self.root.certificate)
        return Identity(certificate=certificate, key=key, above=above)

    def revoke(self, certificate: x509.Certificate, *, at: datetime) -> None:
        """Put a certificate on the next list of revoked ones; a second time changes nothing."""
        revoked = self._revoked()
        revoked.setdefault(str(certificate.serial_number), at.isoformat())
        text = json.dumps(revoked, sort_keys=True, indent=1)
        write_private(self.folder / "revoked.json", text.encode())

    def _revoked(self) -> dict[str, str]:
        path = self.folder / "revoked.json"
        found: dict[str, str] = json.loads(path.read_bytes()) if path.is_file() else {}
        return found

    def revocation_lists(self, *, at: datetime) -> tuple[bytes, bytes]:
        """The lists (DER) of the root and of the issuing authority, as of the time given."""
        return (_list(self.root, {}, at), _list(self.issuing, self._revoked(), at))


def _list(issuer: Issuer, revoked: dict[str, str], at: datetime) -> bytes:
    key_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + timedelta(days=LIST_DAYS))
        .add_extension(key_identifier, critical=False)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    )
    for serial, when in sorted(revoked.items()):
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(int(serial))
            .revocation_date(datetime.fromisoformat(when))
            .build()
        )
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(_DER)


def create_authority(folder: Path, *, passphrase: bytes, at: datetime) -> Authority:
    """A fresh authority in the folder, valid from the time given.

    Raises:
        AuthorityExistsError: There is one already.
    """
    if any((folder / f"{name}.pem").exists() for name in _NAMES):
        raise AuthorityExistsError(folder.name)
    root_key, issuing_key = certificates.new_key(), certificates.new_key()
    root_profile = Profile(
        subject=certificates.authority_subject("signing.authority.root"),
        start=at,
        days=ROOT_DAYS,
        is_authority=True,
        path_length=1,
    )
    root = Issuer(
        certificate=certificates.issue(root_profile, root_key.public_key(), None, root_key),
        key=root_key,
    )
    issuing_profile = Profile(
        subject=certificates.authority_subject("signing.authority.issuing"),
        start=at,
        days=ISSUING_DAYS,
        is_authority=True,
        path_length=0,
    )
    issuing = Issuer(
        certificate=certificates.issue(issuing_profile, issuing_key.public_key(), root, None),
        key=issuing_key,
    )
    for name, issuer in zip(_NAMES, (root, issuing), strict=True):
        key = issuer.key.private_bytes(
            _PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        )
        write_private(folder / f"{name}.key", key)
        write_private(folder / f"{name}.pem", issuer.certificate.public_bytes(_PEM))
    return Authority(folder=folder, root=root, issuing=issuing)


def open_authority(folder: Path, *, passphrase: bytes) -> Authority:
    """The authority of a folder.

    Raises:
        IdentityFileError: None is there, or the passphrase is another.
    """
    root, issuing = (_opened(folder, name, passphrase) for name in _NAMES)
    return Authority(folder=folder, root=root, issuing=issuing)


def _opened(folder: Path, name: str, passphrase: bytes) -> Issuer:
    try:
        certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
        key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), passphrase)
    except (OSError, ValueError) as wrong:
        raise IdentityFileError(f"{name}.key") from wrong
    assert isinstance(key, ec.EllipticCurvePrivateKey), "the authority makes such keys only"
    return Issuer(certificate=certificate, key=key)
