"""Results as files: canonical JSON in an envelope that tells kind, version and hash."""
