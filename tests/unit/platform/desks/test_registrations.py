"""Other rights, changes, extensions, corrections and other rights, as the clerk clicks through."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.pledges import MARK, PATENTS, PledgeHouse
from tests.unit.platform.desks.clients import browser
from zhirong.filing.forms import ClaimKind, Scope
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.coding import contract_of
from zhirong.platform.filing.models import Amendment, CorrectedField, Filing, HeldRight
from zhirong.platform.operations import clock


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PledgeHouse:
    return PledgeHouse(tmp_path, monkeypatch)


def read(viewer: Viewer, address: str, *, lang: str = "zh-hans") -> str:
    answer = browser(viewer, lang=lang).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def press(house: PledgeHouse, filing: Filing, act: str, **typed: object) -> str:
    address = f"/matters/{filing.matter.number}/registration/{filing.pk}/{act}/"
    return str(browser(house.clerk).post(address, typed, follow=True).content.decode())


class TestOtherRights:
    def test_are_entered_and_pledged(self, house: PledgeHouse) -> None:
        number = house.contracted().number
        page = f"/matters/{number}/registration/rights/"
        shown = house.document(number)
        typed = {
            "right_kind": "trademark",
            "right_number": f"{MARK}/7",
            "right_name": "甲牌",
            "registered_on": "2015-05-07",
            "term_end": "2035-05-06",
            "owners": house.firm_organization.name,
            "held_state": "in_force",
            "stated_value": "200",
            "basis": "agreed",
            "valued_on": clock.today().isoformat(),
            "seen_on": clock.today().isoformat(),
        }
        clerk = browser(house.clerk)
        refused = clerk.post(f"{page}enter/", typed)
        assert refused.status_code == 422
        assert "作为依据的文件" in refused.content.decode()

        done = clerk.post(f"{page}enter/", {**typed, "document": shown.pk}, follow=True)
        assert "已录入" in done.content.decode()
        assert HeldRight.objects.get().value_fen == 200_000_000
        made = clerk.post(
            f"{page}pledge/", {"registry": "trademark", "rights": [MARK]}, follow=True
        )
        text = made.content.decode()
        assert "注册商标专用权质押登记" in text
        assert MARK in text
        assert Filing.objects.count() == 2
        assert "Pledges of marks" in read(house.clerk, page, lang="en")
        assert browser(house.firm).get(page).status_code == 200


class TestAmendments:
    def test_change_what_is_filled_in(self, house: PledgeHouse) -> None:
        filing = house.registered()
        number = filing.matter.number
        nothing = press(house, filing, "change", changed_on=clock.today().isoformat())
        assert "至少填写一项" in nothing

        party = house.firm_organization.identifier
        press(
            house,
            filing,
            "change",
            changed_on=clock.today().isoformat(),
            party=party,
            new_name="甲新公司",
            known_rights=PATENTS,
            rights=PATENTS,
        )
        page = read(house.clerk, f"/matters/{number}/registration/")
        assert "甲新公司" in page
        assert "还没有签齐" in page
        house.sign(number)
        assert "已提交" in press(house, filing, "amendment")
        house.work()
        house.days()
        assert Amendment.objects.get().state == "done"
        assert "变更通知书" in read(house.firm, f"/matters/{number}/registration/")
        assert "notice of change" in read(house.firm, f"/matters/{number}/registration/", lang="en")

    def test_change_the_kind_of_claim_and_what_is_secured(self, house: PledgeHouse) -> None:
        filing = house.registered()
        number = filing.matter.number
        before = contract_of(filing).items
        page = read(house.clerk, f"/matters/{number}/registration/")
        assert page.count('name="known_scope"') == len(before.scope)
        typed = {
            "changed_on": clock.today().isoformat(),
            "known_scope": [part.value for part in before.scope],
        }
        assert "至少填写一项" in press(
            house, filing, "change", **typed, scope=typed["known_scope"], new_claim=""
        )
        assert "无法识别" in press(house, filing, "change", **typed, scope=[])

        press(
            house,
            filing,
            "change",
            **typed,
            new_claim="credit_line",
            scope=["principal", "interest"],
        )

        (claim, scope) = Amendment.objects.get().form["changes"]
        assert (claim["subject"], claim["after"]) == ("claim_kind", "credit_line")
        assert (scope["subject"], scope["after"]) == ("scope", "principal interest")
        page = read(house.firm, f"/matters/{number}/registration/")
        assert "授信额度项下的债权" in page
        assert "<b>主债权本金 · 利息（含罚息、复利）</b>" in page
        house.sign(number)
        assert "已提交" in press(house, filing, "amendment")
        house.work()
        house.days()
        assert Amendment.objects.get().state == "done"
        after = contract_of(Filing.objects.get()).items
        assert (after.claim_kind, after.scope) == (
            ClaimKind.CREDIT_LINE,
            (Scope.PRINCIPAL, Scope.INTEREST),
        )

    def test_extend_a_mark(self, house: PledgeHouse) -> None:
        matter = house.registered().matter
        house.entered(matter.number)
        filing = house.pledged(matter.number)
        house.sign(matter.number)
        house.file(filing)
        house.days()
        filing.refresh_from_db()
        assert filing.expires_on is not None
        house.on(filing.expires_on - timedelta(days=20))
        assert "待延期" in read(house.clerk, "/clerk/")

        wrong = press(house, filing, "extend", period_to="2026-01-01")
        assert "须晚于现在的登记期限" in wrong
        later = filing.expires_on + timedelta(days=100)
        press(house, filing, "extend", period_to=later.isoformat(), is_creditor_alone="yes")
        house.chief_signs(matter.number)
        press(house, filing, "amendment")
        house.work()
        house.days()
        filing.refresh_from_db()
        assert filing.expires_on == later


class TestCorrections:
    def test_come_with_their_source(self, house: PledgeHouse) -> None:
        filing = Filing.objects.get(matter=house.contracted())
        shown = house.document(filing.matter.number)
        typed = {
            "same_day_statement": "yes",
            "correct_subject": PATENTS[0],
            "correct_part": "grant_date",
            "correct_after": "2020-03-31",
        }
        assert "作为依据的文件" in press(house, filing, "mend", **typed)

        page = press(house, filing, "mend", **typed, document=shown.pk)

        assert "更正过的信息" in page
        assert CorrectedField.objects.get().source == shown
