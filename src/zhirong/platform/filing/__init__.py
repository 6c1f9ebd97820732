"""Pledge registrations: packages, acts before the office, notices, what is pledged."""
