"""The interpreter of a plan: the same text over whole fen of one path or of many."""
