"""Who looks or acts: a person with an organization and rights, resolved once a request."""

from dataclasses import dataclass

from zhirong.core.errors import StateError
from zhirong.platform.accounts.models import Assignment, User
from zhirong.platform.accounts.rights import Right, rights_of
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.prepared import Prepared

_ROLES = Prepared(
    lambda person: Assignment.objects.filter(user_id=person).values_list(
        "role", "user__organization__name", "user__organization__kind"
    ),
    int,
)


class NotAllowedError(StateError):
    """The person's roles do not give the right."""

    code = "error.not_allowed"

    def __init__(self, right: Right) -> None:
        super().__init__(f"The right {right.value!r} is needed.", right=f"right.{right.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer(Actor):
    """A person who signed in.

    Attributes:
        name: As others see it.
        organization_name: As others see it.
        organization_kind: Firm, bank, valuer, house ...
        rights: What the roles give together.
        roles: The roles themselves.
    """

    name: str
    organization_name: str
    organization_kind: str
    roles: frozenset[str]
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        """Whether the roles give the right."""
        return right in self.rights

    def need(self, right: Right) -> None:
        """Nothing, if the roles give the right.

        Raises:
            NotAllowedError: They do not.
        """
        if right not in self.rights:
            raise NotAllowedError(right)


def viewer_of_person(user: object) -> Viewer | None:
    """The viewer that whoever a request comes from is; None before sign-in."""
    return viewer_of(user) if isinstance(user, User) else None


def viewer_of(user: User) -> Viewer:
    """The viewer that a person is, by the roles of this moment."""
    rows = _ROLES.all_values(user.pk)  # every request asks: one statement
    roles = frozenset(role for role, _, _ in rows)
    _, organization, kind = (
        rows[0] if rows else ("", user.organization.name, user.organization.kind)
    )
    return Viewer(
        user_id=user.pk,
        organization_id=user.organization_id,
        name=user.name,
        organization_name=organization,
        organization_kind=kind,
        roles=roles,
        rights=rights_of(roles),
    )
