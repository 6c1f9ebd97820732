"""What came in: the case file, its options, groups and assumptions, and the context of one run."""
