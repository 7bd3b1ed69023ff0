"""The editor of a journey: touchpoints in their order, each with how often it goes right and how it feels."""
