"""What presses on the clerk, and what is to be done next while an office is at work."""

from datetime import timedelta

from tests.pledges import GRANTED, PATENTS, PledgeHouse
from zhirong.filing.changing import ChangedPart, ChangeItem
from zhirong.filing.correcting import CorrectedPart, Correction
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.clerk_rows import alerts_for, rows_for
from zhirong.platform.filing.mending import Mending, SourcedCorrection, mend
from zhirong.platform.filing.models import Filing
from zhirong.platform.lending import amending
from zhirong.platform.lending.tasks import Task, task_of, tasks_for
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock


def task(house: PledgeHouse) -> Task | None:
    return task_of(head_of(Matter.objects.get().number, house.clerk))


def codes(viewer: Viewer) -> list[str]:
    return [row.code for row in rows_for(viewer)]


class TestTaskOf:
    def test_waits_for_the_office_until_it_asks(self, house: PledgeHouse) -> None:
        register = {"registry": "patent", "number": PATENTS[0], "name": "一种阀"}
        facts = {"kind": "invention", "owners": [house.firm_organization.name]}
        days = {"filing_date": "2018-01-02", "granted_on": "2020-03-31"}
        house.office().control("seed", rights=[{**register, **facts, **days}])
        matter = house.contracted()
        house.sign(matter.number)
        house.file(Filing.objects.get())
        waiting = task(house)
        assert waiting is not None
        assert (waiting.code, waiting.is_wait) == ("await_office", True)

        house.days()

        filing, asked = Filing.objects.get(), task(house)
        assert asked is not None
        assert (asked.code, asked.until) == ("correct", filing.respond_by)
        (row,) = rows_for(house.clerk)
        assert filing.respond_by is not None
        left = (filing.respond_by - clock.today()).days
        assert (row.code, row.days_left) == ("correct", left)
        self.mend(house, filing)
        signing = task(house)
        assert signing is not None
        assert (signing.code, signing.until) == ("sign_papers", filing.respond_by)
        assert [row.task.code for row in tasks_for(house.firm)] == ["sign_papers"]

    def mend(self, house: PledgeHouse, filing: Filing) -> None:
        shown = house.document(filing.matter.number)
        item = Correction(subject=PATENTS[0], part=CorrectedPart.GRANT_DATE, after="2020-03-31")
        wanted = Mending(
            same_day_statement=True,
            corrections=(SourcedCorrection(correction=item, document_id=shown.pk),),
        )
        mend(filing.matter.number, filing.number, wanted, actor=house.clerk)
        assert GRANTED.isoformat() != "2020-03-31"


class TestRowsFor:
    def test_name_changes_until_they_are_filed(self, house: PledgeHouse) -> None:
        filing = house.registered()
        number = filing.matter.number
        item = ChangeItem(
            part=ChangedPart.NAME, after="甲新公司", of=house.firm_organization.identifier
        )
        amending.prepare_change(
            number, filing.number, (item,), changed_on=clock.today(), actor=house.clerk
        )
        assert codes(house.clerk) == ["change_sign"]
        assert [row.task.code for row in tasks_for(house.firm)] == ["sign_papers"]
        house.sign(number)
        assert codes(house.clerk) == ["change_file"]
        amending.file_amendment(number, filing.number, actor=house.clerk)
        assert codes(house.clerk) == []
        assert alerts_for(house.clerk) == ()

    def test_name_registrations_that_end(self, house: PledgeHouse) -> None:
        matter = house.registered().matter
        house.entered(matter.number)
        filing = house.pledged(matter.number)
        assert codes(house.clerk) == ["further_sign"]
        house.sign(matter.number)
        assert codes(house.clerk) == ["file"]
        house.file(filing)
        house.days()
        assert codes(house.clerk) == []

        filing.refresh_from_db()
        assert filing.expires_on is not None
        house.on(filing.expires_on - timedelta(days=6))

        (row,) = rows_for(house.clerk)
        assert (row.code, row.days_left, row.until) == ("extend", 6, filing.expires_on)
        ((number, alert),) = alerts_for(house.clerk)
        assert (number, alert.code) == (matter.number, "filing.alert.extension")
        house.on(filing.expires_on + timedelta(days=1))
        assert [alert.code for _, alert in alerts_for(house.clerk)] == ["filing.alert.gap"]
