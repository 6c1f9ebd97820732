"""A demonstration's organizations and people, from the shipped list; and its example folders."""

from datetime import date
from pathlib import Path
from typing import Any

from zhirong.core.errors import StateError
from zhirong.parameters.reader import load_yaml
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.services import add_organization, add_person
from zhirong.platform.operations import clock

LIST = Path(__file__).parent.parent / "demonstration.yaml"


class NotADemonstrationError(StateError):
    """People with known passwords are asked for where real ones work."""

    code = "error.not_a_demonstration"


def listed() -> dict[str, Any]:
    """The shipped list."""
    found: dict[str, Any] = load_yaml(LIST.read_bytes())
    return found


def seed(day: date) -> None:
    """Make the organizations and people of the list, and set the first day.

    Raises:
        NotADemonstrationError: This is production.
    """
    if not clock.is_demonstration():
        raise NotADemonstrationError("Production takes no demonstration people.")
    content = listed()
    clock.set_day(day)
    fields = ("kind", "name", "identifier", "address")
    for item in content["organizations"]:
        add_organization(**{name: item[name] for name in fields}, by=None)
    for person in content["people"]:
        add_person(
            Organization.objects.get(identifier=person["organization"]),
            sign_in_name=person["sign_in_name"],
            name=person["name"],
            password=content["password"],
            roles=tuple(Role(role) for role in person["roles"]),
            by=None,
        )


def example_folder(identifier: str, examples: Path) -> Path | None:
    """The example folder of a demonstration's firm; None where it has none."""
    for item in listed()["organizations"]:
        if item["identifier"] == identifier and "folder" in item:
            return examples / str(item["folder"])
    return None
