"""How firm an unexamined right is: evaluation report, same-day filings (P2, P3)."""

from zhirong.core.identifiers import patents as numbers
from zhirong.diligence.checks.ownership import same_name
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_event, of_patent, of_reply, passes
from zhirong.diligence.records import Evidence, Outcome, Severity
from zhirong.rights.events import EventKind
from zhirong.rights.records import Patent, PatentKind, ReportConclusion
from zhirong.rights.status import BaseState

_CONCLUSIONS = ("favorable", "partly_favorable", "unfavorable", "none")
_REFUSED = (BaseState.REJECTED, BaseState.WITHDRAWN)
# Shorter titles contain each other by chance.
_TITLE_LENGTH_MIN = 4


def has_evaluation_report(grounds: Grounds, subject: str) -> Outcome:
    """P2: a utility model or design has a patent evaluation report, and a good one."""
    patent = grounds.patents[subject]
    if patent.kind is PatentKind.INVENTION:
        return passes(of_patent(patent, "kind"), text="pass_examined")
    report = patent.evaluation_report
    evidence = of_patent(patent, "evaluation_report")
    conclusion = str(report.conclusion) if report and report.conclusion else None
    if conclusion is None:
        reply = grounds.reply("P2", subject)
        answer = grounds.choice("P2", subject, _CONCLUSIONS)
        if reply and answer == "none":
            return fails(of_reply(reply), condition="evaluation_report")
        if reply and answer and reply.document:
            conclusion, evidence = answer, of_reply(reply)
    if conclusion is not None:
        return _by_conclusion(ReportConclusion(conclusion), evidence)
    if report is None:
        return is_silent(condition="evaluation_report")
    if not report.has:
        return fails(evidence, condition="evaluation_report")
    return is_silent(evidence, text="not_known_conclusion", condition="evaluation_report")


def _by_conclusion(conclusion: ReportConclusion, evidence: Evidence) -> Outcome:
    if conclusion is ReportConclusion.FAVORABLE:
        return passes(evidence)
    if conclusion is ReportConclusion.PARTLY_FAVORABLE:
        return fails(
            evidence, text="fail_partly", severity=Severity.MEDIUM, condition="rescore_claims"
        )
    return fails(evidence, text="fail_unfavorable", condition="exclude_weak")


def same_day_partners(grounds: Grounds, subject: str) -> tuple[Patent, ...]:
    """The other half of a double filing inside the portfolio, declared or not.

    One utility model and one invention of the same filing day, with a common owner and titles that
    are equal or contain one another. An invention that was refused or withdrawn no longer matters.
    """
    patent = grounds.patents[subject]
    return tuple(
        other
        for other in grounds.dossier.patents
        if _is_same_day_pair(patent, other) and grounds.statuses[other.app_no].base not in _REFUSED
    )


def _is_same_day_pair(patent: Patent, other: Patent) -> bool:
    kinds = {patent.kind, other.kind}
    if kinds != {PatentKind.INVENTION, PatentKind.UTILITY_MODEL}:
        return False
    if patent.filing_date != other.filing_date:
        return False
    declared = {patent.same_day_application, other.same_day_application}
    if other.app_no in declared or patent.app_no in declared:
        return True
    owners = {same_name(owner.name) for owner in patent.owners}
    others = {same_name(owner.name) for owner in other.owners}
    if owners and others and not owners & others:
        return False
    titles = sorted((same_name(patent.title), same_name(other.title)), key=len)
    return len(titles[0]) >= _TITLE_LENGTH_MIN and titles[0] in titles[1]


def is_free_of_same_day_filing(grounds: Grounds, subject: str) -> Outcome:
    """P3: a utility model has no invention of the same day, on grant of which it ends."""
    patent = grounds.patents[subject]
    if patent.kind is not PatentKind.UTILITY_MODEL:
        return passes(of_patent(patent, "kind"), text=f"pass_{patent.kind}")
    closed = grounds.events(subject, EventKind.SAME_DAY_CLOSED)
    if closed:
        return passes(*(of_event(event) for event in closed), text="pass_closed")
    partners = same_day_partners(grounds, subject)
    if partners or patent.same_day_application or patent.has_same_day_application:
        return _paired(grounds, patent, partners)
    if patent.has_same_day_application is False:
        return passes(of_patent(patent, "has_same_day_application"))
    return _as_answered(grounds, patent)


def _as_answered(grounds: Grounds, patent: Patent) -> Outcome:
    reply, answer = grounds.reply("P3", patent.app_no), grounds.choice("P3", patent.app_no)
    if reply and answer == "yes":
        return _paired(grounds, patent, ())
    if reply and answer == "no" and reply.document:
        return passes(of_reply(reply))
    return is_silent(condition="same_day_declaration")


def _paired(grounds: Grounds, patent: Patent, partners: tuple[Patent, ...]) -> Outcome:
    evidence = (
        of_patent(patent, "same_day_application"),
        *(of_patent(partner, "filing_date") for partner in partners),
    )
    other = partners[0].app_no if partners else patent.same_day_application
    number = numbers.display(other) if other else None
    is_granted = any(grounds.statuses[partner.app_no].is_alive for partner in partners)
    if is_granted:
        return fails(*evidence, text="fail_granted", condition="exclude", partner=number)
    if grounds.confirms("P3D", patent.app_no):
        return fails(
            *evidence,
            text="fail_declared",
            severity=Severity.HIGH,
            condition="pledge_the_pair",
            partner=number,
        )
    is_undeclared = patent.same_day_application is None and bool(partners)
    return fails(
        *evidence,
        text="fail_undeclared" if is_undeclared else "fail",
        condition="same_day_declaration",
        partner=number,
    )
