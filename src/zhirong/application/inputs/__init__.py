"""From the case to the columns that methods read: facts, rates, tax, matrix."""
