"""What pages ask about organizations and people."""

from dataclasses import dataclass

from zhirong.platform.accounts.models import Assignment, Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInName:
    """A person that a demonstration lets in by one press."""

    sign_in_name: str
    name: str
    organization: str
    role: str  # code of its words


def demonstration_people() -> tuple[SignInName, ...]:
    """One line a person, by organization; only a demonstration shows them."""
    rows = Assignment.objects.select_related("user__organization").order_by(
        "user__organization__kind", "user_id"
    )
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
