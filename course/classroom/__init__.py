"""A class in one room: what a teacher asks of everybody at once, and what comes back, without names."""
