"""The people behind the rights: former employers, leavers, dependence on one (P4, P11, E4)."""

from collections import Counter
from decimal import Decimal

from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_patent, of_reply, passes
from zhirong.diligence.records import Outcome


def is_free_of_employee_claims(grounds: Grounds, subject: str) -> Outcome:
    """P4: no inventor within a year of leaving another employer; rewards are settled."""
    reply, answer = grounds.reply("P4", subject), grounds.choice("P4", subject)
    if reply is None or answer is None:
        return is_silent()
    if answer == "yes":
        return fails(of_reply(reply), condition="inventor_papers")
    return passes(of_reply(reply))


def are_key_inventors_there(grounds: Grounds, subject: str) -> Outcome:
    """P11: no key inventor has left."""
    reply, answer = grounds.reply("P11", subject), grounds.choice("P11", subject)
    if reply is None or answer is None:
        return is_silent()
    if answer == "yes":
        return fails(of_reply(reply), condition="key_person")
    return passes(of_reply(reply))


def is_spread_over_inventors(grounds: Grounds, _: str) -> Outcome:
    """E4: no single inventor stands behind more than the house's share of the rights."""
    named = [patent for patent in grounds.dossier.patents if patent.inventors]
    minimum = int(grounds.limit("key_inventor_rights_min"))
    if len(named) < minimum:
        return is_silent(named=len(named), minimum=minimum)
    counts = Counter(name for patent in named for name in set(patent.inventors or ()))
    inventor, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    share = Decimal(count) / Decimal(len(named))
    limit = grounds.limit("key_inventor_share_max")
    if share > limit:
        theirs = [patent for patent in named if inventor in (patent.inventors or ())]
        return fails(
            *(of_patent(patent, "inventors") for patent in theirs),
            condition="key_person",
            inventor=inventor,
            count=count,
            total=len(named),
            share=share,
            limit=limit,
        )
    return passes(inventor=inventor, count=count, total=len(named), share=share, limit=limit)
