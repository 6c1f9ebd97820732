"""Where the ports of signing meet their adapters; apart, so that nothing else loads them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from zhirong.adapters.evidence.house import (
    DemonstrationHouse,
    LicensedHouse,
    demonstration_house,
    demonstration_passphrase,
)
from zhirong.adapters.evidence.package import EvidenceDesk, EvidenceRequest
from zhirong.adapters.evidence.reading import verify_evidence, verify_file
from zhirong.adapters.signing.certificates import Holder
from zhirong.adapters.signing.identity import passphrase_of
from zhirong.adapters.signing.pades import SigningDesk, SigningRefusedError
from zhirong.adapters.signing.trust import Trust, read_certificates
from zhirong.adapters.timestamp.http import RemoteTimeStamping
from zhirong.application.signing import Clock, Verification

__all__ = [
    "DemonstrationHouse",
    "EvidenceDesk",
    "EvidenceRequest",
    "Holder",
    "LicensedHouse",
    "SigningDesk",
    "SigningRefusedError",
    "Trust",
    "demonstration_signing",
    "licensed_signing",
    "verify",
    "verify_evidence",
]


def demonstration_signing(
    folder: Path, *, now: Callable[[], datetime], clock: Clock, passphrase: str | None = None
) -> DemonstrationHouse:
    """Signing for a demonstration: own authority, own time stamps, keys made when asked for.

    Args:
        folder: Where keys are kept, encrypted.
        now: The clock that everything reads.
        clock: Whether that is the real clock or the demonstration's; each time stamp says which.
        passphrase: Of the keys; without one a random one is kept beside them.
    """
    secret = passphrase.encode() if passphrase else demonstration_passphrase(folder)
    return demonstration_house(folder, passphrase=secret, now=now, clock=clock)


def licensed_signing(
    folder: Path, *, time_stamp_url: str, roots: Sequence[Path], passphrase: str | None = None
) -> LicensedHouse:
    """Signing with certificates of licensed authorities and a real time-stamp authority.

    Raises:
        PassphraseMissingError: Neither given nor in the environment.
        TrustFileError: A root cannot be read.
    """
    return LicensedHouse(
        folder=folder,
        passphrase=passphrase_of(passphrase),
        time_stamps=RemoteTimeStamping(url=time_stamp_url),
        roots=read_certificates(roots),
    )


def verify(path: Path, *, trust: Sequence[Path], at: datetime) -> Verification:
    """What can be said of a signed PDF, an evidence package or a manifest, offline.

    Raises:
        TrustFileError: A root to be trusted cannot be read.
        OSError: The file cannot be read.
    """
    return verify_file(path, trust=Trust(roots=read_certificates(trust)), at=at)
