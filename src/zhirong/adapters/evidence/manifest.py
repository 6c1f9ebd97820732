"""The manifest of a package: names, sizes, SHA-256 and SM3 of its files, in canonical JSON.

The leaves of its Merkle tree are the entries of its files, each as canonical JSON, in the order of
the manifest; so a leaf binds a file's name to its content, and one file can be proven without the
others.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from zhirong.core import merkle
from zhirong.core.codec import CodecError, canonical, decode, encode
from zhirong.core.errors import InputError
from zhirong.core.hashes import sha256, sm3

SCHEMA = "zhirong.manifest/1"


class ManifestFormError(InputError):
    """A manifest that is not of the form it must have."""

    code = "verify.manifest_form"

    def __init__(self, detail: str) -> None:
        super().__init__(f"The manifest is not of the form it must have: {detail}.", detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestFile:
    """One file: hashes in lower-case hexadecimal."""

    name: str
    size: int
    sha256: str
    sm3: str

    @property
    def leaf(self) -> bytes:
        """What stands in the Merkle tree for the file."""
        return canonical(encode(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a package holds, who made it and when.

    `made_at` is the clock's time in ISO 8601; `sm2_public_key` the PEM of the key that signs the
    manifest a second time, empty where none does.
    """

    schema: str
    number: str
    title: str
    made_at: str
    made_by: str
    files: tuple[ManifestFile, ...]
    merkle_root: str
    sm2_public_key: str = ""

    @property
    def content(self) -> bytes:
        """The canonical bytes."""
        return canonical(encode(self))

    @property
    def leaves(self) -> tuple[bytes, ...]:
        """The leaves of the Merkle tree."""
        return tuple(file.leaf for file in self.files)


def entry(name: str, content: bytes) -> ManifestFile:
    """The entry of a file."""
    return ManifestFile(name=name, size=len(content), sha256=sha256(content), sm3=sm3(content))


def entries(files: Mapping[str, bytes]) -> tuple[ManifestFile, ...]:
    """The entries of files, by name."""
    return tuple(entry(name, files[name]) for name in sorted(files))


def root_of(files: tuple[ManifestFile, ...]) -> str:
    """The root of the Merkle tree over entries, in hexadecimal."""
    return merkle.root([file.leaf for file in files]).hex()


def read_manifest(data: bytes) -> Manifest:
    """The manifest of canonical bytes.

    Raises:
        ManifestFormError: Other bytes, or a root that is not that of its files.
    """
    try:
        found = decode(Manifest, json.loads(data))
        assert isinstance(found, Manifest)
        is_canonical, root = found.content == data, root_of(found.files)
    except (CodecError, ValueError, RecursionError) as wrong:
        raise ManifestFormError(type(wrong).__name__) from wrong
    if found.schema != SCHEMA or not is_canonical:
        raise ManifestFormError("schema")
    if found.merkle_root != root:
        raise ManifestFormError("merkle_root")
    return found


def proofs(manifest: Manifest) -> bytes:
    """The Merkle tree as JSON: root, size, and for each file the path from its leaf to the root."""
    leaves = manifest.leaves
    paths = [
        {
            "name": file.name,
            "index": at,
            "leaf_hash": merkle.leaf_hash(file.leaf).hex(),
            "path": [step.hex() for step in merkle.inclusion_proof(leaves, at)],
        }
        for at, file in enumerate(manifest.files)
    ]
    body = {"hash": "sha256", "root": manifest.merkle_root, "size": len(leaves)}
    return canonical({**body, "leaves": paths})
