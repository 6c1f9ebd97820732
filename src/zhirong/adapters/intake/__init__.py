"""Intake: a folder of files that a firm sent becomes a case file; nothing is lost in silence."""
