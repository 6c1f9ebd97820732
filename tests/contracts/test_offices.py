"""What every office keeps to: the sandbox over HTTP, the folder by hand, and the fake of tests."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from tests import offices as on
from tests.fake_office import FakeOffice
from zhirong.adapters.offices.package import PackageOffice
from zhirong.adapters.offices.submitting import submit_once
from zhirong.filing.office import (
    Act,
    ActKind,
    Notice,
    NoticeKind,
    Office,
    OfficeDownError,
    OfficeRejectedError,
    Receipt,
    registered_of,
)

REFUSED = on.PLEDGED
FINAL = {
    NoticeKind.REGISTERED,
    NoticeKind.REFUSED,
    NoticeKind.CHANGED,
    NoticeKind.EXTENDED,
    NoticeKind.CANCELLED,
}


class Arranged(Protocol):
    """An office, and the levers that the suite needs of it."""

    @property
    def office(self) -> Office: ...

    def settle(self) -> None: ...

    def reopen(self) -> None: ...

    def lose_an_answer(self) -> None: ...


@dataclass(slots=True)
class BySandbox:
    tried: on.Tried

    @property
    def office(self) -> Office:
        return self.tried.client

    def settle(self) -> None:
        self.tried.on(self.tried.clock.day + timedelta(days=30))

    def reopen(self) -> None:
        self.tried.reopen()

    def lose_an_answer(self) -> None:
        self.tried.client.control("mishaps", next=["lost"])


@dataclass(slots=True)
class ByHand:
    """A person uploads what waits, and types back what the office sent."""

    folder: Path
    is_losing: bool = False
    made: PackageOffice = field(init=False)

    def __post_init__(self) -> None:
        self.reopen()

    @property
    def office(self) -> Office:
        return LosingOffice(self.made, self)

    def settle(self) -> None:
        for number, act in enumerate(self.made.waiting(), start=1):
            self.made.enter_text(typed(act.rights, act.kind, number, act.registration_no))

    def reopen(self) -> None:
        self.made = PackageOffice(name="by hand", folder=self.folder, today=lambda: on.MONDAY)

    def lose_an_answer(self) -> None:
        self.is_losing = True


@dataclass(slots=True)
class LosingOffice:
    """The platform dies once between the office's deed and its own note of it."""

    inner: PackageOffice
    levers: ByHand

    def submit(self, act: Act) -> Receipt:
        receipt = self.inner.submit(act)
        if self.levers.is_losing:
            self.levers.is_losing = False
            raise OfficeDownError("by hand", "died")
        return receipt

    def find(self, client_reference: str) -> Receipt | None:
        return self.inner.find(client_reference)

    def notices(self, *, after: int) -> tuple[tuple[int, Notice], ...]:
        return self.inner.notices(after=after)


def typed(rights: tuple[str, ...], kind: ActKind, number: int, registration_no: str | None) -> str:
    """What a clerk pastes from the office's letter."""
    head = f"发文序号：{number:06d}-{kind}\n发文日：2026年6月3日\n"
    if kind is ActKind.CANCEL:
        return f"专利权质押登记注销通知书\n{head}登记号：{registration_no}\n注销日：2026年6月3日"
    if REFUSED in rights:
        return (
            f"专利权质押不予登记通知书\n{head}专利号：{'、'.join(rights)}\n"
            f"1. {REFUSED} 属于第十一条第九项所列情形"
        )
    return (
        f"专利权质押登记通知书\n{head}质押登记号：Y202698000000{number}\n"
        f"出质人：{on.FIRM}\n质权人：{on.BANK}\n专利号：{'、'.join(rights)}\n"
        "被担保债权数额：500万元\n登记日：2026年6月3日"
    )


@dataclass(slots=True)
class ByFake:
    fake: FakeOffice = field(default_factory=lambda: FakeOffice(refused=(REFUSED,)))

    @property
    def office(self) -> Office:
        return self.fake

    def settle(self) -> None:
        self.fake.decide(date(2026, 6, 3))

    def reopen(self) -> None:
        self.fake = self.fake.reopened()

    def lose_an_answer(self) -> None:
        self.fake.loses_next = True


MAKERS: dict[str, Callable[[Path], Arranged]] = {
    "sandbox": lambda folder: BySandbox(on.Tried(folder)),
    "package": ByHand,
    "fake": lambda _: ByFake(),
}


@pytest.fixture(params=MAKERS.values(), ids=MAKERS.keys())
def arranged(request: pytest.FixtureRequest, tmp_path: Path) -> Arranged:
    made: Arranged = request.param(tmp_path)
    return made


def final(office: Office, reference: str) -> list[Notice]:
    given = {notice.notice_no: notice for _, notice in office.notices(after=0)}
    own = [notice for notice in given.values() if notice.client_reference == reference]
    return [notice for notice in own if notice.kind in FINAL]


class TestSubmit:
    def test_gives_a_receipt_that_echoes_the_reference(self, arranged: Arranged) -> None:
        receipt = arranged.office.submit(on.act())

        assert receipt.client_reference == "ZR-1"
        assert receipt.office_reference
        assert receipt.received_on == on.MONDAY

    def test_gives_the_same_receipt_for_the_same_act(self, arranged: Arranged) -> None:
        first = arranged.office.submit(on.act())
        arranged.settle()

        assert arranged.office.submit(on.act()) == first
        assert len(final(arranged.office, "ZR-1")) == 1

    @pytest.mark.parametrize(
        "other",
        [
            on.act(on.establish(on.OTHER_PATENT)),
            on.act(files=()),
            on.act(kind=ActKind.CANCEL, registration_no="Y2026980000001"),
        ],
    )
    def test_refuses_another_act_under_the_same_reference(
        self, arranged: Arranged, other: Act
    ) -> None:
        arranged.office.submit(on.act())

        with pytest.raises(OfficeRejectedError, match="another act"):
            arranged.office.submit(other)

        arranged.settle()
        assert final(arranged.office, "ZR-1")[0].kind is NoticeKind.REGISTERED


class TestFind:
    def test_knows_what_has_arrived_and_nothing_else(self, arranged: Arranged) -> None:
        receipt = arranged.office.submit(on.act())

        assert arranged.office.find("ZR-1") == receipt
        assert arranged.office.find("ZR-2") is None

    def test_still_knows_it_after_a_crash(self, arranged: Arranged) -> None:
        receipt = arranged.office.submit(on.act())
        arranged.reopen()

        assert arranged.office.find("ZR-1") == receipt


class TestSubmitOnce:
    def test_does_an_act_once_though_its_answer_was_lost(self, arranged: Arranged) -> None:
        arranged.lose_an_answer()
        with pytest.raises(OfficeDownError):
            submit_once(arranged.office, on.act())
        arranged.reopen()

        receipt = submit_once(arranged.office, on.act())
        arranged.settle()

        assert receipt == submit_once(arranged.office, on.act())
        assert len(final(arranged.office, "ZR-1")) == 1


class TestNotices:
    def test_tell_what_was_registered(self, arranged: Arranged) -> None:
        arranged.office.submit(on.act())
        arranged.settle()

        (notice,) = final(arranged.office, "ZR-1")
        assert notice.kind is NoticeKind.REGISTERED
        assert notice.registration_no == "Y2026980000001"
        assert notice.effective_on == notice.dated_on > on.MONDAY
        assert registered_of(notice).amount_fen == 500_000_000
        assert registered_of(notice).rights == (on.PATENT,)
        assert notice.content

    def test_tell_why_an_act_is_refused(self, arranged: Arranged) -> None:
        arranged.office.submit(on.act(on.establish(REFUSED)))
        arranged.settle()

        (notice,) = final(arranged.office, "ZR-1")
        assert notice.kind is NoticeKind.REFUSED
        assert notice.registration_no is None
        assert [(item.code, item.right_number) for item in notice.grounds] == [
            ("461.11.9", REFUSED)
        ]
        assert notice.grounds[0].words

    def test_come_behind_a_cursor_in_its_order(self, arranged: Arranged) -> None:
        for number, right in enumerate((on.PATENT, on.OTHER_PATENT), start=1):
            arranged.office.submit(on.act(on.establish(right), f"ZR-{number}"))
        arranged.settle()

        given = arranged.office.notices(after=0)
        cursors = [cursor for cursor, _ in given]

        assert cursors == sorted(set(cursors))
        assert cursors[0] > 0
        for place, cursor in enumerate(cursors, start=1):
            assert arranged.office.notices(after=cursor) == given[place:]

    def test_are_the_same_after_a_crash(self, arranged: Arranged) -> None:
        arranged.office.submit(on.act())
        arranged.settle()
        given = arranged.office.notices(after=0)

        arranged.reopen()
        arranged.settle()

        assert arranged.office.notices(after=0) == given

    def test_end_each_act_once(self, arranged: Arranged) -> None:
        arranged.office.submit(on.act())
        arranged.settle()
        registration = final(arranged.office, "ZR-1")[0].registration_no
        assert registration is not None

        form = on.cancel(registration)
        act = on.act(form, "ZR-2", kind=ActKind.CANCEL, registration_no=registration)
        arranged.office.submit(replace(act, files=on.files("application", "proof")))
        arranged.settle()
        arranged.settle()

        (ended,) = final(arranged.office, "ZR-2")
        assert ended.kind is NoticeKind.CANCELLED
        assert ended.registration_no == registration
        assert ended.effective_on is not None
