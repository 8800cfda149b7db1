"""The driver for a terminal in a browser."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver

from timeline_tui.tui.terminal.cells import with_columns


class ServedDriver(WebDriver):
    """Textual's driver for browsers, with lines that stay aligned whatever widths the browser counts."""

    def write(self, data: str) -> None:
        """Write `data` to the browser."""
        super().write(with_columns(data))
