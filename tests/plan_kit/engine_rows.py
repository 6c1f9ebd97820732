"""Every row of a stored deal beside what our run gives: what differs, in words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.plan_kit.engine_deals import Deal
from tests.plan_kit.engine_formulas import fen
from zhirong.securitization.waterfall.results import PlanRun


def differences(deal: Deal, run: PlanRun) -> tuple[str, ...]:
    """Each cell of the stored bonds, fees and accounts that our run gives otherwise."""
    return (*_bonds(deal, run), *_fees(deal, run), *_accounts(deal, run))


def _bonds(deal: Deal, run: PlanRun) -> Iterator[str]:
    places = {day: place for place, day in enumerate(run.on)}
    for key, rows in deal.stored["bonds"].items():
        ours = run.tranches[key]
        given = {date.fromisoformat(row[0]): row for row in rows}
        for day, place in places.items():
            paid = ours.interest_paid[place] + ours.residual_paid[place]
            if day not in given:
                # The engine drops the rows before a bond's first payment.
                if paid or ours.principal_paid[place]:
                    yield f"{key} {day}: no row there, {paid} and principal here"
                continue
            row = given[day]
            cells = {
                "balance": (row[1], ours.balance[place]),
                "interest": (row[2], paid),
                "principal": (row[3], ours.principal_paid[place]),
                "due": (row[6], ours.interest_short[place] - ours.unpaid_interest_due[place]),
                "on unpaid": (row[7], ours.unpaid_interest_due[place]),
            }
            for name, (there, here) in cells.items():
                if fen(there) != here:
                    yield f"{key} {day} {name}: {there} there, {here / 100} here"
            if row[4] and Fraction(str(row[4])) != ours.rate[place]:
                yield f"{key} {day} rate: {row[4]} there, {float(ours.rate[place])} here"
        for day in set(given) - set(places):
            yield f"{key} {day}: no payment date here"


def _fees(deal: Deal, run: PlanRun) -> Iterator[str]:
    places = {day: place for place, day in enumerate(run.on)}
    for key, rows in deal.stored["fees"].items():
        ours = run.fees[key]
        by_day: dict[date, list[list[float]]] = defaultdict(list)
        for row in rows:
            # Between payment dates our run counts towards the next one.
            day = date.fromisoformat(row[0])
            by_day[min(each for each in places if each >= day)].append(row)
        for day, found in by_day.items():
            paid, due = sum(fen(row[2]) for row in found), fen(found[-1][1])
            here = ours.paid[places[day]], ours.due_after[places[day]]
            if (paid, due) != here:
                yield f"{key} {day}: paid {paid}, due {due} there, {here} here"


def _accounts(deal: Deal, run: PlanRun) -> Iterator[str]:
    """Movements by account and day, zero ones left out, in their order, with the balance after."""
    ours: dict[str, list[tuple[date, int, int]]] = defaultdict(list)
    for entry in run.entries:
        ours[entry.account].append((entry.on, entry.amount, entry.balance))
    for key, rows in deal.stored["accounts"].items():
        there = [(date.fromisoformat(row[0]), fen(row[2]), fen(row[1])) for row in rows if row[2]]
        if there != ours[key]:
            pairs = zip(there, ours[key], strict=False)
            first = next((pair for pair in pairs if pair[0] != pair[1]), None)
            yield f"{key}: {len(there)} movements there, {len(ours[key])} here, first {first}"
