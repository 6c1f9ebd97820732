"""Whether the papers are recent: register extract, certificates (E5, E9)."""

from zhirong.core.calendar import plus_months
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_patent, passes
from zhirong.diligence.records import Evidence, Outcome
from zhirong.firms.records import Certificate


def is_extract_fresh(grounds: Grounds, subject: str) -> Outcome:
    """E5: the register extract is not older than the house's limit on the day of the check."""
    limit = int(grounds.limit("extract_age_days_max"))
    read_on = grounds.register_read_on(subject)
    patent = grounds.patents[subject]
    if read_on is None and patent.as_of is None:
        return is_silent(limit=limit, condition="new_extract")
    if read_on is None:
        # An export of a search tool is dated, but it is no extract of the register.
        return is_silent(
            of_patent(patent, "as_of"),
            text="not_known_export",
            condition="new_extract",
            as_of=patent.as_of,
            limit=limit,
        )
    extract = grounds.extract(subject)
    evidence = Evidence(
        fact="register_extract", on=read_on, source=extract.source if extract else None
    )
    days = (grounds.dossier.day - read_on).days
    if days > limit:
        return fails(evidence, condition="new_extract", read_on=read_on, days=days, limit=limit)
    return passes(evidence, read_on=read_on, days=days, limit=limit)


def are_certificates_valid(grounds: Grounds, _: str) -> Outcome:
    """E9: the labels that tax rate and subsidies stand on are valid for a while yet."""
    certificates = grounds.dossier.certificates
    if not certificates:
        return is_silent()
    day = grounds.dossier.valuation_date
    soon = plus_months(day, int(grounds.limit("certificate_notice_months")))
    ended = [item for item in certificates if item.valid_to < day]
    ending = [item for item in certificates if day <= item.valid_to < soon]
    if ended or ending:
        first = min(ended or ending, key=lambda item: item.valid_to)
        return fails(
            *(_of_certificate(item) for item in (*ended, *ending)),
            text="fail" if ended else "fail_soon",
            condition="renew_certificate",
            kind=first.kind,
            number=first.number,
            valid_to=first.valid_to,
        )
    evidence = (_of_certificate(item) for item in certificates)
    return passes(*evidence, numbers=tuple(item.number for item in certificates))


def _of_certificate(item: Certificate) -> Evidence:
    return Evidence(fact="certificate", reference=item.number, on=item.valid_to, source=item.source)
