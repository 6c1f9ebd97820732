"""Claims on firms become securities: pool, behavior, one waterfall, analytics, dates, money."""
