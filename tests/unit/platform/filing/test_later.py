"""Changes of a registered pledge: what is prepared, signed, filed and heard."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.people import MONDAY
from tests.pledges import PATENTS, PledgeHouse
from zhirong.filing.changing import ChangedPart, ChangeItem, ChangeItemError
from zhirong.filing.findings import Severity
from zhirong.platform.documents.models import Deed
from zhirong.platform.filing.later import (
    AmendmentError,
    NewExtension,
    NotAmendableError,
    check_amendment,
)
from zhirong.platform.filing.models import Amendment, Filing
from zhirong.platform.filing.selectors import alerts_of
from zhirong.platform.filing.sending import PackageNotReadyError
from zhirong.platform.lending import amending, blocks, deciding
from zhirong.platform.operations import clock


def renamed(house: PledgeHouse, name: str = "甲新材料公司") -> ChangeItem:
    return ChangeItem(part=ChangedPart.NAME, after=name, of=house.firm_organization.identifier)


def prepared(house: PledgeHouse, filing: Filing, *items: ChangeItem) -> Amendment:
    return amending.prepare_change(
        filing.matter.number, filing.number, items, changed_on=clock.today(), actor=house.clerk
    )


def filed(house: PledgeHouse, filing: Filing) -> Filing:
    number = filing.matter.number
    house.sign(number)
    amending.file_amendment(number, filing.number, actor=house.clerk)
    house.work()
    house.days()
    return Filing.objects.get(pk=filing.pk)


class TestChange:
    def test_of_a_name_and_an_amount_stands_after_the_notice(self, house: PledgeHouse) -> None:
        filing = house.registered()
        amount = str(filing.contract["items"]["amount_fen"] + 100_000_000)
        made = prepared(
            house, filing, renamed(house), ChangeItem(part=ChangedPart.AMOUNT, after=amount)
        )
        assert made.due_on is not None
        assert timedelta(0) < made.due_on - clock.today() <= timedelta(days=33)
        papers = Deed.objects.filter(is_signed=False, is_withdrawn=False)
        assert {deed.kind for deed in papers} == {"application", "change_agreement"}

        filing = filed(house, filing)

        assert filing.state == "registered"
        assert filing.contract["pledgors"][0]["name"] == "甲新材料公司"
        assert filing.contract["items"]["amount_fen"] == int(amount)
        assert [notice.kind for notice in filing.heard.all()][-1] == "changed"
        assert Amendment.objects.get().state == "done"
        assert blocks.blocks_of(filing.matter) == ()

    def test_takes_a_right_out(self, house: PledgeHouse, monkeypatch: pytest.MonkeyPatch) -> None:
        filing = house.registered()
        monkeypatch.setattr(amending, "cover_of", lambda run, rights: deciding.Money.of_fen(10**12))
        prepared(house, filing, ChangeItem(part=ChangedPart.RIGHTS, after=PATENTS[0]))

        filing = filed(house, filing)

        assert [right["number"] for right in filing.contract["rights"]] == [PATENTS[0]]
        assert filing.rights.get(number=PATENTS[1]).is_live is False
        assert blocks.blocks_of(filing.matter) == ()

    def test_keeps_what_was_approved(
        self, house: PledgeHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filing = house.registered()
        monkeypatch.setattr(amending, "cover_of", lambda run, rights: deciding.Money.of_fen(1))

        with pytest.raises(AmendmentError) as wrong:
            prepared(house, filing, ChangeItem(part=ChangedPart.RIGHTS, after=PATENTS[0]))
        assert wrong.value.facts["reason"] == "error.amendment.cover"
        with pytest.raises(AmendmentError) as wrong:
            prepared(house, filing, ChangeItem(part=ChangedPart.AMOUNT, after="100"))
        assert wrong.value.facts["reason"] == "error.amendment.amount"

    def test_adds_no_right(self, house: PledgeHouse) -> None:
        filing = house.registered(PATENTS[0])
        both = ChangeItem(part=ChangedPart.RIGHTS, after=" ".join(PATENTS))

        with pytest.raises(ChangeItemError) as wrong:
            prepared(house, filing, both)
        assert wrong.value.facts["reason"] == "error.change_item.rights_added"

    def test_waits_for_its_signatures(self, house: PledgeHouse) -> None:
        filing = house.registered()
        prepared(house, filing, renamed(house))

        with pytest.raises(PackageNotReadyError):
            amending.file_amendment(filing.matter.number, filing.number, actor=house.clerk)

    def test_is_given_up_before_it_is_filed(self, house: PledgeHouse) -> None:
        filing = house.registered()
        prepared(house, filing, renamed(house))
        amending.drop(filing.matter.number, filing.number, actor=house.clerk)

        assert Amendment.objects.get().state == "dropped"
        assert not Deed.objects.filter(is_signed=False, is_withdrawn=False).exists()
        assert prepared(house, filing, renamed(house)).act == "change-2"
        assert prepared(house, filing, renamed(house, "乙")).act == "change-2"  # mended

    def test_has_thirty_days(self, house: PledgeHouse) -> None:
        filing = house.registered()
        made = prepared(house, filing, renamed(house))
        assert made.due_on is not None
        number = filing.matter.number
        (alert,) = alerts_of(number, house.clerk)
        assert (alert.code, alert.until, alert.is_late) == (
            "filing.alert.change",
            made.due_on,
            False,
        )

        house.on(made.due_on + timedelta(days=1))

        (alert,) = alerts_of(number, house.clerk)
        assert alert.is_late
        house.sign(number)
        findings = check_amendment(filing, made)
        assert [(item.code, item.severity) for item in findings] == [
            ("later.change_late", Severity.WARN)
        ]

    def test_is_corrected_when_the_office_asks(self, house: PledgeHouse) -> None:
        filing = house.registered()
        amount = str(filing.contract["items"]["amount_fen"] + 5)
        prepared(house, filing, ChangeItem(part=ChangedPart.AMOUNT, after=amount))
        store = house.office_app.office.store
        with store.transaction():  # the office's register says another amount than ours
            held = store.pledge(filing.registration_no)
            assert held is not None
            was = held.amount_fen
            store.put_pledge(replace(held, amount_fen=1))
        filing = filed(house, filing)
        assert filing.state == "change_correction"
        assert Amendment.objects.get().state == "filed"

        with store.transaction():
            store.put_pledge(replace(held, amount_fen=was))
        more = str(int(amount) + 5)
        prepared(house, filing, ChangeItem(part=ChangedPart.AMOUNT, after=more))
        filing = filed(house, filing)

        assert filing.state == "registered"
        assert [act.kind for act in filing.acts.all()] == ["establish", "change", "correct"]
        assert filing.contract["items"]["amount_fen"] == int(more)

    def test_leaves_everything_when_refused(self, house: PledgeHouse) -> None:
        filing = house.registered()
        before = filing.contract
        prepared(house, filing, renamed(house))
        store = house.office_app.office.store
        with store.transaction():
            held = store.pledge(filing.registration_no)
            assert held is not None
            store.put_pledge(replace(held, ended_by="cancelled", ended_on=MONDAY))

        filing = filed(house, filing)

        assert filing.state == "registered"
        assert filing.contract == before
        assert Amendment.objects.get().state == "refused"

    def test_lies_not_in_the_future(self, house: PledgeHouse) -> None:
        filing = house.registered()
        with pytest.raises(AmendmentError):
            amending.prepare_change(
                filing.matter.number,
                filing.number,
                (renamed(house),),
                changed_on=date(2030, 1, 1),
                actor=house.clerk,
            )


class TestExtension:
    def test_is_not_for_patents(self, house: PledgeHouse) -> None:
        filing = house.registered()
        with pytest.raises(NotAmendableError):
            amending.prepare_extension(
                filing.matter.number,
                filing.number,
                NewExtension(period_to=date(2030, 1, 1)),
                actor=house.clerk,
            )
