"""An office of a few lines that keeps to the protocol: for tests of what files with an office."""

from dataclasses import dataclass, field
from datetime import date

from zhirong.filing.office import (
    Act,
    ActKind,
    Ground,
    Notice,
    NoticeKind,
    OfficeDownError,
    OfficeRejectedError,
    Receipt,
)

DAY = date(2026, 6, 1)
_ANSWERS = {
    ActKind.ESTABLISH: NoticeKind.REGISTERED,
    ActKind.CHANGE: NoticeKind.CHANGED,
    ActKind.EXTEND: NoticeKind.EXTENDED,
    ActKind.CANCEL: NoticeKind.CANCELLED,
}


@dataclass(slots=True)
class FakeOffice:
    """Registers whatever is put before it when told to decide, but for the rights it refuses."""

    refused: tuple[str, ...] = ()
    is_down: bool = False
    loses_next: bool = False
    acts: dict[str, Act] = field(default_factory=dict)
    decided: dict[str, Notice] = field(default_factory=dict)

    def reopened(self) -> "FakeOffice":
        return FakeOffice(refused=self.refused, acts=self.acts, decided=self.decided)

    def submit(self, act: Act) -> Receipt:
        self._answer()
        if self.acts.setdefault(act.client_reference, act) != act:
            raise OfficeRejectedError("fake", "the reference stands for another act")
        if self.loses_next:
            self.loses_next = False
            raise OfficeDownError("fake", "lost")
        return _receipt(act)

    def find(self, client_reference: str) -> Receipt | None:
        self._answer()
        act = self.acts.get(client_reference)
        return None if act is None else _receipt(act)

    def notices(self, *, after: int) -> tuple[tuple[int, Notice], ...]:
        self._answer()
        return tuple(enumerate(self.decided.values(), start=1))[after:]

    def decide(self, day: date) -> None:
        for reference, act in self.acts.items():
            if reference not in self.decided:
                self.decided[reference] = self._decision(act, day, len(self.decided) + 1)

    def _answer(self) -> None:
        if self.is_down:
            raise OfficeDownError("fake", "down")

    def _decision(self, act: Act, day: date, number: int) -> Notice:
        listed = act.form.get("rights")
        assert isinstance(listed, list)
        rights = [str(item["number"] if isinstance(item, dict) else item) for item in listed]
        bad = [right for right in rights if right in self.refused]
        contract = act.form.get("contract")
        amount = contract["amount_fen"] if isinstance(contract, dict) else None
        words = "refused"
        return Notice(
            notice_no=str(number),
            office_reference=_receipt(act).office_reference,
            client_reference=act.client_reference,
            kind=NoticeKind.REFUSED if bad else _ANSWERS[act.kind],
            dated_on=day,
            registration_no=None if bad else act.registration_no or f"Y{day.year}98{number:07d}",
            grounds=tuple(Ground(code="461.11.9", right_number=r, words=words) for r in bad),
            effective_on=None if bad else day,
            registered={} if bad else {"amount_fen": amount, "rights": rights, "expires_on": None},
            content=b"notice",
        )


def _receipt(act: Act) -> Receipt:
    return Receipt(
        client_reference=act.client_reference,
        office_reference=f"F-{act.client_reference}",
        received_on=DAY,
    )
