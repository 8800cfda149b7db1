"""Logs of systems and programs: each line, or each entry, is an event."""
