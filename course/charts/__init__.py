"""Altair charts: the course's theme, the panels the page draws, and builders that several modules share."""
