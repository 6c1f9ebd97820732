"""Desks: pages for people. Only addresses, views, forms and templates; services do the work."""
