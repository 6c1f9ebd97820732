"""Loans: application, approval, facility, draw-downs, schedules, payments."""
