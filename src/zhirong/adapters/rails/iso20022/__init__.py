"""Payment messages of a bank: pain.001 out, pain.002 and camt.053 in, held to the schemas."""
