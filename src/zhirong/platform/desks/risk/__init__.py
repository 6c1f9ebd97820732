"""The risk officer: what to propose and decide, and what was decided."""
