from datetime import timedelta

import pytest
from django.db import transaction

from tests.people import House
from zhirong.platform.operations import clock, outbox
from zhirong.platform.operations.models import Outbox, Step


@pytest.fixture
def item(house: House) -> Outbox:
    with transaction.atomic():
        return outbox.ask("appraise", {"matter": 1}, by=house.manager)


class TestOnce:
    def test_acts_once_and_answers_the_same_again(self, item: Outbox) -> None:
        calls: list[int] = []

        def act() -> outbox.Answer:
            calls.append(1)
            return {"place": len(calls)}

        answers = [outbox.once(item.pk, "step", act) for _ in range(3)]

        assert answers == [{"place": 1}] * 3
        assert calls == [1]

    def test_leaves_no_mark_where_the_act_failed(self, item: Outbox) -> None:
        def fail() -> outbox.Answer:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            outbox.once(item.pk, "step", fail)

        assert not Step.objects.exists()
        assert outbox.once(item.pk, "step", lambda: {"a": 1}) == {"a": 1}


class TestWaiting:
    def test_gives_work_again_that_an_engine_lost(self, item: Outbox) -> None:
        now = clock.real_now()
        outbox.handed(item)

        assert outbox.waiting(handed_before=now - timedelta(minutes=1)) == ()
        assert outbox.waiting(handed_before=now + timedelta(minutes=1)) == (item,)

    def test_ends_when_the_work_is_done(self, item: Outbox) -> None:
        outbox.finish(item.pk)

        assert outbox.waiting(handed_before=clock.real_now() + timedelta(days=1)) == ()
