"""Many firms in one run: one that fails does not stop the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from zhirong.application.appraise import appraise
from zhirong.application.case.intake_report import Intake
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.result import Appraisal
from zhirong.core.errors import ZhirongError
from zhirong.core.messages import Fact, Message
from zhirong.rights.law import PatentLaw


class ReadFolder(Protocol):
    """Reads a firm's folder."""

    def __call__(self, folder: Path, /) -> Intake:
        """All that the folder says."""


class Deliver(Protocol):
    """Writes the files of a result."""

    def __call__(self, appraisal: Appraisal, intake: Intake, out: Path, /) -> tuple[Path, ...]:
        """The files written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What lies outside: folders, documents, the law's published values."""

    read: ReadFolder
    deliver: Deliver
    law: Callable[[], PatentLaw]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmOutcome:
    """What became of one firm: a result with its files, or the reason why there is none."""

    name: str
    out: Path
    intake: Intake | None = None
    appraisal: Appraisal | None = None
    files: tuple[Path, ...] = ()
    failure: Message | None = None


def appraise_folders(
    folders: Sequence[tuple[Path, Path]], options: AppraisalOptions, *, ports: Ports
) -> Iterator[FirmOutcome]:
    """One outcome a folder, as soon as it is there.

    Args:
        folders: (folder of the firm, folder for its results).
        options: The same for all.
        ports: What lies outside.
    """
    for folder, out in folders:
        yield _one(folder, out, options, ports)


def _one(folder: Path, out: Path, options: AppraisalOptions, ports: Ports) -> FirmOutcome:
    intake: Intake | None = None
    try:
        intake = ports.read(folder)
        appraisal = appraise(intake.case_file, options, law=ports.law())
        files = ports.deliver(appraisal, intake, out)
    except ZhirongError as error:
        facts: dict[str, Fact] = {name: _fact(value) for name, value in error.facts.items()}
        failure = Message(error.code, {**facts, "detail": str(error)})
        return FirmOutcome(name=folder.name, out=out, intake=intake, failure=failure)
    except Exception as error:  # noqa: BLE001 - a fault with one firm must not lose the others
        failure = Message(
            "error.firm_failed", {"firm": folder.name, "detail": f"{type(error).__name__}: {error}"}
        )
        return FirmOutcome(name=folder.name, out=out, intake=intake, failure=failure)
    return FirmOutcome(name=folder.name, out=out, intake=intake, appraisal=appraisal, files=files)


def _fact(value: object) -> Fact:
    """A fact as its words format it; what they do not know, as text."""
    if value is None or isinstance(value, str | int | float | Decimal | date):
        return value
    if isinstance(value, tuple):
        return tuple(str(item) for item in value)
    return str(value)
