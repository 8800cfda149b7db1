"""What is shown while a file is read that takes its time."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from timeline_tui.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from timeline_tui.loading import Loading

_GLANCE = 0.05
"""Seconds between looks at what has arrived."""
_SHARE = 0.02
"""Seconds that a look may take."""


class LoadingScreen(Screen[None]):
    """Names the file and its size, and counts the seconds; quitting ends the reading at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "app.quit", "quit")]

    DEFAULT_CSS = """
    LoadingScreen {
        align: center middle;
        & > Static { width: auto; max-width: 100%; text-align: center; color: $muted; }
    }
    """

    @dataclass
    class Loaded(Message):
        """All there is to know has arrived."""

        loading: Loading

    def __init__(self, loading: Loading) -> None:
        super().__init__()
        self._loading = loading
        self._began = monotonic()

    def compose(self) -> ComposeResult:
        """A sentence in the middle."""
        yield Static(self._sentence(), markup=False)

    def on_mount(self) -> None:
        """Look again and again."""
        self._glances = self.set_interval(_GLANCE, self._look)

    def on_unmount(self) -> None:
        """However the program ends, nothing goes on reading."""
        self._loading.stop()

    def _look(self) -> None:
        if self._loading.wait(_SHARE):
            self._glances.stop()
            self.post_message(self.Loaded(self._loading))
        else:
            self.query_one(Static).update(self._sentence())

    def _sentence(self) -> str:
        seconds = int(monotonic() - self._began)
        size = f", {self._loading.size / 1e6:,.1f} MB" if self._loading.size else ""
        return f"Reading {one_line(self._loading.name)}{size} … {seconds} s\n\nq quits"
