"""The program for tests: it treats short files as long ones, so that a test of long files needs none.

It caches the index of such a file, reads it in parts, and reports every step. If `STOP_WHILE_READING` is set,
it stops with SIGSTOP once it has reported the first events.
"""

from __future__ import annotations

import os
import signal

from timeline_tui.loading import parts, progress
from timeline_tui.loading.progress import Reporter
from timeline_tui.text import byte_sizes

byte_sizes.NOTICEABLE = 10_000
parts.LEAST_SIZE = 20_000
parts._PART = 20_000
progress.EVERY = 0
Reporter.__init__.__defaults__ = (0,)


def _stop_while_reading() -> None:
    report = Reporter.report_now
    stops = iter([signal.SIGSTOP])

    def report_and_stop(reporter: Reporter, share: float, events: int) -> None:
        report(reporter, share, events)
        if events and (number := next(stops, None)):
            os.kill(os.getpid(), number)

    Reporter.report_now = report_and_stop  # type: ignore[method-assign,assignment]  # a program that stops there


if __name__ == "__main__":
    from timeline_tui.cli.main import run

    if os.environ.get("STOP_WHILE_READING"):
        _stop_while_reading()
    run()
