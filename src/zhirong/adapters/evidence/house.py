"""Everything that signs, in one folder: for demonstration with its own authority, or licensed.

passphrase               of a demonstration only, made at random, readable by its owner
authority/               the demonstration authority
time-stamp.p12           its time-stamp authority
organizations/CODE.p12   an identity a credit code
sm2.key                  the key that signs manifests a second time
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from zhirong.adapters.evidence.package import EvidenceDesk
from zhirong.adapters.signing import sm2
from zhirong.adapters.signing.authority import Authority, create_authority, open_authority
from zhirong.adapters.signing.certificates import Holder
from zhirong.adapters.signing.identity import (
    Identity,
    load_identity,
    save_identity,
    write_private,
)
from zhirong.adapters.signing.pades import SigningDesk
from zhirong.adapters.timestamp.authority import LocalTimeStamping
from zhirong.application.ports import TimeStamping
from zhirong.application.signing import Clock, Signatory
from zhirong.core.hashes import sha256

_PASSPHRASE_BYTES = 32


def demonstration_passphrase(folder: Path) -> bytes:
    """The passphrase of a demonstration's keys, made at random where there is none yet."""
    path = folder / "passphrase"
    if not path.is_file():
        write_private(path, secrets.token_urlsafe(_PASSPHRASE_BYTES).encode())
    return path.read_bytes()


def _file_of(folder: Path, identifier: str) -> Path:
    """Where an organization's identity is kept; a code that is no plain word is hashed."""
    plain = identifier if identifier.isascii() and identifier.isalnum() else ""
    return folder / "organizations" / f"{plain or sha256(identifier.encode())}.p12"


def _sm2_key(folder: Path, passphrase: bytes) -> sm2.Sm2Key:
    path = folder / "sm2.key"
    if not path.is_file():
        sm2.new_key().save(path, passphrase=passphrase)
    return sm2.load_key(path, passphrase=passphrase)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationHouse:
    """Authority, time stamps and identities of a demonstration; what they sign has no effect."""

    folder: Path
    passphrase: bytes
    authority: Authority
    now: Callable[[], datetime]
    clock: Clock

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The root (DER) that verifiers are asked to trust."""
        return (self.authority.root.certificate.public_bytes(Encoding.DER),)

    @property
    def root_pem(self) -> bytes:
        """The same as PEM, to be handed out."""
        return self.authority.root_pem

    def time_stamping(self) -> TimeStamping:
        """The demonstration's time-stamp authority."""
        path = self.folder / "time-stamp.p12"
        if not path.is_file():
            made = self.authority.time_stamper(at=self.now())
            save_identity(made, path, passphrase=self.passphrase)
        identity = load_identity(path, passphrase=self.passphrase)
        return LocalTimeStamping(identity=identity, now=self.now, clock=self.clock)

    def identity_of(self, holder: Holder) -> Identity:
        """The identity of an organization, issued when it is first asked for."""
        path = _file_of(self.folder, holder.identifier)
        if not path.is_file():
            made = self.authority.organization(holder, at=self.now())
            save_identity(made, path, passphrase=self.passphrase)
        return load_identity(path, passphrase=self.passphrase)

    def revocation_lists(self, at: datetime) -> tuple[bytes, ...]:
        """The lists of revoked certificates as of a time."""
        return self.authority.revocation_lists(at=at)

    def signing(self) -> SigningDesk:
        """The port that signs and verifies contracts."""

        def identity_of(signatory: Signatory) -> Identity:
            holder = Holder(organization=signatory.organization, identifier=signatory.identifier)
            return self.identity_of(holder)

        return SigningDesk(
            identity_of=identity_of,
            time_stamping=self.time_stamping(),
            roots=self.roots,
            revocation_lists=self.revocation_lists,
        )

    def evidence(self, operator: Holder) -> EvidenceDesk:
        """Who makes evidence packages: the operator of the platform, in its own name."""
        return EvidenceDesk(
            identity=self.identity_of(operator),
            sm2_key=_sm2_key(self.folder, self.passphrase),
            time_stamping=self.time_stamping(),
            roots=self.roots,
            revocation_lists=self.revocation_lists,
        )


def demonstration_house(
    folder: Path, *, passphrase: bytes, now: Callable[[], datetime], clock: Clock
) -> DemonstrationHouse:
    """The demonstration house of a folder; its authority is made where there is none yet."""
    place = folder / "authority"
    if not (place / "root.pem").is_file():
        create_authority(place, passphrase=passphrase, at=now())
    return DemonstrationHouse(
        folder=folder,
        passphrase=passphrase,
        authority=open_authority(place, passphrase=passphrase),
        now=now,
        clock=clock,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LicensedHouse:
    """Identities that licensed authorities issued, as PKCS#12 by credit code, and a real TSA.

    Lists of revoked certificates are those put into the folder `revoked/` (DER).
    """

    folder: Path
    passphrase: bytes
    time_stamps: TimeStamping
    roots: tuple[bytes, ...]

    def revocation_lists(self, _: datetime) -> tuple[bytes, ...]:
        """The lists in the folder."""
        return tuple(path.read_bytes() for path in sorted(self.folder.glob("revoked/*.crl")))

    def _identity(self, identifier: str) -> Identity:
        return load_identity(_file_of(self.folder, identifier), passphrase=self.passphrase)

    def signing(self) -> SigningDesk:
        """The port that signs and verifies contracts."""
        return SigningDesk(
            identity_of=lambda signatory: self._identity(signatory.identifier),
            time_stamping=self.time_stamps,
            roots=self.roots,
            revocation_lists=self.revocation_lists,
        )

    def evidence(self, operator: Holder) -> EvidenceDesk:
        """Who makes evidence packages."""
        return EvidenceDesk(
            identity=self._identity(operator.identifier),
            sm2_key=_sm2_key(self.folder, self.passphrase),
            time_stamping=self.time_stamps,
            roots=self.roots,
            revocation_lists=self.revocation_lists,
        )
