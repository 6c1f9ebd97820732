"""Discount rates: build-up, CAPM, WACC, and the return on assets that WACC must cover."""
