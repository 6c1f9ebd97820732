"""Valuation: one method a file, over columns of rights; scores, allocation, premises, simulation."""
