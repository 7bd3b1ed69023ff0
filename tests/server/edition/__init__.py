"""Tests of `course static`."""
