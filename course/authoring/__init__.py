"""The author's door: checking, mending and beginning modules."""
