"""The themes of the program as Textual takes them, and the colours that it adds to those of Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.color import Color
from textual.theme import Theme

from timeline_tui.drawing.looks import THEME_COLOURS
from timeline_tui.tui.contrast import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.drawing.looks import Colours


def _theme(name: str, colours: Colours) -> Theme:
    return Theme(
        name=name,
        primary=colours.primary,
        secondary=colours.secondary,
        accent=colours.accent,
        foreground=colours.foreground,
        background=colours.background,
        surface=colours.surface,
        panel=colours.panel,
        success=colours.success,
        warning=colours.warning,
        error=colours.error,
        dark=colours.dark,
        variables={
            "scrollbar": colours.border,
            "scrollbar-hover": colours.faint,
            "scrollbar-active": colours.primary,
            "scrollbar-background": colours.background,
            "scrollbar-background-hover": colours.surface,
            "scrollbar-background-active": colours.surface,
            "border": colours.border,
            "border-blurred": colours.border_blurred,
            "footer-background": colours.surface,
            "footer-key-foreground": colours.accent,
            "footer-description-foreground": colours.muted,
            "input-selection-background": f"{colours.primary} 35%",
            "muted": colours.muted,
            "faint": colours.faint,
            "text-disabled": colours.faint,
            "cursor": colours.cursor,
            "cursor-blurred": colours.cursor_blurred,
            "match": colours.match,
        },
    )


THEMES: Final = tuple(_theme(name, colours) for name, colours in THEME_COLOURS.items())
"""The themes of the program; those of Textual can be chosen, too."""
NIGHT, PAPER = THEMES[:2]
"""The usual dark theme, and the usual light one."""

_TEXTS: Final = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
BEHIND_TEXT: Final = ("background", "surface", "panel", "cursor", "cursor-blurred", "match")
"""The variables of what text stands on."""


def completed(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of one of Textual's themes, with the colours that it lacks and readable text."""
    known = {name: Color.parse(variables[name]) for name in (*_TEXTS, "background", "surface", "panel")}
    back, front = known["background"], known["foreground"]
    made = {
        "cursor": back.blend(known["primary"], 0.22),
        "cursor-blurred": back.blend(front, 0.1),
        "match": back.blend(known["warning"], 0.2),
    }
    behind = [(known | made)[name] for name in BEHIND_TEXT]
    texts = {name: known[name] for name in _TEXTS}
    texts |= {"muted": front.blend(back, 0.3), "faint": front.blend(back, 0.42)}
    made |= {name: readable(colour, behind) for name, colour in texts.items()}
    # Examples in a line to type in have it; Textual's own is a third of the text's colour.
    made["text-disabled"] = made["faint"]
    return {**variables, **{name: colour.css for name, colour in made.items()}}
