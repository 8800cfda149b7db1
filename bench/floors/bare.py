"""A Textual app with one line of text."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

from bench.floors import BARE_SHOWN


class Bare(App[None]):
    """One widget and no more."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(BARE_SHOWN)


if __name__ == "__main__":
    Bare().run()
