"""The office's desk: acts come in, each is done once; notices go out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhirong.adapters.offices.sandbox import examining
from zhirong.adapters.offices.sandbox.reading import (
    Application,
    ApplicationUnreadableError,
    read_application,
)
from zhirong.adapters.offices.sandbox.records import ActRecord, Stage
from zhirong.adapters.offices.sandbox.store import Store
from zhirong.adapters.offices.sandbox.temper import Temper
from zhirong.core.calendar import BusinessCalendar
from zhirong.core.errors import InputError
from zhirong.parameters.reader import Parameters

LIMITS = "sandbox_office.time_limits"


class ActRefusedAtDeskError(InputError):
    """An act that is not taken in; `reason` says why in a word."""

    code = "error.sandbox_office_not_taken"

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}", reason=reason, detail=detail)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An act as it was sent."""

    client_reference: str
    registry: str
    kind: str
    form: Mapping[str, object]
    files: tuple[tuple[str, bytes], ...]
    registration_no: str | None
    answers: str | None

    @property
    def fingerprint(self) -> str:
        """A hash of the content; two acts of one content have the same."""
        body = {
            "registry": self.registry,
            "kind": self.kind,
            "form": self.form,
            "files": sorted((name, hashlib.sha256(data).hexdigest()) for name, data in self.files),
            "registration_no": self.registration_no,
            "answers": self.answers,
        }
        text = json.dumps(body, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who takes acts in."""

    store: Store
    temper: Temper
    calendar: BusinessCalendar

    def take(self, incoming: Incoming, day: date) -> ActRecord:
        """The act as it lies on the desk; the same act again is the one that lies there already.

        Raises:
            ActRefusedAtDeskError: It cannot be read, or its reference was used for another act.
        """
        with self.store.transaction():
            known = self.store.act_of(incoming.client_reference)
            if known is not None:
                act, fingerprint = known
                if fingerprint != incoming.fingerprint:
                    raise ActRefusedAtDeskError(
                        "reference_used", f"{incoming.client_reference} stands for another act"
                    )
                return act
            return self._take_new(incoming, day)

    def _take_new(self, incoming: Incoming, day: date) -> ActRecord:
        application = _readable(incoming)
        answered = self._answered(incoming)
        act = ActRecord(
            office_reference=f"SB{day.year}{self.store.next_number('act'):07d}",
            client_reference=incoming.client_reference,
            registry=incoming.registry,
            kind=incoming.kind,
            form=incoming.form,
            registration_no=incoming.registration_no,
            answers=incoming.answers,
            received_on=day,
            stage=Stage.EXAMINING if answered is None else Stage.MERGED,
        )
        self.store.add_act(act, incoming.fingerprint)
        if answered is None:
            self.store.put_files(act.office_reference, incoming.files)
            self._accept_on(act, day)
            self._examine_on(act, application, day)
        else:
            self._merge(answered, act, incoming)
            self._examine_on(answered, application, day, seen_as=act.office_reference)
        return act

    def _answered(self, incoming: Incoming) -> ActRecord | None:
        if incoming.kind != "correct":
            return None
        found = self.store.act(incoming.answers or "")
        if found is None or found.registry != incoming.registry:
            raise ActRefusedAtDeskError("unknown_act", f"{incoming.answers} is no act of yours")
        if found.stage is not Stage.AWAITING:
            raise ActRefusedAtDeskError("no_open_correction", f"{incoming.answers} waits for none")
        return found

    def _merge(self, answered: ActRecord, act: ActRecord, incoming: Incoming) -> None:
        merged = ActRecord(
            office_reference=answered.office_reference,
            client_reference=answered.client_reference,
            registry=answered.registry,
            kind=answered.kind,
            form=act.form,
            registration_no=answered.registration_no,
            answers=None,
            received_on=answered.received_on,
            stage=Stage.EXAMINING,
            told=answered.told,
            round=answered.round + 1,
        )
        self.store.put_act(merged)
        self.store.put_files(answered.office_reference, incoming.files)

    def _accept_on(self, act: ActRecord, day: date) -> None:
        is_late = self.temper.happens("accepts_next_day", act.client_reference)
        due = self.calendar.plus_workdays(day, 1) if is_late else self.calendar.on_or_after(day)
        self.store.plan(due, "accept", act.office_reference)

    def _examine_on(
        self, act: ActRecord, application: Application, day: date, *, seen_as: str = ""
    ) -> None:
        limits = Parameters().get(LIMITS, on=day).value[act.registry]
        most = int(limits["online" if application.is_online else "paper"])
        count = self.temper.workdays(seen_as or act.client_reference, most)
        due = self.calendar.plus_workdays(day, count)
        self.store.plan(due, "examine", act.office_reference)


def _readable(incoming: Incoming) -> Application:
    if incoming.registry not in examining.REGISTRIES:
        raise ActRefusedAtDeskError("malformed", f"no register {incoming.registry!r}")
    if incoming.kind not in {*examining.KINDS, "correct"}:
        raise ActRefusedAtDeskError("malformed", f"no act of the kind {incoming.kind!r}")
    if incoming.kind in ("change", "extend", "cancel") and not incoming.registration_no:
        raise ActRefusedAtDeskError("malformed", "registration_no is missing")
    try:
        return read_application(incoming.form)
    except ApplicationUnreadableError as wrong:
        raise ActRefusedAtDeskError("malformed", f"form.{wrong.facts['part']}") from wrong
