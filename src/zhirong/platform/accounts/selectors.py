"""What pages ask about organizations and people."""

from dataclasses import dataclass

from zhirong.platform.accounts.administering import ROLES_OF_KIND
from zhirong.platform.accounts.models import Assignment, Organization, User
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInName:
    """A person that a demonstration lets in by one press."""

    sign_in_name: str
    name: str
    organization: str
    role: str  # code of its words


def demonstration_people() -> tuple[SignInName, ...]:
    """One line a person, those of the borrowers first; only a demonstration shows them."""
    rows = Assignment.objects.select_related("user__organization").order_by("user_id", "id")
    return tuple(
        SignInName(
            sign_in_name=row.user.sign_in_name,
            name=row.user.name,
            organization=row.user.organization.name,
            role=f"role.{row.role}",
        )
        for row in rows
    )


def banks() -> tuple[tuple[int, str], ...]:
    """The banks a firm can apply to: number and name."""
    rows = Organization.objects.filter(kind=Organization.Kind.BANK).order_by("name")
    return tuple(rows.values_list("pk", "name"))


def parties_for_plans() -> tuple[tuple[str, str], ...]:
    """The organizations that an arranger can let into a plan: identifier and name."""
    kinds = (Organization.Kind.BANK, Organization.Kind.ARRANGER, Organization.Kind.INVESTOR)
    rows = Organization.objects.filter(kind__in=kinds).order_by("name")
    return tuple(rows.values_list("identifier", "name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person as the administrator sees him; `roles` are the roles' plain names."""

    number: int
    sign_in_name: str
    name: str
    roles: frozenset[str]
    is_active: bool
    is_locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationLine:
    """An organization with its people, and the roles that its people can have."""

    number: int
    kind: str
    name: str
    identifier: str
    address: str
    people: tuple[PersonLine, ...]
    roles: tuple[str, ...]


def administered_organizations(viewer: Viewer) -> tuple[OrganizationLine, ...]:
    """The organizations that an administrator looks after: the own one, all for the house.

    Raises:
        NotAllowedError: The viewer is no administrator.
    """
    viewer.need(Right.ADMINISTER)
    rows = Organization.objects.order_by("kind", "name").prefetch_related("people__assignments")
    if viewer.organization_kind != Organization.Kind.HOUSE:
        rows = rows.filter(pk=viewer.organization_id)
    return tuple(
        OrganizationLine(
            number=row.pk,
            kind=f"organization.{row.kind}",
            name=row.name,
            identifier=row.identifier,
            address=row.address,
            people=tuple(_person_line(person) for person in row.people.all()),
            roles=tuple(role.value for role in ROLES_OF_KIND[row.kind]),
        )
        for row in rows
    )


def _person_line(person: User) -> PersonLine:
    return PersonLine(
        number=person.pk,
        sign_in_name=person.sign_in_name,
        name=person.name,
        roles=frozenset(item.role for item in person.assignments.all()),
        is_active=person.is_active,
        is_locked=person.locked_until is not None,
    )
