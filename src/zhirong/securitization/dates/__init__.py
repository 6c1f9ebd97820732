"""The days of a plan: payment dates with their chains, record dates, cut-off and closing."""
