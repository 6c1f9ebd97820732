"""Facts of a contract that read otherwise in the register."""

from datetime import date

import pytest

from tests import filings
from zhirong.filing.correcting import CorrectedPart, Correction, CorrectionError, correct
from zhirong.filing.office import Registry

PATENT = filings.pledge()
MARKS = filings.pledge(Registry.TRADEMARK)


def correction(part: str, after: str, subject: str = filings.RIGHT) -> Correction:
    return Correction(subject=subject, part=CorrectedPart(part), after=after)


class TestCorrect:
    def test_corrects_a_day_of_a_right(self) -> None:
        made = correct(PATENT, correction("grant_date", "2022-05-17"))

        assert made.before == "2022-05-10"
        assert made.contract.rights[0].grant_date == date(2022, 5, 17)

    def test_corrects_the_classes_of_a_mark(self) -> None:
        made = correct(MARKS, correction("classes", "9 7", filings.MARK))

        assert made.before == "7"
        assert made.contract.rights[0].classes == (7, 9)

    def test_corrects_a_party_as_the_register_spells_it(self) -> None:
        made = correct(PATENT, correction("name", "甲", filings.PLEDGOR.identifier))

        assert made.before == filings.PLEDGOR.name
        assert (made.contract.pledgors[0].name, made.contract.debtor.name) == ("甲", "甲")

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            (correction("grant_date", "2022-05-10"), "same"),
            (correction("grant_date", "May"), "value"),
            (correction("name", " "), "value"),
            (correction("address", "某路"), "part"),
            (correction("classes", "46"), "value"),
            (correction("name", "甲", "NOBODY"), "subject"),
            (correction("grant_date", "2022-05-17", filings.PLEDGEE.identifier), "part"),
        ],
    )
    def test_refuses_what_is_no_fact_of_it(self, wrong: Correction, reason: str) -> None:
        with pytest.raises(CorrectionError) as refused:
            correct(PATENT, wrong)
        assert refused.value.facts["reason"] == f"error.correction.{reason}"
