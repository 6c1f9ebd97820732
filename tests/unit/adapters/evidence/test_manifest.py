"""Tests of manifests: only canonical bytes are one."""

import pytest

from zhirong.adapters.evidence.manifest import (
    SCHEMA,
    Manifest,
    ManifestFormError,
    entries,
    read_manifest,
    root_of,
)
from zhirong.core import merkle
from zhirong.core.hashes import sha256, sm3

FILES = entries({"b.txt": b"two", "a.txt": b"one"})
MANIFEST = Manifest(
    schema=SCHEMA,
    number="1",
    title="t",
    made_at="2026-06-30T02:15:00+00:00",
    made_by="o",
    files=FILES,
    merkle_root=root_of(FILES),
)


class TestEntries:
    def test_stand_by_name_with_both_hashes(self) -> None:
        assert [file.name for file in FILES] == ["a.txt", "b.txt"]
        assert (FILES[0].size, FILES[0].sha256, FILES[0].sm3) == (3, sha256(b"one"), sm3(b"one"))


class TestRootOf:
    def test_binds_names_to_contents(self) -> None:
        hashes = f'"sha256":"{sha256(b"one")}","size":3,"sm3":"{sm3(b"one")}"'

        assert FILES[0].leaf == ('{"name":"a.txt",' + hashes + "}").encode()
        assert root_of(FILES) == merkle.root([file.leaf for file in FILES]).hex()
        assert root_of(entries({"b.txt": b"one", "a.txt": b"two"})) != root_of(FILES)


class TestReadManifest:
    def test_gives_back_what_was_written(self) -> None:
        assert read_manifest(MANIFEST.content) == MANIFEST

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"[]",
            b"{}",
            b"\xff",
            b"[" * 100_000,
            MANIFEST.content + b"\n",
            MANIFEST.content.replace(b'":', b'": ', 1),
            MANIFEST.content.replace(b"manifest/1", b"manifest/2"),
            MANIFEST.content.replace(MANIFEST.merkle_root.encode(), b"0" * 64),
            MANIFEST.content.replace(b'"t"', b'"\\ud800"'),
        ],
    )
    def test_refuses_anything_else(self, data: bytes) -> None:
        with pytest.raises(ManifestFormError):
            read_manifest(data)
