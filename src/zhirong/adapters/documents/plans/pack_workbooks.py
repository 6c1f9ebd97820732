"""`pool.xlsx` and `investor-pack.xlsx`: the tables behind the papers, figures as figures."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook

from zhirong.adapters.documents.plans import cash_tables, loss_tables
from zhirong.adapters.documents.plans.paper import Paper, paper_of
from zhirong.adapters.documents.plans.pool_tables import band_name, cut_name
from zhirong.adapters.documents.plans.sheets import Cell, Kind, SheetTable, write_table
from zhirong.adapters.documents.workbook.styles import styles
from zhirong.application.plans.pool_bands import loan_to_value, pool_bands
from zhirong.application.plans.structure import Structure
from zhirong.core.messages import Catalog, Language
from zhirong.securitization.pool.concentration import By

_CUTS = (By.OBLIGOR, By.GROUP, By.INDUSTRY, By.REGION, By.CLAIM_KIND, By.RIGHT_KIND, By.IPC)
_CASH_HEADS = ("pool_cash", "support_cash", "fee_cash", "interest_cash", "principal_cash")
Heads = Sequence[tuple[str, Kind]]


def pool_workbook(found: Structure, *, words: Catalog, lang: Language) -> bytes:
    """Obligors, strata, bands and findings of the pool."""
    paper = paper_of(found.inputs.plan, words=words, lang=lang)
    tables = (_obligors(paper, found), _strata(paper, found), _findings(paper, found))
    return _written(paper, tables, on=found.inputs.plan.dates.cut_off)


def pack_workbook(found: Structure, *, words: Catalog, lang: Language) -> bytes:
    """Tranches, cash, losses, scenarios, stress and costs of the investor pack."""
    paper = paper_of(found.inputs.plan, words=words, lang=lang)
    tables = (
        _tranches(paper, found),
        _cash(paper, found),
        *_losses(paper, found),
        _scenarios(paper, found),
        *_stress(paper, found),
        *_costs(paper, found),
    )
    return _written(paper, tables, on=found.inputs.plan.dates.cut_off)


def _written(paper: Paper, tables: Sequence[SheetTable], *, on: date) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    # Without a day of its own the file would bear the machine's clock.
    created = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - as xlsxwriter wants it
    book.set_properties({"title": paper.plan.name, "created": created})
    look = styles(book)
    day = book.add_format({"font_name": "Noto Sans SC", "font_size": 9, "num_format": "yyyy-mm-dd"})
    for table in tables:
        write_table(book, look, table, day=day)
    book.close()
    return buffer.getvalue()


def _table(paper: Paper, key: str, heads: Heads, rows: Sequence[Sequence[Cell]]) -> SheetTable:
    return SheetTable(
        name=paper.say(f"sheet.{key}"),
        title=paper.say(f"sheet.{key}"),
        note=paper.plan.name,
        heads=tuple((paper.say(f"head.{name}"), kind) for name, kind in heads),
        rows=rows,
    )


def _obligors(paper: Paper, found: Structure) -> SheetTable:
    pool = found.inputs.pool
    sets = {each.collateral_id: each for each in pool.collateral}
    rows: list[Sequence[Cell]] = []
    for claim in pool.claims:
        obligor, pledged = pool.obligor(claim.obligor_id), sets.get(claim.collateral_id or "")
        rows.append(
            (
                claim.claim_id,
                obligor.obligor_id,
                obligor.name,
                obligor.industry,
                obligor.region,
                obligor.grade,
                claim.balance_fen,
                claim.balance_fen / pool.balance_fen,
                claim.rate,
                claim.dues[-1].on,
                len(pledged.rights) if pledged else 0,
                loan_to_value(claim, sets),
            )
        )
    heads: Heads = (
        ("claim", "text"),
        ("id", "text"),
        ("obligor", "text"),
        ("industry", "text"),
        ("region", "text"),
        ("grade", "text"),
        ("balance", "fen"),
        ("share", "share"),
        ("loan_rate", "share"),
        ("day", "day"),
        ("rights", "count"),
        ("loan_to_value", "share"),
    )
    return _table(paper, "obligors", heads, rows)


def _strata(paper: Paper, found: Structure) -> SheetTable:
    bands = pool_bands(found.inputs.pool)
    rows: list[Sequence[Cell]] = [
        (
            paper.say(f"cut.{by.value}"),
            cut_name(paper, by, each.key),
            round(each.balance_fen),
            each.share,
            each.claims,
        )
        for by in _CUTS
        for each in found.pool.cuts[by]
    ]
    rows += [
        (paper.say("cut.grade"), grade or paper.say("unknown"), fen, share, count)
        for grade, fen, share, count in bands.grades
    ]
    for key in ("term_months", "right_years", "loan_to_value"):
        rows += [
            (
                paper.say(f"cut.{key}"),
                band_name(paper, key, each),
                each.balance_fen,
                each.share,
                each.count,
            )
            for each in getattr(bands, key)
        ]
    heads: Heads = (
        ("cut", "text"),
        ("stratum", "text"),
        ("balance", "fen"),
        ("share", "share"),
        ("count", "count"),
    )
    return _table(paper, "strata", heads, rows)


def _findings(paper: Paper, found: Structure) -> SheetTable:
    rows = [
        (
            paper.say(f"rule.{each.rule}"),
            each.subject,
            paper.say(f"rule.{each.standing}"),
            paper.wording.message(each.message),
            found.pool.waived.get(each.rule, ""),
        )
        for each in found.pool.findings
    ]
    heads: Heads = (
        ("rule", "text"),
        ("subject", "text"),
        ("result", "text"),
        ("finding", "text"),
        ("waived", "text"),
    )
    return _table(paper, "findings", heads, rows)


def _tranches(paper: Paper, found: Structure) -> SheetTable:
    rows = [
        (
            loss_tables.scenario_name(paper, scenario),
            paper.label(each.key),
            each.balance_fen,
            each.share,
            each.attach,
            each.detach,
            each.rate,
            each.average_life,
            each.modified,
            each.convexity,
            each.return_,
            each.loss_fen,
        )
        for scenario in found.scenarios
        for each in scenario.tranches
    ]
    heads: Heads = (
        ("scenario", "text"),
        ("tranche", "text"),
        ("size", "fen"),
        ("share", "share"),
        ("attach", "share"),
        ("detach", "share"),
        ("coupon", "share"),
        ("life", "times"),
        ("modified", "times"),
        ("convexity", "times"),
        ("return", "share"),
        ("loss", "fen"),
    )
    return _table(paper, "tranches", heads, rows)


def _cash(paper: Paper, found: Structure) -> SheetTable:
    days = found.scenarios[0].found.run.on
    rows: list[Sequence[Cell]] = [
        (day, *amounts)
        for day, amounts in zip(days, cash_tables.amounts_by_date(found), strict=True)
    ]
    names = (*_CASH_HEADS, "rest_cash", "cash_left")
    heads: Heads = (("day", "day"), *((name, "fen") for name in names))
    return _table(paper, "cash", heads, rows)


def _losses(paper: Paper, found: Structure) -> Iterator[SheetTable]:
    if found.losses is None:
        return
    rows = [
        (
            loss_tables.view_name(paper, found, view.key),
            paper.label(each.key),
            each.at_end.expected_loss.value,
            each.at_end.expected_loss.low,
            each.at_end.expected_loss.high,
            each.at_end.probability_of_loss.value,
            each.at_end.probability_of_loss.low,
            each.at_end.probability_of_loss.high,
            each.later.expected_loss.value,
            each.grade.grade,
        )
        for view in found.losses.views
        for each in view.tranches
    ]
    figures = ("expected_loss", "low", "high", "chance", "low", "high", "later")
    heads: Heads = (
        ("view", "text"),
        ("tranche", "text"),
        *((name, "number") for name in figures),
        ("grade", "text"),
    )
    yield _table(paper, "losses", heads, rows)
    yield _table(
        paper,
        "distribution",
        (("pool_loss", "number"), ("probability", "number")),
        list(found.losses.pool.histogram),
    )


def _scenarios(paper: Paper, found: Structure) -> SheetTable:
    rows = [
        (
            loss_tables.scenario_name(paper, each),
            *loss_tables.scenario_amounts(each),
            each.cover[-1].interest,
            each.cover[-1].service,
        )
        for each in found.scenarios
    ]
    amounts = ("collected", "supports_paid", "senior_loss", "junior_loss")
    heads: Heads = (
        ("scenario", "text"),
        *((name, "fen") for name in amounts),
        ("interest_cover", "times"),
        ("service_cover", "times"),
    )
    return _table(paper, "scenarios", heads, rows)


def _stress(paper: Paper, found: Structure) -> Iterator[SheetTable]:
    if not found.stress:
        return
    rows = [
        (
            loss_tables.view_name(paper, found, view),
            paper.label(key),
            cell.pd_multiple,
            paper.say("pack.sets") if cell.recovery is None else paper.percent(cell.recovery),
            each.expected_loss.value,
            each.expected_loss.low,
            each.expected_loss.high,
            each.probability_of_loss.value,
            cell.later[view][key].expected_loss.value,
        )
        for cell in found.stress
        for view, tranches in cell.views.items()
        for key, each in tranches.items()
    ]
    heads: Heads = (
        ("view", "text"),
        ("tranche", "text"),
        ("multiple", "times"),
        ("recovery", "text"),
        *((name, "number") for name in ("expected_loss", "low", "high", "chance", "later")),
    )
    yield _table(paper, "stress", heads, rows)


def _costs(paper: Paper, found: Structure) -> Iterator[SheetTable]:
    costs = found.costs
    if costs is None:
        return
    rows = [
        (
            each.name,
            each.balance_fen,
            each.cost.before_subsidy,
            round(each.cost.subsidy * 100),
            each.cost.after_subsidy,
            each.simple_sum,
            paper.yes(each.is_within),
        )
        for each in costs.firms
    ]
    heads: Heads = (
        ("firm", "text"),
        ("loan", "fen"),
        ("before_subsidy", "share"),
        ("subsidy", "fen"),
        ("after_subsidy", "share"),
        ("simple_sum", "share"),
        ("within", "text"),
    )
    yield _table(paper, "costs", heads, rows)
    grid = [
        (
            each.loan_rate,
            each.guarantee_fee_rate,
            each.interest_subsidy_share,
            each.after_subsidy,
            paper.yes(each.is_within),
        )
        for each in costs.table
    ]
    names = ("loan_rate", "guarantee_fee", "subsidy_share", "after_subsidy")
    yield _table(
        paper, "cost_grid", (*((name, "share") for name in names), ("within", "text")), grid
    )
