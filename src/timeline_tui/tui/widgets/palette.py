"""Textual's command palette, made safe for small terminals, fast keys and clicks on options that are gone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual.command import (
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)
from textual.containers import Horizontal, Vertical
from textual.errors import NoWidget
from textual.fuzzy import FuzzySearch
from textual.widgets import LoadingIndicator

from timeline_tui.drawing.lines import Target
from timeline_tui.text.cells import cells, clipped, padded
from timeline_tui.text.sanitize import begins_words, words
from timeline_tui.tui.palette_entries import Entry, PaletteEntries
from timeline_tui.tui.robust_screen import RobustScreen
from timeline_tui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from timeline_tui.tui.app import TimelineApp
    from timeline_tui.tui.keys import Command

_WIDEST = 100
"""Cells of the palette at most."""
_MARGIN = 6
"""Cells beside a line: padding and scroll bar."""
_FOUND = 100
"""The score of what is found by the beginnings of its words; commands of that name stand before it."""
_RIGHT = 24
"""Cells at the right edge at most."""


class PaletteList(CommandList):
    """The list of the palette; it checks that an option is still there, and has room, before it acts."""

    DEFAULT_CSS = """
    PaletteList {
        min-width: 8;
    }
    """

    def _on_click(self, event: events.Click) -> None:  # type: ignore[override]  # Textual awaits what is returned
        option = event.style.meta.get("option")
        if option is not None and option >= self.option_count:
            event.prevent_default()

    def action_page_up(self) -> None:
        """A page up, if the list has any height."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]  # so in Textual

    def action_page_down(self) -> None:
        """A page down, if the list has any height."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]  # so in Textual


class Palette(RobustScreen, CommandPalette):
    """Textual's command palette with `PaletteList`.

    An app shows it by overriding `action_command_palette`.
    """

    DEFAULT_CSS = f"""
    Palette {{
        align-horizontal: center;
        & > Vertical {{
            width: 100%;
            max-width: {_WIDEST};
        }}
        & SearchIcon {{
            color: $accent;
        }}
    }}
    """

    def _on_click(self, event: events.Click) -> None:  # type: ignore[override]  # as Textual's own
        """Textual's own asks what is painted under the mouse, which may be nothing after a change of size."""
        try:
            self.get_widget_at(event.screen_x, event.screen_y)
        except NoWidget:
            event.prevent_default()

    def compose(self) -> ComposeResult:
        """The widgets of Textual's palette, with the ids that it looks for."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                icon = SearchIcon()
                # Textual's own is an emoji, which many terminals have no picture of.
                icon.icon = "/"
                yield icon
                yield CommandInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield PaletteList()
                yield LoadingIndicator()


class TimelineProvider(Provider):
    """What the palette finds over the main screen: commands, and what there is in the timeline."""

    async def startup(self) -> None:
        """Take what is shown."""
        app = cast("TimelineApp", self.app)
        screen = self.screen
        self._entries = (
            PaletteEntries(screen.state.next_view, app.settings.keys)
            if isinstance(screen, MainScreen)
            else None
        )

    async def discover(self) -> Hits:
        """Every command, before anything is typed."""
        if self._entries is not None:
            for entry in self._entries.commands():
                yield DiscoveryHit(self._line(entry), partial(self._do, entry), entry.title)

    async def search(self, query: str) -> Hits:
        """The commands like what is typed, and what it finds in the timeline."""
        if self._entries is None:
            return
        typed, fuzzy = words(query), FuzzySearch()
        for entry in self._entries.commands():
            command = cast("Command", entry.does)
            spelled = f"{command.name} {entry.title}"
            likeness, _ = fuzzy.match(query, spelled)
            if typed and begins_words(typed, spelled):
                likeness += 2 * _FOUND if begins_words(typed, command.name) else _FOUND
            if likeness > 0:
                yield self._hit(likeness, entry)
        for number, entry in enumerate(self._entries.found(query)):
            yield self._hit(_FOUND - number / 1000, entry)

    def _hit(self, score: float, entry: Entry) -> Hit:
        return Hit(score, self._line(entry), partial(self._do, entry), entry.title)

    def _line(self, entry: Entry) -> Text:
        """An entry on one line, with its key or kind at the right edge."""
        room = min(self.app.size.width, _WIDEST) - _MARGIN
        right = clipped(entry.right, min(_RIGHT, max(room // 3, 1)))
        left = padded(entry.title, max(room - cells(right) - 1, 1))
        return Text.assemble(left, " ", (right, "dim"))

    def _do(self, entry: Entry) -> None:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        if isinstance(entry.does, Target):
            screen.follow(entry.does)
        else:
            screen.run(entry.does, entry.argument)
