"""Measurements: `python -m tests.bench`, or one of them by name."""
