"""What `zhirong fees` must know of a right: facts as typed, read and held against each other."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from zhirong.core.errors import InputError
from zhirong.core.identifiers import patents
from zhirong.core.identifiers.records import Identifier
from zhirong.parameters.reader import table
from zhirong.rights import fees, terms
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import FeeReduction, Patent, PatentKind

# Field of the record → option of the command that states it.
OPTIONS: Mapping[str, str] = {
    "app_no": "--number",
    "kind": "--kind",
    "filing_date": "--filed",
    "grant_date": "--granted",
    "fee_paid_through_year": "--paid-through",
    "fee_reduction": "--reduction",
    "on": "--on",
    "notice_received": "--notice-received",
}
FIELDS = frozenset(OPTIONS) - {"on", "notice_received"}
_NOISE = re.compile(r"[\s()\[\]\u3010\u3011:;,.\-_*/\u3001]+")


class FeeFactError(InputError):
    """A fact that the fees need cannot be read."""

    code = "error.fee_fact"

    def __init__(self, field: str, *, text: str) -> None:
        super().__init__(
            f"{field}: {text!r} cannot be read.",
            field=f"fee_fact.{field}",
            text=text,
            option=OPTIONS[field],
            hint=f"fee_hint.{field}",
        )


class FeeFactMissingError(InputError):
    """A fact that the fees need is missing."""

    code = "error.fee_fact_missing"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"{field} is missing.",
            field=f"fee_fact.{field}",
            option=OPTIONS[field],
            hint=f"fee_hint.{field}",
        )


class FeeFactClashError(InputError):
    """A fact contradicts another one: `other` names that one, `known` is what it says."""

    code = "error.fee_fact_clash"

    def __init__(self, field: str, *, text: str, other: str, known: str) -> None:
        super().__init__(
            f"{field}: {text!r} contradicts {other}: {known!r}.",
            field=f"fee_fact.{field}",
            text=text,
            other=f"fee_fact.{other}",
            known=known,
            option=OPTIONS[field],
        )


def patent_of(cells: Mapping[str, str], *, on: date, law: PatentLaw) -> Patent:
    """A patent from texts under the names of the record's fields, reckoned for a day.

    Raises:
        ZhirongError: A number, date or word that cannot be read, is missing, or contradicts
            another.
    """
    number = patents.parse(cells["app_no"]) if cells.get("app_no") else None
    told = _choice("patent_kind", "kind", cells.get("kind", "")) or (number and number.kind)
    if not told:
        raise FeeFactMissingError("kind")
    filed = read_date("filing_date", cells.get("filing_date", ""))
    if filed is None:
        raise FeeFactMissingError("filing_date")
    reduction = _choice("fee_reduction", "fee_reduction", cells.get("fee_reduction", ""))
    found = Patent(
        app_no=number.canonical if number else "",
        kind=PatentKind(told),
        title="",
        filing_date=filed,
        grant_date=read_date("grant_date", cells.get("grant_date", "")),
        fee_paid_through_year=_year(cells.get("fee_paid_through_year", "")),
        fee_reduction=FeeReduction(reduction) if reduction else None,
    )
    _check(found, number, on)
    _check_payment(found, law)
    return found


def _check(right: Patent, number: Identifier | None, on: date) -> None:
    """Nothing, if the facts can be true together."""
    filed, granted = right.filing_date, right.grant_date
    if number is not None and number.kind != str(right.kind):
        raise FeeFactClashError("kind", text=str(right.kind), other="app_no", known=number.display)
    # The number's year may be later than the filing date (international applications), not earlier.
    if number is not None and number.year is not None and filed.year > number.year:
        raise FeeFactClashError(
            "filing_date", text=str(filed), other="app_no", known=number.display
        )
    if filed > on:
        raise FeeFactClashError("filing_date", text=str(filed), other="on", known=str(on))
    if granted is not None and granted < filed:
        raise FeeFactClashError(
            "grant_date", text=str(granted), other="filing_date", known=str(filed)
        )


def _check_payment(right: Patent, law: PatentLaw) -> None:
    """Nothing, if the last year paid is a year with a fee."""
    paid = right.fee_paid_through_year
    if paid is None:
        return
    if right.grant_date is None:
        raise FeeFactMissingError("grant_date")
    term = terms.term(right, law=law)
    if not 1 <= paid <= fees.last_patent_year(right, term):
        known = str(term.last_day)
        raise FeeFactClashError("fee_paid_through_year", text=str(paid), other="term", known=known)


def plain(text: str) -> str:
    """A heading or word as it is compared: one width, no case, no brackets, blanks or points.

    >>> plain("申请（专利）号 ")
    '申请专利号'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _choice(words: str, field: str, text: str) -> str:
    if not text:
        return ""
    wanted = plain(text)
    for code, word in table("intake_words")["choices"][words].items():
        if wanted in {plain(str(s)) for s in (code, word["zh"], word["en"], *word["also"])}:
            return str(code)
    raise FeeFactError(field, text=text)


def read_date(field: str, text: str) -> date | None:
    """A date in the order year, month, day: 2018-03-15, 2018.3.15, 20180315 ...; None if empty.

    Raises:
        FeeFactError: It is no such date.

    >>> read_date("filing_date", "2018年3月15日")
    datetime.date(2018, 3, 15)
    """
    if not text:
        return None
    plain_text = unicodedata.normalize("NFKC", text)
    parts = re.findall(r"\d+", plain_text.partition(" ")[0])
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise FeeFactError(field, text=text) from None


def _year(text: str) -> int | None:
    if not text:
        return None
    found = re.fullmatch(r"\D{0,3}(\d{1,2})(?:\.0)?\D{0,4}", unicodedata.normalize("NFKC", text))
    if found is None:
        raise FeeFactError("fee_paid_through_year", text=text)
    return int(found[1])
