"""The colours: every text can be read, and statuses can be told apart by colour-blind readers."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from timeline_tui.drawing.looks import TEXT_COLOURS
from timeline_tui.tui.contrast import READABLE, ratio
from timeline_tui.tui.themes import BEHIND_TEXT, THEMES, completed

TEXTS = sorted({variable for variable, _ in TEXT_COLOURS.values()})
STATUSES = ("success", "warning", "primary")
"""The colours of what happened, of what is claimed or disputed, and of what is ahead."""

MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How linear RGB is seen: Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009), severity 1.0."""
JUST_TOLD_APART = 2.3
"""The distance in CIE L*a*b* of two colours that are just told apart (Mahy and others, 1994)."""


def colours(theme: Theme) -> dict[str, Color]:
    system = theme.to_color_system().generate()
    variables = {**system, **theme.variables}
    if theme not in THEMES:
        variables = completed(variables)
    return {name: Color.parse(variables[name]) for name in (*TEXTS, *BEHIND_TEXT)}


VISIBLE = 3
"""The least contrast of what is not text (Web Content Accessibility Guidelines 2.2, criterion 1.4.11)."""
READABLE_THEMES = [*THEMES, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]


@pytest.mark.parametrize("theme", READABLE_THEMES, ids=lambda theme: theme.name)
def test_every_text_is_readable_on_everything_that_it_stands_on(theme: Theme) -> None:
    found = colours(theme)
    weak = {
        (text, behind): round(ratio(found[text], found[behind]), 2)
        for text in TEXTS
        for behind in BEHIND_TEXT
        if ratio(found[text], found[behind]) < READABLE
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_lines_between_panes_can_be_seen(theme: Theme) -> None:
    lines = [Color.parse(theme.variables[name]) for name in ("border", "border-blurred")]
    assert all(ratio(line, Color.parse(str(theme.background))) >= VISIBLE for line in lines)


def test_black_on_white_and_a_colour_on_itself_are_the_ends_of_the_scale() -> None:
    assert ratio(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert ratio(Color.parse("#777"), Color.parse("#777")) == 1
    assert ratio(Color.parse("#767676"), Color.parse("#fff")) == pytest.approx(4.54, abs=0.01)


def linear(colour: Color) -> list[float]:
    return [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    ]


def lab(rgb: list[float]) -> list[float]:
    """CIE L*a*b* of linear RGB under D65."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = (sum(map(float.__mul__, row, rgb)) for row in to_xyz)
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in map(float.__truediv__, xyz, (0.9505, 1.0, 1.089))
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("kind", MACHADO)
@pytest.mark.parametrize(
    "theme",
    [theme for theme in THEMES if theme.name.startswith("colour-blind")],
    ids=lambda theme: theme.name,
)
def test_colour_blind_readers_can_distinguish_the_statuses(theme: Theme, kind: str) -> None:
    found = colours(theme)

    def seen(name: str) -> list[float]:
        rgb = linear(found[name])
        return lab([min(max(sum(map(float.__mul__, row, rgb)), 0.0), 1.0) for row in MACHADO[kind]])

    for one, other in combinations(STATUSES, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5
        assert distance > 5 * JUST_TOLD_APART, (one, other)
