"""What the examples are made from: firms and rights, as frozen records."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

VALUATION_DATE = date(2026, 6, 30)
EXPORTED_ON = date(2026, 6, 28)
BASE_YEAR = 2025
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A patent or application as the register would tell it.

    Attributes:
        kind: invention, utility_model or design.
        number: Application number with its dot and check digit.
        classes: Main class first.
        publication: Number and day of the published application (inventions).
        grant: Number and day of the grant; None while pending.
        covers: (product, feature) pairs that it serves.
        paid_through: Last patent year paid; None while pending.
        paid_on: Day of the last payment of an annual fee behind the grant.
        marks: What is wrong or special about it.
    """

    kind: str
    number: str
    title: str
    classes: tuple[str, ...]
    filing: date
    publication: tuple[str, date] | None
    grant: tuple[str, date] | None
    owners: tuple[str, ...]
    inventors: tuple[str, ...]
    claims: int
    independent: int
    claim_length: int
    cited_by: int
    cites: int
    family: tuple[str, ...]
    covers: tuple[tuple[str, str], ...]
    paid_through: int | None
    paid_on: date | None
    marks: frozenset[str]

    @property
    def zl_number(self) -> str:
        """The number of the granted patent."""
        return f"ZL{self.number}"

    @property
    def document(self) -> tuple[str, date] | None:
        """The latest published document: the grant, else the application."""
        return self.grant or self.publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """One example: what its YAML file says, and the rights made from it."""

    spec: dict[str, Any]
    credit_code: str
    rights: tuple[Right, ...]
    refused: tuple[Right, ...]  # rows whose number bears a wrong check digit

    @property
    def name(self) -> str:
        """Registered name."""
        return str(self.spec["name"])

    @property
    def number(self) -> int:
        """Number of the example, from 1."""
        return int(self.spec["number"])

    @property
    def of_kind(self) -> dict[str, list[Right]]:
        """The rights by kind."""
        kinds: dict[str, list[Right]] = {}
        for right in self.rights:
            kinds.setdefault(right.kind, []).append(right)
        return kinds


def load(name: str) -> dict[str, Any]:
    """The description of one firm."""
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document
