"""The table of addresses × rights: every row tried with and without the right, signed out, and
across organizations; nothing changes where the right is missing."""

import copy
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.people import organization, viewer
from tests.plan_house import PlanHouse
from tests.platform_state import Rows, differences, platform_state
from tests.unit.platform.security.addresses import Rule, addresses, rules
from tests.whole_house import WholeHouse
from zhirong.core.codec import encode
from zhirong.ledger.rails import OrderState, OrderStatus
from zhirong.platform.accounts.models import SignIn, User
from zhirong.platform.accounts.rights import Right, Role
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.filing.models import Filing, SentAct
from zhirong.platform.lending.models import (
    Condition,
    DrawDown,
    Facility,
    Refund,
    StuckAnswer,
    UnknownEntry,
)
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Outbox
from zhirong.platform.plans.models import PlanRunFile, PlanStep

# Written by signing in and asking, whoever asks.
OWN_TRACES = {"accounts.SignIn", "accounts.RateCount", "accounts.SecondFactor"}
FAILED = {403, 404, 500, 503}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A matter with money out, its people, people of elsewhere, and examples for addresses."""

    people: tuple[Viewer, ...]  # of the two organizations that take part
    strangers: tuple[Viewer, ...]  # of others, with all rights there
    house: Viewer  # the administrator of the house that runs the platform
    facts: Mapping[str, Any]
    missing: Mapping[str, Any]
    proved: Mapping[int, Client]  # by person, signed in with the second factor
    unproved: Mapping[int, Client]
    strict: Client  # the firm's person, with forms checked as a browser's are


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once; every test rolls back to it."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        yield _made(WholeHouse(tmp_path_factory.mktemp("world"), patch))
        transaction.set_rollback(True)


def _made(house: WholeHouse) -> World:
    house.to_money()
    matter = Matter.objects.get()
    condition = Condition.objects.create(facility=Facility.objects.get(), text="提供合同")
    given_up = Outbox.objects.create(
        kind="appraise",
        actor_id=house.manager.user_id,
        created_at=clock.real_now(),
        failed_at=clock.real_now(),
        failure={"code": "job.gave_up", "facts": {"problem": "x"}},
    )
    refund = Refund.objects.create(
        draw=DrawDown.objects.get(),
        reference="table-RF1",
        amount_fen=1,
        rail="bank",
        made_on=clock.today(),
    )
    entry = UnknownEntry.objects.create(
        number="table", reference="-", amount_fen=1, on=clock.today()
    )
    status = OrderStatus(
        client_reference="table", rail_reference="1", state=OrderState.PAID, on=clock.today()
    )
    answer = StuckAnswer.objects.create(
        rail="bank", number=1, status=encode(status), problem={}, told_on=clock.today()
    )
    given = StoredFile.objects.filter(use="firm_file", is_withdrawn=False)
    bank = house.bank_organization.pk
    facts = {
        "number": matter.number,
        "organization": bank,
        "bank": bank,
        "file": given.first().pk,
        "chart": StoredFile.objects.filter(use="chart").first().pk,
        "run": AppraisalRun.objects.first().pk,
        "draw": DrawDown.objects.get().number,
        "condition": condition.pk,
        "refund": refund.reference,
        "entry": entry.pk,
        "answer": answer.pk,
        "person": house.clerk.user_id,
        "work": given_up.pk,
        "filing": Filing.objects.latest("id").pk,
        "reference": SentAct.objects.latest("id").client_reference,
        "today": clock.today().isoformat(),
    }
    plans = _with_plan(facts)
    missing = {
        **dict.fromkeys(facts, 987654321),
        "number": "M-0",
        "plan": "P-0",
        "step": "nothing",
        "draw": "D-0",
        "reference": "R-0",
    }
    people = (house.firm, house.manager, house.risk, house.chief, house.clerk, house.admin)
    people = (*people, plans.arranger, plans.servicer, plans.investor)
    office = viewer(organization("house", "平台"), Role.ADMINISTRATOR)
    strangers = (viewer(organization(name="乙公司"), Role.FIRM_OFFICER), _outsider())
    everybody = (*people, *strangers, office)
    return World(
        people=people,
        strangers=strangers,
        house=office,
        proved={item.user_id: signed_in(item, is_proved=True) for item in everybody},
        unproved={item.user_id: signed_in(item, is_proved=False) for item in everybody},
        strict=signed_in(house.firm, is_proved=True, checks_csrf=True),
        facts=facts,
        missing={**missing, "today": facts["today"], "bank": bank},
    )


def _with_plan(facts: dict[str, Any]) -> PlanHouse:
    """A plan with a published structure, a fresh one, and its servicer and investor."""
    plans = PlanHouse(clock.today())
    number = plans.opened()
    plans.with_parties(number)
    published = plans.published(number)
    fresh = plans.structured(number)
    step = PlanStep.objects.filter(matter__number=number).first()
    drawn = PlanRunFile.objects.filter(run=published, file__use="chart").first()
    told = PlanRunFile.objects.filter(run=published, file__name="structure.json").first()
    assert step
    assert drawn
    assert told
    facts.update(
        plan=number,
        plan_run=published.pk,
        plan_fresh=fresh.pk,
        plan_file=told.file_id,
        plan_chart=drawn.file_id,
        plan_investor=plans.investing.pk,
        step=step.key,
        other=organization("investor", "庚资管").identifier,
    )
    return plans


def _outsider() -> Viewer:
    """Somebody with every role there is, of an organization that takes no part."""
    return viewer(organization("valuer", "丙评估"), *Role)


def signed_in(person: Viewer, *, is_proved: bool, checks_csrf: bool = False) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=checks_csrf)
    client.force_login(User.objects.get(pk=person.user_id))
    client.get("/health/")  # the session is known from its first request
    if is_proved:
        key = client.session.session_key
        SignIn.objects.filter(session_key=key).update(factor_at=clock.real_now())
    return client


def ask(client: Client, rule: Rule, facts: Mapping[str, Any]) -> Any:
    """The answer to what a row of the table asks for; the browser's cookies stay as they are."""
    kept = copy.deepcopy(client.cookies)
    try:
        answer = _asked(client, rule, facts)
    finally:
        client.cookies = kept
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to the end, so that its file is closed
    return answer


def _asked(client: Client, rule: Rule, facts: Mapping[str, Any]) -> Any:
    path = path_of(rule, facts)
    if rule.method == "get":
        return client.get(path)
    fields = {name: str(value).format(**facts) for name, value in rule.fields.items()}
    if rule.has_file:
        fields["files"] = SimpleUploadedFile("table.csv", b"a,b\n1,2\n")
    return client.post(path, fields)


def state() -> Mapping[str, Rows]:
    return {name: rows for name, rows in platform_state().items() if name not in OWN_TRACES}


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = state()
    yield
    assert differences(before, state()) == []


def path_of(rule: Rule, facts: Mapping[str, Any]) -> str:
    known = {**facts, **{name: facts[other] for name, other in rule.facts.items()}}
    return addresses()[rule.name].path(known)


def plain(answer: Any, path: str) -> str:
    """A page without its tokens and the address that was asked for."""
    text = answer.content.decode("utf-8", "replace")
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text).replace(path, "…")


class TestTable:
    def test_has_a_row_for_every_address(self) -> None:
        assert set(addresses()) - {rule.name for rule in rules()} == set()

    def test_has_no_row_for_what_is_gone(self) -> None:
        assert {rule.name for rule in rules()} - set(addresses()) == set()

    def test_names_rights_that_there_are(self) -> None:
        named = {need for rule in rules() for need in rule.need}
        assert named - {"open", "signed_in"} <= {right.value for right in Right}

    def test_leaves_little_open(self) -> None:
        """What is open for everybody is a short list that somebody looked at."""
        assert {rule.name for rule in rules() if rule.is_open} <= {
            "sign-in",
            "second-factor",
            "second-factor-first",
            "language",
            "health",
            "ready",
            "clock",
            "metrics",
            "verify",
        }


def label(rule: Rule) -> str:
    return f"{rule.method} {rule.name}"


CLOSED = [rule for rule in rules() if not rule.is_open]
WITH_RIGHT = [rule for rule in CLOSED if rule.need != ("signed_in",)]
IN_MATTER = [rule for rule in CLOSED if {"number", "plan"} & set(addresses()[rule.name].facts)]
ACTS = [rule for rule in rules() if rule.method == "post"]
OF_PEOPLE = [rule for rule in ACTS if rule.name.startswith("admin-")]
PROVED = [rule for rule in rules() if rule.asks_factor]


@pytest.mark.usefixtures("db")
class TestEveryRow:
    @pytest.mark.parametrize("rule", CLOSED, ids=label)
    def test_sends_the_signed_out_to_the_sign_in(self, world: World, rule: Rule) -> None:
        with nothing_changes():
            answer = ask(Client(), rule, world.facts)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")

    @pytest.mark.parametrize("rule", CLOSED, ids=label)
    def test_works_for_each_who_has_the_right(self, world: World, rule: Rule) -> None:
        allowed = [world.house] if rule.of_house else list(world.people)
        allowed = [person for person in allowed if rule.allows(person.rights)]
        answers = {}
        for person in allowed:
            with transaction.atomic():  # taken back, so that the next one meets the same world
                answer = ask(world.proved[person.user_id], rule, world.facts)
                transaction.set_rollback(True)
            answers[tuple(person.roles)] = answer.status_code
        assert answers
        assert {who: status for who, status in answers.items() if status in FAILED} == {}

    @pytest.mark.parametrize("rule", WITH_RIGHT, ids=label)
    def test_is_not_there_for_those_without_the_right(self, world: World, rule: Rule) -> None:
        others = [item for item in world.people if rule.of_house or not rule.allows(item.rights)]
        assert others
        with nothing_changes():
            answers = {
                tuple(person.roles): ask(
                    world.proved[person.user_id], rule, world.facts
                ).status_code
                for person in others
            }
        assert {who: status for who, status in answers.items() if status != 404} == {}

    @pytest.mark.parametrize("rule", IN_MATTER, ids=label)
    def test_looks_the_same_to_strangers_as_what_does_not_exist(
        self, world: World, rule: Rule
    ) -> None:
        for person in world.strangers:
            client = world.proved[person.user_id]
            with nothing_changes():
                real = ask(client, rule, world.facts)
                missing = ask(client, rule, world.missing)
            assert real.status_code == missing.status_code == 404
            paths = [path_of(rule, facts) for facts in (world.facts, world.missing)]
            assert plain(real, paths[0]) == plain(missing, paths[1])

    @pytest.mark.parametrize("rule", OF_PEOPLE, ids=label)
    def test_lets_administrators_change_their_own_people_only(
        self, world: World, rule: Rule
    ) -> None:
        for person in world.strangers:
            if Right.ADMINISTER in person.rights:
                with nothing_changes():
                    answer = ask(world.proved[person.user_id], rule, world.facts)
                assert answer.status_code == 404

    @pytest.mark.parametrize("rule", PROVED, ids=label)
    def test_asks_for_the_second_factor_before_it_acts(self, world: World, rule: Rule) -> None:
        people = [*world.people, world.house]
        for person in [item for item in people if rule.allows(item.rights)]:
            with nothing_changes():
                answer = ask(world.unproved[person.user_id], rule, world.facts)
            assert answer.status_code == 403
            assert "second_factor_code" in answer.content.decode()

    @pytest.mark.parametrize("rule", ACTS, ids=label)
    def test_takes_no_form_from_elsewhere(self, world: World, rule: Rule) -> None:
        client = Client(enforce_csrf_checks=True) if rule.is_open else world.strict
        with nothing_changes():
            answer = ask(client, rule, world.facts)
        assert answer.status_code == 403
        assert "second_factor_code" not in answer.content.decode()

    @pytest.mark.parametrize("name", sorted({rule.name for rule in rules()}))
    def test_takes_no_other_method(self, world: World, name: str) -> None:
        known = {rule.method for rule in rules() if rule.name == name}
        path = path_of(next(rule for rule in rules() if rule.name == name), world.facts)
        with nothing_changes():
            answers = {
                (method, tuple(person.roles)): getattr(world.proved[person.user_id], method)(
                    path
                ).status_code
                for person in (world.people[0], world.people[1], world.house)
                for method in {"get", "post", "put", "delete"} - known
            }
        assert set(answers.values()) <= {404, 405}, answers
