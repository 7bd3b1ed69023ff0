"""A number to guess before the answer shows."""
