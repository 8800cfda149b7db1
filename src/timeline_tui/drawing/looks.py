"""The looks of text: the colours of the themes, and what the parts of a line look like in them.

Text colours are readable on the background, on panels, and on the rows of the cursor and of matches (contrast
4.5 or more). In the themes for colour-blind readers, the colours of the statuses follow the palette of Okabe
and Ito (*Color Universal Design*, 2008).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Part


class Colours(NamedTuple):
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
    dark: bool
    """Whether its background is darker than its text."""


THEME_COLOURS: Final[dict[str, Colours]] = {
    "night": Colours(
        background="#14171c", surface="#191d23", panel="#222831",
        cursor="#263442", cursor_blurred="#20272f", match="#352b14",
        border="#6b7480", border_blurred="#626a74", faint="#979fa9", muted="#a9afb7", foreground="#d8d4ca",
        primary="#8cb2d8", secondary="#86ab9f", accent="#e6ae66",
        success="#9ac47d", warning="#e6ae66", error="#ee9384",
        dark=True,
    ),
    "paper": Colours(
        background="#faf7f0", surface="#f3efe5", panel="#e9e3d5",
        cursor="#d5e1ec", cursor_blurred="#e7e7e0", match="#f3dfae",
        border="#857d6a", border_blurred="#938b78", faint="#5f6163", muted="#54585d", foreground="#22262b",
        primary="#27527c", secondary="#3d5c53", accent="#7d4906",
        success="#39601f", warning="#7d4906", error="#983122",
        dark=False,
    ),
    "high-contrast-dark": Colours(
        background="#000000", surface="#000000", panel="#1a1a1a",
        cursor="#00396b", cursor_blurred="#262626", match="#4a3500",
        border="#ffffff", border_blurred="#a0a0a0", faint="#d0d0d0", muted="#e0e0e0", foreground="#ffffff",
        primary="#9fd3ff", secondary="#a8f0dc", accent="#ffd75f",
        success="#a6f28f", warning="#ffd75f", error="#ffb3a8",
        dark=True,
    ),
    "high-contrast-light": Colours(
        background="#ffffff", surface="#ffffff", panel="#f0f0f0",
        cursor="#cfe4ff", cursor_blurred="#e6e6e6", match="#ffe9a8",
        border="#000000", border_blurred="#5a5a5a", faint="#3a3a3a", muted="#2e2e2e", foreground="#000000",
        primary="#003a75", secondary="#00453a", accent="#6b3500",
        success="#104a00", warning="#6b3500", error="#8a0f00",
        dark=False,
    ),
    "colour-blind-dark": Colours(
        background="#14171c", surface="#191d23", panel="#222831",
        cursor="#28303a", cursor_blurred="#20262d", match="#332e15",
        border="#6b7480", border_blurred="#626a74", faint="#979fa9", muted="#a9afb7", foreground="#e2e2e2",
        primary="#dd9fc2", secondary="#8fb8ad", accent="#f0e442",
        success="#6fc2f0", warning="#f0a71f", error="#ff9264",
        dark=True,
    ),
    "colour-blind-light": Colours(
        background="#fbfbf8", surface="#f2f2ee", panel="#e7e7e1",
        cursor="#d9e2ec", cursor_blurred="#e8e8e4", match="#f3e5ae",
        border="#7c7c74", border_blurred="#8d8d85", faint="#5c5f63", muted="#505459", foreground="#1e1e1e",
        primary="#6000b0", secondary="#2d5c52", accent="#6a4b00",
        success="#004f85", warning="#8a4300", error="#9c3500",
        dark=False,
    ),
}  # fmt: skip
"""The themes of the program by name."""

StyleName = Literal[
    "plain", "chosen", "title", "words", "name", "muted", "faint", "heading", "silence", "address", "found",
    "confirmed", "doubtful", "fallen", "ahead", "urgent", "activity", "cursor", "cursor-blurred", "match",
    "doubtful-1", "doubtful-2", "doubtful-3",
]  # fmt: skip

PART_STYLES: dict[Part, StyleName] = {
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
    "fallen": "fallen",
    "certain": "confirmed",
    "ahead": "ahead",
    "doubt-1": "doubtful-1",
    "doubt-2": "doubtful-2",
    "doubt-3": "doubtful-3",
}
"""The style of each part of a paragraph or a page."""

TEXT_COLOURS: dict[StyleName, tuple[str, str]] = {
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
    "fallen": ("muted", "strike"),
    "urgent": ("error", "bold"),
    "activity": ("secondary", ""),
}
"""The colour variable and the look of each style of text."""

DOUBT_SHARES: Final[dict[StyleName, float]] = {"doubtful-1": 0.25, "doubtful-2": 0.5, "doubtful-3": 0.75}
"""How far the colour of each of these styles is on the way from that of activity to that of doubt."""


def text_look(colours: Colours, style: StyleName) -> tuple[str, str]:
    """The colour and the look of a style of text in a theme."""
    if style not in DOUBT_SHARES:
        variable, look = TEXT_COLOURS[style]
        return str(getattr(colours, variable)), look
    pairs = zip(_channels(colours.secondary), _channels(colours.warning), strict=True)
    mixed = (round(one + (other - one) * DOUBT_SHARES[style]) for one, other in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed), ""


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
