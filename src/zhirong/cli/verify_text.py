"""What was found of a signed file, as text and as a document for scripts."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from zhirong.application.signing import (
    FileCheck,
    Problem,
    SignatureCheck,
    TimeStamp,
    Verification,
)
from zhirong.core.messages import Fact, Language, Message
from zhirong.parameters.reader import catalog

Document = dict[str, Any]
YES, NO, REMARK = "\u2713", "\u2717", "!"
BEIJING = timezone(timedelta(hours=8))


def _text(code: str, lang: Language, **facts: Fact) -> str:
    return catalog().text(Message(code, facts), lang)


def _time(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S} UTC+8"


def bottom_line(found: Verification, lang: Language) -> str:
    """The one sentence that answers: is it valid?"""
    state = "valid" if found.is_valid else "not_valid"
    is_demonstration = found.is_valid and found.is_demonstration
    code = "valid_demonstration" if is_demonstration else state
    return _text(f"cli.verify.{code}", lang)


def lines(found: Verification, lang: Language) -> Iterator[str]:
    """The findings in lines: bottom line, hashes, signatures, files, what is wrong."""
    yield f"{YES if found.is_valid else NO} {found.name}  {bottom_line(found, lang)}"
    yield f"  SHA-256 {found.sha256}"
    yield f"  SM3     {found.sm3}"
    yield from _problem_lines(found.problems, lang, NO)
    for check in found.signatures:
        yield from _signature_lines(check, lang)
    if found.stamp:
        yield "  " + _text("cli.verify.root_stamp", lang, stamp=_stamp(found.stamp, lang))
    if found.sm2_key:
        yield "  " + _text("cli.verify.sm2", lang)
    for file in found.files:
        yield from _file_lines(file, lang)
    yield from _problem_lines(found.remarks, lang, REMARK)


def _problem_lines(
    problems: tuple[Problem, ...], lang: Language, mark: str, indent: str = "  "
) -> Iterator[str]:
    for problem in problems:
        yield f"{indent}{mark} {catalog().text(problem.message, lang)}"


def _stamp(stamp: TimeStamp, lang: Language) -> str:
    return _text(
        "cli.verify.stamp",
        lang,
        time=_time(stamp.at),
        authority=stamp.authority,
        clock=_text(f"cli.verify.clock.{stamp.clock}", lang),
    )


def _signature_lines(check: SignatureCheck, lang: Language) -> Iterator[str]:
    mark = YES if check.is_valid else NO
    kind = "stamp_over_file" if check.is_stamp else "signature"
    yield f"{mark} " + _text(f"cli.verify.{kind}", lang, number=check.number)
    rows = {
        "organization": f"{check.organization}  {check.identifier}".rstrip(),
        "person": "" if check.person == check.organization else check.person,
        "role": check.role,
        "reason": check.reason,
        "time": _stamp(check.stamp, lang) if check.stamp else _unproven(check, lang),
        "chain": " \u2190 ".join(check.chain) or check.issuer,
        "covers": _covers(check, lang),
        "after": _text(f"cli.verify.change.{check.change}", lang),
    }
    for name, value in rows.items():
        if value:
            yield f"    {_text(f'cli.verify.row.{name}', lang)}{value}"
    yield from _problem_lines(check.problems, lang, NO, "    ")


def _unproven(check: SignatureCheck, lang: Language) -> str:
    if check.claimed_at is None:
        return ""
    return _text("cli.verify.claimed", lang, time=_time(check.claimed_at))


def _covers(check: SignatureCheck, lang: Language) -> str:
    return _text(
        f"cli.verify.coverage.{check.coverage}",
        lang,
        revision=check.revision,
        revisions=check.revisions,
    )


def _file_lines(file: FileCheck, lang: Language) -> Iterator[str]:
    is_sound = not file.problems and (file.inner is None or file.inner.is_valid)
    size = _text("cli.verify.size", lang, size=file.size)
    yield f"{YES if is_sound else NO} {file.name}  {size}  SHA-256 {file.sha256[:16]}\u2026"
    yield from _problem_lines(file.problems, lang, NO, "    ")
    if file.inner:
        for line in lines(file.inner, lang):
            yield f"    {line}"


def document(found: Verification, lang: Language) -> Document:
    """The findings for scripts, with words in the language asked for."""
    return {
        "kind": str(found.kind),
        "name": found.name,
        "is_valid": found.is_valid,
        "is_demonstration": found.is_demonstration,
        "bottom_line": bottom_line(found, lang),
        "size": found.size,
        "sha256": found.sha256,
        "sm3": found.sm3,
        "problems": _problems(found.problems, lang),
        "remarks": _problems(found.remarks, lang),
        "signatures": [_signature(check, lang) for check in found.signatures],
        "time_stamp": _stamp_document(found.stamp),
        "sm2_public_key": found.sm2_key,
        "files": [_file(file, lang) for file in found.files],
    }


def _problems(problems: tuple[Problem, ...], lang: Language) -> list[Document]:
    words = catalog()
    return [{"code": item.code, "text": words.text(item.message, lang)} for item in problems]


def _stamp_document(stamp: TimeStamp | None) -> Document | None:
    if stamp is None:
        return None
    return {
        "at": stamp.at.isoformat(),
        "authority": stamp.authority,
        "clock": str(stamp.clock),
        "is_trusted": stamp.is_trusted,
    }


def _signature(check: SignatureCheck, lang: Language) -> Document:
    return {
        "number": check.number,
        "is_valid": check.is_valid,
        "is_stamp": check.is_stamp,
        "organization": check.organization,
        "identifier": check.identifier,
        "person": check.person,
        "role": check.role,
        "reason": check.reason,
        "issuer": check.issuer,
        "chain": list(check.chain),
        "serial": check.serial,
        "is_demonstration": check.is_demonstration,
        "claimed_at": check.claimed_at.isoformat() if check.claimed_at else None,
        "time_stamp": _stamp_document(check.stamp),
        "is_revocation_checked": check.is_revocation_checked,
        "coverage": str(check.coverage),
        "revision": check.revision,
        "revisions": check.revisions,
        "change": str(check.change),
        "problems": _problems(check.problems, lang),
    }


def _file(file: FileCheck, lang: Language) -> Document:
    return {
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "sm3": file.sm3,
        "problems": _problems(file.problems, lang),
        "inner": document(file.inner, lang) if file.inner else None,
    }
