"""What the course teaches, as functions: numpy and pandas in and out. Nothing of ours is imported here."""
