"""The themes of the program, and the colours that it adds to those of Textual.

Text colours are readable on the background, on panels, and on the rows of the cursor and of matches (contrast
4.5 or more). In the themes for colour-blind readers, the colours of the statuses follow the palette of Okabe
and Ito (*Color Universal Design*, 2008).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.color import Color
from textual.theme import Theme

from timeline_tui.tui.contrast import readable

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Colours(NamedTuple):
    """The colours of a theme, from the back to the front."""

    background: str
    surface: str
    panel: str
    cursor: str
    cursor_blurred: str
    match: str
    border: str
    border_blurred: str
    faint: str
    """Rules, silences."""
    muted: str
    foreground: str
    primary: str
    """Headings, addresses, what is ahead."""
    secondary: str
    """Activity."""
    accent: str
    """Names, keys, what was found."""
    success: str
    """What happened."""
    warning: str
    """What is claimed, disputed or denied."""
    error: str


def _theme(name: str, colours: _Colours, *, dark: bool) -> Theme:
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
        dark=dark,
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
            "cursor": colours.cursor,
            "cursor-blurred": colours.cursor_blurred,
            "match": colours.match,
        },
    )


NIGHT = _theme(
    "night",
    _Colours(
        background="#14171c", surface="#191d23", panel="#222831",
        cursor="#263442", cursor_blurred="#20272f", match="#352b14",
        border="#6b7480", border_blurred="#626a74", faint="#979fa9", muted="#a9afb7", foreground="#d8d4ca",
        primary="#8cb2d8", secondary="#86ab9f", accent="#e6ae66",
        success="#9ac47d", warning="#e6ae66", error="#ee9384",
    ),
    dark=True,
)  # fmt: skip
PAPER = _theme(
    "paper",
    _Colours(
        background="#faf7f0", surface="#f3efe5", panel="#e9e3d5",
        cursor="#d5e1ec", cursor_blurred="#e7e7e0", match="#f3dfae",
        border="#857d6a", border_blurred="#938b78", faint="#5f6163", muted="#54585d", foreground="#22262b",
        primary="#27527c", secondary="#3d5c53", accent="#7d4906",
        success="#39601f", warning="#7d4906", error="#983122",
    ),
    dark=False,
)  # fmt: skip
CONTRAST_DARK = _theme(
    "high-contrast-dark",
    _Colours(
        background="#000000", surface="#000000", panel="#1a1a1a",
        cursor="#00396b", cursor_blurred="#262626", match="#4a3500",
        border="#ffffff", border_blurred="#a0a0a0", faint="#d0d0d0", muted="#e0e0e0", foreground="#ffffff",
        primary="#9fd3ff", secondary="#a8f0dc", accent="#ffd75f",
        success="#a6f28f", warning="#ffd75f", error="#ffb3a8",
    ),
    dark=True,
)  # fmt: skip
CONTRAST_LIGHT = _theme(
    "high-contrast-light",
    _Colours(
        background="#ffffff", surface="#ffffff", panel="#f0f0f0",
        cursor="#cfe4ff", cursor_blurred="#e6e6e6", match="#ffe9a8",
        border="#000000", border_blurred="#5a5a5a", faint="#3a3a3a", muted="#2e2e2e", foreground="#000000",
        primary="#003a75", secondary="#00453a", accent="#6b3500",
        success="#104a00", warning="#6b3500", error="#8a0f00",
    ),
    dark=False,
)  # fmt: skip
COLOUR_BLIND_DARK = _theme(
    "colour-blind-dark",
    _Colours(
        background="#14171c", surface="#191d23", panel="#222831",
        cursor="#28303a", cursor_blurred="#20262d", match="#332e15",
        border="#6b7480", border_blurred="#626a74", faint="#979fa9", muted="#a9afb7", foreground="#e2e2e2",
        primary="#dd9fc2", secondary="#8fb8ad", accent="#f0e442",
        success="#6fc2f0", warning="#f0a71f", error="#ff9264",
    ),
    dark=True,
)  # fmt: skip
COLOUR_BLIND_LIGHT = _theme(
    "colour-blind-light",
    _Colours(
        background="#fbfbf8", surface="#f2f2ee", panel="#e7e7e1",
        cursor="#d9e2ec", cursor_blurred="#e8e8e4", match="#f3e5ae",
        border="#7c7c74", border_blurred="#8d8d85", faint="#5c5f63", muted="#505459", foreground="#1e1e1e",
        primary="#6000b0", secondary="#2d5c52", accent="#6a4b00",
        success="#004f85", warning="#8a4300", error="#9c3500",
    ),
    dark=False,
)  # fmt: skip

THEMES: Final = (NIGHT, PAPER, CONTRAST_DARK, CONTRAST_LIGHT, COLOUR_BLIND_DARK, COLOUR_BLIND_LIGHT)
"""The themes of the program; those of Textual can be chosen, too."""

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
    return {**variables, **{name: colour.css for name, colour in made.items()}}
