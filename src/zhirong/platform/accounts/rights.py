"""What each role may do: the one table that services, pages and API ask."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Right(StrEnum):
    """An act, or a class of pages, that not everybody has."""

    APPLY = "apply"  # open a matter, give files and answers
    DRAW = "draw"  # ask for money under one's own facility
    SIGN_BORROWER = "sign_borrower"
    FOLLOW = "follow"  # the matters that one's organization takes part in
    CHECK = "check"  # qualification
    APPRAISE = "appraise"
    PROPOSE = "propose"  # limit, price, conditions
    APPROVE = "approve"
    APPROVE_ABOVE = "approve_above"  # the second pair of eyes above a limit
    CONTRACT = "contract"  # make contracts ready
    SIGN_LENDER = "sign_lender"
    FILE = "file"  # pledge registration
    PAY = "pay"  # release a draw-down
    RECEIVE = "receive"  # book what was repaid
    STRUCTURE = "structure"  # a plan: its files, its structure, the steps of its issue
    SERVICE = "service"  # the reports of a plan's payment dates
    INVEST = "invest"  # read what a plan has published
    ADMINISTER = "administer"  # organizations, people, parameters in force, action log


class Role(StrEnum):
    """What a person is in his organization."""

    FIRM_OFFICER = "firm_officer"
    ACCOUNT_MANAGER = "account_manager"
    RISK_OFFICER = "risk_officer"
    RISK_CHIEF = "risk_chief"
    PLEDGE_CLERK = "pledge_clerk"
    ARRANGER = "arranger"
    SERVICER = "servicer"
    INVESTOR = "investor"
    ADMINISTRATOR = "administrator"


_R = Right
RIGHTS_OF_ROLE: Mapping[Role, frozenset[Right]] = {
    Role.FIRM_OFFICER: frozenset({_R.FOLLOW, _R.APPLY, _R.DRAW, _R.SIGN_BORROWER}),
    Role.ACCOUNT_MANAGER: frozenset(
        {_R.FOLLOW, _R.CHECK, _R.APPRAISE, _R.CONTRACT, _R.PAY, _R.RECEIVE}
    ),
    Role.RISK_OFFICER: frozenset({_R.FOLLOW, _R.PROPOSE, _R.APPROVE}),
    Role.RISK_CHIEF: frozenset(
        {_R.FOLLOW, _R.PROPOSE, _R.APPROVE, _R.APPROVE_ABOVE, _R.SIGN_LENDER}
    ),
    Role.PLEDGE_CLERK: frozenset({_R.FOLLOW, _R.FILE}),
    Role.ARRANGER: frozenset({_R.STRUCTURE}),
    Role.SERVICER: frozenset({_R.SERVICE}),
    Role.INVESTOR: frozenset({_R.INVEST}),
    Role.ADMINISTRATOR: frozenset({_R.ADMINISTER}),
}


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """What the roles may do together."""
    return frozenset(right for role in roles for right in RIGHTS_OF_ROLE[Role(role)])
