"""Dates as people type them, read into EDTF."""

from __future__ import annotations


def suggest_edtf(text: str) -> str:
    """The EDTF for a date that people write, empty where there is none or more than one."""
    del text
    return ""
