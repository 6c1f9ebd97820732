"""The sandbox office on marks, copyright and data, and on what comes after registration."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import offices as on
from zhirong.filing import forms
from zhirong.filing.office import Act, ActKind, NoticeKind, Registry

FRIDAY = date(2026, 6, 5)
NEXT_WEEK = date(2026, 6, 12)
MARK = replace(on.item(on.MARK), kind="trademark", classes=(9,), term_end=date(2030, 1, 1))


def marks(reference: str = "ZR-1", **changed: Any) -> Act:
    """An act on two marks that belong together."""
    rights = (MARK, replace(MARK, number=on.SIMILAR_MARK))
    body = {"rights": rights, "contract": on.contract(rights_count=2), **changed}
    return on.act(on.establish(**body), reference, registry=Registry.TRADEMARK)


def decided(tried: on.Tried, act: Act, day: date = FRIDAY) -> on.Tried:
    tried.client.submit(act)
    return tried.on(day)


def with_mark(folder: Path, **changed: Any) -> on.Tried:
    common: dict[str, Any] = {"registry": "trademark", "kind": "trademark"}
    first = on.right(on.MARK, **common, **{"similar": [on.SIMILAR_MARK], **changed})
    return on.Tried(folder, seed={"rights": [first, on.right(on.SIMILAR_MARK, **common)]})


class TestTrademarkOffice:
    def test_registers_for_a_period_of_its_own(self, tmp_path: Path) -> None:
        notice = decided(with_mark(tmp_path), marks()).notices()[-1]

        assert notice.kind is NoticeKind.REGISTERED
        assert notice.registered["expires_on"] == "2027-05-31"

    def test_lets_a_mark_be_pledged_twice(self, tmp_path: Path) -> None:
        tried = decided(with_mark(tmp_path), marks())
        tried.client.submit(marks("ZR-2"))

        assert tried.on(date(2026, 6, 12)).kinds()[-1] == "registered"

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("358.8.1", {"owners": ["别人有限公司"]}),
            ("358.8.3", {"status": "cancelled"}),
            ("358.8.3", {"expires_on": "2026-06-01"}),
            ("358.8.4", {"is_preserved": True}),
            ("358.8.5", {"status": "pending"}),
        ],
    )
    def test_refuses(self, tmp_path: Path, code: str, changed: dict[str, Any]) -> None:
        tried = decided(with_mark(tmp_path, **changed), marks())

        assert tried.kinds()[-1] == "refused"
        assert code in tried.codes()

    def test_refuses_a_pledge_to_oneself(self, tmp_path: Path) -> None:
        tried = decided(with_mark(tmp_path), marks(pledgee=on.person(on.FIRM, "F")))

        assert "358.8.2" in tried.codes()

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("358.3.similar", {"rights": (MARK,), "contract": on.contract()}),
            ("358.5", {"contract": on.contract(rights_count=2, scope=())}),
            ("358.5", {"contract": on.contract(), "rights": (replace(MARK, classes=()), MARK)}),
        ],
    )
    def test_asks_for_a_correction_within_30_days(
        self, tmp_path: Path, code: str, changed: dict[str, Any]
    ) -> None:
        tried = decided(with_mark(tmp_path), marks(**changed))
        notice = tried.notices()[-1]

        assert notice.kind is NoticeKind.CORRECTION
        assert code in tried.codes()
        assert notice.respond_by is not None
        assert (notice.respond_by - notice.dated_on).days >= 30


def other(registry: Registry, number: str, **changed: Any) -> Act:
    return on.act(on.establish(number, **changed), registry=registry)


class TestOtherRegisters:
    def test_copyright_is_registered_in_ten_days(self, tmp_path: Path) -> None:
        tried = decided(on.Tried(tmp_path), other(Registry.COPYRIGHT, on.SOFTWARE))

        assert tried.on(date(2026, 6, 15)).kinds() == ["accepted", "registered"]

    def test_a_certificate_is_recorded_up_to_its_end_without_effect_in_rem(
        self, tmp_path: Path
    ) -> None:
        act = other(Registry.DATA, on.CERTIFICATE)
        notice = decided(on.Tried(tmp_path), act, date(2026, 6, 15)).notices()[-1]

        assert notice.registered["security_effect"] == "contractual"
        assert notice.registered["expires_on"] == "2027-12-31"

    def test_a_debt_beyond_the_certificate_is_refused(self, tmp_path: Path) -> None:
        contract = on.contract(debt_to=date(2028, 6, 1))
        act = other(Registry.DATA, on.CERTIFICATE, contract=contract)

        assert decided(on.Tried(tmp_path), act, NEXT_WEEK).codes() == ["data.term"]

    def test_what_nobody_registered_is_refused(self, tmp_path: Path) -> None:
        tried = on.Tried(tmp_path, seed={})

        assert decided(tried, on.act()).codes() == ["461.11.12"]

    def test_what_nobody_registered_is_believed_where_the_seed_says_so(
        self, tmp_path: Path
    ) -> None:
        tried = on.Tried(tmp_path, seed={"believes_unknown": True})

        assert decided(tried, on.act()).kinds()[-1] == "registered"
        assert tried.client.registered("patent", "201710601862.3") is not None


def registered(folder: Path, act: Act | None = None) -> tuple[on.Tried, str]:
    """An office with one registration, on a later day."""
    tried = decided(with_mark(folder) if act else on.Tried(folder), act or on.act())
    number = tried.notices()[-1].registration_no
    assert number is not None
    return tried, number


def later(
    form: forms.Form, kind: ActKind, number: str, *files: str, registry: Registry = Registry.PATENT
) -> Act:
    act = on.act(form, f"ZR-{kind}", kind=kind, registration_no=number, registry=registry)
    return replace(act, files=on.files("application", *files))


class TestChange:
    def test_enters_the_new_amount(self, tmp_path: Path) -> None:
        tried, number = registered(tmp_path)
        form = on.change(number, (forms.ChangeSubject.AMOUNT, "500000000", "300000000"))
        act = later(form, ActKind.CHANGE, number, "change_agreement")

        notice = decided(tried, act, NEXT_WEEK).notices()[-1]

        assert notice.kind is NoticeKind.CHANGED
        assert notice.registered["amount_fen"] == 300_000_000

    @pytest.mark.parametrize(
        ("code", "files", "changes"),
        [
            ("act.documents", (), ((forms.ChangeSubject.AMOUNT, "500000000", "1"),)),
            (
                "act.change.before",
                ("change_agreement",),
                ((forms.ChangeSubject.AMOUNT, "1", "2"),),
            ),
            (
                "act.change.rights",
                ("change_agreement",),
                ((forms.ChangeSubject.RIGHTS, on.PATENT, f"{on.PATENT} {on.OTHER_PATENT}"),),
            ),
        ],
    )
    def test_is_not_made(
        self,
        tmp_path: Path,
        code: str,
        files: tuple[str, ...],
        changes: tuple[tuple[forms.ChangeSubject, str, str], ...],
    ) -> None:
        tried, number = registered(tmp_path)
        act = later(on.change(number, *changes), ActKind.CHANGE, number, *files)

        assert decided(tried, act, NEXT_WEEK).codes() == [code]


class TestCancel:
    def test_frees_the_patent_for_another_pledge(self, tmp_path: Path) -> None:
        tried, number = registered(tmp_path)
        decided(tried, later(on.cancel(number), ActKind.CANCEL, number, "proof"), NEXT_WEEK)
        cancelled = tried.notices()[-1]
        tried.client.submit(on.act(reference="ZR-2"))

        assert cancelled.kind is NoticeKind.CANCELLED
        assert cancelled.registered["rights"] == []
        assert tried.on(date(2026, 7, 10)).kinds()[-1] == "registered"

    def test_of_a_part_leaves_the_rest_under_pledge(self, tmp_path: Path) -> None:
        both = on.act(on.establish(on.PATENT, on.OTHER_PATENT))
        tried = decided(on.Tried(tmp_path), both)
        number = tried.notices()[-1].registration_no or ""
        decided(tried, later(on.cancel(number), ActKind.CANCEL, number, "proof"), NEXT_WEEK)

        assert tried.notices()[-1].registered["rights"] == [on.OTHER_PATENT]
        pledged = tried.client.registered("patent", on.OTHER_PATENT)
        assert pledged is not None
        assert [item["registration_no"] for item in pledged["pledges"]] == [number]

    def test_is_refused_for_what_is_not_registered(self, tmp_path: Path) -> None:
        act = later(on.cancel("Y1"), ActKind.CANCEL, "Y1", "proof")

        assert decided(on.Tried(tmp_path), act).codes() == ["act.unknown"]


def extension(number: str, to: date, **changed: Any) -> Act:
    form = forms.ExtendForm(
        registration_no=number,
        pledgors=(on.person(on.FIRM, "F"),),
        pledgee=on.person(on.BANK, "B"),
        agent=None,
        period_to=date(2027, 5, 31),
        new_period_to=to,
        is_creditor_alone=True,
        channel=forms.Channel.ONLINE,
    )
    made = later(form, ActKind.EXTEND, number, "guarantee_letter", registry=Registry.TRADEMARK)
    return replace(made, **changed)


class TestExtend:
    def test_is_granted_before_the_period_ends(self, tmp_path: Path) -> None:
        tried, number = registered(tmp_path, marks())
        tried.on(date(2027, 5, 31)).client.submit(extension(number, date(2028, 5, 31)))

        notice = tried.on(date(2027, 6, 10)).notices()[-1]
        assert notice.kind is NoticeKind.EXTENDED
        assert notice.registered["expires_on"] == "2028-05-31"

    def test_comes_too_late_once_the_registration_has_lapsed(self, tmp_path: Path) -> None:
        tried, number = registered(tmp_path, marks())
        tried.on(date(2027, 6, 1)).client.submit(extension(number, date(2028, 5, 31)))

        assert tried.on(date(2027, 6, 10)).codes() == ["act.ended"]

    def test_is_nothing_that_patents_have(self, tmp_path: Path) -> None:
        tried, number = registered(tmp_path)
        act = extension(number, date(2028, 5, 31), registry=Registry.PATENT)

        assert decided(tried, act, NEXT_WEEK).codes() == ["act.extend.no_period"]


class TestEvents:
    @pytest.mark.parametrize(
        "kind", ["invalidation_filed", "invalidated", "fee_unpaid", "right_ended", "preserved"]
    )
    def test_of_a_pledged_right_are_told_to_the_pledgee(self, tmp_path: Path, kind: str) -> None:
        tried, number = registered(tmp_path)
        event = {"on": "2026-07-01", "registry": "patent", "right": on.PATENT, "kind": kind}
        tried.client.control("seed", events=[event])

        notice = tried.on(date(2026, 7, 2)).notices()[-1]

        assert notice.kind is NoticeKind.RIGHT_EVENT
        assert notice.registration_no == number
        assert notice.client_reference == "ZR-1"
        assert notice.dated_on == date(2026, 7, 1)
        assert [(g.code, g.right_number) for g in notice.grounds] == [(kind, on.PATENT)]

    def test_of_a_free_right_are_told_to_nobody(self, tmp_path: Path) -> None:
        tried, _ = registered(tmp_path)
        event = {"on": "2026-07-01", "registry": "patent", "kind": "invalidated"}
        tried.client.control("seed", events=[{**event, "right": on.OTHER_PATENT}])

        assert tried.on(date(2026, 7, 2)).kinds()[-1] == "registered"

    def test_revoke_a_registration_from_its_start(self, tmp_path: Path) -> None:
        tried, number = registered(tmp_path)
        start = tried.notices()[-1].effective_on
        event = {"on": "2026-07-01", "registry": "patent", "right": on.PATENT, "kind": "revoked"}
        tried.client.control("seed", events=[{**event, "ground": "461.11.1"}])

        notice = tried.on(date(2026, 7, 2)).notices()[-1]

        assert notice.kind is NoticeKind.REVOKED
        assert (notice.registration_no, notice.effective_on) == (number, start)
