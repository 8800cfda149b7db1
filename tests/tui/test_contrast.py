"""Text can be read on every background that it stands on, in each theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from timeline_tui.tui.styles import text_colours
from timeline_tui.tui.themes import NIGHT, PAPER

if TYPE_CHECKING:
    from textual.theme import Theme

TEXT, LINE = 4.5, 3.0
"""The least contrast of text and of lines: WCAG 2.2, 1.4.3 and 1.4.11."""


def luminance(colour: str) -> float:
    """Relative luminance: WCAG 2.2, with the threshold of sRGB."""
    parts = [part / 255 for part in Color.parse(colour).rgb]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def colours(theme: Theme) -> dict[str, str]:
    named = {name: getattr(theme, name) for name in ("foreground", "background", "surface", "panel")}
    accents = {name: getattr(theme, name) for name in ("primary", "secondary", "accent", "success")}
    others = {name: getattr(theme, name) for name in ("warning", "error")}
    return {**named, **accents, **others, **theme.variables}


@pytest.mark.parametrize("theme", [NIGHT, PAPER], ids=["night", "paper"])
@pytest.mark.parametrize("back", ["background", "surface"])
def test_every_text_colour_can_be_read_on_both_grounds(theme: Theme, back: str) -> None:
    shown = colours(theme)
    low = {name: contrast(shown[name], shown[back]) for name in text_colours()}
    assert {name: ratio for name, ratio in low.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("theme", [NIGHT, PAPER], ids=["night", "paper"])
@pytest.mark.parametrize("back", ["cursor", "cursor-blurred", "match"])
def test_what_a_selected_row_shows_can_be_read(theme: Theme, back: str) -> None:
    shown = colours(theme)
    used = ("foreground", "accent", "success", "warning", "primary", *(("muted",) if back == "match" else ()))
    low = {name: contrast(shown[name], shown[back]) for name in used}
    assert {name: ratio for name, ratio in low.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("theme", [NIGHT, PAPER], ids=["night", "paper"])
def test_the_lines_between_panes_can_be_seen(theme: Theme) -> None:
    shown = colours(theme)
    assert contrast(shown["border-blurred"], shown["background"]) >= LINE
    assert contrast(shown["primary"], shown["border-blurred"]) >= 1.5
