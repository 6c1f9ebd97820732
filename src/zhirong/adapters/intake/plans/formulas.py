"""Amounts and conditions of a plan file."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from zhirong.adapters.intake.plans.nodes import Entry
from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.formulas import Condition, Formula, Quantity, Relation

_QUANTITIES = {quantity.value: quantity for quantity in Quantity}
_NAMED = f.OF_TRANCHES | f.OF_FEES | f.OF_ACCOUNTS | f.OF_SUPPORTS
_RELATIONS = {relation.value: relation for relation in Relation}
_PARTS: dict[str, Callable[[tuple[Formula, ...]], Formula]] = {
    "total": f.Total,
    "greatest": f.Greatest,
    "least": f.Least,
}
_FORMULA_WORDS = ("share", "of", "months_of_interest", "difference", *_PARTS, *_QUANTITIES)
_CONDITION_WORDS = (
    "trigger",
    "event",
    "from",
    "before",
    "not",
    "all",
    "any",
    "ratio",
    "amount",
    "interest_cover",
    "principal_cover",
    "cumulative_default",
    "unpaid_interest",
    "fees",
    *_RELATIONS,
)


def amount(entry: Entry, unit: int) -> Formula:
    """A formula; a plain number is an amount in the file's unit."""
    if not entry.is_mapping:
        text = entry.text()
        if text in _QUANTITIES:
            quantity = _QUANTITIES[text]
            if quantity in _NAMED:
                raise entry.wrong("plan.problem.names", word=text)
            return f.Measure(quantity)
        if text[:1].isalpha():
            raise entry.unknown(text, _QUANTITIES)
        return f.Constant(entry.fen(unit))
    fields = entry.fields(*_FORMULA_WORDS)
    keys = set(fields.found)
    if "share" in keys:
        return f.Share(fields.needed("share").number(), amount(fields.needed("of"), unit))
    if "months_of_interest" in keys:
        months = fields.needed("months_of_interest").count()
        return f.MonthsOfInterest(fields.needed("of").names(), months)
    if len(keys) != 1:
        raise entry.wrong("plan.problem.one_of", word=", ".join(sorted(keys)) or "-")
    (key,) = keys
    return _single(key, fields.needed(key), unit)


def _single(key: str, inner: Entry, unit: int) -> Formula:
    if key == "difference":
        parts = [amount(each, unit) for each in inner.items()]
        if len(parts) != 2:
            raise inner.wrong("plan.problem.pair", word=key)
        return f.Difference(parts[0], parts[1])
    if key in _PARTS:
        parts = [amount(each, unit) for each in inner.items()]
        if not parts:
            raise inner.wrong("plan.problem.missing", word=key)
        return _PARTS[key](tuple(parts))
    if key not in _QUANTITIES:
        raise inner.wrong("plan.problem.one_of", word=key)
    quantity = _QUANTITIES[key]
    if quantity not in _NAMED:
        raise inner.wrong("plan.problem.no_names", word=key)
    return f.Measure(quantity, inner.names())


def condition(entry: Entry, unit: int) -> Condition:
    """A condition."""
    fields = entry.fields(*_CONDITION_WORDS)
    keys = set(fields.found)
    relations = keys & set(_RELATIONS)
    if relations:
        if len(relations) != 1:
            raise entry.wrong("plan.problem.one_of", word=", ".join(sorted(relations)))
        return _compared(entry, unit)
    if len(keys) != 1:
        raise entry.wrong("plan.problem.one_of", word=", ".join(sorted(keys)) or "-")
    (key,) = keys
    inner = fields.needed(key)
    if key in ("all", "any"):
        parts = tuple(condition(each, unit) for each in inner.items())
        if not parts:
            raise inner.wrong("plan.problem.missing", word=key)
        return f.AllOf(parts) if key == "all" else f.AnyOf(parts)
    return _plain(key, inner, unit)


def _plain(key: str, inner: Entry, unit: int) -> Condition:
    match key:
        case "trigger":
            return f.Triggered(inner.text())
        case "event":
            return f.Happened(inner.text())
        case "from":
            return f.FromDay(inner.day())
        case "before":
            return f.BeforeDay(inner.day())
        case "not":
            return f.Negation(condition(inner, unit))
        case "unpaid_interest":
            due = f.Measure(Quantity.INTEREST_DUE, inner.names())
            return f.AmountTest(due, Relation.ABOVE, f.Constant(0))
    raise inner.wrong("plan.problem.level", word=key)


def _compared(entry: Entry, unit: int) -> Condition:
    fields = entry.fields(*_CONDITION_WORDS)
    (word,) = set(fields.found) & set(_RELATIONS)
    relation, level = _RELATIONS[word], fields.needed(word)
    first = fields.get("amount")
    if first is not None:
        return f.AmountTest(amount(first, unit), relation, amount(level, unit))
    part, whole = _ratio(entry, unit)
    return f.RatioTest(part, whole, relation, _levels(level))


def _ratio(entry: Entry, unit: int) -> tuple[Formula, Formula]:
    fields = entry.fields(*_CONDITION_WORDS)
    ratio = fields.get("ratio")
    if ratio is not None:
        parts = [amount(each, unit) for each in ratio.items()]
        if len(parts) != 2:
            raise ratio.wrong("plan.problem.pair", word="ratio")
        return parts[0], parts[1]
    interest, principal = fields.get("interest_cover"), fields.get("principal_cover")
    if interest is not None:
        fees = fields.get("fees")
        due: Formula = f.Measure(Quantity.INTEREST_DUE, interest.names())
        if fees is not None:
            due = f.Total((f.Measure(Quantity.FEE_DUE, fees.names()), due))
        return f.Measure(Quantity.COLLECTED_INTEREST), due
    if principal is not None:
        owed = f.Measure(Quantity.TRANCHE_BALANCE, principal.names())
        return f.Measure(Quantity.POOL_BALANCE), owed
    if "cumulative_default" in fields.found:
        start = f.Measure(Quantity.POOL_BALANCE_AT_START)
        return f.Measure(Quantity.ALL_DEFAULTED), start
    raise entry.wrong("plan.problem.missing", word="ratio")


def _levels(entry: Entry) -> tuple[f.Step, ...]:
    """One level, or levels by the day from which they hold."""
    if not entry.is_mapping:
        return (f.Step(None, entry.number()),)
    found: list[tuple[date, Fraction]] = []
    for text, value in entry.keyed().items():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise value.wrong("plan.problem.day", value=text) from None
        found.append((day, value.number()))
    if not found or found != sorted(found):
        raise entry.wrong("plan.problem.ascending")
    return tuple(f.Step(day, level) for day, level in found)
