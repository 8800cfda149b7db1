"""The bottom line: the keys that do something here and now.

Textual's `Footer` says the same with a widget a key, which costs a sixth of the time to the first frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from timeline_tui.tui.inks import inks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.screen import Screen


class KeyBar(Widget):
    """Paints the bindings in force that are declared with a word for it; a click presses the key."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        background: $footer-background;
    }
    """

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._repaint)

    def _repaint(self, _: Screen[object]) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """Paint the keys, as many as have room."""
        return Strip(list(self._segments())).crop_extend(0, self.size.width, self.rich_style)

    def _segments(self) -> Iterator[Segment]:
        base, ink = self.rich_style, inks(self.app)
        room = self.size.width
        seen: set[str] = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not (binding.show and enabled) or binding.action in seen:
                continue
            seen.add(binding.action)
            key = binding.key_display or binding.key
            room -= cell_len(key) + cell_len(binding.description) + 3
            if room < 0:
                return
            press = Style(meta={"press": binding.key})
            yield Segment(f" {key} ", base + ink["name"] + Style(bold=True) + press)
            yield Segment(f"{binding.description} ", base + ink["muted"] + press)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        if key := event.style.meta.get("press"):
            self.app.simulate_key(key)
