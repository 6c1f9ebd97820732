"""The documents of a package: kinds, signers, hashes, and the manifest over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from zhirong.core import codec
from zhirong.core.errors import InputError
from zhirong.core.hashes import sha256
from zhirong.filing.office import Act, PackageFile

MANIFEST = "manifest.json"


class DocumentKind(StrEnum):
    """What a document of a package is."""

    APPLICATION = "application"
    PLEDGE_CONTRACT = "pledge_contract"
    MAIN_CONTRACT = "main_contract"
    IDENTITY = "identity"
    COMMITMENT = "commitment"
    AUTHORIZATION = "authorization"
    SAME_DAY_STATEMENT = "same_day_statement"
    ELECTRONIC_LIST = "electronic_list"
    APPRAISAL = "appraisal"
    VALUE_AGREEMENT = "value_agreement"
    CONSENT = "consent"
    INSISTENCE = "insistence"
    LICENSES = "licenses"
    TRANSLATION = "translation"
    CERTIFICATE = "certificate"
    SOURCE_STATEMENT = "source_statement"
    EFFECT_STATEMENT = "effect_statement"
    CHANGE_AGREEMENT = "change_agreement"
    PROOF = "proof"
    GUARANTEE_LETTER = "guarantee_letter"


class DocumentNameError(InputError):
    """Two files of a package under one name, or a file under the manifest's own."""

    code = "error.filing_document_name"

    def __init__(self, name: str) -> None:
        super().__init__(f"There are two files named {name}.", name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDocument:
    """A document as the linter and the manifest see it.

    Attributes:
        signed_by: Identifiers of the parties that have signed.
        lists: Of an electronic list, the numbers as written in it.
        is_foreign: In another language than Chinese.
    """

    kind: DocumentKind
    name: str
    sha256: str
    sm3: str
    signed_by: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    is_foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """A file of the manifest: name, length in bytes, hashes."""

    name: str
    length: int
    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All files of a package, by name, for one act.

    Attributes:
        form_sha256: Hash of the form's canonical JSON.
    """

    client_reference: str
    form_sha256: str
    files: tuple[ManifestEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document made and waiting for its signatures.

    Attributes:
        signers: Identifiers of the parties that must sign, in the order of the document.
        lists: Of an electronic list, the numbers as written in it.
    """

    kind: DocumentKind
    file: PackageFile
    signers: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def signed(self, file: PackageFile, by: tuple[str, ...]) -> PackageDocument:
        """The record of the document once it is signed: hashes are those of the signed file."""
        return document(self.kind, file, signed_by=by, lists=self.lists)


def document(
    kind: DocumentKind,
    file: PackageFile,
    *,
    signed_by: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
    is_foreign: bool = False,
) -> PackageDocument:
    """The record of a file, with its hashes."""
    return PackageDocument(
        kind=kind,
        name=file.name,
        sha256=file.sha256,
        sm3=file.sm3,
        signed_by=signed_by,
        lists=lists,
        is_foreign=is_foreign,
    )


def manifest(
    client_reference: str, form: Mapping[str, object], files: Iterable[PackageFile]
) -> Manifest:
    """The manifest of a package; files stand by name.

    Raises:
        DocumentNameError: Two files under one name.
    """
    entries: dict[str, ManifestEntry] = {}
    for file in files:
        if file.name in entries or file.name == MANIFEST:
            raise DocumentNameError(file.name)
        entries[file.name] = ManifestEntry(
            name=file.name, length=len(file.content), sha256=file.sha256, sm3=file.sm3
        )
    return Manifest(
        client_reference=client_reference,
        form_sha256=sha256(codec.canonical(dict(form))),
        files=tuple(entries[name] for name in sorted(entries)),
    )


def manifest_file(made: Manifest) -> PackageFile:
    """The manifest as a file of canonical JSON; this is what is signed."""
    return PackageFile(MANIFEST, codec.canonical(codec.encode(made)))


def with_manifest(act: Act) -> Act:
    """The act with its manifest as one more file, made over all the others.

    Raises:
        DocumentNameError: Two files under one name, or the manifest is already there.
    """
    made = manifest(act.client_reference, act.form, act.files)
    return replace(act, files=(*act.files, manifest_file(made)))


def differences(made: Manifest, files: Iterable[PackageFile]) -> tuple[str, ...]:
    """Names of files that are missing, added or changed against the manifest; empty if all agree.

    The manifest's own file is left out of the comparison.
    """
    present = {file.name: file for file in files if file.name != MANIFEST}
    listed = {entry.name: entry for entry in made.files}
    same = {
        name
        for name in present.keys() & listed.keys()
        if (present[name].sha256, present[name].sm3) == (listed[name].sha256, listed[name].sm3)
    }
    return tuple(sorted((present.keys() | listed.keys()) - same))
