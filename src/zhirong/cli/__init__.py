"""The commands, one module each, behind a lazy table."""
