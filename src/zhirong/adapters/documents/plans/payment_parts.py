"""Parts that the distribution report and the servicer report share."""

from collections.abc import Iterator

from zhirong.adapters.documents.blocks import Block, Pair
from zhirong.adapters.documents.document import Flag
from zhirong.adapters.documents.plans.paper import Paper, row
from zhirong.application.plans.payment_report import PaymentReport, TriggerReading, value_of
from zhirong.application.plans.records import BASE
from zhirong.securitization.plan.records import Stage


def front_dates(paper: Paper, report: PaymentReport) -> tuple[Pair, ...]:
    """Payment date, period, scenario."""
    return (
        Pair(paper.say("date.payment"), paper.prose_day(report.told.on)),
        Pair(paper.say("date.since"), paper.prose_day(report.since)),
        Pair(
            paper.say("date.number"),
            paper.say("date.of", number=report.told.number + 1, count=len(report.found.run.on)),
        ),
        Pair(paper.say("date.scenario"), scenario_name(paper, report)),
    )


def scenario_name(paper: Paper, report: PaymentReport) -> str:
    """What the scenario is called."""
    scenario = report.found.scenario
    if paper.lang == "zh" or scenario.label.isascii():
        return scenario.label
    return scenario.key.replace("_", " ").capitalize()


def state_flags(paper: Paper, report: PaymentReport) -> Iterator[Flag]:
    """What is wrong on the date: unpaid interest, drawn supports, late payers, triggers."""
    for each in report.inputs.plan.tranches:
        short = report.after("interest_short", each.key)
        if short:
            text = paper.say("flag.short", name=paper.label(each.key), amount=paper.money(short))
            yield Flag(severity="block", word=paper.say("word.short"), text=text)
    for key, cell in report.told.after["support_paid"].items():
        if value_of(cell):
            amount = paper.money(value_of(cell))
            text = paper.say("flag.drawn", name=paper.label(key), amount=amount)
            yield Flag(severity="high", word=paper.say("word.drawn"), text=text)
    failed = [each for each in report.obligors if each.defaulted]
    for firm in failed:
        text = paper.say("flag.default", name=firm.name, amount=paper.money(firm.defaulted))
        yield Flag(severity="block", word=paper.say("word.default"), text=text)
    late = [each for each in report.obligors if each.late and not each.all_defaulted]
    if late:
        amount = paper.money(sum(each.late for each in late))
        text = paper.say("flag.late", count=len(late), amount=amount)
        yield Flag(severity="medium", word=paper.say("word.late"), text=text)
    for reading in report.triggers:
        if reading.is_on:
            text = paper.say("flag.trigger", name=paper.label(reading.key))
            yield Flag(severity="high", word=paper.say("word.trigger"), text=text)


def scenario_flag(paper: Paper, report: PaymentReport) -> Flag:
    """That the figures are a scenario's, not a servicer's books."""
    code = "flag.base" if report.found.scenario.key == BASE else "flag.scenario"
    text = paper.say(code, name=scenario_name(paper, report))
    return Flag(severity="note", word=paper.say("word.assumed"), text=text)


def trigger_table(paper: Paper, report: PaymentReport) -> Block:
    """Every trigger: what it measures, threshold, distance, state before and after."""
    rows = [
        row(
            paper.label(each.key),
            _effect(paper, report, each),
            _measured(paper, each),
            paper.rate(each.level),
            _headroom(paper, each),
            paper.say("on" if each.was_on else "off"),
            paper.say("on" if each.is_on else "off"),
        )
        for each in report.triggers
    ]
    heads = (
        ("trigger", "wide"),
        ("effect", "text"),
        ("measured", "plain"),
        ("level", "plain"),
        ("headroom", "plain"),
        ("was_on", "text"),
        ("is_on", "text"),
    )
    return paper.table(heads, rows, note=paper.say("trigger_note"))


def _effect(paper: Paper, report: PaymentReport, each: TriggerReading) -> str:
    stages = {trigger.key: trigger.stage for trigger in report.inputs.plan.triggers}
    stage = stages[each.key]
    return paper.say("none") if stage in (None, Stage.NORMAL) else paper.label(str(stage))


def _measured(paper: Paper, each: TriggerReading) -> str:
    if each.ratio is not None:
        return paper.rate(each.ratio)
    return paper.owed(each.first) if each.first is not None and each.level is None else "—"


def _headroom(paper: Paper, each: TriggerReading) -> str:
    if each.headroom is None:
        return "—"
    if each.ratio is not None:
        return paper.say("points", points=paper.wording.number(each.headroom * 100, 2))
    return paper.owed(each.headroom)
