"""The account manager: what waits, and all matters on their way."""
