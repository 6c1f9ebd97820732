"""In which order rows are locked: the matter, then the loan, then what hangs on it, then accounts.

Whoever locks a loan and may need its matter locks the matter first; so no two acts wait for each
other in a ring.
"""

from zhirong.platform.lending.models import DrawDown
from zhirong.platform.matters.models import Matter


def locked_loan(number: str) -> DrawDown | None:
    """A loan with its matter, both locked in that order; None where there is no such loan."""
    loan = DrawDown.objects.filter(number=number).values_list("facility__matter", flat=True)
    matter = Matter.objects.select_for_update(no_key=True).filter(pk__in=loan[:1]).first()
    if matter is None:
        return None
    draw = (
        DrawDown.objects.select_related("facility")
        .select_for_update(of=("self",), no_key=True)
        .get(number=number)
    )
    draw.facility.matter = matter
    return draw
