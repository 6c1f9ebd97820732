"""The shipped list of a demonstration: organizations, people, accounts, example folders."""

from pathlib import Path
from typing import Any

from zhirong.parameters.reader import load_yaml

LIST = Path(__file__).with_name("demonstration.yaml")


def listed() -> dict[str, Any]:
    """The shipped list."""
    found: dict[str, Any] = load_yaml(LIST.read_bytes())
    return found


def settlement() -> dict[str, str]:
    """The lender's own account and wallet at the trial bank, as settings name them."""
    content = listed()
    bank = next(item for item in content["organizations"] if item["kind"] == "bank")
    return {
        "ZHIRONG_SETTLEMENT_ACCOUNT": str(bank["account"]),
        "ZHIRONG_SETTLEMENT_NAME": str(bank["name"]),
        "ZHIRONG_SETTLEMENT_BANK": str(content["clearing_number"]),
        "ZHIRONG_ECNY_WALLET": str(bank["wallet"]),
    }


def account_of(identifier: str) -> str:
    """The account of a demonstration's firm at the trial bank; empty where it has none."""
    for item in listed()["organizations"]:
        if item["identifier"] == identifier:
            return str(item.get("account", ""))
    return ""


def wallet_of(identifier: str) -> str:
    """The corporate wallet of a demonstration's firm; empty where it has none."""
    for item in listed()["organizations"]:
        if item["identifier"] == identifier:
            return str(item.get("wallet", ""))
    return ""


def suppliers() -> tuple[tuple[str, str], ...]:
    """Name and wallet of the firms that sell to the example firms."""
    return tuple((str(item["name"]), str(item["wallet"])) for item in listed()["suppliers"])


def example_folder(identifier: str, examples: Path) -> Path | None:
    """The example folder of a demonstration's firm; None where it has none."""
    for item in listed()["organizations"]:
        if item["identifier"] == identifier and "folder" in item:
            return examples / str(item["folder"])
    return None
