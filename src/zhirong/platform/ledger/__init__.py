"""The ledger as tables: what the pure room plans, the database keeps and enforces."""
