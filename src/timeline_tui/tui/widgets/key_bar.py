"""The bottom line: the keys that do something here and now.

Textual's `Footer` says the same with a widget a key, which costs a sixth of the time to the first frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from timeline_tui.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.binding import Binding
    from textual.screen import Screen


class KeyBar(Painted):
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
        return Strip(list(self._segments())).crop_extend(0, self.size.width, self.base)

    def _segments(self) -> Iterator[Segment]:
        base, ink = self.base, self.inks
        for binding in self._fitting():
            press = Style(meta={"press": binding.key})
            yield Segment(f" {_key(binding)} ", base + ink["name"] + Style(bold=True) + press)
            yield Segment(f"{binding.description} ", base + ink["muted"] + press)

    def _fitting(self) -> list[Binding]:
        """The bindings to show; where room is short, those before the last two give way."""
        shown = {
            binding.action: binding
            for _, binding, enabled, _ in self.screen.active_bindings.values()
            if binding.show and enabled
        }
        bindings = list(shown.values())
        room = self.size.width
        while len(bindings) > 2 and sum(map(_cells, bindings)) > room:
            del bindings[-3]
        return bindings

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        if key := event.style.meta.get("press"):
            self.app.simulate_key(key)


def _key(binding: Binding) -> str:
    return binding.key_display or binding.key


def _cells(binding: Binding) -> int:
    return cell_len(_key(binding)) + cell_len(binding.description) + 3
