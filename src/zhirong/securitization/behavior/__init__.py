"""How a pool behaves: prepayment, default, recovery, by curve or obligor by obligor."""
