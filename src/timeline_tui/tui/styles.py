"""The styles of painted text, and the base of the widgets that paint line by line.

Styles come straight from the theme's variables. Textual's component classes would say the same in CSS,
but cost half a millisecond each before the first frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from timeline_tui.drawing.looks import DOUBT_SHARES, TEXT_COLOURS

if TYPE_CHECKING:
    from textual.app import App
    from textual.geometry import Region
    from textual.strip import Strip

    from timeline_tui.drawing.looks import StyleName

_BACKGROUNDS: dict[StyleName, tuple[str, str]] = {
    "cursor": ("cursor", "bold"),
    "cursor-blurred": ("cursor-blurred", ""),
    "match": ("match", ""),
}


_CACHE: dict[str, dict[StyleName, Style]] = {}


def theme_styles(app: App[object]) -> dict[StyleName, Style]:
    """Every style in the colours of the app's theme: a text colour, or for rows a background."""
    if app.theme not in _CACHE:
        variables = app.theme_variables
        made: dict[StyleName, Style] = {}
        for name, (variable, look) in TEXT_COLOURS.items():
            made[name] = Style.parse(look) + Style(color=Color.parse(variables[variable]).rich_color)
        for name, (variable, look) in _BACKGROUNDS.items():
            made[name] = Style.parse(look) + Style(bgcolor=Color.parse(variables[variable]).rich_color)
        for name, share in DOUBT_SHARES.items():
            made[name] = between(made["activity"], made["doubtful"], share)
        _CACHE[app.theme] = made
    return _CACHE[app.theme]


def between(one: Style, other: Style, share: float) -> Style:
    """`one` with its text colour moved towards that of another style by a share from 0 to 1."""
    if one.color is None or other.color is None:
        return one
    mixed = Color.from_rich_color(one.color).blend(Color.from_rich_color(other.color), share)
    return one + Style(color=mixed.rich_color)


class StyledWidget(Widget):
    """A widget painted line by line; it looks up its styles once a repaint.

    Textual computes them anew on every use.
    """

    _base: Style | None = None

    @property
    def base(self) -> Style:
        """The widget's own style."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    @property
    def theme_styles(self) -> dict[StyleName, Style]:
        """Every style of the theme."""
        return theme_styles(self.app)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines in a region; of a widget that has not changed, Textual has them already."""
        self._base = None
        return super().render_lines(crop)
