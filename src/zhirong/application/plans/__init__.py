"""A plan from its file and tape to runs, losses and structure: pool, behavior, waterfall joined."""
