"""Methods of valuation: one method a file, straight-line arithmetic on figures."""
