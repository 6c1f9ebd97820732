"""The administrator: organizations, people, parameters in force, the action log."""
