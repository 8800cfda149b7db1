"""What the widgets that paint line by line have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.widget import Widget

from timeline_tui.tui.styles import Ink, inks

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Painted(Widget):
    """Asks for its styles once a repaint: Textual works them out anew at every question."""

    base = Style()
    """The widget's own style."""
    inks: dict[Ink, Style]
    """The styles of the theme."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines in a region."""
        self.base, self.inks = self.rich_style, inks(self.app)
        return super().render_lines(crop)
