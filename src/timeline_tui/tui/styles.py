"""What the parts of a painted line look like.

Styles come straight from the theme's variables. Textual's component classes would say the same in CSS,
but cost half a millisecond each before the first frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.app import App

    from timeline_tui.drawing.lines import Part

Ink = Literal[
    "plain", "chosen", "title", "words", "name", "muted", "faint", "heading", "silence", "address", "found",
    "confirmed", "doubtful", "ahead", "urgent", "activity", "cursor", "cursor-blurred", "match",
]  # fmt: skip

PART_INKS: dict[Part, Ink] = {
    "words": "words",
    "title": "title",
    "name": "name",
    "text": "plain",
    "detail": "muted",
    "doubt": "doubtful",
    "heading": "ahead",
    "address": "address",
    "gap": "plain",
    "differs": "found",
    "figure": "activity",
    "faint": "faint",
    "found": "found",
}
"""What each part of a paragraph or a page looks like."""

_LOOKS: dict[Ink, tuple[str, str]] = {
    "plain": ("foreground", ""),
    "title": ("foreground", "bold"),
    "words": ("foreground", "bold"),
    "name": ("accent", ""),
    "chosen": ("accent", "bold"),
    "muted": ("muted", ""),
    "faint": ("faint", ""),
    "heading": ("primary", "bold"),
    "silence": ("faint", "italic"),
    "address": ("primary", "underline"),
    "found": ("accent", "underline"),
    "confirmed": ("success", ""),
    "doubtful": ("warning", ""),
    "ahead": ("primary", ""),
    "urgent": ("error", "bold"),
    "activity": ("secondary", ""),
}
_GROUNDS: dict[Ink, tuple[str, str]] = {
    "cursor": ("cursor", "bold"),
    "cursor-blurred": ("cursor-blurred", ""),
    "match": ("match", ""),
}

_KEPT: dict[str, dict[Ink, Style]] = {}


def inks(app: App[object]) -> dict[Ink, Style]:
    """The style of each ink in the app's theme: a foreground, or for a row's ground a background."""
    if app.theme not in _KEPT:
        variables = app.theme_variables
        made: dict[Ink, Style] = {}
        for ink, (variable, look) in _LOOKS.items():
            made[ink] = Style.parse(look) + Style(color=Color.parse(variables[variable]).rich_color)
        for ink, (variable, look) in _GROUNDS.items():
            made[ink] = Style.parse(look) + Style(bgcolor=Color.parse(variables[variable]).rich_color)
        _KEPT[app.theme] = made
    return _KEPT[app.theme]
