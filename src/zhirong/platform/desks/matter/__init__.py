"""A matter's page: head, way and tabs, for everybody who takes part in it."""
