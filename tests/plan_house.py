"""A plan on the platform with its people: arranger, servicer, investor, each of an own house."""

from datetime import date

from tests.people import organization, viewer
from tests.plan_files import plan_files
from zhirong.platform.accounts.rights import Role
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Outbox
from zhirong.platform.plans import performing, services
from zhirong.platform.plans.models import PlanRun

DAY = date(2024, 11, 22)


class PlanHouse:
    """People and one plan; acts are those of the services, work is done at once."""

    def __init__(self, day: date = DAY) -> None:
        clock.set_day(day)
        self.arranging = organization("arranger", "甲证券")
        self.servicing = organization("bank", "丁银行")
        self.investing = organization("investor", "戊资管")
        self.arranger = viewer(self.arranging, Role.ARRANGER)
        self.servicer = viewer(self.servicing, Role.SERVICER)
        self.investor = viewer(self.investing, Role.INVESTOR)

    def opened(self) -> str:
        """A plan without files; its number."""
        return services.open_plan(actor=self.arranger, title="第1期资产支持专项计划").number

    def with_parties(self, number: str) -> None:
        """Servicer and investor let in."""
        for who, part in ((self.servicing, "servicer"), (self.investing, "investor")):
            services.let_in(number, identifier=who.identifier, part=part, actor=self.arranger)

    def structured(self, number: str, *, text: str = "", is_simulated: bool = False) -> PlanRun:
        """Files given and the structure done."""
        files = plan_files(text=text, is_simulated=is_simulated)
        services.give_files(number, files, actor=self.arranger)
        run = services.ask_structure(number, actor=self.arranger)
        return self.worked(run)

    def worked(self, run: PlanRun) -> PlanRun:
        """A run whose job has been done."""
        performing.perform(Outbox.objects.get(job=run.job))
        run.refresh_from_db()
        return run

    def published(self, number: str) -> PlanRun:
        """A structure that investors read."""
        run = self.structured(number)
        services.publish(number, run.pk, actor=self.arranger)
        run.refresh_from_db()
        return run
