"""Whether sales lead to the rights and growth is borne out: P7, E2, E3."""

from decimal import Decimal

from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_reply, passes
from zhirong.diligence.records import Evidence, Outcome
from zhirong.firms.records import ProductYear


def serves_a_product(grounds: Grounds, _: str) -> Outcome:
    """P7: at least one right serves a product that has sales."""
    coverage = grounds.dossier.coverage
    if not coverage or not grounds.dossier.sales:
        return is_silent()
    selling = {item.product for item in grounds.dossier.sales if item.sales > 0}
    serving = [
        cell
        for cell in coverage
        if cell.strength > 0 and cell.right in grounds.patents and not grounds.has_ended(cell.right)
    ]
    hits = [cell for cell in serving if cell.product in selling]
    if not hits:
        return fails(
            *(Evidence(fact="coverage", reference=c.right, source=c.source) for c in coverage),
            condition="map_products",
        )
    rights = {cell.right for cell in hits}
    products = tuple(sorted({cell.product for cell in hits}))
    evidence = (Evidence(fact="coverage", reference=c.right, source=c.source) for c in hits)
    return passes(*evidence, count=len(rights), products=products)


def historic_growth(sales: tuple[ProductYear, ...], years: int) -> Decimal | None:
    """Compound yearly growth over at most so many years up to the last; None where it has none.

    Sales of 100 and 121 two years apart give 0.1.
    """
    ordered = sorted(sales, key=lambda item: item.year)
    if not ordered:
        return None
    last = ordered[-1]
    inside = [item for item in ordered if last.year - years < item.year and item.sales > 0]
    if len(inside) < 2:
        return None
    first = inside[0]
    span = Decimal(last.year - first.year)
    # The sum of forty years would still be exact enough at the context's 28 digits.
    return (last.sales / first.sales) ** (1 / span) - 1


def grows_as_before(grounds: Grounds, subject: str) -> Outcome:
    """E2: assumed growth is not above the history's, or a paper bears it out."""
    dossier = grounds.dossier
    own = [item for item in dossier.growth if item.product == subject]
    assumed = own or [item for item in dossier.growth if not item.product]
    sales = tuple(item for item in dossier.sales if item.product == subject)
    years = int(grounds.limit("growth_history_years"))
    past = historic_growth(sales, years)
    if not assumed:
        return is_silent(text="not_known_assumption")
    top = max(assumed, key=lambda item: item.rate)
    evidence = Evidence(fact="growth", reference=subject, source=top.source)
    reply = grounds.reply("E2", subject)
    has_document = bool(reply and reply.document and grounds.choice("E2", subject) == "yes")
    if has_document and reply:
        return passes(
            evidence, of_reply(reply), text="pass_document", rate=top.rate, past=past,
            document=reply.document,
        )  # fmt: skip
    if past is None:
        return is_silent(evidence, rate=top.rate, years=years, condition="growth_documents")
    if top.rate > past:
        return fails(evidence, condition="growth_documents", rate=top.rate, past=past, years=years)
    return passes(evidence, rate=top.rate, past=past, years=years)


def is_matrix_signed(grounds: Grounds, _: str) -> Outcome:
    """E3: the firm signed the product, feature and right matrix."""
    signature, coverage = grounds.dossier.signature, grounds.dossier.coverage
    if signature is not None:
        evidence = Evidence(fact="signature", on=signature.signed_on, source=signature.source)
        if signature.signed_on > grounds.dossier.day:
            return fails(
                evidence, text="fail_later", condition="sign_matrix", on=signature.signed_on
            )
        return passes(evidence, signer=signature.signed_by, on=signature.signed_on)
    if not coverage:
        return is_silent(condition="sign_matrix")
    cells = (Evidence(fact="coverage", reference=c.right, source=c.source) for c in coverage[:1])
    return fails(*cells, condition="sign_matrix", cells=len(coverage))
