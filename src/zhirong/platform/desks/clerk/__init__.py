"""The pledge clerk: what to file, to mend, to prove and to release; all filings."""
