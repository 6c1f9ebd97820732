"""The office at work: what is due is done in the order of its days, one transaction a step.

When the clock leaps, the days between are worked off one after the other, so the notices are the
same as if somebody had waited for each of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhirong.adapters.offices.sandbox import entering, examining, happenings, wording
from zhirong.adapters.offices.sandbox.desk import LIMITS
from zhirong.adapters.offices.sandbox.findings import Found, Weight
from zhirong.adapters.offices.sandbox.records import ActRecord, GroundRecord, Stage
from zhirong.adapters.offices.sandbox.sending import Outbox, Word
from zhirong.adapters.offices.sandbox.store import Store
from zhirong.core.calendar import BusinessCalendar, last_day
from zhirong.parameters.reader import Parameters

DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Who works the agenda off."""

    store: Store
    outbox: Outbox
    calendar: BusinessCalendar

    def work(self, today: date) -> date:
        """Do what is due; the day the office is at, which never goes back."""
        with self.store.transaction():
            kept = self.store.setting(DAY)
            day = today if kept is None else max(today, date.fromisoformat(kept))
            self.store.keep(DAY, day.isoformat())
        while self._step(day):
            pass
        return day

    def _step(self, day: date) -> bool:
        with self.store.transaction():
            taken = self.store.take_due(day)
            if taken is None:
                return False
            due_on, step, subject = taken
            steps: Mapping[str, Callable[[str, date], None]] = {
                "accept": self._accept,
                "examine": self._examine,
                "overdue": self._overdue,
                "event": self._event,
                "deliver": self._deliver,
            }
            steps[step](subject, due_on)
            return True

    def _accept(self, reference: str, day: date) -> None:
        act = self._act(reference)
        self.outbox.send(act, Word(kind="accepted", dated_on=day))

    def _examine(self, reference: str, day: date) -> None:
        act = self._act(reference)
        examining.believe(self.store, act)
        found = examining.findings(examining.case_of(self.store, act, day=day), act.kind)
        refusals = [item for item in found if item.weight is Weight.REFUSE]
        if refusals:
            self._refuse(act, wording.grounds(refusals), day)
        elif not found:
            self._register(act, day)
        elif self._is_told(act, found):
            told = wording.ground("not_mended")
            self._refuse(act, (told, *wording.grounds(found)), day)
        else:
            self._ask(act, found, day)

    def _is_told(self, act: ActRecord, found: Iterable[Found]) -> bool:
        """Whether a ground was notified before and still holds."""
        return any((item.code, item.right or "") in act.told for item in found)

    def _ask(self, act: ActRecord, found: Iterable[Found], day: date) -> None:
        days = int(Parameters().get(LIMITS, on=day).value[act.registry]["correction_days"])
        respond_by = last_day(day, days=days, working=self.calendar)
        told = {*act.told, *((item.code, item.right or "") for item in found)}
        self.store.put_act(replace(act, stage=Stage.AWAITING, told=tuple(sorted(told))))
        self.store.plan(
            respond_by + timedelta(days=1), "overdue", f"{act.office_reference}/{act.round}"
        )
        word = Word(
            kind="correction",
            dated_on=day,
            grounds=wording.grounds(found),
            respond_by=respond_by,
        )
        self.outbox.send(act, word)

    def _overdue(self, subject: str, day: date) -> None:
        reference, _, round_ = subject.partition("/")
        act = self._act(reference)
        if act.stage is Stage.AWAITING and act.round == int(round_):
            self._refuse(act, (wording.ground("not_answered"),), day)

    def _refuse(self, act: ActRecord, grounds: tuple[GroundRecord, ...], day: date) -> None:
        self.store.put_act(replace(act, stage=Stage.DONE))
        word = Word(
            kind="refused",
            dated_on=day,
            grounds=grounds,
            registration_no=act.registration_no,
        )
        self.outbox.send(act, word)

    def _register(self, act: ActRecord, day: date) -> None:
        pledge = entering.enter(self.store, act, day)
        self.store.put_act(replace(act, stage=Stage.DONE))
        word = Word(
            kind=entering.NOTICE_OF[act.kind],
            dated_on=day,
            registration_no=pledge.registration_no,
            effective_on=day,
            pledge=pledge,
        )
        self.outbox.send(act, word)

    def _event(self, subject: str, day: date) -> None:
        for act, word in happenings.happen(self.store, subject, day):
            self.outbox.send(act, word)

    def _deliver(self, notice_no: str, _: date) -> None:
        self.store.deliver(notice_no)

    def _act(self, reference: str) -> ActRecord:
        act = self.store.act(reference)
        assert act is not None, "the agenda names acts that are on the desk"
        return act
