"""Payment rails: ISO 20022 files of a bank, e-CNY wallets, sandboxes that stand for both."""
