"""A demonstration's organizations and people, from the shipped list; and its example folders."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from zhirong import bootstrap_counterparties
from zhirong.core.errors import StateError
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.rights import Role
from zhirong.platform.accounts.services import add_organization, add_person
from zhirong.platform.demonstration_list import listed
from zhirong.platform.operations import clock


class NotADemonstrationError(StateError):
    """People with known passwords are asked for where real ones work."""

    code = "error.not_a_demonstration"


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


def write_sandboxes(folder: Path, examples: Path | None) -> None:
    """What the sandboxes begin with: the accounts, and the register of the example firms' rights.

    Rights that firms bring beside the examples are entered as the parties state them. What is there
    already stays: the sandboxes have begun with it.
    """
    if _is_written(folder, examples):
        return
    content = listed()
    folder.mkdir(parents=True, exist_ok=True)
    accounts = [
        {
            "rail": "bank",
            "id": item["account"],
            "holder": item["name"],
            "opening_fen": content["opening_fen"],
        }
        for item in content["organizations"]
        if "account" in item
    ]
    accounts += _wallets(content)
    register: dict[str, Any] = {"believes_unknown": True, "rights": []}
    for item in content["organizations"]:
        if examples is not None and "folder" in item:
            held = bootstrap_counterparties.office_register(
                examples / str(item["folder"]), on=content["day"]
            )
            register["rights"] += held
    (folder / "accounts.json").write_text(json.dumps(accounts, ensure_ascii=False), "utf-8")
    (folder / "register.json").write_text(json.dumps(register, ensure_ascii=False), "utf-8")


def _is_written(folder: Path, examples: Path | None) -> bool:
    """Whether an earlier start left both files, the register with what examples there are."""
    accounts, register = folder / "accounts.json", folder / "register.json"
    if not (accounts.is_file() and register.is_file()):
        return False
    return examples is None or bool(json.loads(register.read_text(encoding="utf-8"))["rights"])


def _wallets(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Corporate wallets: the bank's, each firm's with a sub-wallet for buying, the suppliers'."""
    shared = {"rail": "ecny", "kind": "corporate"}
    most, opening = content["wallet_single_max_fen"], content["wallet_opening_fen"]
    sellers = [item["wallet"] for item in content["suppliers"]]
    found: list[dict[str, Any]] = []
    for item in content["organizations"]:
        if "wallet" not in item:
            continue
        held = {**shared, "id": item["wallet"], "holder": item["name"]}
        if item["kind"] == "bank":
            found.append({**held, "opening_fen": content["opening_fen"]})
            continue
        found.append({**held, "opening_fen": opening, "single_max_fen": most})
        found.append(
            {
                **held,
                "id": f"{item['wallet']}-1",
                "kind": "sub_wallet",
                "mother": item["wallet"],
                "payees": sellers,
            }
        )
    found += [
        {**shared, "id": item["wallet"], "holder": item["name"]} for item in content["suppliers"]
    ]
    return found
