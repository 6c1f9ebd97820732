"""Cash of the base case by date and by year: what came in, who got it, what covers it."""

from collections.abc import Iterator

from zhirong.adapters.documents.blocks import Block
from zhirong.adapters.documents.plans.paper import Paper, row, total
from zhirong.application.plans.structure import Structure

CASH = ("interest", "principal", "prepaid", "recovered")


def blocks(paper: Paper, found: Structure) -> Iterator[Block]:
    """By payment date, cover, and by calendar year as an annual report shows it."""
    yield by_date(paper, found)
    yield cover(paper, found)
    yield by_year(paper, found)


def amounts_by_date(found: Structure) -> list[list[int]]:
    """By payment date: pool cash, supports, fees, tranche interest, principal, rest, cash left."""
    base = found.scenarios[0].found
    run, came = base.run, base.collections
    rows = []
    for number, on in enumerate(run.on):
        since = run.on[number - 1] if number else came.on[0].min
        places = [at for at, day in enumerate(came.on) if since < day <= on]
        pool = sum(int(getattr(came, kind)[at]) for kind in CASH for at in places)
        tranches = run.tranches.values()
        rows.append(
            [
                pool,
                sum(int(each.paid[number]) for each in run.supports.values()),
                sum(int(each.paid[number]) for each in run.fees.values()),
                sum(int(each.interest_paid[number]) for each in tranches),
                sum(int(each.principal_paid[number]) for each in tranches),
                sum(int(each.residual_paid[number]) for each in tranches),
                sum(int(each.balance[number]) for each in run.accounts.values()),
            ]
        )
    return rows


_AMOUNTS = (
    ("pool_cash", "amount"),
    ("support_cash", "amount"),
    ("fee_cash", "amount"),
    ("interest_cash", "amount"),
    ("principal_cash", "amount"),
    ("rest_cash", "amount"),
    ("cash_left", "amount"),
)


def by_date(paper: Paper, found: Structure) -> Block:
    """The base case by payment date."""
    rows = amounts_by_date(found)
    days = found.scenarios[0].found.run.on
    table = [
        row(paper.day(day), *map(paper.amount, each)) for day, each in zip(days, rows, strict=True)
    ]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    table.append(total(paper.say("sum"), *map(paper.amount, sums[:-1]), ""))
    return paper.table((("day", "wide"), *_AMOUNTS), table, title=paper.say("pack.by_date"))


def cover(paper: Paper, found: Structure) -> Block:
    """Cover by date and over the whole life, beside the levels."""
    rows = [
        (row if each.on else total)(
            paper.day(each.on) if each.on else paper.say("pack.whole_life"),
            paper.times(each.interest),
            paper.times(each.principal),
            paper.times(each.service),
        )
        for each in found.scenarios[0].cover
    ]
    tests = found.cover_tests
    levels = (paper.times(tests.interest_cover_min), paper.times(tests.principal_cover_min), "—")
    rows.append(row(paper.say("head.cover_min"), *levels))
    heads = (
        ("day", "wide"),
        ("interest_cover", "plain"),
        ("principal_cover", "plain"),
        ("service_cover", "plain"),
    )
    return paper.table(heads, rows, title=paper.say("pack.cover"))


def by_year(paper: Paper, found: Structure) -> Block:
    """The same cash by calendar year, with balances at its end."""
    days = found.scenarios[0].found.run.on
    years: dict[int, list[list[int]]] = {}
    for day, each in zip(days, amounts_by_date(found), strict=True):
        years.setdefault(day.year, []).append(each)
    rows = []
    for year, parts in years.items():
        sums = [sum(column) for column in zip(*parts, strict=True)]
        rows.append(row(str(year), *map(paper.amount, (*sums[:-1], parts[-1][-1]))))
    return paper.table(
        (("year", "wide"), *_AMOUNTS),
        rows,
        title=paper.say("pack.by_year"),
        note=paper.say("pack.by_year_note"),
    )
