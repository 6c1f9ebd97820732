"""Appraisals of a matter: what was given, how the run went, what came out."""
