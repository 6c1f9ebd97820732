"""The money of a plan, carried out with its structure where the plan file says how."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhirong import bootstrap_plan_money
from zhirong.application.plans.records import PlanInputs
from zhirong.core.codec import encode
from zhirong.core.errors import InputError, StateError
from zhirong.core.messages import Language, Message

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyOutcome:
    """Files by language, and what pages show; empty where the plan file has no such section."""

    files: tuple[tuple[Language, tuple[Path, ...]], ...] = ()
    summary: dict[str, Any] = field(default_factory=dict)


def of(path: Path, inputs: PlanInputs, out: Path) -> MoneyOutcome:
    """The money of a plan file that was read; its problems, where it has some, are kept apart.

    A plan is structured long before its loans are made: money that cannot be carried out yet does
    not stop the structure.
    """
    if not bootstrap_plan_money.has_money(path):
        return MoneyOutcome()
    try:
        found = bootstrap_plan_money.run_money(path, inputs)
    except (InputError, StateError) as error:
        said = [encode(each) for each in problems_of(error)]
        return MoneyOutcome(summary={"money_problems": said})
    files = tuple(
        (lang, bootstrap_plan_money.write_money(found, out=out / lang, lang=lang))
        for lang in LANGUAGES
    )
    documents = {lang: bootstrap_plan_money.document_of_money(found, lang) for lang in LANGUAGES}
    pledges = [encode(each) for each in found.open_pledges]
    return MoneyOutcome(files=files, summary={"money": documents, "open_pledges": pledges})


def problems_of(error: InputError | StateError) -> tuple[Message, ...]:
    """What an error says, one by one where it says several."""
    problems: tuple[Message, ...] = tuple(getattr(error, "problems", ()))
    facts = {name: str(value) for name, value in error.facts.items()}
    return problems or (Message(error.code, facts),)
