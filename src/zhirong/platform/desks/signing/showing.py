"""A verification as people read it: bottom line, who signed when, what was changed."""

from dataclasses import dataclass
from datetime import datetime

from zhirong.application.signing import FileCheck, Problem, SignatureCheck, TimeStamp, Verification
from zhirong.platform.operations.clock import CHINA
from zhirong.platform.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSignature:
    """One signature, in words."""

    title: str
    is_valid: bool
    rows: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """One file inside a package."""

    name: str
    is_sound: bool
    problems: tuple[str, ...]
    inner: "Shown | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was found of a file."""

    name: str
    is_valid: bool
    bottom_line: str
    sha256: str
    sm3: str
    stamp: str
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    signatures: tuple[ShownSignature, ...]
    files: tuple[ShownFile, ...]


def shown(found: Verification) -> Shown:
    """A verification in the language of the page."""
    return Shown(
        name=found.name,
        is_valid=found.is_valid,
        bottom_line=_bottom_line(found),
        sha256=found.sha256,
        sm3=found.sm3,
        stamp=_stamp(found.stamp) if found.stamp else "",
        problems=_said(found.problems),
        remarks=_said(found.remarks),
        signatures=tuple(_signature(check) for check in found.signatures),
        files=tuple(_file(file) for file in found.files),
    )


def _bottom_line(found: Verification) -> str:
    if not found.is_valid:
        return say("verification.not_valid")
    return say("verification.demonstration" if found.is_demonstration else "verification.valid")


def _said(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(say(problem.code, problem.facts) for problem in problems)


def _time(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _stamp(stamp: TimeStamp) -> str:
    facts = {
        "time": _time(stamp.at),
        "authority": stamp.authority,
        "clock": f"cli.verify.clock.{stamp.clock}",
    }
    return say("verification.stamp", facts)


def _claimed(at: datetime | None) -> str:
    return say("verification.claimed", {"time": _time(at)}) if at else ""


def _signature(check: SignatureCheck) -> ShownSignature:
    covered = {"revision": check.revision, "revisions": check.revisions}
    rows = {
        "organization": f"{check.organization} {check.identifier}".strip(),
        "person": "" if check.person == check.organization else check.person,
        "time": _stamp(check.stamp) if check.stamp else _claimed(check.claimed_at),
        "chain": " ← ".join(check.chain) or check.issuer,
        "covers": say(f"cli.verify.coverage.{check.coverage}", covered),
        "after": say(f"cli.verify.change.{check.change}"),
    }
    title = "stamp_over_file" if check.is_stamp else "signature"
    return ShownSignature(
        title=say(f"cli.verify.{title}", {"number": check.number}),
        is_valid=check.is_valid,
        rows=tuple((say(f"verification.{name}"), value) for name, value in rows.items() if value),
        problems=_said(check.problems),
    )


def _file(file: FileCheck) -> ShownFile:
    inner = shown(file.inner) if file.inner else None
    return ShownFile(
        name=file.name,
        is_sound=not file.problems and (inner is None or inner.is_valid),
        problems=_said(file.problems),
        inner=inner,
    )
