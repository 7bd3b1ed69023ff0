"""A class rates a service before and after: what it expected of each dimension, what it got; and its file, `class.csv`."""
