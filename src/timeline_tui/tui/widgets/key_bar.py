"""The bottom line: the keys that work in the focused pane.

Textual's `Footer` uses one widget a key, which takes a sixth of the time to the first frame.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from timeline_tui.tui.keys import COMMANDS, as_written
from timeline_tui.tui.styles import StyledWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.binding import Binding
    from textual.screen import Screen


_HELP = "app.help"
"""The action whose key leads to the keys that do not fit."""
_PLACES = {command.name: place for place, command in enumerate(COMMANDS)}
"""The order of the keys: Textual puts those that settings change behind all others."""


class KeyBar(StyledWidget):
    """Paints the active bindings that have a footer word; a click presses the key."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        background: $footer-background;
    }
    """

    _painted: Sequence[Binding] = ()

    def on_mount(self) -> None:
        """Repaint when the active bindings change."""
        self.screen.bindings_updated_signal.subscribe(self, self._repaint)

    def _repaint(self, _: Screen[object]) -> None:
        if self._fitting() != self._painted:
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """Paint as many keys as fit."""
        return Strip(list(self._segments())).crop_extend(0, self.size.width, self.base)

    def _segments(self) -> Iterator[Segment]:
        base, styles = self.base, self.theme_styles
        self._painted = self._fitting()
        for binding in self._painted:
            press = Style(meta={"press": binding.key})
            yield Segment(f" {_key(binding)} ", base + styles["name"] + Style(bold=True) + press)
            yield Segment(f"{binding.description} ", base + styles["muted"] + press)

    def _fitting(self) -> list[Binding]:
        """The bindings that fit: those of the focused pane first, the last two always.

        Where some are left out, the key of the help says that there are more.
        """
        shown: dict[str, tuple[bool, int, Binding]] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled:
                place = _PLACES.get(binding.id or "", 0)
                shown.setdefault(binding.action, (node is not self.screen.focused, place, binding))
        bindings = [binding for *_, binding in sorted(shown.values(), key=lambda one: one[:2])]
        if sum(map(_cells, bindings)) <= self.size.width:
            return bindings
        bindings = [
            replace(binding, description="more") if binding.action == _HELP else binding
            for binding in bindings
        ]
        while len(bindings) > 2 and sum(map(_cells, bindings)) > self.size.width:
            del bindings[-3]
        return bindings

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        if key := event.style.meta.get("press"):
            self.app.simulate_key(key)


def _key(binding: Binding) -> str:
    return binding.key_display or as_written(binding.key)


def _cells(binding: Binding) -> int:
    return cell_len(_key(binding)) + cell_len(binding.description) + 3
