"""Timelines of other programs in, timelines for other programs out: one module a format."""
