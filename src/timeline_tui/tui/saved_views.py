"""A view as the reader saves it, and a saved one shown again. No Textual here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.dates.edtf import BEGINNING, END, write_year
from timeline_tui.dates.zones import find_zone
from timeline_tui.query.language import parse_query
from timeline_tui.storage.reader_notes import SavedView
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from timeline_tui.timeline.protocol import TimelineView as View


def saved_view(view: View) -> SavedView:
    """What is shown of a timeline, to be shown again."""
    return SavedView(
        str(view.query),
        _day_as_text(view.known_on),
        tuple(sorted(view.without)),
        _day_as_text(view.origin),
        "newest" if view.newest else "oldest",
        view.zone,
    )


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
