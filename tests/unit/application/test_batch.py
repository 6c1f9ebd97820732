"""Tests of many firms in one run."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.case_factory import BASE, assumption, case, options
from zhirong.application.batch import FirmOutcome, Ports, _fact, appraise_folders
from zhirong.core.errors import InputError
from zhirong.rights import law


class RefusedError(InputError):
    code = "error.test"


@dataclass
class Desk:
    """Reads by the folder's name, writes nothing, and remembers what it was asked."""

    delivered: list[str] = field(default_factory=list)

    def read(self, folder: Path, /) -> Any:
        if folder.name == "refused":
            raise RefusedError("Not this one.", on=date(2026, 6, 30), owners=("A", "B"))
        twice = (assumption("royalty_rate", 1),) if folder.name == "twice" else ()
        return SimpleNamespace(case_file=case(BASE, twice))

    def deliver(self, appraisal: Any, intake: Any, out: Path, /) -> tuple[Path, ...]:
        if out.name == "full":
            raise OSError("No space left on device")
        self.delivered.append(out.name)
        return (out / "result.json",)


def run(*names: str) -> tuple[list[FirmOutcome], Desk]:
    desk = Desk()
    ports = Ports(read=desk.read, deliver=desk.deliver, law=law.shipped)
    folders = [(Path("in") / name, Path("out") / name) for name in names]
    return list(appraise_folders(folders, options(), ports=ports)), desk


class TestAppraiseFolders:
    def test_goes_on_behind_a_firm_that_fails(self):
        outcomes, desk = run("refused", "twice", "full", "sound")

        assert desk.delivered == ["sound"]
        assert [item.failure.code if item.failure else None for item in outcomes] == [
            "error.test",
            "error.assumption_twice",
            "error.firm_failed",
            None,
        ]
        assert outcomes[-1].files == (Path("out/sound/result.json"),)

    def test_keeps_what_was_read_of_a_firm_that_failed_later(self):
        (outcome,), _ = run("twice")

        assert outcome.intake is not None
        assert outcome.appraisal is None

    def test_keeps_the_facts_that_the_words_ask_for(self):
        (outcome,), _ = run("refused")

        assert outcome.failure.facts["on"] == date(2026, 6, 30)
        assert outcome.failure.facts["owners"] == ("A", "B")
        assert outcome.failure.facts["detail"] == "Not this one."

    def test_gives_each_outcome_as_soon_as_it_is_there(self):
        desk = Desk()
        ports = Ports(read=desk.read, deliver=desk.deliver, law=law.shipped)
        outcomes = appraise_folders(
            [(Path("a"), Path("one")), (Path("b"), Path("two"))], options(), ports=ports
        )

        next(outcomes)

        assert desk.delivered == ["one"]


class TestFact:
    def test_leaves_what_words_can_format(self):
        for value in ("a", 1, 1.5, Decimal(2), date(2026, 6, 30), None, ("a",)):
            assert _fact(value) == value

    def test_writes_the_rest_as_text(self):
        assert _fact({"a": 1}) == "{'a': 1}"
        assert _fact((1, 2)) == ("1", "2")
