"""Organizations, users, roles, and what each role may do."""
