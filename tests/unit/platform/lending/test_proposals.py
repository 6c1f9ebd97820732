"""The list of proposals: every matter once, open ones first, page by page."""

from decimal import Decimal

import pytest

from tests.people import House
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.lending.models import Proposal
from zhirong.platform.lending.selectors import proposals_count, proposals_for
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import open_matter
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import Job, Outbox

MATTERS = 7
WAITING = (1, 4)  # the first matter's second version is the newest row of all


def proposed(house: House, matter: Matter, version: int, state: str) -> None:
    now, day = clock.real_now(), clock.today()
    work = Outbox.objects.create(kind="appraise", created_at=now)
    job = Job.objects.create(outbox=work, matter=matter, title="job.appraise", created_at=now)
    run = AppraisalRun.objects.create(
        matter=matter, job=job, valuation_date=day, asked_by_id=house.manager.user_id
    )
    Proposal.objects.create(
        matter=matter, version=version, run=run, state=state, limit_fen=1, covered_fen=1,
        uncovered_fen=0, needs_second=False, tenor_months=12, form="annuity", every_months=1,
        lpr_tenor="1y", spread_bp=60, quoted_rate=Decimal("0.04"), rights=[], conditions=[],
        reason="r", sheet={}, author_id=house.risk.user_id, proposed_on=day,
    )  # fmt: skip


@pytest.fixture
def matters(house: House) -> list[Matter]:
    """Matters with one version each, two of them waiting; the first one's was returned before."""
    bank = house.manager.organization_id
    found = [open_matter(actor=house.firm, title=str(n), lender_id=bank) for n in range(MATTERS)]
    for place, matter in enumerate(found):
        proposed(house, matter, 1, "returned" if place == 1 else "approved")
    for place in WAITING:
        if place != 1:
            Proposal.objects.filter(matter=found[place]).update(state="open")
    proposed(house, found[1], 2, "open")
    return found


@pytest.mark.django_db
class TestProposalsFor:
    @pytest.mark.parametrize("most", [1, 2, 3, 4, 100])
    def test_lays_pages_end_to_end(self, house: House, matters: list[Matter], most: int) -> None:
        pages = [
            line
            for start in range(0, MATTERS, most)
            for line in proposals_for(house.risk, start=start, most=most)
        ]
        expected = [1, 4, 6, 5, 3, 2, 0]

        assert [line.matter for line in pages] == [matters[place].number for place in expected]
        assert [line.version for line in pages] == [2, 1, 1, 1, 1, 1, 1]
        assert proposals_count(house.risk) == MATTERS
