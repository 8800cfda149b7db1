"""The known-on clock as it is played, as a recording of a terminal: asciicast, version 2.

https://docs.asciinema.org/manual/asciicast/v2/: a line of JSON with the size and the colours of the terminal,
then a line for each time that something is written to it. Only lines that changed are written again. All
text has been made visible, so that nothing of a file can move the cursor or set a colour.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from timeline_tui.answers.newly_known import days_of_news
from timeline_tui.drawing.lines import Line, Span
from timeline_tui.drawing.looks import PART_STYLES, THEME_COLOURS, text_look
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.drawn import LIST, Drawing
from timeline_tui.pages.event_list import last_events
from timeline_tui.pictures.film import FRAME, film_of
from timeline_tui.pictures.printed import Stage, picture_with_words
from timeline_tui.text.cells import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.lines import Part
    from timeline_tui.pictures.film import Film
    from timeline_tui.timeline.view import View

_THEME = THEME_COLOURS["night"]
_USUAL = 100, 30
_LAST = 2.0
"""Seconds that the last picture stays."""
_CLEAR: Final = "\x1b[?25l\x1b[2J"
"""No cursor, nothing on the screen."""
_LOOKS: Final = {"bold": 1, "italic": 3, "underline": 4, "strike": 9}


def write(view: View, drawing: Drawing | None = None) -> Exported:
    """A film of what was known of a view from its first to its last day.

    Args:
        view: The events; under the clock, the film ends with its day.
        drawing: Which picture, and its size; the list of events if not given.
    """
    drawing = drawing or Drawing()
    columns = drawing.size.columns if drawing.size is not None else _USUAL[0]
    rows = (drawing.size.rows if drawing.size is not None else None) or _USUAL[1]
    everything = view.known_by(None)
    last = view.today if view.known_on is None else view.as_of
    days = [day for day in days_of_news(view) if day <= last]
    film = film_of(days, None)
    header = {
        "version": 2,
        "width": columns,
        "height": rows,
        "duration": round(len(film.days) * film.seconds + _LAST, 3),
        "title": view.title,
        "theme": {"fg": _THEME.foreground, "bg": _THEME.background, "palette": _palette()},
    }
    lines = [json.dumps(header, ensure_ascii=False)]
    before: Sequence[str] = ()
    stage = Stage(everything)
    for seconds, day in _frames(film, view.known_on):
        drawn = _drawn(everything.known_by(day), drawing, columns, rows, stage)
        changed = "".join(_changes(before, drawn))
        lines.append(json.dumps([seconds, "o", changed if before else _CLEAR + changed], ensure_ascii=False))
        before = drawn
    lines.append(json.dumps([header["duration"], "o", ""]))
    return Exported("\n".join(lines) + "\n")


def _frames(film: Film, end: int | None) -> Iterator[tuple[float, int | None]]:
    """The seconds and the day of each frame, as many a second as on the screen; at last, the end."""
    length, step = len(film.days) * film.seconds, max(film.seconds, FRAME)
    shown: int | None = None
    for number in range(int(length / step) + 1):
        # A little later, so that rounding does not show a day twice and pass over the next one.
        day = film.day_at(number * step + step / 1000)
        if day is not None and day != shown:
            yield round(number * step, 3), day
            shown = day
    yield round(length, 3), end


def _drawn(view: View, drawing: Drawing, columns: int, rows: int, stage: Stage) -> list[str]:
    """The lines of a frame, as a terminal is given them."""
    if drawing.name == LIST:
        lines = [Line((Span(text),)) for text in last_events(view, columns, rows)]
    else:
        lines = picture_with_words(view, drawing.name, drawing.by, columns, rows, stage)
    shown = [_written(each, columns) for each in lines[:rows]]
    return shown + [""] * (rows - len(shown))


def _written(line: Line, columns: int) -> str:
    text, left = "", columns
    for span in line.spans:
        kept = ""
        for letter, width in letters(span.text):
            if width > left:
                break
            kept += letter
            left -= width
        if kept.strip():
            text += f"{_look(span.part)}{kept}\x1b[0m"
        else:
            text += kept
    return text.rstrip(" ")


def _look(part: Part) -> str:
    colour, look = text_look(_THEME, PART_STYLES[part])
    value = colour.removeprefix("#")
    red, green, blue = (int(value[place : place + 2], 16) for place in (0, 2, 4))
    codes = [_LOOKS[word] for word in look.split()]
    return f"\x1b[{';'.join(map(str, [*codes, 38, 2, red, green, blue]))}m"


def _changes(before: Sequence[str], drawn: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(drawn):
        if not before or text != before[number]:
            yield f"\x1b[{number + 1};1H{text}\x1b[K"


def _palette() -> str:
    """Sixteen colours, which the format wants; none of them is used."""
    theme = _THEME
    dark = (
        theme.background, theme.error, theme.success, theme.warning, theme.primary, theme.accent,
        theme.secondary, theme.foreground,
    )  # fmt: skip
    return ":".join((*dark, *dark))
