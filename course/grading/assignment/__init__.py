"""The assignment: what was released, its tasks and tests, its variants and its class; what may come of a submission."""
