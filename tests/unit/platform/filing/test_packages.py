"""The package of a pledge of more than ten patents, as it is taken to the office's website."""

import io
import json
import zipfile
from collections.abc import Mapping

import pytest
from openpyxl import load_workbook

from tests.pledges import PledgeHouse
from zhirong.core.hashes import sha256
from zhirong.filing.forms import decode_establish
from zhirong.platform.filing import packages
from zhirong.platform.filing.models import Filing, SentAct

# Valid check digits: eleven, one above what goes without an electronic list.
PATENTS = (
    "2018100000015", "2018100000023", "2018100000031", "201810000004X", "2018100000058",
    "2018100000066", "2018100000074", "2018100000082", "2018100000090", "2018100000103",
    "2018100000111",
)  # fmt: skip


@pytest.fixture
def files(house: PledgeHouse) -> Mapping[str, bytes]:
    """The files of the zip by name, without the numbers before them."""
    matter = house.contracted(*PATENTS)
    house.sign(matter.number)
    house.file(Filing.objects.get())
    sent = SentAct.objects.get()
    content = packages.take(matter.number, sent.client_reference, actor=house.clerk)
    assert content == packages.take(matter.number, sent.client_reference, actor=house.clerk)
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name.partition("-")[2] or name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return list(book.worksheets[sheet].iter_rows(values_only=True))


class TestTake:
    def test_holds_every_paper_that_is_asked_for(self, files: Mapping[str, bytes]) -> None:
        papers = {name for name in files if name.endswith(".pdf")}
        assert papers == {
            "application.pdf",
            "pledge-contract.pdf",
            "commitment-1.pdf",
            "commitment-2.pdf",
            "authorization.pdf",
            "same-day-statement.pdf",
        }
        assert all(files[name].startswith(b"%PDF") for name in papers)
        assert set(files) - papers == {
            "form.json", "form.xlsx", "electronic-list.xlsx", "manifest.json", "contents.json",
        }  # fmt: skip

    def test_holds_the_form_as_data_and_as_a_workbook(self, files: Mapping[str, bytes]) -> None:
        form = decode_establish(json.loads(files["form.json"]))
        assert tuple(right.number for right in form.rights) == PATENTS
        assert form.contract.rights_count == len(PATENTS)
        assert form.electronic_list == "electronic-list.xlsx"
        assert form.same_day_statement
        assert len(form.commitments) >= 2

        fields = {row[0]: row[1] for row in rows(files["form.xlsx"])}
        assert fields["出质人名称"] == form.pledgors[0].name
        assert [row[1] for row in rows(files["form.xlsx"], 1)[1:]] == list(PATENTS)

    def test_lists_all_rights_without_the_dot(self, files: Mapping[str, bytes]) -> None:
        listed = [str(row[1]) for row in rows(files["electronic-list.xlsx"])[1:]]
        assert listed == list(PATENTS)

    def test_says_the_hash_of_each_file(self, files: Mapping[str, bytes]) -> None:
        entries = {item["name"]: item for item in json.loads(files["manifest.json"])["files"]}
        of_the_act = set(files) - {"form.json", "form.xlsx", "manifest.json", "contents.json"}
        assert set(entries) == of_the_act
        for name in of_the_act:
            assert entries[name]["sha256"] == sha256(files[name])
            assert len(entries[name]["sm3"]) == 64
        beside = json.loads(files["contents.json"])["beside"]
        assert beside == [{"name": "00-form.xlsx", "sha256": sha256(files["form.xlsx"])}]
