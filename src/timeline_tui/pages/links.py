"""The page of an event's links: what led to it and what it led to; and a list of all links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.causes import AND_MORE, Branch, causes_of, effects_of, neighbours
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped
from timeline_tui.timeline.signs import FALLEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.answers.causes import Mark
    from timeline_tui.drawing.lines import Part
    from timeline_tui.timeline.protocol import TimelineView

_DEEPEST = 12
"""Number of levels that are drawn; deeper levels are given as a number."""
_SHARE = 8
"""One level is drawn for this many cells of width, so that the drawing takes at most a quarter of a page."""
_LEAST_TITLE = 14
"""Width in cells that a title needs; with less the date is left out."""
_LONGEST_DATE = 32
_MOST_ABOVE = 60
"""Number of lines above the event; with more, the event itself would be far down."""
_LONGEST = 1_000
"""Number of characters of a title that are shown at most."""
_WHAT_FOR = (
    "Links say how events are connected: what an event leads to, responds to, confirms, denies, contradicts, "
    "ratifies or is part of. In the file they stand under links: of an event."
)


def links_page(view: TimelineView, key: int, width: int) -> Page:
    """What led to an event and what it led to, as two trees around it.

    Raises:
        KeyError: There is no such event.
    """
    causes, effects = causes_of(view, key), effects_of(view, key)
    title = clipped(f"Links of: {_title_and_date(view, key)[0]}", width)
    middle = _event_line(view, key, "▶ ", width)
    if not causes and not effects:
        known = "" if view.known_on is None else f" as known on {view.day_in_words(view.known_on)}"
        words = paragraph(f"No links{known}.\n{_WHAT_FOR}", width, "detail")
        return Page(title, (middle, BLANK, *words))
    return Page(
        title,
        (
            line("What led to it", "heading"),
            *_tree(view, causes[:_MOST_ABOVE], width),
            *_left_out(causes[_MOST_ABOVE:]),
            BLANK,
            middle,
            BLANK,
            line("What it led to", "heading"),
            *_tree(view, effects, width),
        ),
    )


def _left_out(branches: list[Branch]) -> Iterator[Line]:
    """A line with the number of lines that are not shown."""
    if branches:
        is_all = branches[-1] != AND_MORE
        number = len(branches) if is_all else len(branches) - 1
        yield line(f"… and {'' if is_all else 'more than '}{number:,} more", "faint")


def all_links(view: TimelineView, width: int) -> Iterator[Line]:
    """Each event of a view that has links, and below it the events that it is linked with."""
    is_first = True
    for key in view.keys:
        near = neighbours(view, key)
        if not near:
            continue
        if not is_first:
            yield BLANK
        is_first = False
        yield _event_line(view, key, "", width)
        for neighbour in near:
            marks: tuple[Mark, ...] = () if view.has(neighbour.key) else ("outside the filter",)
            yield _linked(view, Branch(1, neighbour.words, neighbour.key, marks), "  ", width)


def _tree(view: TimelineView, branches: list[Branch], width: int) -> Iterator[Line]:
    if not branches:
        yield line("  no links", "faint")
    deepest = min(_DEEPEST, width // _SHARE)
    ends: list[bool] = []
    for branch in branches:
        del ends[branch.depth - 1 :]
        rails = "".join("  " if is_end else "│ " for is_end in ends[: deepest - 1])
        ends.append(branch.last)
        corner = "└ " if branch.last else "├ "
        if branch.depth > deepest:
            corner = f"· {branch.depth}: "
        if branch.key < 0:
            yield Line((Span(rails + corner, "faint"), Span("and more", "faint")))
            continue
        yield _linked(view, branch, rails + corner, width)


def _linked(view: TimelineView, branch: Branch, drawing: str, width: int) -> Line:
    """The line of a linked event; if there is no room, its title is cut, then its date is left out."""
    title, event_date = _title_and_date(view, branch.key)
    least = min(_LEAST_TITLE, cells(title))
    room = max(width - cells(drawing), 0)
    noted = clipped(f" ({', '.join(branch.marks)})", room // 2) if branch.marks else ""
    room -= cells(noted)
    words = clipped(branch.words, max(room - least - 2, room // 2))
    room -= cells(words) + 2
    date = f"{clipped(event_date, _LONGEST_DATE)}  "
    if room - cells(date) < least:
        date = ""
    spans = [
        Span(drawing, "faint"),
        Span(f"{words}  ", "name"),
        Span(date, "detail"),
        Span(clipped(title, max(room - cells(date), 0)), _look(view, branch.key)),
        Span(noted, "doubt"),
    ]
    return Line(tuple(span for span in spans if span.text), (Target(branch.key, leads="link"),))


def _event_line(view: TimelineView, key: int, sign: str, width: int) -> Line:
    title, date = _title_and_date(view, key)
    shown = f"{sign}{clipped(date, min(_LONGEST_DATE, width // 2 - 2))}  "
    title = clipped(title, max(width - cells(shown), 0))
    look: Part = "fallen" if view.is_fallen(key) else "title"
    return Line((Span(shown, "detail"), Span(title, look)), (Target(key),))


def _look(view: TimelineView, key: int) -> Part:
    if view.is_fallen(key):
        return "fallen"
    return "text" if view.has(key) else "faint"


def _title_and_date(view: TimelineView, key: int) -> tuple[str, str]:
    """Title and date of an event as known; from its summary, as there may be many links.

    A sign stands before the title of an event that has fallen.
    """
    title = f"{f'{FALLEN} ' if view.is_fallen(key) else ''}{view.title_of(key)[:_LONGEST]}"
    return title, view.date_in_words(view.date_of(key))
