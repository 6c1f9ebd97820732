"""The reports: what each of them says, in which order; they read results and give documents."""
