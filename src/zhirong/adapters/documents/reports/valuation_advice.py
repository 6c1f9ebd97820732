"""What to do with the result: by purpose, and what keeps it true."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Measure,
    Measures,
    Panel,
    Prose,
    Row,
    Table,
)
from zhirong.adapters.documents.reports.valuation_view import COLLATERAL, View
from zhirong.application.result import (
    DealPrices,
    KeepAdvice,
    LicenseTerms,
    PledgeResult,
    RightValue,
)

ADVICE_ROWS_MAX = 150
CONDITIONS_MAX = 8
PRICE_POLICY = "valuation.transfer.policy"


def advice_blocks(view: View) -> tuple[Block, ...]:
    """The fourth section."""
    valuation = view.valuation
    blocks: list[Block] = [Heading(view.say("value.section.advice"))]
    if view.pledge is not None:
        blocks += _pledge_blocks(view, view.pledge)
    if valuation.transfer is not None:
        blocks += _transfer_blocks(view, valuation.transfer)
    if valuation.license:
        blocks += _license_blocks(view, valuation.license)
    if valuation.keep:
        blocks += _keep_blocks(view, valuation.keep)
    if len(blocks) == 1:
        blocks.append(Prose(view.say(_nothing(view))))
    blocks += _steps(view)
    return tuple(blocks)


def _nothing(view: View) -> str:
    """What to say where the purpose asks for more than the file gives."""
    if view.appraisal.options.purpose == "pledge":
        return "value.advice.nothing_registrable"
    return "value.advice.value_only"


# Pledge.


def _pledge_blocks(view: View, pledge: PledgeResult) -> list[Block]:
    say, wording = view.say, view.wording
    share = pledge.collateral_amount / pledge.market_value if pledge.market_value else 0.0
    blocks: list[Block] = [
        Prose(
            (
                say(
                    "value.advice.pledge",
                    amount=wording.money(pledge.collateral_amount),
                    share=round(share, 9),
                    quantile=wording.money(pledge.prudent_quantile),
                    liquidation=wording.money(pledge.liquidation_value),
                    policy=f"pledge_policy.{pledge.policy}",
                ),
            )
        ),
        _caps_table(view, pledge),
    ]
    if pledge.excluded:
        blocks.append(
            Panel(
                title=say("value.advice.excluded", count=len(pledge.excluded)),
                paragraphs=(_listed(view, pledge.excluded),),
                severity="medium",
            )
        )
    return blocks


def _listed(view: View, numbers: Sequence[str], most: int = 12) -> str:
    shown = tuple(view.wording.name(number) for number in numbers[:most])
    code = "value.listed" if len(numbers) <= most else "value.listed_more"
    return view.say(code, numbers=shown, count=len(numbers))


def _caps_table(view: View, pledge: PledgeResult) -> Table:
    say, wording = view.say, view.wording
    unit = wording.amount_unit
    rows = [
        Row(
            cells=(
                wording.kind(part.kind),
                wording.amount(part.market_value),
                wording.number(part.cap * 100),
                wording.amount(part.amount),
            )
        )
        for part in pledge.parts
    ]
    share = pledge.caps_amount / pledge.market_value if pledge.market_value else 0.0
    total = Row(
        cells=(
            say("value.total"),
            wording.amount(pledge.market_value),
            wording.number(share * 100),
            view.linked(wording.amount(pledge.caps_amount), COLLATERAL),
        ),
        style="total",
    )
    return Table(
        title=say("value.caps_table"),
        columns=(
            Column(head=say("value.kind_head"), width="1fr"),
            Column(head=say("value.set_value"), unit=unit, align="decimal"),
            Column(head=say("value.cap"), unit="%", align="decimal"),
            Column(head=say("value.cap_amount"), unit=unit, align="decimal"),
        ),
        rows=(*rows, total),
        note=say("value.caps_note"),
    )


# Transfer and license.


def _transfer_blocks(view: View, prices: DealPrices) -> list[Block]:
    say, wording = view.say, view.wording
    measures = Measures(
        tuple(
            Measure(
                label=say(f"value.{name}"),
                value=wording.headline(amount),
                note=say(f"value.{name}_note"),
            )
            for name, amount in (
                ("opening", prices.opening),
                ("target", prices.target),
                ("walk_away", prices.walk_away),
            )
        )
    )
    notes = dict.fromkeys(view.wording.message(note) for note in prices.notes)
    intro = view.wording.sentences(say("value.advice.transfer"), *_price_policy(view), *notes)
    return [measures, Prose(intro)]


def _price_policy(view: View) -> tuple[str, ...]:
    """Where the three prices are read, as the published policy says."""
    policy = view.parameter(PRICE_POLICY)
    if policy is None:
        return ()
    shares = {key: float(value) for key, value in policy.items()}
    return (
        view.say(
            "value.price_policy",
            opening=shares["opening_probability"],
            walk_away=shares["walk_away_probability"],
            share=shares["seller_share"],
        ),
    )


def _license_blocks(view: View, terms: Sequence[LicenseTerms]) -> list[Block]:
    say, wording = view.say, view.wording
    names = {group.group: group.name for group in view.valuation.groups}
    table = Table(
        title=say("value.license_table"),
        columns=(
            Column(head=say("value.group"), width="1fr"),
            Column(head=say("value.license_rate"), unit="%", align="decimal"),
            Column(head=say("value.license_range"), unit="%", align="right"),
            Column(head=say("value.license_term"), unit=say("value.years"), align="decimal"),
            Column(head=say("value.license_lump"), unit=wording.amount_unit, align="decimal"),
        ),
        rows=tuple(
            Row(
                cells=(
                    names.get(item.group, item.group),
                    wording.number(item.rate * 100, 2),
                    _rate_range(view, item),
                    wording.number(item.term_years),
                    wording.amount(item.lump_sum),
                )
            )
            for item in terms
        ),
        note=say("value.license_note"),
    )
    return [Prose(say("value.advice.license")), table]


def _rate_range(view: View, item: LicenseTerms) -> str:
    low, high = (view.wording.number(rate * 100, 2) for rate in (item.rate_low, item.rate_high))
    return f"{low} – {high}"


# Keep or drop.


def _keep_blocks(view: View, advice: Sequence[KeepAdvice]) -> list[Block]:
    say, wording = view.say, view.wording
    ordered = sorted(advice, key=lambda item: (_order(item), -item.saved, item.right))
    parts = {word: tuple(part) for word, part in groupby(ordered, key=lambda item: item.advice)}
    said = tuple(
        say("value.keep_count", advice=f"value.keep.{word}", count=len(part))
        for word, part in parts.items()
    )
    saved = sum(item.saved for item in advice)
    intro = say("value.advice.management", counts=said, saved=wording.money(saved))
    return [Prose(intro), _keep_table(view, parts)]


def _keep_table(view: View, parts: Mapping[str, tuple[KeepAdvice, ...]]) -> Table:
    say, unit = view.say, view.wording.amount_unit
    rights = {right.right: right for right in view.valuation.rights}
    rows: list[Row] = []
    shown, count = 0, sum(map(len, parts.values()))
    for word, part in parts.items():
        some = part[: ADVICE_ROWS_MAX - shown]
        shown += len(some)
        if some:
            label = view.wording.capital(f"value.keep.{word}", word)
            head = say("value.keep_group", advice=label, count=len(part))
            rows.append(Row(cells=(head,), style="group"))
            rows += [_keep_row(view, item, rights[item.right]) for item in some]
    means = view.wording.sentences(*(_keep_why(view, word) for word in parts))
    return Table(
        title=say("value.keep_table"),
        columns=(
            Column(head=say("value.number")),
            Column(head=say("value.name"), width="1fr"),
            Column(head=say("value.value"), unit=unit, align="decimal"),
            Column(head=say("value.fees"), unit=say("unit.CNY"), align="decimal"),
            Column(head=say("value.keep_saves"), unit=say("unit.CNY"), align="decimal"),
            Column(head=say("value.keep_payments")),
        ),
        rows=tuple(rows),
        note=means
        if shown == count
        else say("value.keep_note", means=means, shown=shown, count=count),
    )


KEEP_ORDER = ("drop", "review", "keep_until", "bound", "keep", "no_fees")


def _order(item: KeepAdvice) -> int:
    return KEEP_ORDER.index(item.advice) if item.advice in KEEP_ORDER else len(KEEP_ORDER)


def _keep_row(view: View, item: KeepAdvice, right: RightValue) -> Row:
    """A right's line; where no fee is ahead, none buys its value, which it has all the same."""
    wording = view.wording
    code = f"value.keep_pay.{item.advice}"
    known = wording.words.has(code)
    return Row(
        cells=(
            wording.name(item.right),
            right.title,
            wording.amount(item.value or right.value),
            wording.number(item.fees, 0),
            wording.number(item.saved or None, 0),
            view.say(code, **item.reason.facts) if known else wording.message(item.reason),
        )
    )


def _keep_why(view: View, word: str) -> str:
    code = f"value.keep_why.{word}"
    return view.say(code) if view.wording.words.has(code) else ""


# What keeps the value true.


def _steps(view: View) -> list[Block]:
    found, wording = view.appraisal.diligence, view.wording
    steps: list[str] = []
    if found.fees_due:
        first = found.fees_due[0]
        overdue = sum(fee.is_overdue for fee in found.fees_due)
        steps.append(
            view.say(
                "value.step_fees" if overdue else "value.step_fees_ahead",
                count=len(found.fees_due),
                overdue=overdue,
                total=round(sum(fee.payable for fee in found.fees_due), 2),
                first=wording.name(first.right),
                due=first.due_on,
            )
        )
    is_pledge = view.appraisal.options.purpose == "pledge"
    wanted = found.conditions if is_pledge else ()
    conditions = tuple(dict.fromkeys(wording.message(item) for item in wanted))
    steps += list(conditions[:CONDITIONS_MAX])
    if len(conditions) > CONDITIONS_MAX:
        steps.append(view.say("value.step_more", count=len(conditions) - CONDITIONS_MAX))
    steps.append(view.say("value.step_revalue", until=view.appraisal.head.valid_until))
    return [
        Heading(view.say("value.section.steps"), level=2),
        Bullets(tuple(steps), ordered=True),
    ]
