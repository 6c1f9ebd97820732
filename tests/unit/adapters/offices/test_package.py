"""The manual way: packages to upload, and notices as they are typed or pasted in."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import offices as on
from zhirong.adapters.offices.notice_form import read_notice_form, write_notice_form
from zhirong.adapters.offices.notice_text import read_notice_text
from zhirong.adapters.offices.package import (
    NoticeDiffersError,
    NoticeWithoutActError,
    PackageOffice,
)
from zhirong.adapters.offices.package_folder import package_zip
from zhirong.adapters.offices.reading_notices import NoticeFormError
from zhirong.core.hashes import sha256
from zhirong.filing.office import ActKind, NoticeKind, PackageFile, Registry

LETTER = f"""专利权质押登记通知书
发文序号：2026060300123450
根据《专利权质押登记办法》的规定，经审查予以登记。
专利权质押登记号：Y2026980012345    登记日：2026年6月3日
出质人：{on.FIRM}；质权人：{on.BANK}。
被担保债权数额（元）：5,000,000.00
质押的专利：1. ZL 201710601862.3 一种样例装置
2. 201410264351.3 另一种样例装置
"""


def office(folder: Path) -> PackageOffice:
    return PackageOffice(name="by hand", folder=folder, today=lambda: on.MONDAY)


class TestReadNoticeText:
    def test_reads_the_usual_registration_notice(self) -> None:
        read = read_notice_text(LETTER)

        assert read.kind is NoticeKind.REGISTERED
        assert read.registration_no == "Y2026980012345"
        assert read.notice_no == "2026060300123450"
        assert read.dated_on == read.effective_on == date(2026, 6, 3)
        assert (read.pledgors, read.pledgee) == ((on.FIRM,), on.BANK)
        assert read.rights == (on.PATENT, "201410264351.3")
        assert read.amount_fen == 500_000_000

    @pytest.mark.parametrize(
        ("text", "fen"),
        [("500万元", 500_000_000), ("1,234.56 元", 123_456), ("12.5 万元", 12_500_000)],
    )
    def test_reads_amounts_in_yuan_and_ten_thousands(self, text: str, fen: int) -> None:
        letter = LETTER.replace("5,000,000.00", text)

        assert read_notice_text(letter).amount_fen == fen

    @pytest.mark.parametrize("text", ["2026年6月3日", "2026-06-03", "2026.6.3", "20260603"])
    def test_reads_days_as_offices_write_them(self, text: str) -> None:
        assert read_notice_text(LETTER.replace("2026年6月3日", text)).dated_on == date(2026, 6, 3)

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            (LETTER.replace("通知书", ""), "kind"),
            (LETTER.replace("登记日：", ""), "dated_on"),
            (LETTER.replace("Y2026980012345", ""), "registration_no"),
            (LETTER.split("质押的专利", maxsplit=1)[0], "rights"),
            (LETTER.replace("6月3日", "6月31日"), "effective_on"),
        ],
    )
    def test_guesses_nothing(self, text: str, part: str) -> None:
        with pytest.raises(NoticeFormError, match=part):
            read_notice_text(text)

    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("专利权质押登记变更通知书", NoticeKind.CHANGED),
            ("专利权质押登记注销通知书", NoticeKind.CANCELLED),
            ("专利权质押登记撤销通知书", NoticeKind.REVOKED),
            ("专利权质押不予登记通知书", NoticeKind.REFUSED),
            ("专利权质押登记补正通知书", NoticeKind.CORRECTION),
            ("商标专用权质权登记证", NoticeKind.REGISTERED),
        ],
    )
    def test_knows_the_kind_by_its_title(self, title: str, kind: NoticeKind) -> None:
        assert read_notice_text(LETTER.replace("专利权质押登记通知书", title)).kind is kind

    def test_names_the_item_of_article_11(self) -> None:
        text = f"专利权质押不予登记通知书\n发文日：2026-06-03\n1. {on.PATENT} 属于第十一条第四项"

        (ground,) = read_notice_text(text).grounds
        assert (ground.code, ground.right_number) == ("461.11.4", on.PATENT)

    def test_reads_what_the_sandbox_writes(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        tried.client.submit(on.act())
        for notice in tried.on(date(2026, 6, 5)).notices():
            text = (notice.content or b"").decode()

            again = read_notice_text(text).notice(client_reference="ZR-1", text=text)

            effect = "security_effect"
            registered = {k: v for k, v in notice.registered.items() if k != effect}
            assert again == replace(notice, registered=registered)


class TestPackageZip:
    def test_has_the_same_bytes_each_time(self) -> None:
        assert package_zip(on.act()) == package_zip(on.act())

    def test_numbers_files_under_names_without_dots(self) -> None:
        act = on.act(files=(PackageFile("质押合同 ZL201710601862.3.pdf", b"x"),))
        archive = zipfile.ZipFile(io.BytesIO(package_zip(act)))

        contents = json.loads(archive.read("contents.json"))

        assert archive.namelist()[1] == "01-质押合同_ZL201710601862_3.pdf"
        assert contents["files"][0]["was"] == "质押合同 ZL201710601862.3.pdf"
        assert contents["files"][0]["sha256"] == sha256(b"x")
        assert json.loads(archive.read("00-form.json")) == on.act().form


class TestPackageOffice:
    def test_keeps_an_act_waiting_until_its_final_notice(self, tmp_path: Path) -> None:
        made = office(tmp_path)
        made.submit(on.act(on.establish(on.PATENT, on.OTHER_PATENT)))
        (waiting,) = made.waiting()

        made.enter_text("专利权质押登记受理通知书\n申请人编号：ZR-1\n发文日：2026-06-02")
        still = made.waiting()
        notice = made.enter_text(LETTER)

        assert (waiting.registry, waiting.kind) == (Registry.PATENT, ActKind.ESTABLISH)
        assert waiting.package.read_bytes().startswith(b"PK")
        assert still == (waiting,)
        assert notice.client_reference == "ZR-1"
        assert made.waiting() == ()

    def test_enters_the_same_notice_once(self, tmp_path: Path) -> None:
        made = office(tmp_path)
        made.submit(on.act())
        notice = read_notice_text(LETTER).notice(client_reference="ZR-1", text=LETTER)

        assert made.enter(notice) == made.enter(notice) == 1
        with pytest.raises(NoticeDiffersError):
            made.enter(replace(notice, registration_no="Y2"))

    @pytest.mark.parametrize("references", [(), ("ZR-1", "ZR-2")])
    def test_asks_which_act_where_none_or_several_fit(
        self, tmp_path: Path, references: tuple[str, ...]
    ) -> None:
        made = office(tmp_path)
        for reference in references:
            made.submit(on.act(on.establish(on.PATENT, on.OTHER_PATENT), reference))

        with pytest.raises(NoticeWithoutActError):
            made.enter_text(LETTER)

    def test_ties_a_later_event_to_the_registration(self, tmp_path: Path) -> None:
        made = office(tmp_path)
        made.submit(on.act(on.establish(on.PATENT, on.OTHER_PATENT)))
        made.enter_text(LETTER)

        event = (
            f"权利状态通知书\n登记号：Y2026980012345\n发文日：2026-07-01\n1. {on.PATENT} 未缴年费"
        )
        notice = made.enter_text(event)

        assert (notice.kind, notice.client_reference) == (NoticeKind.RIGHT_EVENT, "ZR-1")
        assert [cursor for cursor, _ in made.notices(after=1)] == [2]

    def test_leaves_no_half_act_behind(self, tmp_path: Path) -> None:
        """Killed between package and act: the act does not exist, and comes in whole again."""
        made = office(tmp_path)
        made.submit(on.act())
        (act,) = (tmp_path / "acts").iterdir()
        act.unlink()

        assert made.find("ZR-1") is None
        assert made.submit(on.act()).client_reference == "ZR-1"
        assert len(list((tmp_path / "packages").iterdir())) == 1


FILLED = {
    "client_reference": "ZR-1",
    "notice_no": "2026-1",
    "dated_on": "2026-06-03",
    "registration_no": "Y2026980012345",
    "rights": f"{on.PATENT}\n{on.OTHER_PATENT}",
    "amount": "5,000,000.00",
}


class TestNoticeForm:
    @pytest.mark.parametrize(("lang", "kind"), [("zh", "予以登记"), ("en", "Registered")])
    def test_reads_back_as_it_was_filled(self, tmp_path: Path, lang: str, kind: str) -> None:
        path = tmp_path / "notice.xlsx"
        write_notice_form(path, "zh" if lang == "zh" else "en", filled={**FILLED, "kind": kind})

        notice = read_notice_form(path.read_bytes())

        assert notice.kind is NoticeKind.REGISTERED
        assert notice.dated_on == date(2026, 6, 3)
        assert notice.registered["amount_fen"] == 500_000_000
        assert notice.registered["rights"] == [on.PATENT, on.OTHER_PATENT]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("kind", ""),
            ("kind", "别的"),
            ("dated_on", "3.6."),
            ("amount", "0.001"),
            ("amount", "x"),
        ],
    )
    def test_names_the_field_that_cannot_be_read(
        self, tmp_path: Path, field: str, value: str
    ) -> None:
        path = tmp_path / "notice.xlsx"
        write_notice_form(path, "zh", filled={**FILLED, "kind": "予以登记", field: value})

        with pytest.raises(NoticeFormError, match=field):
            read_notice_form(path.read_bytes())

    def test_says_so_where_it_is_no_workbook(self) -> None:
        with pytest.raises(NoticeFormError, match="sheet"):
            read_notice_form(b"x")
