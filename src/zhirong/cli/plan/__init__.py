"""`zhirong plan`: one module a subcommand."""
