"""Organizations, people and matters of the platform's tests."""

from datetime import date

from zhirong.platform.accounts.models import Organization, User
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.services import add_organization, add_person
from zhirong.platform.accounts.viewer import Viewer, viewer_of
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import open_matter
from zhirong.platform.operations import clock

MONDAY = date(2026, 6, 29)
PASSWORD = "a-long-sentence-2026"  # noqa: S105 - of people that live in tests


def organization(
    kind: str = "firm", name: str = "甲公司", identifier: str | None = None
) -> Organization:
    number = Organization.objects.count()
    return add_organization(
        kind=kind,
        name=name,
        identifier=identifier or f"TEST{number:014d}",
        address="某路1号",
        by=None,
    )


def person(of: Organization, *roles: Role, name: str = "张三") -> User:
    return add_person(
        of,
        sign_in_name=f"person{User.objects.count()}",
        name=name,
        password=PASSWORD,
        roles=roles,
        by=None,
    )


def viewer(of: Organization, *roles: Role) -> Viewer:
    return viewer_of(person(of, *roles))


class House:
    """A firm and a bank with one person a role, standing on a Monday; and another pair beside."""

    def __init__(self) -> None:
        clock.set_day(MONDAY)
        self.firm_organization = organization()
        self.bank_organization = organization("bank", "甲银行")
        self.firm = viewer(self.firm_organization, Role.FIRM_OFFICER)
        self.manager = viewer(self.bank_organization, Role.ACCOUNT_MANAGER)
        self.risk = viewer(self.bank_organization, Role.RISK_OFFICER)
        self.chief = viewer(self.bank_organization, Role.RISK_CHIEF)
        self.clerk = viewer(self.bank_organization, Role.PLEDGE_CLERK)
        self.admin = viewer(self.bank_organization, Role.ADMINISTRATOR)

    def matter(self) -> Matter:
        return open_matter(actor=self.firm, title="扩大产能", lender_id=self.bank_organization.pk)

    def other_risk(self) -> Viewer:
        """A second risk officer of the bank."""
        return viewer(self.bank_organization, Role.RISK_OFFICER)

    def second_chief(self) -> Viewer:
        """A second chief of the bank."""
        return viewer(self.bank_organization, Role.RISK_CHIEF)

    def strangers(self) -> tuple[Viewer, Viewer]:
        """A person of another firm and one of another bank, with all their roles."""
        firm, bank = organization(name="乙公司"), organization("bank", "乙银行")
        return viewer(firm, Role.FIRM_OFFICER), viewer(
            bank, *(r for r in Role if r != Role.FIRM_OFFICER)
        )
