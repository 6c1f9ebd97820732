"""The sandbox office on patents: announcement 461, ground by ground."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import offices as on
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.adapters.documents.filing.workbooks import electronic_list
from zhirong.filing import forms
from zhirong.filing.office import (
    Act,
    ActKind,
    NoticeKind,
    OfficeRejectedError,
    PackageFile,
    Registry,
)

FRIDAY = date(2026, 6, 5)


def decided(tried: on.Tried, act: Act) -> on.Tried:
    tried.client.submit(act)
    return tried.on(FRIDAY)


def seeded(folder: Path, **changed: Any) -> on.Tried:
    """An office in whose register the first patent is different."""
    first = on.right(on.PATENT, **changed)
    return on.Tried(folder, seed={"rights": [first, on.right(on.OTHER_PATENT)]})


class TestPatentOffice:
    def test_accepts_and_registers_an_application_in_order(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)

        receipt = tried.client.submit(on.act())
        accepted, registered = tried.on(FRIDAY).notices()

        assert receipt.received_on == on.MONDAY
        assert (accepted.kind, accepted.dated_on) == (NoticeKind.ACCEPTED, on.MONDAY)
        assert registered.kind is NoticeKind.REGISTERED
        assert registered.registration_no == "Y2026980000001"
        assert registered.effective_on == registered.dated_on
        assert registered.dated_on <= date(2026, 6, 3)
        assert registered.registered["amount_fen"] == 500_000_000
        assert registered.registered["rights"] == [on.PATENT]
        assert registered.registered["expires_on"] is None
        assert registered.client_reference == "ZR-1"
        assert registered.office_reference == receipt.office_reference
        assert "专利权质押登记通知书" in (registered.content or b"").decode()

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("461.11.1", {"owners": ["别人有限公司"]}),
            ("461.11.2", {"status": "ended"}),
            ("461.11.2", {"expires_on": "2026-06-01"}),
            ("461.11.3", {"status": "pending"}),
            ("461.11.4", {"fees_paid_until": "2026-05-31"}),
            ("461.11.5", {"is_disputed": True}),
            ("461.11.5", {"is_preserved": True}),
            ("461.11.6", {"expires_on": "2027-05-31"}),
            ("461.11.8", {"owners": [on.FIRM, "共有人有限公司"]}),
            ("461.11.12", {"kind": "plant"}),
        ],
    )
    def test_refuses_by_its_own_register(
        self, tmp_path: Path, code: str, changed: dict[str, Any]
    ) -> None:
        tried = decided(seeded(tmp_path, **changed), on.act())

        notice = tried.notices()[-1]
        assert notice.kind is NoticeKind.REFUSED
        assert code in tried.codes()
        assert notice.grounds[0].right_number == on.PATENT
        assert notice.grounds[0].words

    @pytest.mark.parametrize(
        ("changed", "items"),
        [
            ({"contract": on.contract(claim_kind=None)}, "种类"),
            ({"contract": on.contract(amount_fen=None)}, "数额"),
            ({"contract": on.contract(debt_to=None)}, "期限"),
            ({"contract": on.contract(rights_count=2)}, "项数"),
            ({"contract": on.contract(scope=())}, "范围"),
            ({"pledgee": replace(on.person(on.BANK, "B"), address="")}, "地址"),
            ({"rights": (on.item(on.PATENT, grant_date=None),)}, "授权公告日"),
        ],
    )
    def test_refuses_a_contract_that_lacks_an_item_of_article_8(
        self, tmp_path: Path, changed: dict[str, Any], items: str
    ) -> None:
        tried = decided(on.Tried(tmp_path), on.act(on.establish(**changed)))

        (ground,) = tried.notices()[-1].grounds
        assert ground.code == "461.11.7"
        assert items in ground.words

    def test_knows_a_pledge_that_it_registered_before(self, tmp_path: Path) -> None:
        tried = decided(on.Tried(tmp_path), on.act(on.establish(on.PLEDGED)))

        assert tried.codes() == ["461.11.9"]

    def test_registers_one_of_two_pledges_of_one_patent(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        tried.client.submit(on.act())
        tried.client.submit(on.act(reference="ZR-2"))

        kinds = tried.on(FRIDAY).kinds()

        assert sorted(kinds) == ["accepted", "accepted", "refused", "registered"]

    def test_takes_a_co_owners_consent(self, tmp_path: Path) -> None:
        consent = forms.Consent(right=on.PATENT, by="共有人有限公司")
        tried = seeded(tmp_path, owners=[on.FIRM, "共有人有限公司"])

        assert decided(tried, on.act(on.establish(consents=(consent,)))).kinds()[-1] == "registered"

    @pytest.mark.parametrize(
        ("code", "number", "changed", "ground"),
        [
            (
                "461.11.10",
                on.UTILITY_MODEL,
                {"has_same_day_invention": True},
                "same_day_invention",
            ),
            ("461.11.11", on.PATENT, {"is_under_invalidation": True}, "under_invalidation"),
        ],
    )
    def test_tells_the_parties_who_may_insist(
        self, tmp_path: Path, code: str, number: str, changed: dict[str, Any], ground: str
    ) -> None:
        tried = on.Tried(tmp_path, seed={"rights": [on.right(number, **changed)]})
        decided(tried, on.act(on.establish(number)))
        told = tried.notices()[-1]

        insists = (forms.Insistence(right=number, ground=ground),)
        tried.client.submit(answer(on.establish(number, insists=insists), told.office_reference))

        assert told.kind is NoticeKind.CORRECTION
        assert [item.code for item in told.grounds] == [code]
        assert tried.on(date(2026, 6, 12)).kinds()[-1] == "registered"


def answer(form: forms.Form, office_reference: str, **changed: Any) -> Act:
    kind = ActKind.CORRECT
    made = on.act(form, "ZR-1-answer", kind=kind, answers=office_reference)
    return replace(made, **changed)


class TestCorrections:
    @pytest.mark.parametrize(
        ("code", "change"),
        [
            ("461.7.documents", lambda act: replace(act, files=on.files("application"))),
            ("461.7.identity", lambda act: changed(act, commitments=())),
            ("461.same_day_statement", lambda act: changed(act, same_day_statement=False)),
            (
                "461.7.authorization",
                lambda act: changed(act, on_behalf=forms.OnBehalf(filer="B", authorized_by=("F",))),
            ),
            (
                "461.7.appraisal",
                lambda act: changed(
                    act, value=forms.ValueStatement(amount_fen=1, how=forms.ValueBasis.APPRAISAL)
                ),
            ),
            (
                "461.5",
                lambda act: changed(act, pledgee=replace(on.person(on.BANK, "B"), is_abroad=True)),
            ),
            (
                "461.7.as_registered",
                lambda act: changed(act, rights=(on.item(on.PATENT, grant_date=on.MONDAY),)),
            ),
        ],
    )
    def test_are_asked_for(self, tmp_path: Path, code: str, change: Callable[[Act], Act]) -> None:
        tried = decided(on.Tried(tmp_path), change(on.act()))
        notice = tried.notices()[-1]

        assert notice.kind is NoticeKind.CORRECTION
        assert set(tried.codes()) == {code}
        assert notice.respond_by is not None
        assert notice.respond_by >= notice.dated_on + timedelta(days=15)

    def test_lead_to_registration_once_mended(self, tmp_path: Path) -> None:
        tried = decided(on.Tried(tmp_path), on.act(files=()))
        told = tried.notices()[-1]

        receipt = tried.client.submit(answer(on.establish(), told.office_reference))
        final = tried.on(date(2026, 6, 12)).notices()[-1]

        assert final.kind is NoticeKind.REGISTERED
        assert final.client_reference == "ZR-1"
        assert final.office_reference == told.office_reference != receipt.office_reference

    def test_end_in_refusal_when_not_mended(self, tmp_path: Path) -> None:
        tried = decided(on.Tried(tmp_path), on.act(files=()))
        told = tried.notices()[-1]
        tried.client.submit(answer(on.establish(), told.office_reference, files=()))

        assert tried.on(date(2026, 6, 12)).kinds()[-1] == "refused"
        assert tried.codes()[0] == "not_mended"

    def test_end_in_refusal_when_not_answered_in_time(self, tmp_path: Path) -> None:
        tried = decided(on.Tried(tmp_path), on.act(files=()))

        assert tried.on(date(2026, 9, 1)).kinds() == ["accepted", "correction", "refused"]
        assert tried.codes() == ["not_answered"]

    def test_are_not_taken_where_none_was_asked_for(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path)
        receipt = tried.client.submit(on.act())

        with pytest.raises(OfficeRejectedError, match="no_open_correction"):
            tried.client.submit(answer(on.establish(), receipt.office_reference))


def changed(act: Act, **parts: Any) -> Act:
    return replace(act, form=forms.encode_form(on.establish(**parts)))


class TestElectronicList:
    NUMBERS = tuple(f"ZL2017106{number:05d}.3" for number in range(11))

    def tried(self, folder: Path, content: bytes | None) -> on.Tried:
        seed = {"rights": [on.right(number) for number in self.NUMBERS]}
        files = () if content is None else (PackageFile("electronic_list.csv", content),)
        act = on.act(on.establish(*self.NUMBERS), files=(*on.FILES, *files))
        return decided(on.Tried(folder, seed=seed), act)

    def test_is_wanted_for_more_than_ten_patents(self, tmp_path: Path) -> None:
        assert self.tried(tmp_path, None).codes() == ["461.electronic_list"]

    def test_holds_numbers_without_their_dot(self, tmp_path: Path) -> None:
        with_dots = "\n".join(self.NUMBERS).encode()

        assert set(self.tried(tmp_path, with_dots).codes()) == {"461.electronic_list.number"}

    def test_is_taken_as_the_office_wants_it(self, tmp_path: Path) -> None:
        plain = "\n".join(self.NUMBERS).replace(".", "").encode()

        assert self.tried(tmp_path, plain).kinds()[-1] == "registered"

    def test_is_taken_as_the_workbook_that_filings_carry(self, tmp_path: Path) -> None:
        rights = tuple(on.item(number) for number in self.NUMBERS)
        book = electronic_list(rights, Registry.PATENT, Speech("zh"), dated_on=on.MONDAY)

        assert self.tried(tmp_path, book).kinds()[-1] == "registered"
