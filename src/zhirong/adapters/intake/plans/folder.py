"""Reads a plan folder: the plan file with all its sections, and the tape that it names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from zhirong.adapters.intake.plans import (
    behavior_section,
    calendar_section,
    issue_sections,
    scenario_sections,
)
from zhirong.adapters.intake.plans.attempts import Attempts
from zhirong.adapters.intake.plans.nodes import Entry, Fields, parsed
from zhirong.adapters.intake.plans.reader import (
    OTHERS,
    SECTIONS,
    UNITS,
    PlanFileError,
    load_plan,
)
from zhirong.adapters.intake.plans.schedules import days
from zhirong.application.plans.records import PlanInputs
from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.pool.records import Pool

FEN = 100
TapeReader: TypeAlias = Callable[[Path, date], tuple[Pool, Mapping[str, str]]]
"""From a tape and the cut-off day to the pool, and where each claim stands in it."""


class NoPlanFileError(InputError):
    """A plan file that is not there."""

    code = "error.plan_file_missing"

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no plan file {path}.", name=str(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolTerms:
    """The section `pool`: tape, ends of the collection periods, rules that are waived."""

    tape: Path
    collected_on: tuple[date, ...]
    waived: Mapping[str, str]


def read_plan_folder(path: Path, read_tape: TapeReader) -> PlanInputs:
    """Everything a plan file and its tape say.

    Raises:
        NoPlanFileError: There is no such file.
        PlanFileError: The file has problems, each named with its line.
    """
    if not path.is_file():
        raise NoPlanFileError(path)
    plan = load_plan(path)
    top = parsed(path.read_bytes())
    fields = top.fields(*SECTIONS, *OTHERS)
    attempts = Attempts()
    terms = attempts.make(lambda: _pool_terms(fields.needed("pool"), plan, path.parent))
    if terms is None:
        raise PlanFileError(path.name, tuple(attempts.problems))
    pool, rows = read_tape(terms.tape, plan.dates.cut_off)
    inputs = _Sections(fields, plan, pool, attempts).inputs(terms, rows)
    if inputs is None:
        problems = sorted(attempts.problems, key=lambda each: int(str(each.facts["line"])))
        raise PlanFileError(path.name, tuple(problems))
    return inputs


def _pool_terms(entry: Entry, plan: Plan, folder: Path) -> PoolTerms:
    fields = entry.fields("tape", "collected", "waived")
    place, collected, waived = fields.needed("tape"), fields.get("collected"), fields.get("waived")
    tape = (folder / place.text()).resolve()
    # A plan file may come from outside: it names a file beside it, and no other.
    if not (tape.is_file() and tape.is_relative_to(folder.resolve())):
        raise place.wrong("plan.problem.no_file", value=place.text())
    on = plan.dates.payments if collected is None else days(collected)
    if collected is not None:
        _check_collected(collected, on, plan)
    keyed = {} if waived is None else waived.keyed()
    return PoolTerms(
        tape=tape, collected_on=on, waived={key: value.text() for key, value in keyed.items()}
    )


def _check_collected(entry: Entry, on: tuple[date, ...], plan: Plan) -> None:
    """Nothing, if the periods ascend and lie within the plan's life."""
    for first, second in pairwise((plan.dates.cut_off, *on)):
        if second <= first:
            raise entry.wrong("plan.problem.collected", first=first, second=second)
    if on[-1] > plan.dates.payments[-1]:
        last = plan.dates.payments[-1]
        raise entry.wrong("plan.problem.collected", first=on[-1], second=last)


@dataclass(slots=True)
class _Sections:
    fields: Fields
    plan: Plan
    pool: Pool
    attempts: Attempts

    def inputs(self, terms: PoolTerms, rows: Mapping[str, str]) -> PlanInputs | None:
        """The records; None where some section could not be read."""
        fields, plan, attempts = self.fields, self.plan, self.attempts
        unit_entry = fields.get("amounts_in")
        unit = UNITS["yuan"] if unit_entry is None else unit_entry.word(UNITS)
        section = attempts.section
        behavior = section(
            fields, "behavior", lambda each: behavior_section.behavior(each, plan, unit)
        )
        found = attempts.each(
            fields.get("scenarios"),
            lambda key, each: scenario_sections.scenario(key, each, plan, self.pool),
        )
        inputs = PlanInputs(
            plan=plan,
            pool=self.pool,
            collected_on=terms.collected_on,
            waived=terms.waived,
            rows=rows,
            behavior=behavior,
            scenarios=scenario_sections.with_base(found),
            stress=section(fields, "stress", scenario_sections.stress),
            simulation=section(fields, "simulation", scenario_sections.simulation),
            targets=attempts.each(
                fields.get("targets"),
                lambda key, each: scenario_sections.target(key, each, plan),
            ),
            costs=section(fields, "costs", lambda each: issue_sections.costs(each, unit)),
            steps=section(fields, "issue", issue_sections.steps) or (),
            rates=section(fields, "rates", issue_sections.rates) or {},
            parties=section(fields, "parties", issue_sections.parties) or {},
            selection=section(
                fields, "selection", lambda each: scenario_sections.selection(each, self.pool, unit)
            ),
            curve=section(fields, "curve", issue_sections.curve),
            chain=section(fields, "calendar", calendar_section.calendar),
        )
        if behavior is not None:
            self._check_obligors(inputs)
        attempts.make(self._check_issue)
        return None if attempts.problems else inputs

    def _check_issue(self) -> None:
        """Nothing, if the pool could repay what is issued were nobody to fail."""
        if self.plan.on_collection or self.plan.on_closing:
            return  # such a plan buys more claims
        owed = sum(
            due.interest_fen + due.principal_fen for each in self.pool.claims for due in each.dues
        )
        held = owed + sum(each.opening_fen for each in self.plan.accounts)
        issued = sum(each.balance_fen for each in self.plan.tranches)
        if issued > held:
            facts = {"issued": Decimal(issued) / FEN, "pool": Decimal(held) / FEN}
            raise self.fields.needed("tranches").wrong("plan.problem.issue_above_pool", **facts)

    def _check_obligors(self, inputs: PlanInputs) -> None:
        """Notes a probability given to somebody who owes nothing, or to a grade nobody has."""
        behavior = inputs.behavior
        place = self.fields.needed("behavior")
        if behavior is None:
            return
        ids = {each.obligor_id for each in self.pool.obligors}
        grades = {each.grade for each in self.pool.obligors if each.grade}
        law = behavior.defaults.migration
        rated = set(law.grades) if law else grades
        for names, known in (
            (behavior.defaults.by_obligor, ids),
            (behavior.defaults.by_grade, grades | rated),
        ):
            for name in names:
                if name not in known:
                    wrong = place.wrong("plan.problem.unknown_name", word=name, section="pool")
                    self.attempts.problems.append(wrong.message)
        for grade in sorted(grades - rated):
            message = place.wrong("plan.problem.grade_without_row", word=grade).message
            self.attempts.problems.append(Message(message.code, message.facts))
