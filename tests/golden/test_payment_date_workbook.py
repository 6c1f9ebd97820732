"""The workbook of a payment date, recalculated by LibreOffice, gives the interpreter's fen.

Once as written, and once with other collections typed in, against a fresh run of the interpreter.
The plan is the example's; random plans bring the words that it does not use.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.libreoffice import all_recalculated, values
from tests.plan_kit.eleven_loans import inputs
from tests.plan_kit.random_plans import RATES, random_deal
from zhirong.adapters.documents.plans.date_workbook import DateBook
from zhirong.adapters.documents.plans.plan_words import PlanWords
from zhirong.application.plans.records import Scenario
from zhirong.application.plans.scenario_run import run_scenario
from zhirong.parameters.reader import catalog
from zhirong.securitization.collections import Collections
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.one_date import CASH_KINDS, PaymentDate, payment_date
from zhirong.securitization.waterfall.terms import Term, valued

CHECKOUT = Path(__file__).parents[2]
DEFAULTS = (("F01", date(2025, 5, 20)), ("F05", date(2025, 5, 20)))
SEEDS = (11, 24, 52)


@dataclass(frozen=True)
class Case:
    """A plan's payment date, and what may be typed over it."""

    plan: Plan
    path: Collections
    number: int
    rates: Mapping[str, Any]
    outside: tuple[Mapping[str, Any], Mapping[str, Any]]

    def found(self) -> PaymentDate:
        return payment_date(
            self.plan, self.path, self.number, rates=self.rates, outside=self.outside
        )

    def typed(self) -> tuple[dict[tuple[str, ...], int], Collections]:
        """Other collections: by day and kind, and as a whole path."""
        draw = random.Random(self.number)
        columns = {kind: list(getattr(self.path, kind)) for kind in CASH_KINDS}
        given = {}
        for each in self.found().inputs:
            if each.group == "collection":
                place = [str(on) for on in self.path.on].index(each.names[0])
                old = columns[each.names[1]][place]
                new = draw.choice((0, old // 3, old + draw.randrange(1, 10**7)))
                given[each.names] = columns[each.names[1]][place] = new
        return given, replace(self.path, **{k: tuple(v) for k, v in columns.items()})


def cases() -> dict[str, Case]:
    given = inputs(CHECKOUT)
    failing = Scenario(key="two_fail", label="two fail", defaults=DEFAULTS)
    found = {}
    for scenario, number in ((given.scenarios[0], 3), (failing, 1)):
        path = run_scenario(given, scenario).collections
        found[scenario.key] = Case(given.plan, path, number, {}, ({}, {}))
    for seed in SEEDS:
        deal = random_deal(seed, paths=1)
        outside = tuple(
            {key: [row[0] for row in rows] for key, rows in each.items()}
            for each in (deal.supporters, deal.happened)
        )
        number = seed % len(deal.plan.dates.payments)
        found[f"random_{seed}"] = Case(deal.plan, deal.paths[0], number, RATES, outside)
    return found


CASES = cases()


def book_of(case: Case) -> tuple[DateBook, bytes]:
    book = DateBook(case.found(), PlanWords(case.plan, catalog(), "en"))
    return book, book.written(dated_on=date(2025, 1, 1))


def cell(book: DateBook, page: Any, term: Any) -> Any:
    """A term's cell in fen (or as the truth value or count that it is)."""
    if not isinstance(term, Term):
        return term
    place = book.places.of[term]
    value = page[place.sheet].cell(place.row + 1, place.column + 1).value
    return round(value * 100) if term.kind.value == "fen" else value


def figures(case: Case, path: Collections) -> list[Any]:
    run = interpreter.run(
        case.plan, path, rates=case.rates, supporters=case.outside[0], happened=case.outside[1]
    )
    number = case.number
    return [
        *(
            int(getattr(each, name)[number])
            for name in ("interest_paid", "principal_paid", "residual_paid", "balance")
            for each in run.tranches.values()
        ),
        *(int(each.paid[number]) for each in run.fees.values()),
        *(int(each.paid[number]) for each in run.supports.values()),
        *(int(each.balance[number]) for each in run.accounts.values()),
    ]


def terms_of(found: PaymentDate) -> list[Any]:
    groups = ("interest_paid", "principal_paid", "residual_paid", "balance")
    names = (*groups, "fee_paid", "support_paid", "cash")
    return [each for name in names for each in found.after[name].values()]


@pytest.fixture(scope="module")
def recalculation(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Any, Any, Any]]:
    """By case: its book, the pages as written, and with other collections typed in."""
    folder = tmp_path_factory.mktemp("dates")
    books, paths = {}, []
    for name, case in CASES.items():
        books[name], content = book_of(case)
        written, over = folder / f"{name}.xlsx", folder / f"{name}_typed.xlsx"
        written.write_bytes(content)
        page = openpyxl.load_workbook(written)
        given, _ = case.typed()
        for each in books[name].found.inputs:
            if each.names in given and each.group == "collection":
                place = books[name].places.of[each.term]
                page[place.sheet].cell(place.row + 1, place.column + 1).value = (
                    given[each.names] / 100
                )
        page.save(over)
        paths += [written, over]
    pages = [values(each) for each in all_recalculated(paths, folder)]
    return {
        name: (books[name], *pages[2 * place : 2 * place + 2]) for place, name in enumerate(CASES)
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
class TestPaymentDateWorkbook:
    def test_recalculates_to_the_run(self, name: str, recalculation: Any) -> None:
        case, (book, page, _) = CASES[name], recalculation[name]

        got = [cell(book, page, each) for each in terms_of(book.found)]

        assert got == figures(case, case.path)

    def test_recalculates_to_a_fresh_run_once_typed_over(
        self, name: str, recalculation: Any
    ) -> None:
        case, (book, _, page) = CASES[name], recalculation[name]
        _, path = case.typed()

        got = [cell(book, page, each) for each in terms_of(book.found)]

        assert got == figures(case, path)

    def test_shows_every_step_to_the_fen(self, name: str, recalculation: Any) -> None:
        book, _, page = recalculation[name]
        given, _ = CASES[name].typed()
        typed = {each.term: given[each.names] for each in book.found.inputs if each.names in given}
        terms = [
            getattr(step, column)
            for step in book.found.steps
            for column in ("due", "available", "paid", "support", "short")
        ]

        assert [cell(book, page, each) for each in terms] == list(valued(tuple(terms), typed))

    def test_keeps_no_values_of_formulas(self, name: str, tmp_path: Path) -> None:
        _, content = book_of(CASES[name])
        path = tmp_path / "date.xlsx"
        path.write_bytes(content)

        written, kept = openpyxl.load_workbook(path), values(path)
        formulas = [
            (page.title, each.coordinate)
            for page in written
            for row in page.iter_rows()
            for each in row
            if each.data_type == "f"
        ]

        assert len(formulas) > 50
        assert {kept[page][place].value for page, place in formulas} <= {None, ""}

    def test_is_the_same_bytes_again(self, name: str) -> None:
        assert book_of(CASES[name])[1] == book_of(CASES[name])[1]
