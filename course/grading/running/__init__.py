"""Running a submission: its cells in a kernel of its own, its tests in an examiner of its own, here or on a cluster."""
