"""Firms: parties, accounts, products and features, and which right serves which feature."""
