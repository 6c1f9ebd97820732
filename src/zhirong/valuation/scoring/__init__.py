"""Scoring of rights on indicator trees: value degree, split position, weights of a house's own."""
