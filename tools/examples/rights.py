"""Rights with valid numbers in ranges that no office has given out, and plausible dates."""

import random
from datetime import date, timedelta
from typing import Any

from tools.examples.model import EXPORTED_ON, VALUATION_DATE, Firm, Right
from zhirong.core.identifiers import credit_codes, patents

KINDS = {"i": "invention", "u": "utility_model", "d": "design"}
_DIGIT = {"invention": 1, "utility_model": 2, "design": 3}
# Days from filing to grant, shortest and longest.
_EXAMINATION = {"invention": (720, 1060), "utility_model": (170, 300), "design": (130, 230)}
_FIXED = {"unpaid": date(2019, 3, 22), "same_day": date(2024, 5, 16), "pending": date(2024, 5, 16)}
_ENDS_EARLY = date(2017, 4, 18)
_LATEST_GRANT = date(2026, 5, 29)
_GAZETTE_DAYS = (1, 4)  # Tuesday and Friday
# No region bears 990000, and no organization code begins with MAXXXX.
_REGION = "91990000"


def credit_code(body: str) -> str:
    """A credit code whose two check characters agree.

    Args:
        body: The first eight characters of the organization code.
    """
    first17 = f"{_REGION}{body}{credit_codes.organization_check_digit(body)}"
    return first17 + credit_codes.check_character(first17)


def application_number(kind: str, year: int, serial: int) -> str:
    """An application number with its check digit; serials of 9.9 million were never reached."""
    digits = f"{year}{_DIGIT[kind]}{serial:07d}"
    return f"{digits}.{patents.check_digit(digits)}"


def firm(spec: dict[str, Any]) -> Firm:
    """The firm with its rights, the same on every run."""
    dice = random.Random(f"zhirong-examples-{spec['number']}")
    rows = [line.split("|") for line in spec["patents"]]
    rights = [_right(spec, row, place, dice) for place, row in enumerate(rows, start=1)]
    extra = [
        _spoiled(_right(spec, line.split("|"), 900 + place, dice))
        for place, line in enumerate(spec.get("refused", ()), start=1)
    ]
    return Firm(
        spec=spec,
        credit_code=credit_code(spec["body"]),
        rights=tuple(rights),
        refused=tuple(extra),
    )


def _right(spec: dict[str, Any], row: list[str], place: int, dice: random.Random) -> Right:
    letter, year, main_class, covers, title, marks_text = row
    kind = KINDS[letter]
    marks = frozenset(mark.split("=")[0] for mark in marks_text.split(";") if mark)
    filing = _filing(kind, int(year), marks, dice)
    serial = 9_900_000 + int(spec["number"]) * 10_000 + place
    grant_day = None if "pending" in marks else _grant_day(kind, filing, dice)
    running = f"99{spec['number']}{place:05d}"
    paid = _paid_through(filing, grant_day, marks)
    pairs = [tuple(pair.split(".")) for pair in covers.split(",") if pair != "-"]
    age = VALUATION_DATE.year - filing.year
    total, independent, length = _claims(kind, dice)
    return Right(
        kind=kind,
        number=application_number(kind, filing.year, serial),
        title=title,
        classes=_classes(main_class, kind, dice),
        filing=filing,
        publication=_published(kind, running, filing, dice),
        grant=None if grant_day is None else (_grant_number(kind, running), grant_day),
        owners=_owners(spec, marks),
        inventors=_inventors(spec, dice),
        claims=total,
        independent=independent,
        claim_length=length,
        cited_by=_cited_by(kind, age, dice),
        cites=dice.randint(2, 9),
        family=(f"US{running}A1", f"EP{running[:7]}A1") if "family" in marks else (),
        covers=tuple((pair[0], pair[1]) for pair in pairs),
        paid_through=paid,
        paid_on=_paid_on(filing, grant_day, paid, dice),
        marks=marks,
    )


def _filing(kind: str, year: int, marks: frozenset[str], dice: random.Random) -> date:
    fixed = next((day for mark, day in _FIXED.items() if mark in marks), None)
    if fixed or "ends_early" in marks:
        return fixed or _ENDS_EARLY
    low, _ = _EXAMINATION[kind]
    last = min(date(year, 12, 20), _LATEST_GRANT - timedelta(days=low + 20))
    first = date(year, 1, 8)
    day = first + timedelta(days=dice.randrange((last - first).days + 1))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _grant_day(kind: str, filing: date, dice: random.Random) -> date:
    low, high = _EXAMINATION[kind]
    day = min(filing + timedelta(days=dice.randint(low, high)), _LATEST_GRANT)
    while day.weekday() not in _GAZETTE_DAYS:
        day -= timedelta(days=1)
    return day


def _published(
    kind: str, running: str, filing: date, dice: random.Random
) -> tuple[str, date] | None:
    if kind != "invention":
        return None
    day = filing + timedelta(days=dice.randint(120, 200))
    while day.weekday() not in _GAZETTE_DAYS:
        day += timedelta(days=1)
    return f"CN1{running}A", day


def _grant_number(kind: str, running: str) -> str:
    letter = {"invention": "B", "utility_model": "U", "design": "S"}[kind]
    return f"CN{_DIGIT[kind]}{running}{letter}"


def _patent_year(filing: date, on: date) -> int:
    before = (on.month, on.day) < (filing.month, filing.day)
    return on.year - filing.year - before + 1


def _paid_through(filing: date, grant: date | None, marks: frozenset[str]) -> int | None:
    """The current patent year is paid; of the unpaid one the year before."""
    if grant is None:
        return None
    return _patent_year(filing, VALUATION_DATE) - ("unpaid" in marks)


def _paid_on(
    filing: date, grant: date | None, paid: int | None, dice: random.Random
) -> date | None:
    """The day of the last payment, some weeks before it was due; None where the grant paid it."""
    if grant is None or paid is None or paid <= _patent_year(filing, grant):
        return None
    due = filing.replace(year=filing.year + paid - 1)
    day = due - timedelta(days=dice.randint(5, 45))
    return max(grant, min(day, EXPORTED_ON))


def _claims(kind: str, dice: random.Random) -> tuple[int, int, int]:
    if kind == "design":
        return 0, 0, 0
    if kind == "invention":
        return dice.randint(7, 10), dice.choice((1, 2, 2, 3)), dice.randint(110, 190)
    return dice.randint(5, 10), 1, dice.randint(80, 150)


def _classes(main: str, kind: str, dice: random.Random) -> tuple[str, ...]:
    if kind == "design" or dice.random() < 0.4:
        return (main,)
    group = main.split("/", maxsplit=1)[0]
    return main, f"{group}/{dice.choice(('00', '02', '04'))}"


def _cited_by(kind: str, age: int, dice: random.Random) -> int:
    mean = {"invention": 1.1, "utility_model": 0.35, "design": 0.1}[kind] * age
    return max(0, round(dice.gauss(mean, mean / 2)))


def _owners(spec: dict[str, Any], marks: frozenset[str]) -> tuple[str, ...]:
    names = [str(spec["name"])]
    if marks & {"co_owned_no", "co_owned_yes"}:
        names.append(str(spec["co_owner"]))
    return tuple(names)


def _inventors(spec: dict[str, Any], dice: random.Random) -> tuple[str, ...]:
    lead, *others = spec["inventors"]
    picked = dice.sample(others, dice.randint(1, 2))
    return (lead, *picked) if dice.random() < spec["lead_share"] else tuple(picked)


def _spoiled(right: Right) -> Right:
    """The same row with a check digit that does not agree."""
    body, digit = right.number.split(".")
    wrong = str((int(digit) + 4) % 10) if digit.isdigit() else "4"
    values = {name: getattr(right, name) for name in Right.__slots__}
    return Right(**values | {"number": f"{body}.{wrong}"})
