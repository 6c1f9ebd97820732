"""A year of four quarters counted 30/360, so that figures can be worked out by hand."""

from dataclasses import replace
from datetime import date

from tests.plan_kit.small_plans import HALF_UP
from zhirong.core.daycounts import DayCount
from zhirong.securitization.plan.records import Dates

START = date(2025, 1, 1)
DAYS = (date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1))
DATES = Dates(cut_off=START, closing=START, payments=DAYS)
THIRTY = replace(HALF_UP, day_count=DayCount.THIRTY_360)
