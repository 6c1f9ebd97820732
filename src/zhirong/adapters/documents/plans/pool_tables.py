"""The pool tables of an offering document: who owes, strata, rules with their results."""

from collections.abc import Iterator, Sequence

from zhirong.adapters.documents.blocks import Block, Heading, Pair, Pairs, Prose, Row, Table
from zhirong.adapters.documents.plans.paper import Paper, row, total
from zhirong.application.plans.pool_bands import Band, loan_to_value, pool_bands
from zhirong.application.plans.structure import Structure
from zhirong.securitization.pool.concentration import By, Slice
from zhirong.securitization.pool.rules import Finding, Standing

_CUTS = (By.INDUSTRY, By.REGION, By.CLAIM_KIND, By.RIGHT_KIND, By.IPC)
_MOST = 12
_STRATUM = (("stratum", "wide"), ("balance", "amount"), ("share", "plain"), ("count", "plain"))


def pool_blocks(paper: Paper, found: Structure) -> Iterator[Block]:
    """All tables of the pool."""
    yield Heading(paper.say("pool.title"))
    yield _facts(paper, found)
    yield obligor_table(paper, found)
    yield Heading(paper.say("pool.rules"))
    yield Prose(paper.say("pool.rules_lead"))
    yield rule_table(paper, found)
    yield disclosure_table(paper, found)
    yield Heading(paper.say("pool.strata"))
    yield from strata(paper, found)


def _facts(paper: Paper, found: Structure) -> Block:
    pool, bands = found.inputs.pool, pool_bands(found.inputs.pool)
    rights = sum(len(each.rights) for each in pool.collateral)
    number = paper.wording.number
    facts = (
        ("balance", paper.money(pool.balance_fen)),
        ("obligors", paper.say("count.obligors", count=len(pool.obligors))),
        ("claims", paper.say("count.claims", count=len(pool.claims))),
        ("rights", paper.say("count.rights", count=rights)),
        ("rate", paper.rate(bands.weighted_rate)),
        ("months", paper.say("count.months", months=number(bands.weighted_months, 1))),
        ("top_five", paper.percent(found.pool.top_five)),
        ("effective", number(found.pool.effective_number, 2)),
        ("diversity", number(found.pool.diversity_score, 2)),
    )
    items = tuple(Pair(paper.say(f"pool.fact.{key}"), text) for key, text in facts)
    return Pairs(items=items, columns=3)


def obligor_table(paper: Paper, found: Structure) -> Table:
    """Every claim with its obligor, largest first."""
    pool = found.inputs.pool
    sets = {each.collateral_id: each for each in pool.collateral}
    rows = []
    for claim in sorted(pool.claims, key=lambda each: -each.balance_fen):
        obligor = pool.obligor(claim.obligor_id)
        pledged = sets.get(claim.collateral_id or "")
        rows.append(
            row(
                obligor.obligor_id,
                obligor.name,
                obligor.industry,
                paper.amount(claim.balance_fen),
                paper.percent(claim.balance_fen / pool.balance_fen),
                paper.rate(claim.rate),
                str(len(pledged.rights)) if pledged else "0",
                paper.percent(loan_to_value(claim, sets)),
            )
        )
    rights = sum(len(each.rights) for each in pool.collateral)
    sums = (paper.amount(pool.balance_fen), paper.percent(1.0), "", str(rights), "")
    rows.append(total("", paper.say("sum"), "", *sums))
    heads = (
        ("id", "text"),
        ("obligor", "wide"),
        ("industry", "text"),
        ("balance", "amount"),
        ("share", "plain"),
        ("loan_rate", "plain"),
        ("rights", "plain"),
        ("loan_to_value", "plain"),
    )
    title = paper.say("pool.obligors")
    return paper.table(heads, rows, title=title, note=paper.say("pool.obligors_note"))


def _by_rule(found: Structure) -> dict[str, list[Finding]]:
    rules: dict[str, list[Finding]] = {}
    for each in found.pool.findings:
        rules.setdefault(each.rule, []).append(each)
    return rules


def rule_table(paper: Paper, found: Structure) -> Table:
    """Every rule: how many were tested, kept, to be disclosed, broken, and whether it is waived."""
    rows = []
    for rule, findings in _by_rule(found).items():
        counts = [sum(each.standing is one for each in findings) for one in Standing]
        waived = found.pool.waived.get(rule)
        result = "rule.met" if not counts[2] else "rule.waived" if waived else "rule.broken"
        result = "rule.disclose" if counts[1] and not counts[2] else result
        numbers = map(str, (len(findings), *counts))
        rows.append(row(paper.say(f"rule.{rule}"), *numbers, paper.say(result)))
    heads = (
        ("rule", "wide"),
        ("tested", "plain"),
        ("met", "plain"),
        ("to_disclose", "plain"),
        ("broken", "plain"),
        ("result", "text"),
    )
    return paper.table(heads, rows, title=paper.say("pool.rule_results"))


def disclosure_table(paper: Paper, found: Structure) -> Block:
    """What is above a line of disclosure, or broken; a sentence where nothing is."""
    open_ones = [each for each in found.pool.findings if each.standing is not Standing.MET]
    if not open_ones:
        largest = found.pool.cuts[By.OBLIGOR][0]
        return Prose(paper.say("pool.nothing_open", name=largest.key, share=largest.share))
    rows = [row(paper.wording.message(each.message)) for each in open_ones]
    return paper.table((("finding", "wide"),), rows)


def strata(paper: Paper, found: Structure) -> Iterator[Table]:
    """The pool by everything that it can be cut by."""
    for by in _CUTS:
        yield _slices(paper, by, found.pool.cuts[by])
    bands = pool_bands(found.inputs.pool)
    yield paper.table(
        _STRATUM,
        [
            row(grade or paper.say("unknown"), paper.amount(fen), paper.percent(share), str(count))
            for grade, fen, share, count in bands.grades
        ],
        title=paper.say("cut.grade"),
        note=paper.say("cut.grade_note"),
    )
    for key, rows in (
        ("term_months", bands.term_months),
        ("right_years", bands.right_years),
        ("loan_to_value", bands.loan_to_value),
    ):
        yield _bands(paper, key, rows)


def _slices(paper: Paper, by: By, slices: Sequence[Slice]) -> Table:
    shown, rest = slices[:_MOST], slices[_MOST:]
    rows = [
        row(
            cut_name(paper, by, each.key),
            paper.amount(each.balance_fen),
            paper.percent(each.share),
            str(each.claims),
        )
        for each in shown
    ]
    if rest:
        sums = (sum(each.balance_fen for each in rest), sum(each.share for each in rest))
        others = paper.say("cut.others", count=len(rest))
        count = str(sum(each.claims for each in rest))
        rows.append(row(others, paper.amount(sums[0]), paper.percent(sums[1]), count))
    return paper.table(_STRATUM, rows, title=paper.say(f"cut.{by.value}"))


def cut_name(paper: Paper, by: By, key: str) -> str:
    """What a cut is called."""
    if by is By.CLAIM_KIND:
        return paper.say(f"claim.{key}")
    if by is By.RIGHT_KIND:
        return paper.wording.kind(key)
    return paper.say("unknown") if key == "none" else key


def _bands(paper: Paper, key: str, bands: Sequence[Band]) -> Table:
    rows: list[Row] = [
        row(
            band_name(paper, key, each),
            paper.amount(each.balance_fen),
            paper.percent(each.share),
            str(each.count),
        )
        for each in bands
    ]
    return paper.table(
        _STRATUM, rows, title=paper.say(f"cut.{key}"), note=paper.say(f"cut.{key}_note")
    )


def band_name(paper: Paper, key: str, band: Band) -> str:
    """A band in words, such as above 6 to 12 months."""
    if band.low is None and band.high is None:
        return paper.say("unknown")
    show = paper.percent if key == "loan_to_value" else (lambda value: f"{value:g}")
    low = "" if band.low is None else show(band.low)
    high = "" if band.high is None else show(band.high)
    kind = "upto" if band.low is None else "above" if band.high is None else "between"
    return paper.say(f"band.{kind}", low=low, high=high)
