"""The case file of a folder from the readings of its sheets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from zhirong.adapters.intake.builders import plain_records, rights, vendor_values
from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.reading import SheetReading, TypedRow
from zhirong.adapters.intake.vocabulary import plain
from zhirong.application.case.case_file import (
    AnalystScore,
    Answer,
    AssetGroup,
    Assumption,
    CaseFile,
    Comparable,
    CostItem,
    MarketSignal,
    SourceFile,
    ThirdPartyValue,
)
from zhirong.core.messages import Message
from zhirong.firms.records import (
    AccountYear,
    Certificate,
    Coverage,
    Feature,
    Firm,
    MatrixSignature,
    Product,
    ProductYear,
    Shareholder,
)
from zhirong.rights.records import Patent

_BY_PRODUCT = ("sales", "features", "coverage", "groups")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltCase:
    """The case file, and what is to be said about the folder as a whole."""

    case_file: CaseFile
    notices: tuple[Message, ...]


def build(
    readings: Sequence[SheetReading], files: tuple[SourceFile, ...], *, on: date, folder: str
) -> BuiltCase:
    """The records of all sheets.

    Args:
        readings: The sheets, in the order of files.
        files: The files that were read or kept as evidence.
        on: Valuation date: dates a status that the export leaves undated.
        folder: Name of the folder: the firm's, where nothing else tells it.
    """
    rows = {name: _rows(readings, name) for name in (*plain_records.RECORDS, "patents", "events")}
    found = rights.build(rows["patents"], rows["events"], on)
    vendors = vendor_values.build(rows["patents"])
    notices = [*found.notices, *vendors.notices]
    firm = _firm(rows["firm"], found.patents, folder, notices)
    _use_product_ids(rows)
    _notice_strangers(rows, found.patents, notices)
    signature = _signature(rows["coverage"])
    one = plain_records.records
    case_file = CaseFile(
        firm=firm,
        patents=found.patents,
        events=found.events,
        certificates=one(Certificate, "certificates", rows["certificates"]),
        shareholders=one(Shareholder, "shareholders", rows["shareholders"]),
        accounts=one(AccountYear, "accounts", rows["accounts"]),
        products=one(Product, "products", rows["products"]),
        sales=one(ProductYear, "sales", rows["sales"]),
        features=one(Feature, "features", rows["features"]),
        coverage=one(Coverage, "coverage", rows["coverage"]),
        signature=signature,
        groups=one(AssetGroup, "groups", rows["groups"]),
        assumptions=one(Assumption, "assumptions", rows["assumptions"]),
        costs=one(CostItem, "costs", rows["costs"]),
        comparables=one(Comparable, "comparables", rows["comparables"]),
        scores=one(AnalystScore, "scores", rows["scores"]),
        third_party_values=(
            *one(ThirdPartyValue, "third_party_values", rows["third_party_values"]),
            *vendors.values,
        ),
        answers=one(Answer, "answers", rows["answers"]),
        market_signals=one(MarketSignal, "market_signals", rows["market_signals"]),
        files=files,
    )
    return BuiltCase(case_file=case_file, notices=tuple(notices))


def _rows(readings: Sequence[SheetReading], table: str) -> list[TypedRow]:
    return [
        row
        for reading in readings
        if reading.table == table
        for row in reading.typed
        if not row.is_joined
    ]


def _firm(
    rows: list[TypedRow], patents: Sequence[Patent], folder: str, notices: list[Message]
) -> Firm:
    kept = plain_records.unique("firm", rows)
    for other in kept[1:]:
        facts = {"text": str(other.get("name")), "known": str(kept[0].get("name"))}
        other.refuse("name", Bad("second_firm", facts))
    firms = plain_records.records(Firm, "firm", kept[:1])
    if firms:
        return firms[0]
    owners = Counter(owner.name for patent in patents for owner in patent.owners)
    if owners:
        # The commonest owner; the first in the alphabet where two are equally common.
        name = min(owners, key=lambda name: (-owners[name], name))
        notices.append(Message("intake.notice.firm_from_owners", {"name": name}))
    else:
        name = folder
        notices.append(Message("intake.notice.firm_from_folder", {"name": name}))
    return Firm(name=name)


def _use_product_ids(rows: dict[str, list[TypedRow]]) -> None:
    """Sheets may name a product by its name; the id goes in its place."""
    ids = {
        plain(str(row.get("name"))): row.get("product")
        for row in rows["products"]
        if not row.is_refused
    }
    known = set(ids.values())
    for table in _BY_PRODUCT:
        for row in rows[table]:
            product = row.get("product")
            if product not in known and plain(str(product)) in ids:
                row.values["product"] = ids[plain(str(product))]


def _notice_strangers(
    rows: dict[str, list[TypedRow]], patents: Sequence[Patent], notices: list[Message]
) -> None:
    """Products and rights that one sheet names and no other one knows."""
    products = {row.get("product") for row in rows["products"] if not row.is_refused}
    named = [row for table in _BY_PRODUCT for row in rows[table] if not row.is_refused]
    strangers = dict.fromkeys(row.get("product") for row in named)
    notices.extend(
        Message("intake.notice.unknown_product", {"product": str(product)})
        for product in strangers
        if product not in products
    )
    known = {patent.app_no for patent in patents}
    pointing = [row for table in ("events", "coverage", "market_signals") for row in rows[table]]
    rights_named = dict.fromkeys(row.get("right") for row in pointing if not row.is_refused)
    notices.extend(
        Message("intake.notice.unknown_right", {"number": str(right)})
        for right in rights_named
        if right not in known
    )


def _signature(rows: list[TypedRow]) -> MatrixSignature | None:
    """The first signature with a date; its columns then leave the rows, which are cells."""
    found: MatrixSignature | None = None
    for row in rows:
        by, day = row.values.pop("signed_by", None), row.values.pop("signed_on", None)
        if found is None and by and day and not row.is_refused:
            found = MatrixSignature(
                signed_by=str(by), signed_on=cast("date", day), source=row.source
            )
    return found
