import pytest

from zhirong.filing import documents
from zhirong.filing.documents import DocumentKind, DocumentNameError
from zhirong.filing.office import Act, ActKind, PackageFile, Registry

FILES = (PackageFile("b.pdf", b"abc"), PackageFile("a.pdf", b""))


class TestManifest:
    def test_lists_files_by_name_with_both_hashes(self) -> None:
        made = documents.manifest("C-1", {"a": 1}, FILES)

        assert [entry.name for entry in made.files] == ["a.pdf", "b.pdf"]
        assert made.files[1].sha256.startswith("ba7816bf")
        assert made.files[1].sm3.startswith("66c7f0f4")
        assert made.files[1].length == 3

    def test_is_the_same_bytes_for_the_same_package(self) -> None:
        one = documents.manifest_file(documents.manifest("C-1", {"a": 1, "b": 2}, FILES))
        two = documents.manifest_file(documents.manifest("C-1", {"b": 2, "a": 1}, FILES[::-1]))

        assert one == two

    def test_refuses_two_files_of_a_name(self) -> None:
        with pytest.raises(DocumentNameError):
            documents.manifest("C-1", {}, (*FILES, FILES[0]))


class TestWithManifest:
    def test_adds_the_manifest_over_all_files(self) -> None:
        act = Act(
            client_reference="C-1",
            registry=Registry.PATENT,
            kind=ActKind.ESTABLISH,
            form={"a": 1},
            files=FILES,
        )

        sent = documents.with_manifest(act)

        assert sent.files[-1] == documents.manifest_file(documents.manifest("C-1", {"a": 1}, FILES))
        assert sent.files[:-1] == FILES


class TestDifferences:
    def test_are_what_is_missing_added_or_changed(self) -> None:
        made = documents.manifest("C-1", {}, FILES)
        other = (PackageFile("b.pdf", b"abd"), PackageFile("c.pdf", b""))

        assert documents.differences(made, FILES) == ()
        assert documents.differences(made, other) == ("a.pdf", "b.pdf", "c.pdf")


class TestDocument:
    def test_takes_the_hashes_from_the_file(self) -> None:
        made = documents.document(DocumentKind.APPLICATION, FILES[0], signed_by=("x",))

        assert made.sha256 == FILES[0].sha256
        assert made.sm3 == FILES[0].sm3
