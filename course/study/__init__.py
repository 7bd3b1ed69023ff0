"""What holds the course together: its terms, its formulas, what leads to what, a self-test, and what a learner has done."""
