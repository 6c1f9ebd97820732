"""What the money costs the firms, all in, before and after subsidy, and where the line breaks."""

from collections.abc import Iterator

from zhirong.adapters.documents.blocks import Block, Prose, Span
from zhirong.adapters.documents.plans.paper import Paper, row
from zhirong.application.plans.firm_costs import CostTables
from zhirong.application.plans.structure import Structure


def blocks(paper: Paper, found: Structure, costs: CostTables) -> Iterator[Block]:
    """Firms, then the table of loan rate x guarantee fee x subsidy."""
    yield Prose(
        paper.say("cost.lead", line=costs.line, payer=costs.payer, plan=paper.rate(found.plan_cost))
    )
    rows = [
        row(
            each.name,
            paper.amount(each.balance_fen),
            paper.rate(each.cost.before_subsidy),
            paper.amount(round(each.cost.subsidy * 100)),
            paper.rate(each.cost.after_subsidy),
            paper.rate(each.simple_sum),
            paper.yes(each.is_within),
        )
        for each in costs.firms
    ]
    heads = (
        ("firm", "wide"),
        ("loan", "amount"),
        ("before_subsidy", "plain"),
        ("subsidy", "amount"),
        ("after_subsidy", "plain"),
        ("simple_sum", "plain"),
        ("within", "text"),
    )
    yield paper.table(heads, rows, title=paper.say("cost.firms"), note=paper.say("cost.note"))
    if costs.table:
        yield _grid(paper, costs)


def _grid(paper: Paper, costs: CostTables) -> Block:
    """Loan rate and fee down, subsidy across; what breaks the line carries a mark."""
    shares = sorted({each.interest_subsidy_share for each in costs.table})
    cells = {
        (each.loan_rate, each.guarantee_fee_rate, each.interest_subsidy_share): each
        for each in costs.table
    }
    rows = []
    for rate, fee in sorted({(each.loan_rate, each.guarantee_fee_rate) for each in costs.table}):
        texts: list[str | Span] = []
        for share in shares:
            cell = cells[rate, fee, share]
            text = paper.rate(cell.after_subsidy)
            texts.append(Span(text, bold=True) if cell.is_within else f"{text} ×")
        rows.append(row(paper.rate(rate), paper.rate(fee), *texts))
    table = paper.table(
        (("loan_rate", "text"), ("guarantee_fee", "text"), *(("", "plain") for _ in shares)),
        rows,
        title=paper.say("cost.grid"),
        note=paper.say("cost.grid_note", line=costs.line),
    )
    heads = tuple(paper.say("cost.share", share=share) for share in shares)
    return paper.headed(table, heads)
