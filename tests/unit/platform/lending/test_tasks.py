"""What a desk asks of the database: as little for a hundred loans as for one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from tests.people import MONDAY, House
from tests.unit.platform.lending.test_loan import applied, paid
from zhirong.platform.lending.models import Installment
from zhirong.platform.lending.tasks import tasks_for
from zhirong.platform.matters.selectors import heads

AtMost = Callable[[int], AbstractContextManager[object]]


def loan(house: House) -> str:
    """A further loan of the firm that is paid out and rests; its matter's number."""
    draw = paid(house)
    return draw.facility.matter.number


class TestTasksFor:
    def test_looks_at_no_loan_that_rests(
        self, house: House, django_assert_max_num_queries: AtMost
    ) -> None:
        loan(house)

        with django_assert_max_num_queries(2):
            assert tasks_for(house.manager) == ()

    def test_shows_a_loan_on_the_day_it_is_due(self, house: House) -> None:
        number = loan(house)
        Installment.objects.filter(number=1).update(due_on=MONDAY)

        (row,) = tasks_for(house.manager)
        assert (row.matter.number, row.task.code) == (number, "repay")

    def test_shows_no_installment_that_is_paid(self, house: House) -> None:
        loan(house)
        first = Installment.objects.get(number=1)
        first.due_on = MONDAY - timedelta(days=1)
        first.paid_principal_fen, first.paid_interest_fen = first.principal_fen, first.interest_fen
        first.save()

        assert tasks_for(house.manager) == ()

    def test_begins_with_what_is_due_first(self, house: House) -> None:
        late = loan(house)
        Installment.objects.filter(number=1).update(due_on=MONDAY - timedelta(days=9))
        fresh = applied(house).number
        opened = house.matter().number

        assert [row.matter.number for row in tasks_for(house.manager)] == [late, fresh]
        assert [row.matter.number for row in tasks_for(house.firm)] == [late, opened]


class TestHeads:
    def test_are_one_question(self, house: House, django_assert_max_num_queries: AtMost) -> None:
        for _ in range(4):
            house.matter()

        with django_assert_max_num_queries(2):  # the demonstration's day and the matters
            assert len(heads(house.manager)) == 4

    def test_begin_with_what_is_not_paid(self, house: House) -> None:
        loan(house)
        house.matter()

        assert [head.paid_on is None for head in heads(house.manager)] == [True, False]

    def test_are_the_first_of_many(self, house: House) -> None:
        for _ in range(3):
            house.matter()

        assert len(heads(house.manager, most=2)) == 2
