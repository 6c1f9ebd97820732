"""What claims of each kind owe on which day: loans, leases, licenses, royalties, receivables."""
