"""The claims of a tape with what each of them owes by day, listed or following from its terms."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import count

from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.plans.tape_obligors import NAMES, Parties
from zhirong.adapters.intake.plans.tape_rows import TapeRows, fen, number, text
from zhirong.adapters.intake.reading import TypedRow, field_words
from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows import loans
from zhirong.securitization.pool.flows.terms import ClaimTermsError, LoanTerms, RateStep
from zhirong.securitization.pool.records import Claim, ClaimKind, Due

STEP_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
MONTHS = 12
LUMP = "bullet"


def claims_of(
    tape: TapeRows, parties: Parties, sets: frozenset[str], cut_off: date
) -> tuple[Claim, ...]:
    """The claims; a row that fits nothing, or from whose terms nothing follows, is refused."""
    listed = _listed(tape, cut_off)
    found: dict[str, Claim] = {}
    for row in tape.of_table("tape_claims"):
        claim = _claim(row, parties, sets, (listed, cut_off))
        if claim is None:
            continue
        if claim.claim_id in found:
            facts = {"key": claim.claim_id, "place": tape.places[claim.claim_id]}
            row.refuse("claim", Bad("tape_twice", facts))
            continue
        found[claim.claim_id] = claim
        tape.name(claim.claim_id, row)
    for key, rows in listed.items():
        if key not in {text(row, "claim") for row in tape.by_table.get("tape_claims", ())}:
            for row, _ in rows:
                row.refuse("claim", Bad("tape_claim", {"key": key}))
    return tuple(found.values())


Listed = Mapping[str, list[tuple[TypedRow, Due]]]


def _listed(tape: TapeRows, cut_off: date) -> Listed:
    """The amounts due by claim; those up to the cut-off day are the seller's and are refused."""
    found: dict[str, list[tuple[TypedRow, Due]]] = {}
    for row in tape.of_table("tape_dues"):
        day, principal, interest = row.get("due_on"), fen(row, "due_principal"), None
        interest = fen(row, "due_interest")
        if principal is None or interest is None or not isinstance(day, date):
            continue
        if day <= cut_off:
            row.refuse("due_on", Bad("tape_before_cut_off", {"day": day, "cut_off": cut_off}))
            continue
        due = Due(on=day, principal_fen=principal, interest_fen=interest)
        found.setdefault(text(row, "claim"), []).append((row, due))
    return found


def _claim(
    row: TypedRow, parties: Parties, sets: frozenset[str], when: tuple[Listed, date]
) -> Claim | None:
    listed, cut_off = when
    key, balance = text(row, "claim"), fen(row, "balance")
    obligor = parties.meant(*(text(row, name) for name in NAMES))
    if balance is None or obligor is None:
        return None  # the row was refused where this was found
    lent = fen(row, "principal")
    if lent is not None and balance > lent:
        row.refuse("balance", Bad("tape_above_lent", {"lent": Decimal(lent) / 100}))
        return None
    dues = (
        _from_list(row, listed[key], balance)
        if key in listed
        else _from_terms(row, balance, cut_off)
    )
    named = text(row, "collateral")
    if named and named not in sets:
        row.refuse("collateral", Bad("tape_set", {"key": named}))
    made, rate = row.get("made_on"), number(row, "rate")
    if dues is None or row.is_refused or not isinstance(made, date) or rate is None:
        return None
    return Claim(
        claim_id=key,
        obligor_id=obligor,
        kind=ClaimKind(text(row, "kind")),
        balance_fen=balance,
        rate=rate,
        made_on=made,
        dues=dues,
        collateral_id=named or (obligor if obligor in sets else None),
        encumbered=bool(row.get("encumbered")),
        affiliated_with_originator=bool(row.get("affiliated")),
    )


def _from_list(
    row: TypedRow, listed: list[tuple[TypedRow, Due]], balance: int
) -> tuple[Due, ...] | None:
    """The amounts that the tape lists: by day, their principal the balance to the fen."""
    dues = sorted((due for _, due in listed), key=lambda due: due.on)
    summed = sum(due.principal_fen for due in dues)
    if summed != balance:
        facts = {"summed": Decimal(summed) / 100, "balance": Decimal(balance) / 100}
        row.refuse("balance", Bad("tape_sum", facts))
        return None
    days = [due.on for due in dues]
    if len(set(days)) != len(days):
        row.refuse("claim", Bad("tape_same_day", {}))
        return None
    return tuple(dues)


def _from_terms(row: TypedRow, balance: int, cut_off: date) -> tuple[Due, ...] | None:
    """What follows from form, rhythm and day count, on the days after the cut-off day."""
    spec = {each.name: each for each in row.reading.layout.spec.fields}
    form = text(row, "form")
    wanted = ("form", "day_count") if form == LUMP else ("form", "every", "day_count")
    missing = next((name for name in wanted if row.get(name) is None), None)
    if missing:
        row.refuse(missing, Bad("missing", field_words(spec[missing])))
        return None
    made, end = row.get("made_on"), row.get("matures_on")
    if not isinstance(made, date) or not isinstance(end, date):
        return None
    if not made < end or end <= cut_off:
        facts = {"made": made, "end": end, "cut_off": cut_off}
        row.refuse("matures_on", Bad("tape_dates", facts))
        return None
    step = STEP_MONTHS[text(row, "every")] if form != LUMP else None
    days = _days(made, end, step, number(row, "due_day"))
    before = [day for day in days if day <= cut_off]
    try:
        terms = LoanTerms(
            balance_fen=balance,
            start=before[-1] if before else made,
            days=tuple(day for day in days if day > cut_off),
            rates=(RateStep(since=made, rate=Decimal(text(row, "rate"))),),
            day_count=DayCount(text(row, "day_count")),
            rounding=Rounding.HALF_UP,
        )
        return _dues(form, terms, step)
    except ClaimTermsError:
        row.refuse("form", Bad("tape_terms", {}))
        return None


def _dues(form: str, terms: LoanTerms, step: int | None) -> tuple[Due, ...]:
    if form == "equal_principal":
        return loans.equal_principal(terms)
    if form == "annuity":
        assert step is not None, "a rhythm was asked for"
        return loans.level(terms, periods_a_year=MONTHS // step)
    return loans.bullet(terms)


def _days(made: date, end: date, step: int | None, due_day: float | None) -> tuple[date, ...]:
    """Payment days after the first day, up to the maturity, which always is one."""
    if step is None:
        return (end,)
    found: list[date] = []
    for place in count(1):
        day = plus_months(made, place * step)
        if due_day is not None:
            day = _in_month(day, int(due_day))
        if day >= end:
            break
        found.append(day)
    return (*found, end)


def _in_month(day: date, number_: int) -> date:
    """That day of the month, or its last one where the month is shorter."""
    first = day.replace(day=1)
    last = (plus_months(first, 1) - first).days
    return first.replace(day=min(max(number_, 1), last))
