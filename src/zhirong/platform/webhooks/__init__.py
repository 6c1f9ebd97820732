"""Webhooks: what happens on matters, told to addresses that organizations register."""
