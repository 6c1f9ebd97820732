"""Evidence packages: one zip that proves documents to anyone, offline.

cover.pdf README.txt documents/ certificates/    listed in the manifest
manifest.json                                     names, sizes, SHA-256, SM3, Merkle root
manifest.p7s manifest.sm2                         its signatures
merkle.json timestamp.tsr                         path of each file to the root; stamp of the root
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from asn1crypto import pem
from cryptography.hazmat.primitives.serialization import Encoding

from zhirong.adapters.evidence import archive
from zhirong.adapters.evidence.cover import cover
from zhirong.adapters.evidence.manifest import SCHEMA, Manifest, entries, proofs, root_of
from zhirong.adapters.signing import certificates, detached
from zhirong.adapters.signing.identity import Identity
from zhirong.adapters.signing.pages import clock_text
from zhirong.adapters.signing.sm2 import Sm2Key
from zhirong.adapters.signing.trust import Trust
from zhirong.adapters.signing.verification import verify_pdf
from zhirong.adapters.timestamp.tokens import token_over
from zhirong.application.ports import TimeStamping
from zhirong.core.errors import InputError

README = Path(__file__).with_name("how_to_verify.txt")
DOCUMENTS = "documents/"
MANIFEST, SIGNATURE, SM2_SIGNATURE = "manifest.json", "manifest.p7s", "manifest.sm2"
MERKLE, TIME_STAMP = "merkle.json", "timestamp.tsr"
SM2_PUBLIC = "certificates/sm2-public.pem"
BESIDE = frozenset({MANIFEST, SIGNATURE, SM2_SIGNATURE, MERKLE, TIME_STAMP})
PDF_HEAD = b"%PDF-"


class EvidenceNameError(InputError):
    """A name that a file in a package cannot have."""

    code = "error.evidence_name"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} cannot be the name of a file in a package.", name=name)


class EvidenceEmptyError(InputError):
    """A package of nothing."""

    code = "error.evidence_empty"

    def __init__(self) -> None:
        super().__init__("There is nothing to keep as evidence.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """What to prove: number and title of the package, documents by plain name, the clock's time."""

    number: str
    title: str
    documents: Mapping[str, bytes]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDesk:
    """Who makes packages: its identity, its SM2 key where it has one, who stamps the time."""

    identity: Identity
    sm2_key: Sm2Key | None
    time_stamping: TimeStamping
    roots: tuple[bytes, ...]
    revocation_lists: Callable[[datetime], tuple[bytes, ...]]

    def make(self, request: EvidenceRequest) -> bytes:
        """The package as a zip.

        Raises:
            EvidenceEmptyError: No document.
            EvidenceNameError: A document's name is no plain file name.
        """
        _check_names(request.documents)
        blank = Manifest(
            schema=SCHEMA,
            number=request.number,
            title=request.title,
            made_at=request.at.isoformat(),
            made_by=self.identity.holder.organization,
            files=(),
            merkle_root="",
            sm2_public_key=self.sm2_key.public_pem.decode() if self.sm2_key else "",
        )
        listed = {
            "cover.pdf": self._cover(blank, request),
            "README.txt": README.read_bytes(),
            **{DOCUMENTS + name: content for name, content in request.documents.items()},
            **self._certificates(request.at),
        }
        files = entries(listed)
        manifest = replace(blank, files=files, merkle_root=root_of(files))
        return archive.zipped({**listed, **self._beside(manifest, request.at)})

    def _beside(self, manifest: Manifest, at: datetime) -> dict[str, bytes]:
        """What proves the manifest."""
        content = manifest.content
        root = bytes.fromhex(manifest.merkle_root)
        made = {
            MANIFEST: content,
            SIGNATURE: detached.sign(content, self.identity, authority=self.time_stamping, at=at),
            MERKLE: proofs(manifest),
            TIME_STAMP: token_over(self.time_stamping, root),
        }
        return made | ({SM2_SIGNATURE: self.sm2_key.sign(content)} if self.sm2_key else {})

    def _cover(self, manifest: Manifest, request: EvidenceRequest) -> bytes:
        trust = Trust(roots=self.roots, revocation_lists=self.revocation_lists(request.at))
        verified = {
            name: verify_pdf(content, trust=trust, at=request.at, name=name)
            for name, content in request.documents.items()
            if content.startswith(PDF_HEAD)
        }
        certificate = certificates.to_asn1(self.identity.certificate)
        return cover(
            manifest,
            request.documents,
            made_at=clock_text(request.at),
            issuer=certificates.common_name(certificate.issuer),
            verified=verified,
            is_demonstration=certificates.is_demonstration(certificate)
            or any(found.is_demonstration for found in verified.values()),
        )

    def _certificates(self, at: datetime) -> dict[str, bytes]:
        above = [self.identity.certificate, *self.identity.above]
        chain = b"".join(item.public_bytes(Encoding.PEM) for item in above)
        files = {"certificates/chain.pem": chain}
        for number, root in enumerate(self.roots, start=1):
            files[f"certificates/root-{number}.pem"] = pem.armor("CERTIFICATE", root)
        for number, item in enumerate(self.revocation_lists(at), start=1):
            files[f"certificates/revoked-{number}.crl"] = item
        if self.sm2_key:
            files[SM2_PUBLIC] = self.sm2_key.public_pem
        return files


def _check_names(documents: Mapping[str, bytes]) -> None:
    if not documents:
        raise EvidenceEmptyError
    for name in documents:
        if name in ("", ".", "..") or set(name) & set("/\\:\0\n\r"):
            raise EvidenceNameError(name)
