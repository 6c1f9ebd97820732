"""What tests of plans start from: small plans, another engine's deals, random deals."""
