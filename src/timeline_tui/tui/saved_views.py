"""A view as the reader saves it, with its picture, and a saved one shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import DateError, Precision, parse_date
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.edtf import BEGINNING, END, SECOND, write_year
from timeline_tui.dates.zones import find_zone
from timeline_tui.drawing.time_axis import time_in_words
from timeline_tui.pictures.picture import Window
from timeline_tui.query.language import parse_query
from timeline_tui.storage.reader_notes import SavedView
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.keys import COMMANDS

if TYPE_CHECKING:
    from timeline_tui.timeline.protocol import TimelineView as View


class ShownAs(NamedTuple):
    """How a view is shown: as the list, or as a picture."""

    picture: str = ""
    """The name of the picture; empty for the list."""
    by: str = ""
    """What it is by; empty for what it begins with."""
    days: Window | None = None
    """The days in sight; None for all."""


def saved_view(view: View, shown: ShownAs) -> SavedView:
    """What is shown of a timeline and how, to be shown again."""
    days = shown.days
    return SavedView(
        str(view.query),
        _day_as_text(view.known_on),
        tuple(sorted(view.without)),
        _day_as_text(view.origin),
        "newest" if view.newest else "oldest",
        view.zone,
        shown.picture,
        shown.by,
        _window_as_text(days, view.per_day) if days is not None else "",
    )


def _window_as_text(window: Window, per_day: int) -> str:
    """`2024-11-01..2024-11-04`, with times of day where a window of seconds does not end with days."""
    (first, begins), (last, ends) = divmod(window.first, per_day), divmod(window.last, per_day)
    if not begins and ends == per_day - 1:
        return f"{_day_as_text(first)}..{_day_as_text(last)}"
    return f"{_day_as_text(first)}T{time_in_words(begins)}..{_day_as_text(last)}T{time_in_words(ends)}"


def shown_as(saved: SavedView, per_day: int) -> ShownAs | str:
    """How a saved view is shown; or in words, what of it is not possible.

    Args:
        saved: The view.
        per_day: Steps of an axis of time in a day, see `TimelineView`.
    """
    if not saved.picture:
        return ShownAs()
    words = next((one.argument for one in COMMANDS if one.name == saved.picture and one.is_picture), None)
    if words is None:
        return one_line(f"there is no picture {saved.picture}")
    if saved.by and saved.by not in words.split("|"):
        return one_line(f"{saved.picture} cannot be by {saved.by}")
    first, _, last = saved.days.partition("..")
    try:
        begin, end = _window_of(first, per_day), _window_of(last, per_day)
    except DateError as error:
        return one_line(str(error))
    days = None if begin is None or end is None else Window(min(begin[0], end[0]), max(begin[1], end[1]))
    return ShownAs(saved.picture, saved.by, days)


def opened_view(view: View, saved: SavedView) -> View | str:
    """A view of a timeline as it was saved; or what of it is not possible any more, in words."""
    parsed = parse_query(saved.query, view.vocabulary)
    for problem in parsed.problems:
        return str(problem)
    missing = [id_ for id_ in saved.without if view.source(id_) is None]
    if missing:
        return one_line(f"this timeline has no source {missing[0]} any more")
    if saved.zone and not find_zone(saved.zone):
        return one_line(f"there is no time zone {saved.zone}")
    try:
        known_on, origin = _day_of(saved.known_on), _day_of(saved.days_from)
    except DateError as error:
        return one_line(str(error))
    shown = view.with_query(parsed.query).known_by(known_on)
    shown = shown.without_sources(saved.without).counted_from(origin)
    return shown.sorted_by(newest=saved.sort == "newest").in_zone(saved.zone)


def _day_as_text(day: int | None) -> str:
    if day is None:
        return ""
    year, month, number = to_civil(day)
    return f"{write_year(year)}-{month:02}-{number:02}" if abs(year) <= 9999 else write_year(year)


def _window_of(text: str, per_day: int) -> Window | None:
    """The steps of a saved day, or second; None for an empty text.

    Raises:
        DateError: It is no date with a beginning.
    """
    day = _day_of(text)
    if day is None:
        return None
    date = parse_date(text)
    if date.precision is not Precision.TIME or per_day == 1:
        return Window(day * per_day, (day + 1) * per_day - 1)
    second = day * per_day + date.key[1] // SECOND
    return Window(second, second)


def _day_of(text: str) -> int | None:
    """The first day of a saved date; None for an empty text.

    Raises:
        DateError: It is no date with a beginning.
    """
    if not text:
        return None
    day = parse_date(text).earliest
    if day in (BEGINNING, END):
        raise DateError(f"{text} has no first day")
    return day
