"""The page of an event's links: what led to it, the event, what it led to; and the links of all events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.answers.causes import AND_MORE, Branch, causes_of, effects_of, neighbours
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.answers.causes import Mark
    from timeline_tui.timeline.view import View

_DEEPEST = 12
"""Levels that are drawn; below them the level is told as a number."""
_SHARE = 8
"""Cells of the width for a level: half of a narrow page at the most goes into the drawing."""
_LEAST_TITLE = 14
"""Cells of a title without which the date gives way to it."""
_LONGEST_DATE = 32
_MOST_ABOVE = 60
"""Lines of what led to the event; with more, the event itself would be far down."""
_LONGEST = 1_000
"""Characters of a title that are looked at."""
_WHAT_FOR = (
    "Links say how events hang together: what one leads to, responds to, confirms, denies, contradicts, "
    "ratifies or is part of. A file gives them under links: of an event."
)


def links_page(view: View, key: int, width: int) -> Page:
    """What led to an event and what it led to, as two trees around it.

    Raises:
        KeyError: There is no such event.
    """
    causes, effects = causes_of(view, key), effects_of(view, key)
    title = clipped(f"Links of: {_told(view, key)[0]}", width)
    middle = _event_line(view, key, "▶ ", width)
    if not causes and not effects:
        known = "" if view.known_on is None else f" as known on {view.day_in_words(view.known_on)}"
        said = paragraph(f"This event is linked with no other{known}.\n{_WHAT_FOR}", width, "detail")
        return Page(title, (middle, BLANK, *said))
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
    """How many lines of what led to an event are not shown."""
    if branches:
        is_all = branches[-1] != AND_MORE
        number = len(branches) if is_all else len(branches) - 1
        yield line(f"… and {'' if is_all else 'more than '}{number:,} more", "faint")


def all_links(view: View, width: int) -> Iterator[Line]:
    """Each event of a view that has links, and under it what it is linked with."""
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


def _tree(view: View, branches: list[Branch], width: int) -> Iterator[Line]:
    if not branches:
        yield line("  nothing is linked", "faint")
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


def _linked(view: View, branch: Branch, drawing: str, width: int) -> Line:
    """The line of a linked event; of what is said of it, its title is cut first, then its date left out."""
    title, told_date = _told(view, branch.key)
    least = min(_LEAST_TITLE, cells(title))
    room = max(width - cells(drawing), 0)
    noted = clipped(f" ({', '.join(branch.marks)})", room // 2) if branch.marks else ""
    room -= cells(noted)
    words = clipped(branch.words, max(room - least - 2, room // 2))
    room -= cells(words) + 2
    date = f"{clipped(told_date, _LONGEST_DATE)}  "
    if room - cells(date) < least:
        date = ""
    spans = [
        Span(drawing, "faint"),
        Span(f"{words}  ", "name"),
        Span(date, "detail"),
        Span(clipped(title, max(room - cells(date), 0)), "text" if view.has(branch.key) else "faint"),
        Span(noted, "doubt"),
    ]
    return Line(tuple(span for span in spans if span.text), (Target(branch.key),))


def _event_line(view: View, key: int, sign: str, width: int) -> Line:
    title, date = _told(view, key)
    shown = f"{sign}{clipped(date, min(_LONGEST_DATE, width // 2 - 2))}  "
    title = clipped(title, max(width - cells(shown), 0))
    return Line((Span(shown, "detail"), Span(title, "title")), (Target(key),))


def _told(view: View, key: int) -> tuple[str, str]:
    """Title and date of an event as known; of its head, as its links may be many."""
    title = view.title_of(key)[:_LONGEST]
    return title, view.date_in_words(view.date_of(key))
