"""Pure use cases that join the siblings: values in, results out."""
