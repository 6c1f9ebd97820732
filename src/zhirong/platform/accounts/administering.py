"""The administrator: people of an organization, their roles, and taking the sign-in away."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from zhirong.core.errors import InputError, StateError
from zhirong.platform.accounts.models import Assignment, Organization, User
from zhirong.platform.accounts.rights import Right, Role
from zhirong.platform.accounts.second_factor import forget
from zhirong.platform.accounts.services import add_organization, add_person
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.operations import journal

_FIRM = (Role.FIRM_OFFICER, Role.ADMINISTRATOR)
_BANK = (
    Role.ACCOUNT_MANAGER,
    Role.RISK_OFFICER,
    Role.RISK_CHIEF,
    Role.PLEDGE_CLERK,
    Role.SERVICER,
    Role.INVESTOR,
    Role.ADMINISTRATOR,
)
_ARRANGER = (Role.ARRANGER, Role.SERVICER, Role.ADMINISTRATOR)
# What a person can be depends on what the organization is: no firm approves its own loan.
ROLES_OF_KIND: Mapping[str, tuple[Role, ...]] = {
    Organization.Kind.FIRM.value: _FIRM,
    Organization.Kind.ASSOCIATION.value: _FIRM,
    Organization.Kind.HOSPITAL.value: _FIRM,
    Organization.Kind.BANK.value: _BANK,
    Organization.Kind.VALUER.value: (Role.ADMINISTRATOR,),
    Organization.Kind.ARRANGER.value: _ARRANGER,
    Organization.Kind.INVESTOR.value: (Role.INVESTOR, Role.ADMINISTRATOR),
    Organization.Kind.HOUSE.value: (Role.ADMINISTRATOR,),
}


class PersonError(InputError):
    """A person who cannot be added or changed so; `reason` is the code of its words."""

    code = "error.person"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The person: {reason}.", reason=f"error.person.{reason}")


class NoSuchPersonError(StateError):
    """No such person or organization, or none that the administrator administers."""

    code = "error.no_such_person"


def administered(organization_id: int, actor: Viewer) -> Organization:
    """An organization that the actor administers: the own one, or any for the house.

    Raises:
        NotAllowedError: The actor is no administrator.
        NoSuchPersonError: It is another's.
    """
    actor.need(Right.ADMINISTER)
    is_own = organization_id == actor.organization_id
    found = Organization.objects.filter(pk=organization_id).first()
    if found is None or not (is_own or actor.organization_kind == Organization.Kind.HOUSE):
        raise NoSuchPersonError("No such organization.")
    return found


def _person(person_id: int, actor: Viewer) -> User:
    actor.need(Right.ADMINISTER)
    found = User.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if found is None:
        raise NoSuchPersonError("No such person.")
    administered(found.organization_id, actor)
    return found


def _check_roles(organization: Organization, roles: tuple[Role, ...]) -> None:
    if not roles:
        raise PersonError("no_role")
    if set(roles) - set(ROLES_OF_KIND[organization.kind]):
        raise PersonError("role_of_kind")


@transaction.atomic
def take_on(
    organization_id: int,
    *,
    sign_in_name: str,
    name: str,
    password: str,
    roles: tuple[Role, ...],
    actor: Viewer,
) -> User:
    """A new person of an organization.

    Raises:
        PersonError: A name is missing or taken, or the roles do not fit the organization.
        PasswordError: The rules do not allow the password.
    """
    organization = administered(organization_id, actor)
    _check_roles(organization, roles)
    if not sign_in_name.strip() or not name.strip():
        raise PersonError("name_missing")
    try:
        with transaction.atomic():
            return add_person(
                organization,
                sign_in_name=sign_in_name.strip(),
                name=name.strip(),
                password=password,
                roles=roles,
                by=actor,
            )
    except IntegrityError as twice:
        raise PersonError("name_taken") from twice


@transaction.atomic
def change_roles(person_id: int, *, roles: tuple[Role, ...], actor: Viewer) -> None:
    """Give a person other roles.

    Raises:
        PersonError: The roles do not fit, or administrators would take the role from themselves.
    """
    person = _person(person_id, actor)
    _check_roles(person.organization, roles)
    if person.pk == actor.user_id and Role.ADMINISTRATOR not in roles:
        raise PersonError("own_role")
    Assignment.objects.filter(user=person).delete()
    Assignment.objects.bulk_create(Assignment(user=person, role=role.value) for role in roles)
    facts = {"name": person.name, "roles": sorted(f"role.{role.value}" for role in roles)}
    journal.record("roles_changed", by=actor, facts=facts)


@transaction.atomic
def let_sign_in(person_id: int, *, is_active: bool, actor: Viewer) -> None:
    """Take the sign-in away from a person, or give it back and unlock the name.

    Raises:
        PersonError: Administrators cannot lock themselves out.
    """
    person = _person(person_id, actor)
    if person.pk == actor.user_id:
        raise PersonError("oneself")
    person.is_active, person.failed_sign_ins, person.locked_until = is_active, 0, None
    person.save(update_fields=["is_active", "failed_sign_ins", "locked_until"])
    if is_active:
        journal.record("person_let_in", by=actor, facts={"name": person.name})
    else:
        journal.record("person_deactivated", by=actor, facts={"name": person.name})


@transaction.atomic
def take_on_organization(
    *, kind: str, name: str, identifier: str, address: str, actor: Viewer
) -> Organization:
    """A new organization of the platform; only the house takes one on.

    Raises:
        NotAllowedError: The actor is no administrator.
        NoSuchPersonError: The actor is not of the house.
        PersonError: A field is missing, or the identifier is taken.
    """
    actor.need(Right.ADMINISTER)
    if actor.organization_kind != Organization.Kind.HOUSE:
        raise NoSuchPersonError("Only the house takes on organizations.")
    if kind not in ROLES_OF_KIND or not name.strip() or not identifier.strip():
        raise PersonError("organization_fields")
    try:
        with transaction.atomic():
            return add_organization(
                kind=kind,
                name=name.strip(),
                identifier=identifier.strip(),
                address=address.strip(),
                by=actor,
            )
    except IntegrityError as twice:
        raise PersonError("organization_taken") from twice


@transaction.atomic
def reset_second_factor(person_id: int, *, actor: Viewer) -> None:
    """Take the second factor from a person who lost it; the next sign-in sets up a new one.

    Raises:
        NoSuchPersonError: No such person, or another organization's.
        PersonError: Administrators ask another administrator for their own.
    """
    person = _person(person_id, actor)
    if person.pk == actor.user_id:
        raise PersonError("oneself")
    forget(person, by=actor)
