"""What a firm is and what it sells: parties, accounts, products, features.

Amounts are CNY, shares and rates are shares of 1 (0.05), and what the file does not say is None.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """An owner of rights: enterprise, hospital, university, association."""

    name: str
    credit_code: str | None = None
    kind: str = "enterprise"  # enterprise, public_hospital, university, association ...
    industry: str | None = None  # a key of the royalty-range table, e.g. "machinery"
    region: str | None = None
    is_listed: bool | None = None
    is_state_owned: bool | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A label with a validity: high_tech, specialized_new, little_giant, ip_advantage ..."""

    kind: str
    number: str
    valid_from: date
    valid_to: date  # last day in force
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareholder:
    """A holder of the firm's equity; `share` of 1."""

    name: str
    share: Decimal | None = None
    role: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountYear:
    """One year of the firm's accounts, CNY."""

    year: int
    revenue: Decimal | None = None
    operating_profit: Decimal | None = None  # EBIT
    net_profit: Decimal | None = None
    research_expense: Decimal | None = None
    working_capital: Decimal | None = None
    fixed_assets: Decimal | None = None
    intangible_assets: Decimal | None = None
    total_assets: Decimal | None = None
    interest_bearing_debt: Decimal | None = None
    equity: Decimal | None = None
    vat_revenue: Decimal | None = None  # sales as declared for VAT
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductYear:
    """Sales of one product in one year, CNY; `vat_sales` as declared or invoiced, where given."""

    product: str
    year: int
    sales: Decimal
    vat_sales: Decimal | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product and its operating margin before royalties, share of sales."""

    product: str  # short id, e.g. "P1"
    name: str
    operating_margin: Decimal | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of a product; `weight` is its share of the product's sales, as signed."""

    product: str
    feature: str  # short id, unique within the product, e.g. "F1"
    name: str
    weight: Decimal
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One right serves one feature of one product: a cell of the signed matrix.

    `strength`: probability that the right, if valid, covers the feature, share of 1.
    """

    product: str
    feature: str
    right: str  # canonical number of the right
    strength: Decimal
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSignature:
    """Who signed the product x feature x right matrix, and when."""

    signed_by: str
    signed_on: date
    source: Source | None = None
