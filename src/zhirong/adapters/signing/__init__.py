"""Signatures: certificates, signed contracts, and what is found when they are verified."""
