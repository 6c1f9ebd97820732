"""Cells: one reader a kind of field; each gives a value with notes, or why it cannot."""
