"""Time stamps (RFC 3161): a local authority, the client of a real one, and reading of tokens."""
