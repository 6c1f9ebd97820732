"""Contracts and registration, as people click through them, at a trial office."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.unit.platform.desks.clients import browser
from tests.whole_house import WholeHouse
from zhirong.adapters.offices.package import PackageOffice
from zhirong.platform.accounts.models import SignIn
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing import sending
from zhirong.platform.filing.models import Filing, HeardNotice
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock, journal


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WholeHouse:
    return WholeHouse(tmp_path, monkeypatch)


@pytest.fixture
def number(house: WholeHouse) -> str:
    """An approved matter."""
    number = house.applied()
    house.appraised(number)
    house.approved(number)
    return number


def stage(number: str) -> str:
    return str(Matter.objects.get(number=number).stage)


def contracted(house: WholeHouse, number: str) -> None:
    browser(house.manager).post(f"/matters/{number}/contract/make/")


def sign_both(house: WholeHouse, number: str) -> None:
    for viewer in (house.firm, house.chief):
        browser(viewer).post(f"/matters/{number}/contract/sign/", {"read": "yes"})


def press(house: WholeHouse, number: str, act: str, **typed: object) -> str:
    """What the clerk reads after an act on the newest filing."""
    filing = Filing.objects.filter(matter__number=number).latest("id")
    address = f"/matters/{number}/registration/{filing.pk}/{act}/"
    answer = browser(house.clerk).post(address, typed, follow=True)
    return str(answer.content.decode())


def read(viewer: Viewer, address: str) -> str:
    answer = browser(viewer).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


class TestContract:
    def test_lets_both_sign_in_order(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        assert "签署全部" in read(house.firm, f"/matters/{number}/contract/")
        # The bank's own letter waits for it alone; everything else for the firm first.
        assert "待签署（1 份）" in read(house.chief, f"/matters/{number}/contract/")

        sign_both(house, number)

        assert stage(number) == "signed"
        page = read(house.firm, f"/matters/{number}/contract/")
        assert "下载存证包" in page
        assert "未签" not in page

    def test_wants_the_documents_read_first(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)

        answer = browser(house.firm).post(f"/matters/{number}/contract/sign/")

        assert answer.status_code == 422
        assert "请先阅读文件并勾选" in answer.content.decode()
        assert not Deed.objects.exclude(places__signed_on=None).exists()

    def test_asks_for_the_second_factor(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        firm = browser(house.firm)
        SignIn.objects.update(factor_at=None)

        answer = firm.post(f"/matters/{number}/contract/sign/", {"read": "yes"})

        assert answer.status_code == 403
        assert not Deed.objects.exclude(places__signed_on=None).exists()

    def test_says_whether_signatures_hold(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        sign_both(house, number)

        page = read(house.firm, f"/matters/{number}/contract/verification/")

        assert page.count("验证通过") == Deed.objects.count()
        assert "验证不通过" not in page

    def test_is_not_shown_to_strangers(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        for stranger in house.strangers():
            client = browser(stranger)
            for part in ("contract/", "contract/verification/", "registration/"):
                assert client.get(f"/matters/{number}/{part}").status_code == 404
            for part in ("contract/sign/", "contract/evidence/"):
                answer = client.post(f"/matters/{number}/{part}", {"read": "yes"})
                assert answer.status_code == 404


class TestVerify:
    def upload(self, content: bytes, name: str) -> tuple[int, str]:
        file = io.BytesIO(content)
        file.name = name
        answer = Client().post("/verify/", {"file": file})
        return answer.status_code, answer.content.decode()

    def test_verifies_a_package_for_anybody(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        sign_both(house, number)
        taken = browser(house.firm).post(f"/matters/{number}/contract/evidence/")
        package = b"".join(taken)  # type: ignore[call-overload]

        status, page = self.upload(package, "evidence.zip")
        assert status == 200
        assert "验证通过" in page
        names = zipfile.ZipFile(io.BytesIO(package)).namelist()
        assert sum(name.startswith("documents/") for name in names) == Deed.objects.count()

        inside = zipfile.ZipFile(io.BytesIO(package))
        contract = inside.read(next(name for name in names if name.startswith("documents/")))
        assert "验证通过" in self.upload(contract, "contract.pdf")[1]

        place = package.index(b"%PDF") + 2000
        touched = package[:place] + bytes([package[place] ^ 1]) + package[place + 1 :]
        status, page = self.upload(touched, "evidence.zip")
        assert status == 200
        assert "验证不通过" in page

    def test_turns_away_what_it_cannot_read(self, db: None) -> None:
        assert self.upload(b"hello", "letter.txt")[0] == 422
        assert "最大" in self.upload(b"", "empty.pdf")[1]
        assert "太大" in self.upload(b"%PDF-" + b"0" * 20_000_001, "large.pdf")[1]
        assert Client().get("/verify/").status_code == 200


class TestRegistration:
    def test_leads_to_the_certificate(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        assert "没有签齐" in read(house.clerk, f"/matters/{number}/registration/")
        sign_both(house, number)
        assert "没有发现会被拒绝" in read(house.clerk, f"/matters/{number}/registration/")

        press(house, number, "submit")
        house.work()
        for _ in range(5):
            house.next_day()

        filing = Filing.objects.get()
        page = read(house.firm, f"/matters/{number}/registration/")
        assert filing.registration_no in page
        assert "登记通知书" in page
        assert "核验年费" in read(house.clerk, "/clerk/")

    def test_proves_fees_with_a_receipt(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        sign_both(house, number)
        house.registered(number)
        receipt = io.BytesIO(b"%PDF-1.7 receipt")
        receipt.name = "receipt.pdf"

        client = browser(house.clerk)
        assert client.post(f"/matters/{number}/registration/fees/").status_code == 422
        client.post(f"/matters/{number}/registration/fees/", {"receipt": receipt})

        page = read(house.clerk, f"/matters/{number}/registration/")
        assert "receipt.pdf" in page
        assert "待证明" not in page

    def test_goes_on_after_the_office_was_down(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        sign_both(house, number)
        down_until = date(2026, 7, 2)
        house.office().control("down", until=down_until.isoformat())
        press(house, number, "submit")

        with pytest.raises(Exception, match="office"):
            house.work()
        assert "在途" in read(house.clerk, f"/matters/{number}/registration/")
        assert Matter.objects.get(number=number).stage == "filed"

        house.on(down_until)
        for _ in range(5):
            house.next_day()
        assert stage(number) == "registered"
        assert Filing.objects.get().acts.count() == 1


class TestCorrection:
    @pytest.fixture
    def asked(self, house: WholeHouse, number: str) -> str:
        """The office has heard that a pledged patent is under invalidation."""
        contracted(house, number)
        sign_both(house, number)
        right = Filing.objects.get().rights.all()[0]
        house.office().control("seed", **seeded(house, right.number, is_under_invalidation=True))
        press(house, number, "submit")
        house.work()
        for _ in range(4):
            house.next_day()
        assert Filing.objects.get().state == "correction"
        return right.number

    def test_is_answered_with_changed_papers_alone(
        self, house: WholeHouse, number: str, asked: str
    ) -> None:
        desk = read(house.clerk, "/clerk/")
        assert "去补正" in desk
        page = read(house.clerk, f"/matters/{number}/registration/")
        assert asked in page
        assert "修改登记材料" in page
        before = set(Deed.objects.filter(is_withdrawn=False, is_signed=True))

        insists = f"{asked} under_invalidation"
        press(house, number, "mend", same_day_statement="yes", insists=insists)

        kept = set(Deed.objects.filter(is_withdrawn=False, is_signed=True))
        assert {deed.kind for deed in before - kept} == {"application"}
        again = Deed.objects.filter(is_withdrawn=False, is_signed=False)
        assert {deed.kind for deed in again} == {"application", "insistence"}
        assert "没有签齐" in press(house, number, "submit")

        sign_both(house, number)
        press(house, number, "submit")
        house.work()
        for _ in range(5):
            house.next_day()
        assert stage(number) == "registered"
        assert [act.kind for act in Filing.objects.get().acts.all()] == ["establish", "correct"]
        assert journal.audit().faults == ()

    def test_presses_on_the_matter_and_the_desk(
        self, house: WholeHouse, number: str, asked: str
    ) -> None:
        filing = Filing.objects.get()
        assert filing.respond_by is not None
        for address in ("/clerk/", f"/matters/{number}/registration/"):
            assert "补正，逾期视为放弃申请" in read(house.clerk, address)

        house.on(filing.respond_by.replace(month=filing.respond_by.month + 1))
        assert stage(number) == "contracted"
        assert asked

    def test_refuses_a_right_that_is_not_pledged(
        self, house: WholeHouse, number: str, asked: str
    ) -> None:
        page = press(house, number, "mend", insists="ZL000 under_invalidation")
        assert "没有改好" in page
        page = press(house, number, "mend", consent_right=asked, consent_by="乙公司")
        assert "须附其签署的同意书" in page
        assert Deed.objects.filter(is_withdrawn=True).count() == 0


class TestRefusal:
    def test_opens_a_new_filing(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        sign_both(house, number)
        right = Filing.objects.get().rights.all()[0]
        house.office().control("seed", **seeded(house, right.number, is_disputed=True))
        press(house, number, "submit")
        house.work()
        for _ in range(4):
            house.next_day()

        assert stage(number) == "contracted"
        page = read(house.clerk, f"/matters/{number}/registration/")
        assert "不予登记" in page
        assert "新的登记申请" in page
        assert "看原因" in read(house.clerk, "/clerk/")

        settled = {"on": "2026-07-01", "registry": "patent", "right": right.number}
        house.office().control("seed", events=[{**settled, "kind": "settled"}])
        sign_both(house, number)
        press(house, number, "submit")
        house.work()
        for _ in range(5):
            house.next_day()
        assert stage(number) == "registered"
        states = list(Filing.objects.values_list("state", flat=True))
        assert states == ["refused", "registered"]

    def test_hears_a_notice_twice_once(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        sign_both(house, number)
        house.registered(number)
        before = HeardNotice.objects.count()
        for notice in HeardNotice.objects.all():
            assert notice.notice_no
        house.work()
        house.work()
        assert HeardNotice.objects.count() == before


def seeded(house: WholeHouse, number: str, **event: bool) -> dict[str, object]:
    """A register file in which one patent of the filing has something against it."""
    filing = Filing.objects.get()
    stated = next(item for item in filing.contract["rights"] if item["number"] == number)
    right = {
        "registry": "patent",
        "number": number,
        "name": stated["name"],
        "kind": stated["kind"],
        "owners": [house.firm_organization.name],
        "filing_date": stated["filing_date"],
        "granted_on": stated["grant_date"],
        **event,
    }
    return {"rights": [right]}


class TestByHand:
    @pytest.fixture
    def by_hand(self, house: WholeHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """No address of the office: packages are carried, notices entered."""
        assert house, "its own office is there first"
        office = PackageOffice(name="package", folder=tmp_path / "packages", today=clock.today)
        monkeypatch.setattr(sending, "office", lambda: office)

    @pytest.mark.usefixtures("by_hand")
    def test_takes_pasted_and_typed_notices(self, house: WholeHouse, number: str) -> None:
        contracted(house, number)
        sign_both(house, number)
        press(house, number, "submit")
        house.work()
        reference = Filing.objects.get().acts.get().client_reference
        address = f"/matters/{number}/registration/package/{reference}/"
        taken = browser(house.clerk).post(address)
        package = b"".join(taken)  # type: ignore[call-overload]
        assert "contents.json" in zipfile.ZipFile(io.BytesIO(package)).namelist()
        assert browser(house.firm).post(address).status_code == 404

        assert "看不出是哪种通知" in press(house, number, "notice", text="您好，已收到。")
        text = "专利权质押受理通知书\n发文日：2026年6月29日\n发文序号：2026062900001"
        assert "通知已录入" in press(house, number, "notice", text=text)
        assert Filing.objects.get().state == "accepted"

        wrong = {"kind": "registered", "notice_no": "R1", "dated_on": "2026-06-29"}
        assert "请填写这一项" in press(house, number, "notice/typed", **wrong)
        right = {**wrong, "registration_no": "Y2026980000009", "registered_amount": "500"}
        assert "通知已录入" in press(house, number, "notice/typed", **right)

        assert stage(number) == "registered"
        assert Filing.objects.get().registration_no == "Y2026980000009"
        house.work()
        assert HeardNotice.objects.count() == 2

    def test_is_not_offered_where_notices_come_by_themselves(
        self, house: WholeHouse, number: str
    ) -> None:
        contracted(house, number)
        sign_both(house, number)
        press(house, number, "submit")

        assert "粘贴通知全文" not in read(house.clerk, f"/matters/{number}/registration/")
        assert "不需要录入通知" in press(house, number, "notice", text="受理通知书")
