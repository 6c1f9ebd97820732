"""The plan file: YAML to records, every problem with its line."""
