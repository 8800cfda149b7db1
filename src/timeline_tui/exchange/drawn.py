"""Pictures, pages and the list as drawings to take away: SVG, plain text, PNG where `cairosvg` is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import escape

from timeline_tui.drawing.lines import count_of, line
from timeline_tui.drawing.looks import THEME_COLOURS
from timeline_tui.drawing.svg import FONTS, svg
from timeline_tui.errors import TimelineError
from timeline_tui.exchange.contract import Exported
from timeline_tui.pages.event_list import listing
from timeline_tui.pages.printed import page_with_words
from timeline_tui.pictures.description import told
from timeline_tui.pictures.printed import titled_picture, whole_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.drawing.lines import Line
    from timeline_tui.pages.printed import PageRequest
    from timeline_tui.timeline.protocol import TimelineView

THEME = "paper"
"""The theme of a drawing, if none is named."""
_SHARPNESS = 2
"""Pixels of a PNG for each unit of the drawing."""


class CannotDraw(TimelineError):  # noqa: N818  reads as what it says
    """A drawing cannot be made; the text says what to install."""


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
    theme: str = THEME
    """One of `THEME_COLOURS`."""
    page: PageRequest | None = None
    """Which page is drawn in place of a picture; its width is that of the size."""


class _Drawn(NamedTuple):
    title: str
    lines: Sequence[Line]
    description: str


def write_svg(view: TimelineView, drawing: Drawing | None = None) -> Exported:
    """A drawing as SVG.

    Raises:
        UsageError: The page cannot be drawn: there is no such topic, or the sides are not two queries.
    """
    drawing = drawing or Drawing()
    title, lines, description = _drawn(view, drawing)
    columns = (drawing.size or USUAL).columns
    colours = THEME_COLOURS[drawing.theme]
    drawn = svg(lines, columns, len(lines), colours, title=title, description=description)
    return Exported(drawn)


def write_text(view: TimelineView, drawing: Drawing | None = None) -> Exported:
    """A drawing as plain text.

    Raises:
        UsageError: As for `write_svg()`.
    """
    lines = _drawn(view, drawing or Drawing()).lines
    return Exported("".join(f"{each.text.rstrip()}\n" for each in lines))


def png(drawing: str) -> bytes:
    """A drawing in SVG as PNG.

    Raises:
        CannotDraw: `cairosvg` is not installed, or the library that it needs.
    """
    try:
        import cairosvg  # type: ignore[import-untyped]  # noqa: PLC0415  an extra, without types
    except (ImportError, OSError) as error:
        what = (
            "pip install timeline-tui[png]" if isinstance(error, ImportError) else "install the library cairo"
        )
        raise CannotDraw(f"a PNG needs cairosvg: {what}, or use --to svg") from None
    # It takes the first font for the only one.
    drawing = drawing.replace(str(escape(FONTS)), "monospace", 1)
    found: bytes = cairosvg.svg2png(bytestring=drawing.encode(), scale=_SHARPNESS)
    return found


def _drawn(view: TimelineView, drawing: Drawing) -> _Drawn:
    columns, rows = drawing.size or USUAL
    if drawing.page is not None:
        lines = [*page_with_words(view, drawing.page._replace(width=columns))]
        title = f"{view.title}: {drawing.page.what}"
    elif drawing.name == LIST:
        lines, title = [line(text) for text in listing(view, columns)], view.title
    else:
        title, lines = titled_picture(view, drawing.name, drawing.by, columns, rows)
        return _Drawn(f"{view.title}: {title}", lines, _in_words(view, drawing.name, drawing.by))
    description = "\n".join(each.text.strip() for each in lines)
    if rows is not None and len(lines) > rows:
        left = len(lines) - rows + 1
        lines = [*lines[: rows - 1], line(f"… and {count_of(left, 'line')} more", "faint")]
    return _Drawn(title, lines, description)


def _in_words(view: TimelineView, name: str, by: str) -> str:
    return "\n".join((view.sentence, *told(view, name, by)))


def has_coordinates(view: TimelineView) -> bool:
    """Whether there is anything to put on a map."""
    return any(place.lat is not None for place in view.header.places.values())


def picture_svg(  # noqa: PLR0913  what a drawing consists of
    view: TimelineView,
    name: str,
    size: Size = USUAL,
    theme: str = THEME,
    *,
    by: str = "",
    with_words: bool = True,
) -> str:
    """A picture of a view as SVG: a document that can also be part of a web page as it is.

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
        title, found = titled_picture(view, name, by, *size)
        lines: Sequence[Line] = found
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
        description=_in_words(view, name, by),
    )
