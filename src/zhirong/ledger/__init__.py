"""Double entry: one row is one transfer. Plans of transfers, their laws, replay, reconciliation."""
