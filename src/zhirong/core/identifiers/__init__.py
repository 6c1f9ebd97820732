"""Numbers of rights and firms: read from any spelling, checked, written in one form."""
