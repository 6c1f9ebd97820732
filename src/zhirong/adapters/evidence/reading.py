"""What is found of an evidence package, or of a manifest in a folder."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from zhirong.adapters.evidence import archive
from zhirong.adapters.evidence.manifest import (
    Manifest,
    ManifestFile,
    ManifestFormError,
    entry,
    proofs,
    read_manifest,
)
from zhirong.adapters.evidence.package import (
    BESIDE,
    MANIFEST,
    MERKLE,
    PDF_HEAD,
    SIGNATURE,
    SM2_PUBLIC,
    SM2_SIGNATURE,
    TIME_STAMP,
)
from zhirong.adapters.signing import detached, sm2
from zhirong.adapters.signing.trust import Trust
from zhirong.adapters.signing.verification import verify_pdf
from zhirong.application.signing import FileCheck, Kind, Problem, Verification
from zhirong.core.hashes import sha256, sm3

ZIP_HEAD = b"PK\x03\x04"
Reader = Callable[[str], bytes | None]


def verify_file(path: Path, *, trust: Trust, at: datetime) -> Verification:
    """What can be said of a file: a signed PDF, an evidence package, or a manifest in its folder.

    Raises:
        OSError: The file cannot be read.
    """
    data = path.read_bytes()
    if data.startswith(ZIP_HEAD):
        return verify_evidence(data, trust=trust, at=at, name=path.name)
    if path.suffix.lower() == ".json":
        found = _verify_manifest(data, _reader_of(path.parent), trust, at)
        return replace(found, name=path.name)
    if PDF_HEAD in data[:1024] or path.suffix.lower() == ".pdf":
        return verify_pdf(data, trust=trust, at=at, name=path.name)
    unknown = Problem(code="verify.unknown_file")
    return replace(_blank(data, Kind.UNKNOWN), name=path.name, problems=(unknown,))


def _reader_of(folder: Path) -> Reader:
    def read(name: str) -> bytes | None:
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    return read


def _blank(data: bytes, kind: Kind) -> Verification:
    return Verification(kind=kind, name="", size=len(data), sha256=sha256(data), sm3=sm3(data))


def verify_evidence(data: bytes, *, trust: Trust, at: datetime, name: str = "") -> Verification:
    """What can be said of an evidence package."""
    answer = replace(_blank(data, Kind.EVIDENCE), name=name)
    try:
        files = archive.unzipped(data)
    except archive.ArchiveError as wrong:
        broken = Problem(code="verify.broken", facts={"detail": str(wrong.facts["detail"])})
        return replace(answer, problems=(broken,))
    if MANIFEST not in files:
        problem = Problem(code="verify.manifest_form", facts={"detail": MANIFEST})
        return replace(answer, problems=(problem,))
    found = _verify_manifest(files[MANIFEST], files.get, trust, at)
    problems = [*found.problems, *_package_problems(data, files, found)]
    return replace(
        answer,
        signatures=found.signatures,
        files=found.files,
        stamp=found.stamp,
        sm2_key=found.sm2_key,
        problems=tuple(problems),
        remarks=found.remarks,
    )


def _package_problems(
    data: bytes, files: Mapping[str, bytes], found: Verification
) -> list[Problem]:
    """What is wrong with the package itself: its bytes, what nobody listed, what is missing."""
    problems = []
    if archive.zipped(files) != data:
        problems.append(Problem(code="verify.archive_changed"))
    listed = {check.name for check in found.files} | BESIDE
    problems += [
        Problem(code="verify.file_unlisted", facts={"name": name})
        for name in sorted(set(files) - listed)
    ]
    return problems


def _verify_manifest(data: bytes, read: Reader, trust: Trust, at: datetime) -> Verification:
    """What can be said of a manifest, with the files beside it."""
    answer = _blank(data, Kind.MANIFEST)
    try:
        manifest = read_manifest(data)
    except ManifestFormError as wrong:
        detail = str(wrong.facts["detail"])
        problem = Problem(code="verify.manifest_form", facts={"detail": detail})
        return replace(answer, problems=(problem,))
    trust = _with_lists(manifest, read, trust)
    problems = [*_merkle_problems(manifest, read), *_sm2_problems(manifest, read)]
    signature = read(SIGNATURE)
    if signature is None:
        problems.append(Problem(code="verify.manifest_unsigned"))
    check = () if signature is None else (detached.verify(data, signature, trust=trust, at=at),)
    token = read(TIME_STAMP)
    stamp = None
    if token is None:
        problems.append(Problem(code="verify.stamp_missing"))
    else:
        root = bytes.fromhex(manifest.merkle_root)
        stamp, wrong_with_stamp = detached.verify_stamp(token, root, trust=trust)
        problems += wrong_with_stamp
    return replace(
        answer,
        signatures=check,
        files=tuple(_file_check(file, read, trust, at) for file in manifest.files),
        stamp=stamp,
        sm2_key=manifest.sm2_public_key,
        problems=tuple(problems),
        remarks=_remarks(check and check[0].is_revocation_checked, stamp and stamp.at > at),
    )


def _remarks(is_revocation_checked: object, is_ahead: object) -> tuple[Problem, ...]:
    remarks = []
    if not is_revocation_checked:
        remarks.append(Problem(code="verify.revocation_unknown"))
    if is_ahead:
        remarks.append(Problem(code="verify.ahead_of_clock"))
    return tuple(remarks)


def _with_lists(manifest: Manifest, read: Reader, trust: Trust) -> Trust:
    """The trust, with the lists of revoked certificates that the manifest names."""
    names = [file.name for file in manifest.files if file.name.endswith(".crl")]
    found = [content for name in names if (content := _safe_read(name, read)) is not None]
    return replace(trust, revocation_lists=(*trust.revocation_lists, *found))


def _safe_read(name: str, read: Reader) -> bytes | None:
    """A listed file; names that lead out of the package read nothing."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or set(name) & set("\\:\0"):
        return None
    return read(name)


def _file_check(file: ManifestFile, read: Reader, trust: Trust, at: datetime) -> FileCheck:
    content = _safe_read(file.name, read)
    problems: tuple[Problem, ...] = ()
    inner = None
    if content is None:
        problems = (Problem(code="verify.file_missing"),)
    elif entry(file.name, content) != file:
        problems = (Problem(code="verify.file_changed"),)
    elif content.startswith(PDF_HEAD) and file.name != "cover.pdf":
        found = verify_pdf(content, trust=trust, at=at, name=file.name)
        inner = found if found.signatures else None
    return FileCheck(
        name=file.name,
        size=file.size,
        sha256=file.sha256,
        sm3=file.sm3,
        problems=problems,
        inner=inner,
    )


def _merkle_problems(manifest: Manifest, read: Reader) -> list[Problem]:
    return [] if read(MERKLE) == proofs(manifest) else [Problem(code="verify.merkle_wrong")]


def _sm2_problems(manifest: Manifest, read: Reader) -> list[Problem]:
    signature, key = read(SM2_SIGNATURE), manifest.sm2_public_key.encode()
    if not key:
        return [] if signature is None else [Problem(code="verify.sm2_wrong")]
    if signature is None:
        return [Problem(code="verify.sm2_missing")]
    is_same_key = read(SM2_PUBLIC) == key
    if is_same_key and sm2.is_signed(manifest.content, signature, public_pem=key):
        return []
    return [Problem(code="verify.sm2_wrong")]
