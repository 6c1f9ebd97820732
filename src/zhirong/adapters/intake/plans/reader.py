"""Reads a plan file: records, or every problem with its line and the rule it breaks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from zhirong.adapters.intake.plans import terms
from zhirong.adapters.intake.plans.actions import action
from zhirong.adapters.intake.plans.formulas import amount, condition
from zhirong.adapters.intake.plans.nodes import Entry, Fields, PlanEntryError, lines, parsed
from zhirong.adapters.intake.plans.schedules import days
from zhirong.core.daycounts import DayCount
from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message
from zhirong.securitization.plan import validation
from zhirong.securitization.plan.actions import Action
from zhirong.securitization.plan.conventions import (
    Conventions,
    InterestOnUnpaid,
    ResetAccrual,
    Rounding,
    Split,
)
from zhirong.securitization.plan.problems import Problem
from zhirong.securitization.plan.records import (
    Account,
    Call,
    Cash,
    Dates,
    Plan,
    Route,
    Stage,
    Trigger,
    WhenTested,
)

Made = TypeVar("Made")
SECTIONS = (
    "plan",
    "name",
    "amounts_in",
    "dates",
    "conventions",
    "accounts",
    "collections",
    "tranches",
    "fees",
    "supports",
    "hedges",
    "triggers",
    "waterfalls",
    "on_closing",
    "on_collection",
    "clean_up_call",
)
# Sections that other readers of the same file answer for: the pool, its assumptions, its chain.
OTHERS = (
    "pool",
    "behavior",
    "scenarios",
    "stress",
    "simulation",
    "targets",
    "costs",
    "issue",
    "parties",
    "rates",
    "selection",
    "curve",
    "calendar",
    "money",
)
UNITS = {"yuan": 100, "wan": 1_000_000}
SIZE_MAX = 2_000_000


class PlanFileError(InputError):
    """A plan file that cannot be used; `problems` says what is wrong, line by line."""

    code = "error.plan_file"

    def __init__(self, name: str, problems: tuple[Message, ...]) -> None:
        first = dict(problems[0].facts)
        super().__init__(
            f"{name} has {len(problems)} problems; the first on line {first.get('line')}: "
            f"{problems[0].code}.",
            name=name,
            count=len(problems),
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan, or what is wrong with its file: messages with the facts `line` and `where`."""

    plan: Plan | None
    problems: tuple[Message, ...]


def load_plan(path: Path) -> Plan:
    """The plan of a file.

    Raises:
        PlanFileError: The file has problems.
    """
    reading = read_plan(path.read_bytes())
    if reading.plan is None:
        raise PlanFileError(path.name, reading.problems)
    return reading.plan


def read_plan(data: bytes) -> PlanReading:
    """A plan from the bytes of its file; problems as data, in the order of lines."""
    if len(data) > SIZE_MAX:
        facts: dict[str, Fact] = {"line": 1, "where": "-", "count": SIZE_MAX}
        return PlanReading(None, (Message("plan.problem.size", facts),))
    try:
        top = parsed(data)
        reader = _Reader(top.fields(*SECTIONS, *OTHERS))
    except PlanEntryError as wrong:
        return PlanReading(None, (wrong.message,))
    plan = reader.plan()
    problems = list(reader.problems)
    if plan is not None:
        places = lines(top)
        problems += [_placed(each, places) for each in validation.problems_of(plan)]
    problems.sort(key=lambda each: int(str(each.facts["line"])))
    return PlanReading(None if problems else plan, tuple(problems))


def _placed(problem: Problem, places: Mapping[tuple[str, ...], int]) -> Message:
    """A problem of the records with the line of the nearest place that the file has."""
    path = problem.place
    while path and path not in places:
        path = path[:-1]
    line = places.get(path, 1)
    where = ".".join(problem.place) or "-"
    return Message(problem.code, {"line": line, "where": where, **problem.facts})


@dataclass(slots=True)
class _Reader:
    fields: Fields
    problems: list[Message] = field(default_factory=list)
    unit: int = 100

    def plan(self) -> Plan | None:
        """The records; None where some could not be read."""
        unit = self._try(self._unit)
        self.unit = unit or 100
        accounts = self._each("accounts", self._account, is_needed=True)
        first = accounts[0].key if accounts else None
        dates = self._try(lambda: _dates(self.fields.needed("dates")))
        conventions = self._try(lambda: _conventions(self.fields.get("conventions")))
        key = self._try(lambda: self.fields.needed("plan").text())
        name = self._try(lambda: self.fields.needed("name").text())
        tranches = self._each("tranches", terms.tranche, is_needed=True)
        waterfalls = tuple(self._waterfalls(first))
        rest = {
            "routes": tuple(self._routes()),
            "fees": self._each("fees", terms.fee),
            "supports": self._each("supports", terms.support),
            "hedges": self._each("hedges", terms.hedge),
            "triggers": self._each("triggers", _trigger),
            "on_closing": self._actions(self.fields.get("on_closing"), first),
            "on_collection": self._actions(self.fields.get("on_collection"), first),
            "call": self._try(lambda: self._call(first)),
            "labels": tuple(self._labels()),
        }
        if self.problems or dates is None or conventions is None or not key or not name:
            return None
        return Plan(
            key=key,
            name=name,
            dates=dates,
            conventions=conventions,
            accounts=accounts,
            tranches=tranches,
            waterfalls=waterfalls,
            **rest,  # type: ignore[arg-type]
        )

    def _try(self, make: Callable[[], Made]) -> Made | None:
        try:
            return make()
        except PlanEntryError as wrong:
            self.problems.append(wrong.message)
            return None

    def _unit(self) -> int:
        entry = self.fields.get("amounts_in")
        return UNITS["yuan"] if entry is None else entry.word(UNITS)

    def _each(
        self, section: str, make: Callable[[str, Entry, int], Made], *, is_needed: bool = False
    ) -> tuple[Made, ...]:
        entry = self.fields.get(section)
        if entry is None:
            if is_needed:
                self._try(lambda: self.fields.needed(section))
            return ()
        keyed = self._try(entry.keyed) or {}
        made = [
            self._try(lambda key=key, value=value: make(key, value, self.unit))  # type: ignore[misc]
            for key, value in keyed.items()
        ]
        return tuple(each for each in made if each is not None)

    def _account(self, key: str, entry: Entry, unit: int) -> Account:
        fields = entry.fields("opening", "target", "label")
        opening, target = fields.get("opening"), fields.get("target")
        return Account(
            key=key,
            opening_fen=0 if opening is None else opening.fen(unit),
            target=None if target is None else amount(target, unit),
        )

    def _routes(self) -> Iterator[Route]:
        kinds = {cash.value: cash for cash in Cash}
        fields = self._try(lambda: self.fields.needed("collections").fields(*kinds))
        for word, entry in (fields.found if fields is not None else {}).items():
            shares = self._try(lambda entry=entry: _route(entry))  # type: ignore[misc]
            if shares is not None:
                yield Route(cash=kinds[word], accounts=shares)

    def _waterfalls(self, first: str | None) -> Iterator[tuple[Stage, tuple[Action, ...]]]:
        stages = {stage.value: stage for stage in Stage}
        fields = self._try(lambda: self.fields.needed("waterfalls").fields(*stages))
        for word, entry in (fields.found if fields is not None else {}).items():
            yield stages[word], self._actions(entry, first)

    def _actions(self, entry: Entry | None, first: str | None) -> tuple[Action, ...]:
        if entry is None:
            return ()
        made = [
            self._try(lambda item=item: action(item, first, self.unit))  # type: ignore[misc]
            for item in entry.items()
        ]
        return tuple(each for each in made if each is not None)

    def _labels(self) -> Iterator[tuple[str, str]]:
        for section in ("accounts", "tranches", "fees", "supports", "hedges", "triggers"):
            entry = self.fields.get(section)
            if entry is None or self.problems:
                continue
            for key, value in entry.keyed().items():
                label = value.keyed().get("label") if value.is_mapping else None
                text = None if label is None else self._try(label.text)
                if text:
                    yield key, text

    def _call(self, first: str | None) -> Call | None:
        entry = self.fields.get("clean_up_call")
        if entry is None:
            return None
        fields = entry.fields("when", "price", "into")
        into = fields.get("into")
        return Call(
            when=condition(fields.needed("when"), self.unit),
            price=fields.needed("price").share(),
            into=(first or "") if into is None else into.text(),
        )


def _dates(entry: Entry) -> Dates:
    fields = entry.fields("cut_off", "closing", "payments")
    return Dates(
        cut_off=fields.needed("cut_off").day(),
        closing=fields.needed("closing").day(),
        payments=days(fields.needed("payments")),
    )


def _conventions(entry: Entry | None) -> Conventions:
    """The conventions; every word must be chosen, since each moves money."""
    names = ("rounding", "split", "day_count", "interest_on_unpaid", "reset_accrual")
    if entry is None:
        raise PlanEntryError(
            Message("plan.problem.missing", {"line": 1, "where": "-", "word": "conventions"})
        )
    fields = entry.fields(*names)
    accrual = fields.get("reset_accrual")
    return Conventions(
        rounding=fields.needed("rounding").word({each.value: each for each in Rounding}),
        split=fields.needed("split").word({each.value: each for each in Split}),
        day_count=fields.needed("day_count").word({each.value: each for each in DayCount}),
        interest_on_unpaid=fields.needed("interest_on_unpaid").word(
            {each.value: each for each in InterestOnUnpaid}
        ),
        reset_accrual=ResetAccrual.RESET_DATE
        if accrual is None
        else accrual.word({each.value: each for each in ResetAccrual}),
    )


def _route(entry: Entry) -> tuple[tuple[str, Fraction], ...]:
    if entry.is_mapping:
        return tuple((account, share.share()) for account, share in entry.keyed().items())
    return ((entry.text(), Fraction(1)),)


def _trigger(key: str, entry: Entry, unit: int) -> Trigger:
    fields = entry.fields("when", "switch_to", "curable", "tested", "in_a_row", "label")
    stage, curable = fields.get("switch_to"), fields.get("curable")
    tested, in_a_row = fields.get("tested"), fields.get("in_a_row")
    return Trigger(
        key=key,
        condition=condition(fields.needed("when"), unit),
        stage=None if stage is None else stage.word({each.value: each for each in Stage}),
        is_curable=curable is not None and curable.flag(),
        tested=WhenTested.BEFORE_PAYMENT
        if tested is None
        else tested.word({each.value: each for each in WhenTested}),
        in_a_row=1 if in_a_row is None else in_a_row.count(),
    )
