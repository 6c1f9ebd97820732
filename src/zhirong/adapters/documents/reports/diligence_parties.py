"""The parties: the firm, its shareholders, certificates with their validity, accounts in brief."""

from zhirong.adapters.documents.blocks import (
    Block,
    Column,
    Heading,
    Pair,
    Pairs,
    Prose,
    Row,
    Span,
    Table,
)
from zhirong.adapters.documents.reports.diligence_view import View
from zhirong.firms.records import AccountYear, Certificate

ACCOUNT_ITEMS = (
    "revenue",
    "vat_revenue",
    "operating_profit",
    "net_profit",
    "research_expense",
    "total_assets",
    "interest_bearing_debt",
    "equity",
)
ACCOUNT_YEARS = 5


def parties_section(view: View) -> tuple[Block, ...]:
    """Who the firm is, by what the file says."""
    return (
        Heading(view.say("parties.heading")),
        _firm(view),
        *_holders(view),
        *_certificates(view),
        *_accounts(view),
    )


def _firm(view: View) -> Pairs:
    case = view.appraisal.case
    firm = case.firm
    industry = view.word("industry", firm.industry)
    products = view.joined(item.name for item in case.products)
    items = (
        ("name", firm.name),
        ("credit_code", view.known(firm.credit_code)),
        ("kind", view.wording.label(f"owner_kind.{firm.kind}", firm.kind)),
        ("industry", industry),
        ("region", view.known(firm.region)),
        ("listed", view.yes_no(firm.is_listed)),
        ("state_owned", view.yes_no(firm.is_state_owned)),
        ("products", view.known(products)),
    )
    return Pairs(
        title=view.say("parties.firm"),
        items=tuple(Pair(view.say(f"firm.{key}"), value) for key, value in items),
    )


def _holders(view: View) -> tuple[Block, ...]:
    holders = view.appraisal.case.shareholders
    if not holders:
        return (Prose(view.say("holders.none")),)
    return (
        Table(
            title=view.say("holders.title"),
            columns=(
                Column(head=view.say("holders.name"), width="1fr"),
                Column(head=view.say("holders.share"), align="decimal"),
                Column(head=view.say("holders.role"), width="1fr"),
            ),
            rows=tuple(
                Row(
                    cells=(
                        item.name,
                        view.say("unknown")
                        if item.share is None
                        else view.wording.percent(float(item.share)),
                        item.role or view.say("dash"),
                    )
                )
                for item in holders
            ),
        ),
    )


def _certificates(view: View) -> tuple[Block, ...]:
    certificates = view.appraisal.case.certificates
    if not certificates:
        return (Prose(view.say("certificates.none")),)
    heads = ("kind", "number", "from", "to", "state")
    return (
        Table(
            title=view.say("certificates.title"),
            columns=tuple(
                Column(
                    head=view.say(f"certificates.{key}"), width="1fr" if key == "kind" else "auto"
                )
                for key in heads
            ),
            rows=tuple(_certificate(view, item) for item in certificates),
        ),
    )


def _certificate(view: View, item: Certificate) -> Row:
    day, wording = view.appraisal.options.valuation_date, view.wording
    state = "ended" if item.valid_to < day else "coming" if item.valid_from > day else "valid"
    debt = view.result.debt_term_end
    if state == "valid" and debt is not None and item.valid_to < debt:
        state = "short"
    text = view.say(f"certificates.{state}")
    return Row(
        cells=(
            view.word("certificate_kind", item.kind),
            item.number,
            wording.day(item.valid_from),
            wording.day(item.valid_to),
            text if state == "valid" else Span(text, bold=True),
        )
    )


def _accounts(view: View) -> tuple[Block, ...]:
    years = sorted(view.appraisal.case.accounts, key=lambda item: item.year)[-ACCOUNT_YEARS:]
    shown = [key for key in ACCOUNT_ITEMS if any(getattr(y, key) is not None for y in years)]
    if not shown:
        return (Prose(view.say("accounts.none")),)
    rows = tuple(
        Row(
            cells=(
                view.say(f"accounts.{key}"),
                *(_amount(view, year, key) for year in years),
            )
        )
        for key in shown
    )
    unit = view.wording.amount_unit
    return (
        Table(
            title=view.say("accounts.title"),
            columns=(
                Column(head=view.say("accounts.item"), width="1fr"),
                *(Column(head=str(year.year), unit=unit, align="decimal") for year in years),
            ),
            rows=rows,
            note=view.say("accounts.note"),
        ),
    )


def _amount(view: View, year: AccountYear, item: str) -> str:
    value = getattr(year, item)
    return view.say("unknown") if value is None else view.wording.amount(float(value))
