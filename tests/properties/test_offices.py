"""Whatever the seed and however the clock runs: each act before the office ends exactly once."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import offices as on
from zhirong.adapters.offices.sandbox.temper import Temper
from zhirong.adapters.offices.submitting import submit_once
from zhirong.filing import forms, progress
from zhirong.filing.office import Act, ActKind, OfficeDownError, OfficeRejectedError, Registry
from zhirong.filing.progress import Disposition
from zhirong.filing.states import State

FINAL = {"registered", "refused", "changed", "extended", "cancelled"}
END = date(2026, 9, 30)
ACTS = (
    on.act(reference="good"),
    on.act(on.establish(on.PATENT), "second on one patent"),
    on.act(on.establish(on.PLEDGED), "pledged before"),
    on.act(on.establish(on.OTHER_PATENT), "without papers", files=()),
)
TEMPERS = st.builds(
    Temper,
    seed=st.integers(0, 2**32),
    down_days=st.sampled_from([0, 0.3]),
    lost=st.sampled_from([0, 0.3]),
    hanging=st.sampled_from([0, 0.3]),
    busy=st.sampled_from([0, 0.3]),
    doubled=st.sampled_from([0, 0.5]),
    delayed=st.sampled_from([0, 0.5]),
    accepts_next_day=st.sampled_from([0, 0.5]),
)


def tried(folder: str, temper: Temper) -> on.Tried:
    """An office of the temper, with its register."""
    return on.Tried(Path(folder), temper=temper)


def put(office: on.Tried, act: Act) -> bool:
    try:
        submit_once(office.client, act)
    except OfficeDownError:
        return False
    return True


class TestEachAct:
    @given(
        temper=TEMPERS,
        steps=st.lists(st.tuples(st.integers(-5, 20), st.booleans()), min_size=4, max_size=15),
    )
    @settings(max_examples=50)
    def test_ends_in_one_final_notice(self, temper: Temper, steps: list[tuple[int, bool]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            office, waiting = tried(folder, temper), list(ACTS)
            for days, crashes in steps:
                office.on(office.clock.day + timedelta(days=days))
                waiting = [act for act in waiting if not put(office, act)]
                if crashes:
                    office.reopen()
            office.on(max(office.clock.day, date(2026, 9, 1)))
            while waiting:
                office.on(office.clock.day + timedelta(days=1))
                waiting = [act for act in waiting if not put(office, act)]
            office.on(open_day(office, END))
            given_out = office.notices()

            for act in ACTS:
                own = [n for n in given_out if n.client_reference == act.client_reference]
                assert [n.kind in FINAL for n in own].count(True) == 1
                assert own[-1].kind in FINAL
            office.sandbox.store.close()

    @given(temper=TEMPERS, leap=st.integers(1, 40))
    @settings(max_examples=10)
    def test_ends_alike_whether_the_clock_leaps_or_walks(self, temper: Temper, leap: int) -> None:
        calm = replace(temper, down_days=0, lost=0, hanging=0, busy=0)
        outcomes = []
        for step in (1, leap):
            with tempfile.TemporaryDirectory() as folder:
                office = tried(folder, calm)
                for act in ACTS:
                    office.client.submit(act)
                while office.clock.day < END:
                    office.on(min(END, office.clock.day + timedelta(days=step)))
                    office.client.find("good")
                outcomes.append(office.client.notices(after=0))
                office.sandbox.store.close()

        assert outcomes[0] == outcomes[1]


def open_day(office: on.Tried, day: date) -> date:
    """The first day from then on which the office answers."""
    while office.sandbox.is_down(day):
        day += timedelta(days=1)
    return day


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["2026-06-01", "9999-12-31", "0001-01-01", "ZL", "online", "party", "term"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def parts(form: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The paths of all parts of a form."""
    inner = (
        form.items()
        if isinstance(form, dict)
        else enumerate(form)
        if isinstance(form, list)
        else ()
    )
    found = [path] if path else []
    return found + [more for name, item in inner for more in parts(item, (*path, name))]


def with_part(form: Any, path: tuple[Any, ...], value: object) -> Any:
    copied = form.copy()
    copied[path[0]] = value if len(path) == 1 else with_part(form[path[0]], path[1:], value)
    return copied


FORMS = {
    ActKind.ESTABLISH: on.act().form,
    ActKind.CANCEL: forms.encode_form(on.cancel("Y2025980000001")),
    ActKind.CHANGE: forms.encode_form(on.change("Y2025980000001")),
}


class TestMalformedForms:
    @given(data=st.data(), kind=st.sampled_from(list(FORMS)), registry=st.sampled_from(Registry))
    @settings(max_examples=200)
    def test_are_rejected_or_decided_and_never_block_the_office(
        self, data: st.DataObject, kind: ActKind, registry: Registry
    ) -> None:
        form = FORMS[kind]
        for _ in range(data.draw(st.integers(1, 3))):
            form = with_part(form, data.draw(st.sampled_from(parts(form))), data.draw(JSON))
        number = None if kind is ActKind.ESTABLISH else "Y2025980000001"
        made = on.act(kind=kind, registry=registry, registration_no=number)
        act = replace(made, form=form)
        with tempfile.TemporaryDirectory() as folder:
            office = tried(folder, Temper(seed=1))
            try:
                office.client.submit(act)
            except OfficeRejectedError:
                assert office.client.find("ZR-1") is None
            else:
                kinds = office.on(END).kinds()
                assert sum(kind in FINAL for kind in kinds) == 1
            office.sandbox.store.close()


class TestFiling:
    @given(temper=TEMPERS, leap=st.integers(1, 3))
    @settings(max_examples=25)
    def test_follows_an_office_of_any_temper_without_a_contradiction(
        self, temper: Temper, leap: int
    ) -> None:
        """Sent without papers, asked for them, sent again: registered, whatever came twice."""
        filing = progress.Progress(registry=Registry.PATENT, state=State.SIGNED)
        dispositions: set[Disposition] = set()
        cursor, acts = 0, [on.act(files=())]
        with tempfile.TemporaryDirectory() as folder:
            office = tried(folder, replace(temper, down_days=0))
            while office.clock.day < END:
                for act in acts:
                    filing = progress.send(filing, act, on=office.clock.day)
                    if put(office, act):
                        filing = progress.receive(filing, office.client.submit(act))
                acts = [act for act in acts if office.client.find(act.client_reference) is None]
                for number, notice in office.client.notices(after=cursor):
                    heeded = progress.hear(filing, notice)
                    filing, cursor = heeded.progress, number
                    dispositions.add(heeded.disposition)
                    if heeded.disposition is Disposition.MOVED and filing.respond_by is not None:
                        acts = [answer(notice.office_reference)]
                office.on(min(END, office.clock.day + timedelta(days=leap)))
            office.sandbox.store.close()

        assert filing.state is State.REGISTERED
        assert filing.registered is not None
        assert not dispositions & {Disposition.CONFLICT, Disposition.FOREIGN}


def answer(office_reference: str) -> Act:
    return on.act(reference="answer", kind=ActKind.CORRECT, answers=office_reference)
