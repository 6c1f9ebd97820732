"""The distribution report of a payment date: who got what, from what, and why no more."""

from collections.abc import Iterator

from zhirong.adapters.documents.blocks import Block, Chart, Disclaimer, Heading, Pair, Prose, Row
from zhirong.adapters.documents.charts import payment_steps
from zhirong.adapters.documents.charts.payment_steps import PaymentStepsChart, StepBar
from zhirong.adapters.documents.charts.scales import Unit
from zhirong.adapters.documents.document import Document, Flag, Result
from zhirong.adapters.documents.plans.date_parts import date_blocks, date_flags
from zhirong.adapters.documents.plans.paper import Front, Paper, paper_of, row, total
from zhirong.adapters.documents.plans.payment_parts import (
    front_dates,
    scenario_flag,
    state_flags,
    trigger_table,
)
from zhirong.application.plans.payment_report import CASH, PaymentReport, value_of
from zhirong.core.messages import Catalog, Language
from zhirong.securitization.plan.actions import Verb
from zhirong.securitization.plan.records import STAGES
from zhirong.securitization.waterfall.one_date import StepTerms

CODE = "distribution"
FACE = 100
"""Securities are issued at a face of CNY 100."""


def distribution_report(report: PaymentReport, *, words: Catalog, lang: Language) -> Document:
    """The report in one language."""
    paper = paper_of(report.inputs.plan, words=words, lang=lang)
    on = report.told.on
    front = Front(
        kind=paper.say("kind.payment"),
        number=f"{paper.plan.key.upper()}-D-{on:%Y%m%d}",
        dates=front_dates(paper, report),
        result=_result(paper, report),
        reasons=_reasons(paper, report),
        flags=_flags(paper, report),
    )
    return paper.document(CODE, front, tuple(_body(paper, report)), on=on)


def _paid(report: PaymentReport) -> tuple[int, int, int]:
    """Interest, principal and rest paid to all tranches."""
    groups = ("interest_paid", "principal_paid", "residual_paid")
    return tuple(  # type: ignore[return-value]
        sum(value_of(each) for each in report.told.after[group].values()) for group in groups
    )


def _result(paper: Paper, report: PaymentReport) -> Result:
    interest, principal, rest = _paid(report)
    senior = report.inputs.plan.tranches[0]
    balance = report.after("balance", senior.key)
    cash = sum(each.closing for each in report.accounts)
    return Result(
        label=paper.say("distribution.result"),
        headline=paper.headline(interest + principal + rest),
        interval=paper.say(
            "distribution.split",
            interest=paper.money(interest),
            principal=paper.money(principal),
            rest=paper.money(rest),
        ),
        beside=(
            Pair(paper.say("balance_of", name=paper.label(senior.key)), paper.headline(balance)),
            Pair(
                paper.say("head.factor"),
                paper.wording.number(balance / senior.balance_fen, 6)
                if senior.balance_fen
                else paper.say("none"),
            ),
            Pair(paper.say("distribution.cash_left"), paper.headline(cash)),
        ),
    )


def _reasons(paper: Paper, report: PaymentReport) -> tuple[str, ...]:
    senior = report.inputs.plan.tranches[0].key
    came = sum(report.came[kind] for kind in CASH)
    due, late = (sum(getattr(each, name) for each in report.obligors) for name in ("due", "late"))
    stage = STAGES[value_of(report.told.stage)].value
    on = sum(each.is_on for each in report.triggers)
    return (
        paper.say(
            "distribution.reason.pool",
            came=paper.money(came),
            due=paper.money(due),
            late=paper.money(late),
        ),
        paper.say(
            "distribution.reason.senior",
            name=paper.label(senior),
            due=paper.money(report.before("interest_due", senior)),
            paid=paper.money(report.after("interest_paid", senior)),
            short=paper.money(report.after("interest_short", senior)),
        ),
        paper.say(
            "distribution.reason.stage",
            stage=paper.label(stage),
            count=len(report.triggers),
            on=on,
        ),
    )


def _flags(paper: Paper, report: PaymentReport) -> tuple[Flag, ...]:
    return (
        *state_flags(paper, report),
        *date_flags(paper, report),
        scenario_flag(paper, report),
    )


def _body(paper: Paper, report: PaymentReport) -> Iterator[Block]:
    yield Heading(paper.say("distribution.tranches"))
    yield _interest(paper, report)
    yield _principal(paper, report)
    yield _per_hundred(paper, report)
    yield Prose(_retention(paper, report))
    yield Heading(paper.say("distribution.cash"))
    yield Prose(paper.say("distribution.cash_lead"))
    yield _sources(paper, report)
    yield Heading(paper.say("distribution.steps"))
    yield _chart(paper, report)
    yield _steps(paper, report)
    yield Heading(paper.say("distribution.fees"))
    yield _fees(paper, report)
    yield Heading(paper.say("distribution.accounts"))
    yield _accounts(paper, report)
    if report.inputs.plan.supports:
        yield Heading(paper.say("distribution.supports"))
        yield _supports(paper, report)
    yield from date_blocks(paper, report)
    yield Heading(paper.say("distribution.triggers"))
    yield trigger_table(paper, report)
    yield Disclaimer(title=paper.say("limits"), paragraphs=(paper.say("distribution.limits"),))


def _interest(paper: Paper, report: PaymentReport) -> Block:
    rows = []
    for each in report.inputs.plan.tranches:
        run = report.found.run.tranches[each.key]
        rows.append(
            row(
                paper.label(each.key),
                paper.owed(report.opening_balance(each.key)),
                paper.rate(float(run.rate[report.told.number])),
                paper.owed(report.before("interest_due", each.key)),
                paper.owed(report.after("interest_paid", each.key)),
                paper.owed(report.after("interest_short", each.key)),
            )
        )
    heads = (
        ("tranche", "wide"),
        ("opening", "yuan"),
        ("coupon", "plain"),
        ("interest_due", "yuan"),
        ("interest_paid", "yuan"),
        ("interest_short", "yuan"),
    )
    return paper.table(heads, rows, title=paper.say("distribution.interest"))


def _principal(paper: Paper, report: PaymentReport) -> Block:
    rows = []
    for each in report.inputs.plan.tranches:
        balance = report.after("balance", each.key)
        factor = balance / each.balance_fen if each.balance_fen else None
        rows.append(
            row(
                paper.label(each.key),
                paper.owed(report.opening_balance(each.key)),
                paper.owed(report.after("principal_paid", each.key)),
                paper.owed(report.after("residual_paid", each.key)),
                paper.owed(balance),
                paper.wording.number(factor, 6),
            )
        )
    heads = (
        ("tranche", "wide"),
        ("opening", "yuan"),
        ("principal_paid", "yuan"),
        ("residual_paid", "yuan"),
        ("closing", "yuan"),
        ("factor", "plain"),
    )
    return paper.table(heads, rows, title=paper.say("distribution.principal"))


def _per_hundred(paper: Paper, report: PaymentReport) -> Block:
    """What a security of a face of 100 gets."""
    rows = []
    for each in report.inputs.plan.tranches:
        groups = ("interest_paid", "principal_paid", "residual_paid")
        amounts = [report.after(group, each.key) for group in groups]
        face = each.balance_fen
        parts = [fen * FACE / face if face else None for fen in (*amounts, sum(amounts))]
        units = paper.wording.number(face / (FACE * 100), 0)
        rows.append(
            row(paper.label(each.key), units, *(paper.wording.number(part, 4) for part in parts))
        )
    heads = (
        ("tranche", "wide"),
        ("units", "plain"),
        ("interest_cash", "yuan"),
        ("principal_cash", "yuan"),
        ("rest_cash", "yuan"),
        ("together", "yuan"),
    )
    title, note = paper.say("distribution.per_hundred"), paper.say("distribution.per_hundred_note")
    return paper.table(heads, rows, title=title, note=note)


def _retention(paper: Paper, report: PaymentReport) -> str:
    """How much of what is outstanding the last tranche still is."""
    balances = [report.after("balance", each.key) for each in report.inputs.plan.tranches]
    whole, least = sum(balances), report.cover_tests.retention_min
    if not whole:
        return paper.say("distribution.all_repaid")
    share = balances[-1] / whole
    met = paper.say("rule.met" if share >= least else "rule.broken")
    return paper.say("distribution.retention", share=share, least=least, met=met)


def _sources(paper: Paper, report: PaymentReport) -> Block:
    opening = sum(each.opening for each in report.accounts)
    closing = sum(each.closing for each in report.accounts)
    interest, principal, rest = _paid(report)
    fees = sum(value_of(each) for each in report.told.after["fee_paid"].values())
    drawn = sum(value_of(each) for each in report.told.after["support_paid"].values())
    came_in, went_out = value_of(report.told.came_in), value_of(report.told.went_out)
    came = {kind: report.came[kind] for kind in CASH}
    other_in = came_in - opening - sum(came.values()) - drawn
    other_out = went_out - fees - interest - principal - rest
    sources = [("opening_accounts", opening), *came.items(), ("drawn", drawn)]
    uses = [("fees", fees), ("interest_paid", interest), ("principal_paid", principal)]
    uses += [("residual_paid", rest), *([("other_out", other_out)] if other_out else [])]
    uses += [("closing_accounts", closing)]
    sources += [("other_in", other_in)] if other_in else []
    rows = [Row(cells=(paper.say("distribution.sources"),), style="group")]
    rows += [row(paper.say(f"cash.{key}"), paper.owed(fen)) for key, fen in sources]
    rows += [total(paper.say("cash.all_in"), paper.owed(came_in))]
    rows += [Row(cells=(paper.say("distribution.uses"),), style="group")]
    rows += [row(paper.say(f"cash.{key}"), paper.owed(fen)) for key, fen in uses]
    rows += [
        total(paper.say("cash.all_out"), paper.owed(went_out + closing)),
        total(paper.say("cash.difference"), paper.owed(came_in - went_out - closing)),
    ]
    return paper.table((("item", "wide"), ("amount", "yuan")), rows)


def _run_steps(report: PaymentReport) -> tuple[StepTerms, ...]:
    """The steps of the waterfall that ran."""
    stage = STAGES[value_of(report.told.stage)].value
    return tuple(each for each in report.told.steps if each.waterfall == stage)


def _pays_down(paper: Paper, step: StepTerms) -> bool:
    """Whether a step takes what cash there is: what it lacks is owed to nobody on the date."""
    verbs = {
        (stage.value, each.key): each.verb for stage in STAGES for each in paper.plan.actions(stage)
    }
    return verbs[step.waterfall, step.step] in (Verb.PAY_DOWN, Verb.REPAY_SUPPORT)


def _chart(paper: Paper, report: PaymentReport) -> Block:
    steps = tuple(
        StepBar(
            label=paper.names.step(each.waterfall, each.step),
            due=value_of(each.due) / 100,
            own=(value_of(each.paid) - value_of(each.support)) / 100,
            support=value_of(each.support) / 100,
        )
        for each in _run_steps(report)
    )
    short = sum(value_of(each.short) for each in _run_steps(report) if not _pays_down(paper, each))
    is_down = any(value_of(each.short) for each in _run_steps(report))
    unit = Unit(name=paper.say("unit.yuan"), divisor=1.0, decimals=2)
    svg = payment_steps.svg(
        PaymentStepsChart(
            steps=steps,
            unit=unit,
            heads=(paper.say("head.step"), paper.say("head.paid"), paper.say("head.short")),
            key=(paper.say("key.own"), paper.say("key.support"), paper.say("key.short")),
        )
    )
    title = "distribution.chart_down" if is_down else "distribution.chart_full"
    title = "distribution.chart_short" if short else title
    return Chart(
        svg=svg,
        title=paper.say(title, short=paper.money(short)),
        subtitle=paper.say("distribution.chart_subtitle", on=report.told.on),
        source=paper.say("distribution.chart_source"),
        alt=paper.say("distribution.chart_alt"),
    )


def _steps(paper: Paper, report: PaymentReport) -> Block:
    rows = [
        row(
            str(number),
            paper.names.step(each.waterfall, each.step),
            *(
                paper.owed(value_of(getattr(each, name)))
                for name in ("due", "available", "paid", "support", "short")
            ),
        )
        for number, each in enumerate(_run_steps(report), start=1)
    ]
    heads = (
        ("number", "text"),
        ("step", "wide"),
        ("due", "yuan"),
        ("available", "yuan"),
        ("paid", "yuan"),
        ("of_support", "yuan"),
        ("short", "yuan"),
    )
    return paper.table(heads, rows, note=paper.say("distribution.steps_note"))


def _fees(paper: Paper, report: PaymentReport) -> Block:
    told = report.told
    rows, sums = [], [0, 0, 0]
    for each in report.inputs.plan.fees:
        paid, left = report.after("fee_paid", each.key), report.after("fee_unpaid", each.key)
        amounts = (paid + left, paid, left)
        if any(amounts):
            rows.append(row(paper.label(each.key), *map(paper.owed, amounts)))
            sums = [a + b for a, b in zip(sums, amounts, strict=True)]
    rows.append(total(paper.say("sum"), *map(paper.owed, sums)))
    heads = (("fee", "wide"), ("due", "yuan"), ("paid", "yuan"), ("unpaid", "yuan"))
    return paper.table(heads, rows, note=paper.say("distribution.fees_note", on=told.on))


def _accounts(paper: Paper, report: PaymentReport) -> Block:
    rows = [
        row(
            paper.label(each.key),
            *map(paper.owed, (each.opening, each.received, each.paid, each.closing)),
            paper.owed(each.target or None),
        )
        for each in report.accounts
    ]
    heads = (
        ("account", "wide"),
        ("opening", "yuan"),
        ("received", "yuan"),
        ("paid_out", "yuan"),
        ("closing", "yuan"),
        ("target", "yuan"),
    )
    return paper.table(heads, rows)


def _supports(paper: Paper, report: PaymentReport) -> Block:
    rows = []
    for each in report.inputs.plan.supports:
        run = report.found.run.supports[each.key]
        number = report.told.number
        amounts = (run.paid[number], run.repaid[number], run.owed_after[number])
        limit = paper.say("no_limit") if each.limit_fen is None else paper.owed(each.limit_fen)
        rows.append(row(paper.label(each.key), limit, *(paper.owed(int(fen)) for fen in amounts)))
    heads = (
        ("support", "wide"),
        ("limit", "yuan"),
        ("drawn", "yuan"),
        ("repaid", "yuan"),
        ("owed", "yuan"),
    )
    return paper.table(heads, rows)
