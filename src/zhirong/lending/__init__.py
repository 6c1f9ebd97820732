"""Lending: facilities, pledge terms, rates, schedules, accrual, payments; owed money is exact."""
