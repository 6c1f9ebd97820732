"""The manual way: a zip to be uploaded at the office's website, notices typed or pasted in.

The folder is the office as far as the platform can see: an act in it is in flight until its final
notice is entered. Acts and notices are files that are there whole or not at all.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhirong.adapters.offices import package_folder as files
from zhirong.adapters.offices.notice_text import ReadNotice, read_notice_text
from zhirong.adapters.offices.reading_notices import notice_body, notice_from
from zhirong.core.codec import canonical
from zhirong.core.errors import InputError
from zhirong.core.hashes import sha256
from zhirong.filing.office import (
    Act,
    ActKind,
    Notice,
    NoticeKind,
    OfficeRejectedError,
    PackageFile,
    Receipt,
    Registry,
)

_ACTS, _PACKAGES, _NOTICES = "acts", "packages", "notices"
_FINAL = frozenset(
    (
        NoticeKind.REGISTERED,
        NoticeKind.REFUSED,
        NoticeKind.CHANGED,
        NoticeKind.EXTENDED,
        NoticeKind.CANCELLED,
    )
)

_UNASKED = frozenset((NoticeKind.REVOKED, NoticeKind.RIGHT_EVENT))


class NoticeWithoutActError(InputError):
    """A notice that belongs to no act in the folder, or to more than one."""

    code = "error.notice_without_act"

    def __init__(self, detail: str) -> None:
        super().__init__(f"The notice fits no single act in flight: {detail}.", detail=detail)


class NoticeDiffersError(InputError):
    """A notice whose number was entered before with another content."""

    code = "error.notice_differs"

    def __init__(self, notice_no: str) -> None:
        super().__init__(f"Notice {notice_no} was entered otherwise before.", notice_no=notice_no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An act in flight: its package is to be uploaded, or its notice is awaited.

    Attributes:
        package: The zip for upload.
        written_on: The day on which it was written.
        rights: Numbers of the rights that it is about.
    """

    client_reference: str
    registry: Registry
    kind: ActKind
    package: Path
    written_on: date
    rights: tuple[str, ...]
    registration_no: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageOffice:
    """The protocol of an office over a folder and a person's hands.

    The office's own reference is not known when the package is written; until a notice tells it,
    the client reference stands for it.

    Attributes:
        today: The day by the platform's clock.
        beside: Files that go into a package for who uploads it, beside those of the act.
    """

    name: str
    folder: Path
    today: Callable[[], date]
    beside: Callable[[Act, date], tuple[PackageFile, ...]] = lambda _act, _day: ()

    def submit(self, act: Act) -> Receipt:
        """Write the package and keep the act as waiting; `Office.submit`."""
        known = self._act(act.client_reference)
        fingerprint = sha256(canonical(files.act_body(act)))
        if known is None:
            self._write(act, fingerprint)
            known = self._act(act.client_reference)
            assert known is not None, "it was written just now"
        if known["fingerprint"] != fingerprint:
            reason = f"reference_used: {act.client_reference} stands for another act"
            raise OfficeRejectedError(self.name, reason)
        return _receipt(known)

    def find(self, client_reference: str) -> Receipt | None:
        """The receipt of an act whose package is written; `Office.find`."""
        known = self._act(client_reference)
        return None if known is None else _receipt(known)

    def notices(self, *, after: int) -> tuple[tuple[int, Notice], ...]:
        """Notices as they were entered; `Office.notices`."""
        return tuple((cursor, notice) for cursor, notice in self._entered() if cursor > after)

    def waiting(self) -> tuple[Waiting, ...]:
        """Acts without a final notice, by reference; a correction waits with the act it answers."""
        entered = [notice for _, notice in self._entered()]
        ended = {notice.client_reference for notice in entered if notice.kind in _FINAL}
        ended |= {n.office_reference for n in entered if n.client_reference in ended}
        acts = (json.loads(path.read_bytes()) for path in sorted(self._folder(_ACTS)))
        return tuple(
            self._waiting(act)
            for act in acts
            if not {act["client_reference"], act["answers"]} & ended
        )

    def enter(self, notice: Notice) -> int:
        """Enter a notice; its cursor. The same notice again is entered once.

        Raises:
            NoticeWithoutActError: There is no act of its client reference.
            NoticeDiffersError: Its number was entered with another content.
        """
        if self._act(notice.client_reference) is None:
            raise NoticeWithoutActError(notice.client_reference)
        content = canonical(notice_body(notice))
        while True:
            entered = list(self._entered())
            for cursor, known in entered:
                if known.notice_no == notice.notice_no:
                    if canonical(notice_body(known)) != content:
                        raise NoticeDiffersError(notice.notice_no)
                    return cursor
            cursor = max((number for number, _ in entered), default=0) + 1
            if files.put_new(self.folder / _NOTICES / f"{cursor:08d}.json", content):
                return cursor

    def enter_text(self, text: str, *, client_reference: str = "") -> Notice:
        """Enter the text of a notice, for an act that is named or that it alone fits.

        Raises:
            NoticeFormError: The text does not say what it must.
            NoticeWithoutActError: It fits no single act.
            NoticeDiffersError: As `enter`.
        """
        read = read_notice_text(text)
        reference = client_reference or read.client_reference or self._fitting(read)
        notice = read.notice(client_reference=reference, text=text)
        self.enter(notice)
        return notice

    def _fitting(self, read: ReadNotice) -> str:
        """The reference of the one act that a notice can be about."""
        if read.kind in _UNASKED:
            fitting = {
                notice.client_reference
                for _, notice in self._entered()
                if notice.kind is NoticeKind.REGISTERED
                and notice.registration_no == read.registration_no
            }
        else:
            fitting = {act.client_reference for act in self.waiting() if _fits(act, read)}
        if len(fitting) != 1:
            raise NoticeWithoutActError(", ".join(sorted(fitting)) or "-")
        return fitting.pop()

    def _write(self, act: Act, fingerprint: str) -> None:
        """The package first: the act's own file is what makes it exist."""
        name = files.folder_name(act.client_reference)
        package = files.package_zip(act, beside=self.beside(act, self.today()))
        files.put_whole(self.folder / _PACKAGES / f"{name}.zip", package)
        kept = {
            **files.act_body(act),
            "fingerprint": fingerprint,
            "received_on": self.today().isoformat(),
        }
        files.put_new(self.folder / _ACTS / f"{name}.json", canonical(kept))

    def _act(self, client_reference: str) -> Mapping[str, Any] | None:
        path = self.folder / _ACTS / f"{files.folder_name(client_reference)}.json"
        if not path.is_file():
            return None
        found: Mapping[str, Any] = json.loads(path.read_bytes())
        return found

    def _waiting(self, act: Mapping[str, Any]) -> Waiting:
        reference = str(act["client_reference"])
        listed = act["form"].get("rights") or []
        numbers = (item["number"] if isinstance(item, dict) else str(item) for item in listed)
        return Waiting(
            client_reference=reference,
            registry=Registry(act["registry"]),
            kind=ActKind(act["kind"]),
            package=self.folder / _PACKAGES / f"{files.folder_name(reference)}.zip",
            written_on=date.fromisoformat(act["received_on"]),
            rights=tuple(numbers),
            registration_no=act["registration_no"],
        )

    def _entered(self) -> Iterator[tuple[int, Notice]]:
        for path in sorted(self._folder(_NOTICES)):
            yield int(path.stem), notice_from(json.loads(path.read_bytes()))

    def _folder(self, name: str) -> Iterator[Path]:
        return (self.folder / name).glob("[!.]*.json")


def _receipt(act: Mapping[str, Any]) -> Receipt:
    reference = str(act["client_reference"])
    return Receipt(
        client_reference=reference,
        office_reference=reference,
        received_on=date.fromisoformat(act["received_on"]),
    )


def _fits(act: Waiting, read: ReadNotice) -> bool:
    if act.kind is ActKind.CORRECT:
        return False
    if act.registration_no is not None:
        return act.registration_no == read.registration_no
    return bool(read.rights) and _plain(act.rights) == _plain(read.rights)


def _plain(numbers: tuple[str, ...]) -> set[str]:
    """Numbers as they compare: without the letters of a patent and without dots."""
    return {files.plain_name(number).replace("_", "").removeprefix("ZL") for number in numbers}
