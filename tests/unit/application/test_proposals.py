"""Tests of what named rules propose, and that nobody's silence is consent."""

from decimal import Decimal

from tests.case_factory import BASE, appraised, case, options, without
from zhirong.application.inputs.columns import MissingInput
from zhirong.application.proposals import accepted, proposals
from zhirong.application.result import ProposalRecord
from zhirong.parameters.reader import Parameters

ASKED = without(BASE, "economic_life")


def proposed(*keys: str, accepted_by: str = "", industry: str | None = "machinery"):
    file = case()
    firm = file.firm.__class__(name="Example Ltd", industry=industry)
    return proposals(
        [MissingInput(key=key, group="G1") for key in keys],
        case=case(firm=firm),
        options=options(accepted_by=accepted_by),
        parameters=Parameters(),
    )


def proposal(result_keys: tuple[ProposalRecord, ...], key: str) -> ProposalRecord:
    return next(item for item in result_keys if item.key == key)


class TestProposals:
    def test_name_the_rule_that_proposes(self):
        (found,) = proposed("economic_life")

        assert found.rule == "valuation.proposals.economic_life"
        assert found.low <= found.central <= found.high

    def test_stay_open_where_no_rule_knows(self):
        (found,) = proposed("moon_phase", accepted_by="A. Analyst")

        assert (found.central, found.rule, found.is_accepted) == (None, "", False)

    def test_take_the_split_range_of_the_industry(self):
        low, high = proposed("split_low", "split_high")

        assert low.central < high.central

    def test_are_accepted_only_by_somebody(self):
        assert not proposed("economic_life")[0].is_accepted
        assert proposed("economic_life", accepted_by="A. Analyst")[0].is_accepted


class TestAccepted:
    def test_carry_their_author_and_rule(self):
        (found,) = accepted(proposed("economic_life", "moon_phase"), author="A. Analyst")

        assert (found.key, found.author) == ("economic_life", "A. Analyst")
        assert found.rule == found.reason == "valuation.proposals.economic_life"
        assert isinstance(found.central, Decimal)


class TestAppraise:
    def test_values_nothing_on_a_proposal_that_nobody_accepted(self):
        result = appraised(case(ASKED))

        assert result.valuation is None
        assert not proposal(result.proposals, "economic_life").is_accepted

    def test_values_with_the_proposals_that_somebody_accepted(self):
        result = appraised(case(ASKED), accepted_by="A. Analyst")

        assert result.valuation is not None
        assert proposal(result.proposals, "economic_life").is_accepted
