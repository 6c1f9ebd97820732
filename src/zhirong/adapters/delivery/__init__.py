"""Writes the files of a result into a folder."""
