"""Whether there is a terminal to paint on."""

from __future__ import annotations

import os
import sys


def can_paint() -> str:
    """Why no app can be shown here, in words; empty if one can.

    Textual reads from standard input and asks standard output for its size. In a web
    server's process (TEXTUAL_DRIVER is set) no terminal is needed.
    """
    if os.environ.get("TEXTUAL_DRIVER"):
        return ""
    for stream, name in ((sys.__stdin__, "input"), (sys.__stdout__, "output")):
        if stream is None or stream.closed or not stream.isatty():
            return f"standard {name} is not a terminal"
    term = os.environ.get("TERM", "")
    if sys.platform != "win32" and term in ("", "dumb", "unknown"):
        return f"the terminal cannot move its cursor (TERM is {term or 'not set'})"
    return ""
