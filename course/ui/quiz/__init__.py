"""Questions with feedback for each answer."""
