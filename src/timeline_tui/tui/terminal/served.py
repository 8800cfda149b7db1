"""What a browser's terminal is written by."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver

from timeline_tui.tui.terminal.cells import addressed


class ServedDriver(WebDriver):
    """Textual's driver for browsers, with lines that are whole whatever cells a browser takes for a word."""

    def write(self, data: str) -> None:
        """Write `data` to the browser."""
        super().write(addressed(data))
