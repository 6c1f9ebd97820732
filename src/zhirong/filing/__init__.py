"""Filing: what is put before a registration office for a pledge, and what comes back."""
