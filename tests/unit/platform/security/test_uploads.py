import io
import zipfile

import pytest

from tests.people import House
from zhirong.platform.documents.contents import is_as_named, is_safe_name
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, UploadError, upload

PDF = b"%PDF-1.7\n..."
PROGRAM = b"MZ\x90\x00\x03"


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", "b")
    return made.getvalue()


class TestIsAsNamed:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.pdf", PDF),
            ("a.XLSX", zipped()),
            ("a.docx", zipped()),
            ("a.png", b"\x89PNG\r\n\x1a\n.."),
            ("a.jpeg", b"\xff\xd8\xff\xe0"),
            ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.."),
            ("表.csv", "专利号,名称\n".encode("gb18030")),
            ("a.txt", "﻿甲".encode("utf-16")),
        ],
    )
    def test_knows_what_belongs_together(self, name: str, content: bytes) -> None:
        assert is_as_named(name, content)

    @pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.xls", "a.png", "a.csv", "a.txt"])
    def test_refuses_programs_under_any_name(self, name: str) -> None:
        assert not is_as_named(name, PROGRAM)

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.pdf", zipped()), ("a.xlsx", PDF), ("a.csv", PDF), ("a.txt", b"a\0b"), ("a.exe", PDF)],
    )
    def test_refuses_one_kind_under_the_name_of_another(self, name: str, content: bytes) -> None:
        assert not is_as_named(name, content)


class TestIsSafeName:
    @pytest.mark.parametrize("name", ["资料表.xlsx", "a b (1).pdf", "2026年-报告_v2.csv"])
    def test_takes_names_that_people_give(self, name: str) -> None:
        assert is_safe_name(name)

    @pytest.mark.parametrize(
        "name",
        ["", "../a.pdf", "a/b.pdf", "a\\b.pdf", ".htaccess", "a\r\nX: y.pdf", "a\0.pdf", 'a".pdf',
         "con.pdf", "COM1.csv", " a.pdf", "a.pdf ", "C:a.pdf", "gpj\u202efdp.exe.pdf",
         "a\u200b.pdf", "x" * 121],
    )  # fmt: skip
    def test_refuses_names_that_lead_or_hide(self, name: str) -> None:
        assert not is_safe_name(name)


class TestUpload:
    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("a.pdf", PROGRAM, "content"),
            ("a.exe", PROGRAM, "kind"),
            ("../a.pdf", PDF, "name"),
            ("a.pdf", b"", "empty"),
        ],
    )
    def test_takes_none_where_one_is_wrong(
        self, house: House, name: str, content: bytes, reason: str
    ) -> None:
        matter = house.matter()
        files = (
            NewFile(name="good.pdf", content=PDF, media_type="application/pdf"),
            NewFile(name=name, content=content, media_type="application/pdf"),
        )

        with pytest.raises(UploadError) as error:
            upload(matter.number, files, actor=house.firm)

        assert error.value.facts["reason"] == f"error.upload.{reason}"
        assert not StoredFile.objects.exists()

    def test_believes_no_sender_about_the_media_type(self, house: House) -> None:
        matter = house.matter()
        page = NewFile(name="a.txt", content=b"<script>1</script>", media_type="text/html")

        (kept,) = upload(matter.number, (page,), actor=house.firm)

        assert kept.media_type == "text/plain"
