"""Matters, who takes part in them, and who may see what."""
