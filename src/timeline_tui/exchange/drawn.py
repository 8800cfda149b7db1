"""Pictures and pages as drawings to take away: SVG, plain text, and PNG where `cairosvg` is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.looks import THEME_COLOURS
from timeline_tui.drawing.svg import svg
from timeline_tui.pictures.printed import picture_with_words, whole_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.drawing.lines import Line
    from timeline_tui.timeline.protocol import TimelineView

THEME = "paper"
"""The theme of a drawing, if none is named."""


class Size(NamedTuple):
    """Of a drawing, in cells and lines."""

    columns: int = 100
    rows: int | None = None
    """None for as many as it takes."""


USUAL = Size()
LIST = "list"
"""The name of the list of events, beside those of pictures."""


class Drawing(NamedTuple):
    """What is drawn where a format can show several things."""

    name: str = LIST
    """Which picture, see `pictures.printed.whole_picture()`; or `LIST`."""
    by: str = ""
    """What it is by, see the same."""
    size: Size | None = None
    """None for the usual size of the format."""


def picture_svg(  # noqa: PLR0913  what a drawing consists of
    view: TimelineView,
    name: str,
    size: Size = USUAL,
    theme: str = THEME,
    *,
    by: str = "",
    with_words: bool = True,
) -> str:
    """A picture of a view as SVG, which is a document and can also stand in a web page as it is.

    It has a `<title>` and a `<desc>` for screen readers. Each group of letters and shapes has the name of its
    style as a class, so that a page can give it other colours.

    Args:
        view: The events.
        name: Which picture, see `pictures.printed.whole_picture()`.
        size: In cells.
        theme: Whose colours it has, one of `THEME_COLOURS`.
        by: What the picture is by, see `pictures.printed.whole_picture()`.
        with_words: Whether the title of the timeline, what is shown and what the signs mean stand in it.
    """
    if with_words:
        lines: Sequence[Line] = picture_with_words(view, name, by, *size)
        title = whole_picture(view, name, by, *size).title
    else:
        picture = whole_picture(view, name, by, *size)
        lines, title = picture.lines, picture.title
    rows = size.rows or len(lines)
    return svg(
        lines,
        size.columns,
        rows,
        THEME_COLOURS[theme],
        title=f"{view.title}: {title}",
        description=view.sentence,
    )
