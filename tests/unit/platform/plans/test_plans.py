"""A plan from its files to its issue: who may do what, and who reads what when."""

import re
from datetime import date

import pytest

from tests.people import organization, viewer
from tests.plan_files import plan_text
from tests.plan_house import PlanHouse
from zhirong.core.codec import decode
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.viewer import NotAllowedError
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.selectors import heads, matter_lines
from zhirong.platform.matters.visibility import NotFoundError, visible
from zhirong.platform.operations import clock
from zhirong.platform.operations.selectors import entries_of_matter
from zhirong.platform.plans import issuing, selectors, services
from zhirong.platform.plans.models import Plan, PlanRun
from zhirong.platform.plans.services import NothingToPublishError, PlanActError
from zhirong.platform.plans.tasks import tasks_for

PAPER = (NewFile(name="paper.pdf", content=b"%PDF-1.7 paper", media_type="application/pdf"),)


@pytest.fixture
def plans(db: None) -> PlanHouse:
    return PlanHouse()


def said(run: PlanRun, lang: Language = "zh") -> list[str]:
    kept = [decode(Message, item) for item in run.failure["problems"]]
    return [catalog().text(message, lang) for message in kept]


class TestOpenPlan:
    def test_takes_the_same_key_once(self, plans: PlanHouse) -> None:
        numbers = {
            services.open_plan(actor=plans.arranger, title="甲", key="k").number for _ in range(2)
        }

        assert len(numbers) == 1

    def test_is_for_arrangers(self, plans: PlanHouse) -> None:
        with pytest.raises(NotAllowedError):
            services.open_plan(actor=plans.investor, title="甲")

    def test_shows_the_plan_on_no_list_of_loans(self, plans: PlanHouse) -> None:
        number = plans.opened()
        both = viewer(plans.arranging, Role.ARRANGER, Role.FIRM_OFFICER)

        assert [line.number for line in selectors.plan_lines(both)] == [number]
        assert not matter_lines(both)
        assert not heads(both)
        assert not visible(Matter, both)


class TestStructure:
    def test_keeps_documents_and_what_it_found(self, plans: PlanHouse) -> None:
        number = plans.opened()
        run = plans.structured(number)

        assert run.state == PlanRun.State.DONE
        found = selectors.structure_in_force(number, plans.arranger, lang="zh")
        assert found is not None
        assert found.document["pool"]["balance"] == 13_800_000_000
        assert {chart.key for chart in found.charts} == {"concentration", "tranche_balances"}
        names = {file.name for file in selectors.run_of(number, run.pk, plans.arranger).files}
        assert {"structure.json", "structure.en.json", "run.xlsx", "run.en.xlsx"} <= names

    def test_simulates_losses_where_the_file_makes_assumptions(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.structured(number, is_simulated=True)

        found = selectors.structure_in_force(number, plans.arranger, lang="en")
        assert found is not None
        assert found.document["losses"]["paths"] == 2_000
        assert "loss_distribution" in {chart.key for chart in found.charts}

    def test_does_the_same_work_once(self, plans: PlanHouse) -> None:
        number = plans.opened()
        run = plans.structured(number)
        count = StoredFile.objects.count()

        plans.worked(run)

        assert StoredFile.objects.count() == count

    def test_says_every_problem_with_its_line(self, plans: PlanHouse) -> None:
        text = plan_text().replace("rate: 2.25%", "rate: much").replace("pay_down: [", "pay_up: [")
        run = plans.structured(plans.opened(), text=text)

        assert run.state == PlanRun.State.FAILED
        assert len(run.failure["problems"]) > 1
        assert all(re.search("第 ?[0-9]+ ?行", words) for words in said(run)), said(run)
        assert all(re.search("[Ll]ine [0-9]+", words) for words in said(run, "en"))

    def test_names_the_rows_of_a_tape_that_cannot_be_read(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.structured(number)
        bad = NewFile(name="tape.xlsx", content=b"PK\x03\x04 no workbook", media_type="x")
        services.give_files(number, (bad,), actor=plans.arranger)
        run = plans.worked(services.ask_structure(number, actor=plans.arranger))

        assert run.state == PlanRun.State.FAILED
        assert run.failure["problems"]

    def test_reads_no_file_beyond_its_folder(self, plans: PlanHouse) -> None:
        text = plan_text().replace("tape: tape.xlsx", "tape: /etc/hosts")
        run = plans.structured(plans.opened(), text=text)

        (problem,) = said(run)
        assert "/etc/hosts" in problem

    def test_wants_one_plan_file(self, plans: PlanHouse) -> None:
        with pytest.raises(PlanActError, match="plan_files"):
            services.ask_structure(plans.opened(), actor=plans.arranger)

    def test_is_the_arrangers_alone(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)

        for other in (plans.servicer, plans.investor):
            with pytest.raises(NotFoundError):
                services.ask_structure(number, actor=other)


class TestPublish:
    def test_lets_investors_read_from_then_on(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)
        run = plans.structured(number)
        assert selectors.structure_in_force(number, plans.investor, lang="zh") is None
        assert selectors.structure_in_force(number, plans.servicer, lang="zh") is not None

        services.publish(number, run.pk, actor=plans.arranger)

        assert selectors.structure_in_force(number, plans.investor, lang="zh") is not None
        assert Plan.objects.get().state == Plan.State.OFFERED

    def test_never_shows_investors_the_tape(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)
        run = plans.published(number)
        tape = StoredFile.objects.get(name="tape.xlsx")
        told = StoredFile.objects.get(name="structure.json")

        assert selectors.given_files(number, plans.investor) == ()
        with pytest.raises(NotFoundError):
            selectors.open_file(number, tape.pk, plans.investor)
        assert selectors.open_file(number, told.pk, plans.investor)[1]
        assert selectors.run_of(number, run.pk, plans.investor).published_by

    def test_is_done_once(self, plans: PlanHouse) -> None:
        number = plans.opened()
        run = plans.published(number)

        with pytest.raises(NothingToPublishError):
            services.publish(number, run.pk, actor=plans.arranger)

    def test_publishes_nothing_that_failed(self, plans: PlanHouse) -> None:
        number = plans.opened()
        run = plans.structured(number, text="plan: x\n")

        with pytest.raises(NothingToPublishError):
            services.publish(number, run.pk, actor=plans.arranger)


class TestParts:
    def test_end_what_an_organization_sees(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)
        plans.published(number)

        services.take_out(number, organization_id=plans.investing.pk, actor=plans.arranger)

        assert selectors.plan_lines(plans.investor) == ()
        with pytest.raises(NotFoundError):
            selectors.head_of(number, plans.investor)

    def test_are_given_once_an_organization(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)

        with pytest.raises(PlanActError, match="has_part"):
            plans.with_parties(number)

    def test_refuse_an_organization_that_is_not_there(self, plans: PlanHouse) -> None:
        with pytest.raises(PlanActError, match="organization"):
            services.let_in(
                plans.opened(), identifier="NOBODY", part="investor", actor=plans.arranger
            )

    def test_show_nothing_to_another_house_with_every_role(self, plans: PlanHouse) -> None:
        number = plans.opened()
        stranger = viewer(organization("arranger", "己证券"), *Role)

        assert selectors.plan_lines(stranger) == ()
        with pytest.raises(NotFoundError):
            selectors.head_of(number, stranger)

    def test_ask_for_the_right_of_the_part(self, plans: PlanHouse) -> None:
        """An investor's person with the arranger's role does not act as arranger."""
        number = plans.opened()
        plans.with_parties(number)
        both = viewer(plans.investing, Role.INVESTOR, Role.ARRANGER)

        with pytest.raises(NotFoundError):
            services.ask_structure(number, actor=both)


class TestIssue:
    def test_goes_step_by_step_with_documents(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.published(number)
        steps = selectors.steps_of(selectors.head_of(number, plans.arranger))
        assert len(steps) > 4
        with pytest.raises(PlanActError, match="step_before"):
            issuing.finish(number, steps[1].key, files=PAPER, note="", actor=plans.arranger)
        with pytest.raises(PlanActError, match="step_document"):
            issuing.finish(number, steps[0].key, files=(), note="", actor=plans.arranger)

        for step in steps:
            issuing.finish(number, step.key, files=PAPER, note="见附件", actor=plans.arranger)

        assert Plan.objects.get().state == Plan.State.ISSUED
        with pytest.raises(PlanActError, match="step_done"):
            issuing.finish(number, steps[0].key, files=PAPER, note="", actor=plans.arranger)

    def test_waits_for_the_published_structure(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.structured(number)
        steps = selectors.steps_of(selectors.head_of(number, plans.arranger))

        with pytest.raises(PlanActError, match="not_offered"):
            issuing.finish(number, steps[0].key, files=PAPER, note="", actor=plans.arranger)


class TestReport:
    def test_is_made_and_published_by_the_servicer(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)
        plans.published(number)
        found = selectors.structure_in_force(number, plans.servicer, lang="zh")
        assert found is not None
        day = found.payments[0]

        run = plans.worked(
            services.ask_report(
                number, payment_on=day, scenario="base", actor=plans.servicer, key="r"
            )
        )

        assert run.state == PlanRun.State.DONE, run.failure
        assert selectors.runs_of(number, plans.investor, kind="report") == ()
        services.publish(number, run.pk, actor=plans.servicer)
        (told,) = selectors.runs_of(number, plans.investor, kind="report")
        assert told.payment_on == day
        assert any(file.name.endswith(".pdf") for file in told.files)

    def test_is_of_a_payment_date_and_scenario_of_the_plan(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)
        plans.published(number)
        found = selectors.structure_in_force(number, plans.servicer, lang="zh")
        assert found is not None
        day = found.payments[0]

        for payment, scenario in ((day.replace(day=1), "base"), (day, "nothing")):
            with pytest.raises(PlanActError):
                services.ask_report(
                    number, payment_on=payment, scenario=scenario, actor=plans.servicer
                )


class TestTasks:
    def test_lead_the_arranger_from_files_to_issue(self, plans: PlanHouse) -> None:
        def now() -> list[str]:
            return [task.code for task in tasks_for(plans.arranger)]

        number = plans.opened()
        assert now() == ["files"]
        run = plans.structured(number)
        assert now() == ["publish"]
        services.publish(number, run.pk, actor=plans.arranger)
        assert now() == ["step"]

    def test_tell_the_servicer_of_a_date_that_is_near(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)
        plans.published(number)
        assert tasks_for(plans.servicer) == ()

        clock.set_day(date(2025, 2, 20))

        (task,) = tasks_for(plans.servicer)
        assert (task.code, task.until, task.page) == ("report", date(2025, 2, 27), "payments")


class TestLog:
    def test_tells_investors_what_was_published_and_done(self, plans: PlanHouse) -> None:
        number = plans.opened()
        plans.with_parties(number)
        plans.published(number)

        told = {line.action for line in selectors.log_of(selectors.head_of(number, plans.investor))}
        known = {line.action for line in entries_of_matter(Matter.objects.get().pk)}

        assert told == {"plan_opened", "plan_structure_published"}
        assert {"plan_files_given", "plan_structure_asked", "plan_structure_done"} <= known
