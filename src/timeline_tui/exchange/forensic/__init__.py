"""Timelines of log events come in and go out: Plaso's l2tcsv, Timesketch."""
