"""The text of an office's notice, pasted or typed in, read by its usual wording.

What is read is shown to a person before it counts: a notice that lacks a part is not guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from zhirong.adapters.offices.reading_notices import NoticeFormError
from zhirong.core.hashes import sha256
from zhirong.filing.office import Ground, Notice, NoticeKind
from zhirong.parameters.reader import table

_NUMBER = re.compile(
    r"(?<![\w.])(?:ZL\s?)?(?:20\d{10}|(?:8[5-9]|9\d|0[0-3])\d{6})\.?[\dX](?![\w.])"
)
_CODE = re.compile(r"\[([\w.]+)\]")
_LISTED = re.compile(r"^\s*(?:\d{1,2}[.\u3001)]|[(\uff08]\d{1,2}[)\uff09])\s*(.+)$", re.MULTILINE)
_PLAIN_DAY = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})")
_AMOUNT = re.compile(r"[\d,]+(?:\.\d+)?")
_GROUNDED = (NoticeKind.CORRECTION, NoticeKind.REFUSED, NoticeKind.REVOKED, NoticeKind.RIGHT_EVENT)
_FINAL = (NoticeKind.REGISTERED, NoticeKind.CHANGED, NoticeKind.EXTENDED, NoticeKind.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice:
    """What a text says; "" and None where it says nothing.

    Attributes:
        rights: Numbers of rights in their order, each once.
        amount_fen: Secured amount, whole fen.
    """

    kind: NoticeKind
    notice_no: str
    office_reference: str
    client_reference: str
    registration_no: str | None
    dated_on: date
    effective_on: date | None
    respond_by: date | None
    expires_on: date | None
    pledgors: tuple[str, ...]
    pledgee: str
    rights: tuple[str, ...]
    amount_fen: int | None
    grounds: tuple[Ground, ...]

    def notice(self, *, client_reference: str, text: str) -> Notice:
        """The notice, for the act that it answers, with the text as its page."""
        return Notice(
            notice_no=self.notice_no,
            office_reference=self.office_reference or client_reference,
            client_reference=client_reference,
            kind=self.kind,
            dated_on=self.dated_on,
            registration_no=self.registration_no,
            grounds=self.grounds,
            respond_by=self.respond_by,
            effective_on=self.effective_on,
            registered=self._registered() if self.kind in _FINAL else {},
            content=text.encode(),
        )

    def _registered(self) -> dict[str, object]:
        return {
            "amount_fen": self.amount_fen,
            "rights": list(self.rights),
            "expires_on": None if self.expires_on is None else self.expires_on.isoformat(),
            "pledgors": list(self.pledgors),
            "pledgee": self.pledgee,
        }


@cache
def _words() -> Any:  # noqa: ANN401 - a packaged table
    return table("office_notice_words")


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds a field's label, and the field of each label."""
    fields = {label: name for name, labels in _words()["fields"].items() for label in labels}
    longest_first = sorted(fields, key=len, reverse=True)
    names = "|".join(re.escape(label) for label in longest_first)
    return re.compile(rf"({names})(?:[(\uff08][^)\uff09]*[)\uff09])?\s*[:\uff1a]\s*"), fields


def read_notice_text(text: str) -> ReadNotice:
    """What the text of a notice says.

    Raises:
        NoticeFormError: The kind of notice or its day is not in the text, or a registration comes
            without its number or its rights.
    """
    kind = _kind(text)
    values = _values(text)
    effective, dated = _day(values, "effective_on"), _day(values, "dated_on")
    day = dated or effective
    if day is None:
        raise NoticeFormError("dated_on")
    read = ReadNotice(
        kind=kind,
        notice_no=values.get("notice_no") or f"text-{sha256(text.strip().encode())[:16]}",
        office_reference=values.get("office_reference", ""),
        client_reference=values.get("client_reference", ""),
        registration_no=values.get("registration_no"),
        dated_on=day,
        effective_on=effective,
        respond_by=_day(values, "respond_by"),
        expires_on=_day(values, "expires_on"),
        pledgors=_names(values.get("pledgors", "")),
        pledgee=values.get("pledgee", ""),
        rights=_rights(text, values),
        amount_fen=_fen(values.get("amount")),
        grounds=tuple(_grounds(text)) if kind in _GROUNDED else (),
    )
    if kind is NoticeKind.REGISTERED and not read.registration_no:
        raise NoticeFormError("registration_no")
    if kind is NoticeKind.REGISTERED and not read.rights:
        raise NoticeFormError("rights")
    return read


def _kind(text: str) -> NoticeKind:
    for title, kind in _words()["titles"]:
        if title in text:
            return NoticeKind(kind)
    raise NoticeFormError("kind")


def _values(text: str) -> dict[str, str]:
    """The first value of each field."""
    finder, fields = _labels()
    found = list(finder.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    values: dict[str, str] = {}
    for match, end in zip(found, ends, strict=True):
        rest = text[match.end() : end].splitlines()
        value = rest[0] if rest else ""
        for stop in _words()["stops"]:
            value = value.split(stop)[0]
        if value.strip():
            values.setdefault(fields[match[1]], value.strip())
    return values


def _day(values: dict[str, str], field: str) -> date | None:
    text = values.get(field)
    if text is None:
        return None
    for part in _words()["date_parts"]:
        text = text.replace(part, "-")
    found = _PLAIN_DAY.search("".join(text.split()))
    try:
        return None if found is None else date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as wrong:
        raise NoticeFormError(f"{field}: {values[field]}") from wrong


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r"[\u3001,\uff0c]", text) if name.strip())


def _rights(text: str, values: dict[str, str]) -> tuple[str, ...]:
    patents = [match[0].replace(" ", "") for match in _NUMBER.finditer(text)]
    return tuple(dict.fromkeys(patents)) or _names(values.get("rights", ""))


def _fen(text: str | None) -> int | None:
    found = _AMOUNT.search(text or "")
    if text is None or found is None:
        return None
    try:
        amount = Decimal(found[0].replace(",", ""))
    except InvalidOperation:
        return None
    scale = 1_000_000 if _words()["ten_thousand"] in text else 100
    return int(amount * scale)


def _grounds(text: str) -> Iterator[Ground]:
    for match in _LISTED.finditer(text):
        words, code = match[1].strip(), _CODE.search(match[1])
        number = _NUMBER.search(words)
        yield Ground(
            code=code[1] if code else _article(words),
            right_number=None if number is None else number[0],
            words=words,
        )


def _article(words: str) -> str:
    """The code of an item of article 11 that the words name; "" where they name none."""
    names, ends = _words()["items"], _words()["item_ends"]
    for place, name in enumerate(names, start=1):
        if f"{_words()['article_11']}{name}{ends}" in words:
            return f"461.11.{place}"
    return ""
