"""What is written down: marks, lateness, the gradebook and the folders beside it."""
