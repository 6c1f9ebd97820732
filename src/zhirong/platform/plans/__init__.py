"""Asset-backed plans: their files, structures, issue and payment dates."""
