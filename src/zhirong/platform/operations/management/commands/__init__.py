"""Commands of those who keep the platform running."""
