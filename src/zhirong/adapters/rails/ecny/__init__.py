"""e-CNY: wallet classes and limits, and the client of an operator."""
