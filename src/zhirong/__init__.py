"""Zhirong (知融): open software for intellectual-property finance."""

__version__ = "0.1.0"
