"""Workbooks with live formulas, written from stored workings."""
