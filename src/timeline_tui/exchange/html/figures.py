"""Pictures on a page: the drawings of the program, in the colours of the page, to be zoomed by its script."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline_tui.exchange.drawn import Size, has_coordinates, picture_svg
from timeline_tui.exchange.html.pieces import Piece
from timeline_tui.exchange.html.prose import line
from timeline_tui.exchange.html_markup import Html, html
from timeline_tui.timeline.signs import STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.protocol import TimelineView

_COLUMNS = 96
_LANES = 9
"""Lines of a picture of lanes: the axis, and the actors with most events."""
_LOOKS = re.compile(r' (?:xmlns|font-family|fill|lengthAdjust|textLength|width|height)="[^"]*"')
"""What the style of the page decides."""
_MAP = 64, 17
"""Columns and lines of a map."""
_DESCRIPTION = re.compile(r"<desc>[^<]*</desc>")
"""A line for each lane, of which only those of the first lanes are told."""
_DOT = re.compile(r"M([0-9.]+) ([0-9.]+)h2\.6v2\.6h-2\.6z")
"""A dot of a letter of braille, as a path has it."""
_SIDE, _APART = 2.6, 4.5
"""Of these dots, the side and how far they are apart."""
_PATH = re.compile(r'<path d="([^"]*)"/>')
_TITLES = {
    "lanes": "Who, and when",
    "map": "Where",
    "clocks": "When it happened, and when it became known",
    "who": "Who is in events together",
    "calendar": "How many events, and when",
}


def picture(view: TimelineView, name: str, rows: int | None = None, where: str = "") -> Iterator[Piece]:
    """A picture of a view under its name; none where there is nothing to draw.

    Args:
        view: The events.
        name: Of the picture, as in a story.
        rows: Its height in lines; None for as many as it takes.
        where: What tells it from other pictures of that name on the page.
    """
    if not view.count or name not in _TITLES:
        return
    # The drawing is HTML already: it escapes each text that it has.
    size = Size(*_MAP) if name == "map" else Size(_COLUMNS, rows)
    drawn = picture_svg(view, name, size, with_words=False)
    drawn = _DESCRIPTION.sub(
        lambda found: "\n".join(found[0].removesuffix("</desc>").split("\n")[:_LANES]) + "</desc>", drawn
    )
    short = _LOOKS.sub("", drawn).replace(' text-anchor="middle"', ' class="m"').replace("\n", " ")
    drawing = Html(_PATH.sub(_with_short_dots, short))
    signs = (f"{sign} {status_word(status)}" for status, sign in STATUS_SIGNS.items() if sign in drawn)
    caption = html("<figcaption>{}</figcaption>", line(" · ".join((_TITLES[name], *signs))))
    label = line(f"{_TITLES[name]}, {where}" if where else _TITLES[name])
    region = html('<section class="zoom" tabindex="0" aria-label="{}">{}</section>', label, drawing)
    yield Piece("figure", html("{}{}", caption, region), html(' class="picture"'))


def _with_short_dots(path: re.Match[str]) -> str:
    """A path, with its dots as points of another one, each told by its distance from the one before."""
    dots = [(float(x), float(y)) for x, y in _DOT.findall(path[1])]
    rest = _DOT.sub("", path[1])
    kept = f'<path d="{rest}"/>' if rest else ""
    if not dots:
        return kept
    (x, y), *_ = dots
    steps = ((round((b[0] - a[0]) / _APART), round((b[1] - a[1]) / _APART)) for a, b in pairwise(dots))
    points = "M0 0h0" + "".join(f"m{across} {down}h0" for across, down in steps)
    place = f"translate({x + _SIDE / 2:g} {y + _SIDE / 2:g}) scale({_APART})"
    return f'{kept}<path class="dots" transform="{place}" d="{points}"/>'


def overview(view: TimelineView) -> Iterator[Piece]:
    """The pictures that a page opens with."""
    yield from picture(view, "lanes", _LANES)
    if has_coordinates(view):
        yield from picture(view, "map")
