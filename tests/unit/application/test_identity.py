"""Tests of what identifies a report."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.case_factory import BASE, appraised, case, options, patent
from zhirong.application.case.options import AppraisalOptions


class TestReportHead:
    def test_has_number_code_and_one_year_of_validity(self):
        head = appraised(case(BASE)).head

        assert re.fullmatch(r"ZR-20260630-[0-9A-F]{6}", head.number)
        assert re.fullmatch(r"([0-9A-F]{4}-){3}[0-9A-F]{4}", head.verification_code)
        assert head.valid_until == date(2027, 6, 30)

    def test_is_the_same_for_the_same_case(self):
        assert appraised(case(BASE)).head == appraised(case(BASE)).head

    def test_takes_the_number_it_is_given(self):
        assert appraised(case(BASE), report_number="A-7").head.number == "A-7"

    @pytest.mark.parametrize(
        "changed", [{"seed": 2}, {"purpose": "transfer"}, {"report_date": date(2026, 7, 3)}]
    )
    def test_has_another_code_for_other_options(self, changed: dict[str, object]):
        first: AppraisalOptions = options()
        assert replace(first, **changed) != first

        codes = {appraised(case(BASE), **each).head.verification_code for each in ({}, changed)}

        assert len(codes) == 2

    def test_has_another_code_for_another_title(self):
        file = case(BASE)
        other = replace(file, patents=(patent(0, title="another"), *file.patents[1:]))

        codes = {appraised(item).head.verification_code for item in (file, other)}

        assert len(codes) == 2
