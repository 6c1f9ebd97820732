"""Valuation: one method a file over columns of rights; scores, shares, premises, simulation."""
