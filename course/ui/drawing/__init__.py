"""A line that the learner draws into an empty picture."""
