"""Pictures on a page: the drawings of the program, in the colours of the page, to be zoomed by its script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_tui.exchange.drawn import Size, picture_svg
from timeline_tui.exchange.html.pieces import Piece
from timeline_tui.exchange.html.prose import line
from timeline_tui.exchange.html_markup import Html, html
from timeline_tui.timeline.signs import STATUS_SIGNS, status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.timeline.protocol import TimelineView

_COLUMNS = 96
_LANES = 14
"""Lines of a picture of lanes: the axis, and the actors with most events."""
_LOOKS = re.compile(r' (?:xmlns|font-family|fill|lengthAdjust|textLength|width|height)="[^"]*"')
"""What the style of the page decides."""
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
    drawn = picture_svg(view, name, Size(_COLUMNS, rows), with_words=False)
    drawing = Html(_LOOKS.sub("", drawn).replace(' text-anchor="middle"', ' class="m"').replace("\n", ""))
    signs = " · ".join(
        f"{sign} {status_word(status)}" for status, sign in STATUS_SIGNS.items() if sign in drawn
    )
    caption = html("<figcaption>{}{}</figcaption>", line(_TITLES[name]), line(f" · {signs}" if signs else ""))
    label = line(f"{_TITLES[name]}, {where}" if where else _TITLES[name])
    region = html('<section class="zoom" tabindex="0" aria-label="{}">{}</section>', label, drawing)
    yield Piece("figure", html("{}{}", caption, region), html(' class="picture"'))


def overview(view: TimelineView) -> Iterator[Piece]:
    """The pictures that a page opens with."""
    yield from picture(view, "lanes", _LANES)
