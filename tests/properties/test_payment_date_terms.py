"""A payment date as terms: typed over, it gives what a fresh run of the interpreter gives."""

import random
from dataclasses import replace

import pytest

from tests.plan_kit.random_plans import RATES, RandomDeal, random_deal
from zhirong.securitization.collections import Collections
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.one_date import CASH_KINDS, PaymentDate, payment_date
from zhirong.securitization.waterfall.results import PlanRun
from zhirong.securitization.waterfall.terms import OpenTermError, Term, valued

AMOUNTS = ("balance", "interest_paid", "interest_short", "principal_paid", "residual_paid")
DEALS, BLOCK = 80, 10


def outside(deal: RandomDeal) -> tuple[dict[str, list[int]], dict[str, list[bool]]]:
    return (
        {key: [row[0] for row in rows] for key, rows in deal.supporters.items()},
        {key: [row[0] for row in rows] for key, rows in deal.happened.items()},
    )


def typed_over(
    found: PaymentDate, path: Collections, draw: random.Random
) -> tuple[dict[Term, int], Collections]:
    """Other collections of the date's periods, as typed and as a whole path."""
    columns = {kind: list(getattr(path, kind)) for kind in CASH_KINDS}
    given = {}
    for each in found.inputs:
        if each.group == "collection":
            day, kind = each.names
            place = [str(on) for on in path.on].index(day)
            old = columns[kind][place]
            given[each.term] = draw.choice((0, old, old * 3, old // 3, draw.randrange(1, 10**10)))
            columns[kind][place] = given[each.term]
    return given, replace(path, **{kind: tuple(each) for kind, each in columns.items()})


def told(found: PaymentDate, given: dict[Term, int]) -> list[object]:
    """Everything that the date comes to, as terms say it."""
    groups = [found.after[name] for name in (*AMOUNTS, "cash", "fee_paid", "support_paid")]
    terms = [each for group in groups for each in group.values()]
    return list(valued((*terms, *found.flags_after.values(), found.stage), given))


def ran(run: PlanRun, number: int) -> list[object]:
    """The same as the interpreter says it."""
    return [
        *(getattr(each, name)[number] for name in AMOUNTS for each in run.tranches.values()),
        *(each.balance[number] for each in run.accounts.values()),
        *(each.paid[number] for each in run.fees.values()),
        *(each.paid[number] for each in run.supports.values()),
        *(each[number] for each in run.triggers.values()),
        run.stage[number],
    ]


class TestPaymentDateTerms:
    @pytest.mark.parametrize("first", range(0, DEALS, BLOCK))
    def test_give_the_fen_of_a_fresh_run(self, first: int) -> None:
        for seed in range(first, first + BLOCK):
            deal, draw = random_deal(seed, paths=1), random.Random(seed)
            number = draw.randrange(len(deal.plan.dates.payments))
            world = outside(deal)
            found = payment_date(deal.plan, deal.paths[0], number, rates=RATES, outside=world)
            given, path = typed_over(found, deal.paths[0], draw)

            run = interpreter.run(
                deal.plan, path, rates=RATES, supporters=world[0], happened=world[1]
            )

            assert told(found, given) == ran(run, number), (seed, number)
            assert not any(valued(found.checks, given)), (seed, number)

    def test_refuse_to_be_asked_whether_they_hold(self) -> None:
        deal = random_deal(1, paths=1)
        found = payment_date(deal.plan, deal.paths[0], 0, rates=RATES, outside=outside(deal))

        with pytest.raises(OpenTermError):
            bool(found.inputs[0].term)
