"""The screen shown while a large file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Center
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from timeline_tui.loading.progress import Progress, bar, progress_in_words
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.robust_screen import RobustScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

_BAR_CELLS = 48
_UNNOTICED = 0.4
"""Seconds until anything is shown."""


class LoadingScreen(RobustScreen, Screen[None]):
    """Shows the name of the file, and how far it has been read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "app.quit", "quit")]

    DEFAULT_CSS = """
    LoadingScreen {
        align: center middle;
        &.-unnoticed > * { visibility: hidden; }
        & > Static { width: 1fr; text-align: center; color: $muted; text-overflow: ellipsis; }
        & > Center { margin: 1 0; }
        #bar { width: auto; color: $primary; background: $panel; }
        & > #way-out { margin-top: 1; }
    }
    """

    progress: reactive[Progress | None] = reactive(None, repaint=False)
    """How far the file has been read; None before that is known."""

    def __init__(self, name: str, size: int) -> None:
        """Wait for a file.

        Args:
            name: Its name, raw.
            size: Its bytes; 0 if that is not known.
        """
        super().__init__()
        self.add_class("-unnoticed")
        self._file_name, self._beginning = name, Progress(0, size, 0, 0)

    def compose(self) -> ComposeResult:
        """The name, a bar, and the same in numbers."""
        yield Static(f"Reading {one_line(self._file_name)}", markup=False)
        with Center():
            yield Static(id="bar", markup=False)
        yield Static(id="numbers", markup=False)
        yield Static("Press q to quit", id="way-out", markup=False)

    def on_mount(self) -> None:
        """Most files are read before anybody has read what is said here."""
        self.set_timer(_UNNOTICED, lambda: self.remove_class("-unnoticed"))

    def watch_progress(self, progress: Progress | None) -> None:
        """Show how far the file has been read."""
        known = progress or self._beginning
        cells = max(1, min(_BAR_CELLS, self.app.size.width * 4 // 5))
        self.query_one("#bar", Static).update(bar(known.share, cells))
        self.query_one("#numbers", Static).update(progress_in_words(known))
