"""The money of a plan on the platform: kept with the structure, shown, and what it blocks."""

import pytest

from tests.plan_files import FOLDER, plan_text
from tests.plan_house import PlanHouse
from tests.unit.platform.desks.clients import browser
from zhirong.platform.documents.services import NewFile
from zhirong.platform.plans import issuing, selectors, services
from zhirong.platform.plans.models import PlanRun
from zhirong.platform.plans.services import PlanActError

PAPER = (NewFile(name="paper.pdf", content=b"%PDF-1.7 paper", media_type="application/pdf"),)


@pytest.fixture
def plans(db: None) -> PlanHouse:
    return PlanHouse()


def published(plans: PlanHouse, *, text: str = "", has_invoices: bool = True) -> str:
    """The number of a plan whose structure, with its money, is in force."""
    number = plans.opened()
    if has_invoices:
        invoices = (FOLDER / "invoices.xlsx").read_bytes()
        file = NewFile(name="invoices.xlsx", content=invoices, media_type="application/zip")
        services.give_files(number, (file,), actor=plans.arranger)
    run = plans.structured(number, text=text)
    services.publish(number, run.pk, actor=plans.arranger)
    return number


def page(plans: PlanHouse, number: str, tab: str = "money/") -> str:
    return browser(plans.arranger).get(f"/plans/{number}/{tab}").content.decode()


class TestMoney:
    def test_is_shown_to_the_fen(self, plans: PlanHouse) -> None:
        number = published(plans)

        shown = page(plans, number)

        assert "全部账户与钱包核对到分，相符" in shown
        assert "19,900,000.00" in shown
        assert "货物不在定向范围内" in shown
        assert "60件权利，设立日未了结0件" in shown
        run = PlanRun.objects.get()
        names = {each.name for each in selectors.run_of(number, run.pk, plans.arranger).files}
        assert {"money.json", "penetration.xlsx", "penetration.en.xlsx"} <= names

    def test_says_what_is_missing_and_structures_all_the_same(self, plans: PlanHouse) -> None:
        number = published(plans, has_invoices=False)

        assert PlanRun.objects.get().state == PlanRun.State.DONE
        assert "invoices.xlsx" in page(plans, number)

    def test_says_that_the_file_has_none(self, plans: PlanHouse) -> None:
        before, _, rest = plan_text().partition("\nmoney:")
        number = published(plans, text=before + "\nissue:" + rest.partition("\nissue:")[2])

        assert "没有 money 部分" in page(plans, number)


class TestBlocks:
    def test_keeps_the_plan_from_closing_over_open_pledges(self, plans: PlanHouse) -> None:
        late = plan_text().replace(
            "held_by_agent: {on: 2024-11-27", "held_by_agent: {on: 2024-11-28"
        )
        number = published(plans, text=late)
        steps = selectors.steps_of(selectors.head_of(number, plans.arranger))
        keys = [each.key for each in steps]
        for key in keys[: keys.index("closing")]:
            issuing.finish(number, key, files=PAPER, note="", actor=plans.arranger)

        with pytest.raises(PlanActError, match="step_blocked"):
            issuing.finish(number, "closing", files=PAPER, note="", actor=plans.arranger)

        steps = selectors.steps_of(selectors.head_of(number, plans.arranger))
        blocked = {each.key: len(each.blocked_by) for each in steps if each.blocked_by}
        assert blocked == {"closing": 60}
        assert "计划不能设立" in page(plans, number, "")

    def test_wants_a_step_that_the_file_leaves_out(self, plans: PlanHouse) -> None:
        before, _, rest = plan_text().partition("  no_objection:")
        text = before + "  loans_made:" + rest.partition("  loans_made:")[2]
        number = published(plans, text=text)
        steps = selectors.steps_of(selectors.head_of(number, plans.arranger))
        keys = [each.key for each in steps]
        for key in keys[: keys.index("bookbuilding")]:
            issuing.finish(number, key, files=PAPER, note="", actor=plans.arranger)

        with pytest.raises(PlanActError, match="step_blocked"):
            issuing.finish(number, "bookbuilding", files=PAPER, note="", actor=plans.arranger)
