"""Contracts, signatures and registration on a matter's page; the public page of verification."""
