"""What only the firm can say: disputes, power, credit, value's age (A8, A10 to A12, P8 to P10)."""

from zhirong.core.calendar import plus_months
from zhirong.diligence.answers import read_date
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_reply, passes
from zhirong.diligence.records import Outcome, Severity

_SIDES = ("none", "plaintiff", "defendant", "both")


def _if_yes_fails(grounds: Grounds, question: str, subject: str, *, condition: str) -> Outcome:
    reply, answer = grounds.reply(question, subject), grounds.choice(question, subject)
    if reply is None or answer is None:
        return is_silent()
    if answer == "yes":
        return fails(of_reply(reply), condition=condition)
    return passes(of_reply(reply))


def is_free_of_litigation(grounds: Grounds, subject: str) -> Outcome:
    """A8: lawsuits; as defendant a risk, as plaintiff evidence of value."""
    reply, side = grounds.reply("A8", subject), grounds.choice("A8", subject, _SIDES)
    if reply is None or side is None:
        return is_silent()
    if side == "none":
        return passes(of_reply(reply))
    if side == "plaintiff":
        return fails(
            of_reply(reply),
            text="fail_plaintiff",
            severity=Severity.NOTE,
            condition="litigation_file",
        )
    return fails(of_reply(reply), condition="litigation_file")


def has_corporate_power(grounds: Grounds, subject: str) -> Outcome:
    """A10: the resolution that articles and company law ask for is on file."""
    reply, answer = grounds.reply("A10", subject), grounds.choice("A10", subject)
    if reply and answer == "no":
        return fails(of_reply(reply), condition="resolution")
    if reply and answer == "yes" and reply.document:
        return passes(of_reply(reply), document=reply.document)
    return is_silent(condition="resolution")


def is_free_of_bad_credit(grounds: Grounds, subject: str) -> Outcome:
    """A11: not on lists of enforcement, tax breaches or abnormal operation."""
    return _if_yes_fails(grounds, "A11", subject, condition="clear_lists")


def is_value_fresh(grounds: Grounds, subject: str) -> Outcome:
    """A12: the value relied on is not older than the house's limit."""
    reply = grounds.reply("A12", subject)
    valued_on = grounds.dossier.valued_on or read_date(reply.value if reply else None)
    if valued_on is None:
        return is_silent()
    months = int(grounds.limit("value_age_months_max"))
    last = plus_months(valued_on, months)
    if grounds.dossier.day > last:
        return fails(condition="revalue", valued_on=valued_on, months=months, last=last)
    return passes(valued_on=valued_on, months=months, last=last)


def is_free_of_exports(grounds: Grounds, subject: str) -> Outcome:
    """P8: no assignment or exclusive license to a foreigner is made or planned."""
    return _if_yes_fails(grounds, "P8", subject, condition="export_license")


def is_free_of_public_funding(grounds: Grounds, subject: str) -> Outcome:
    """P9: not the fruit of a project with public money."""
    return _if_yes_fails(grounds, "P9", subject, condition="project_contract")


def is_free_of_abnormal_filings(grounds: Grounds, subject: str) -> Outcome:
    """P10: the owner is not on a list of abnormal filings."""
    return _if_yes_fails(grounds, "P10", subject, condition="withdraw_abnormal")
