"""The Django project: desks, API, and the topics they stand on."""
