"""What the reader made of a timeline: marked events, notes and saved views, as lists."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.signs import MARK, NOTE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from timeline_tui.storage.reader_notes import OtherNotes, SavedView
    from timeline_tui.timeline.protocol import TimelineView

MOST: Final = 500
"""Number of entries that a list shows at most."""
_LONGEST: Final = 2_000
"""Number of characters of a note that a list shows at most."""
_INDENT: Final = 4
_GONE: Final = "no longer in this file"


def marks_page(view: TimelineView, width: int) -> Page:
    """The events that the reader has marked, in the order of time, with the notes on them."""
    how = "Nothing is marked. m marks the selected event; is:marked in a filter (f) finds what is marked."
    return _events(view, "Marks", view.reader.marks, how, width)


def notes_page(view: TimelineView, width: int) -> Page:
    """The reader's notes in the order of time, then what may have been written on this file elsewhere."""
    how = "There are no notes. :note writes one on the selected event; only you see it."
    page = _events(view, "Notes", view.reader.notes, how, width)
    moved = [each for other in view.reader.elsewhere for each in _elsewhere(view, other, width)]
    return page._replace(lines=(*page.lines, BLANK, *moved)) if moved else page


def _events(view: TimelineView, title: str, ids: Collection[str], how: str, width: int) -> Page:
    if not ids:
        return Page(title, tuple(paragraph(how, width, "detail")))
    keys = {id_: view.key_of(id_) for id_ in ids}
    here = {key: id_ for id_, key in keys.items() if key is not None and view.is_known(key)}
    dates = {key: view.date_in_words(view.date_of(key)) for key in sorted(here, key=view.sort_key)[:MOST]}
    # One long date is not worth the room of all titles.
    column = min(max(map(cells, dates.values()), default=0), width // 2)
    lines = [
        _event(view, here[key], key, date + " " * (column - cells(date)), width)
        for key, date in dates.items()
    ]
    # Of an event that becomes known later, nothing is told.
    lines += [_gone(view, id_, width) for id_, key in keys.items() if key is None][: MOST - len(lines)]
    count = len(here) + sum(key is None for key in keys.values())
    more = [line(clipped(f"… and {count - MOST:,} more", width), "detail")] if count > MOST else []
    return Page(f"{title} · {count:,}", (*chain.from_iterable(lines), *more))


def _event(view: TimelineView, id_: str, key: int, date: str, width: int) -> list[Line]:
    head = f"{_sign(view, id_)} {date}  "
    shown = clipped(head + view.title_of(key), width)
    spans = (Span(shown[: len(head)], "figure"), Span(shown[len(head) :], "title"))
    return [Line(spans, (Target(key),)), *_note(view, id_, width)]


def _gone(view: TimelineView, id_: str, width: int) -> list[Line]:
    note = view.reader.notes.get(id_)
    title = one_line(view.reader.marks.get(id_) or (note.title if note is not None else "") or id_)
    return [
        line(clipped(f"{_sign(view, id_)} {_GONE}: {title}", width), "doubt"),
        *_note(view, id_, width),
    ]


def _sign(view: TimelineView, id_: str) -> str:
    """What the reader made of an event, in two cells."""
    mark = MARK if id_ in view.reader.marks else " "
    return mark + (NOTE if id_ in view.reader.notes else " ")


def _note(view: TimelineView, id_: str, width: int) -> list[Line]:
    note = view.reader.notes.get(id_)
    return paragraph(one_line(note.text[:_LONGEST]), width, "text", _INDENT) if note is not None else []


def _elsewhere(view: TimelineView, other: OtherNotes, width: int) -> Iterator[Line]:
    where = "which is gone" if other.is_gone else "which is still there"
    made = (
        (len(other.notes.marks), "mark"),
        (len(other.notes.notes), "note"),
        (len(other.notes.views), "saved view"),
    )
    counts = ", ".join(count_of(number, noun) for number, noun in made if number)
    target = Target(leads="notes", id=other.name)
    yield line(clipped(one_line(f"{NOTE} Made of {other.path}, {where}: {counts}"), width), "name", target)
    both = sum(view.key_of(id_) is not None for id_ in {**other.notes.marks, **other.notes.notes})
    found = f"{both:,} of these events {'is' if both == 1 else 'are'} in this file"
    text = f"{one_line(other.title)}. {found}. Enter takes them over."
    yield from paragraph(text, width, "detail", _INDENT)


def views_page(view: TimelineView, width: int) -> Page:
    """The views that the reader has saved; each leads to what it shows."""
    views = view.reader.views
    if not views:
        how = "No view is saved. :view and a name saves the filter, the clocks, the order and the picture."
        return Page("Views", tuple(paragraph(how, width, "detail")))
    lines = [each for name, saved in views.items() for each in _view(name, saved, width)]
    return Page(f"Views · {len(views):,}", tuple(lines))


def _view(name: str, saved: SavedView, width: int) -> list[Line]:
    head = line(clipped(one_line(name), width), "name", Target(leads="view", id=name))
    return [head, *paragraph(described(saved), width, "detail", _INDENT)]


def described(saved: SavedView) -> str:
    """What a saved view shows, visible and on one line: `kind:vote · known on 2024-11-03`."""
    parts = (
        saved.query or "all events",
        f"known on {saved.known_on}" if saved.known_on else "",
        f"without {', '.join(saved.without)}" if saved.without else "",
        f"days from {saved.days_from}" if saved.days_from else "",
        f"{saved.sort} first" if saved.sort == "newest" else "",
        f"times in {saved.zone}" if saved.zone else "",
        " ".join(filter(None, (saved.picture, f"by {saved.by}" if saved.by else "", saved.days))),
    )
    return one_line(" · ".join(filter(None, parts)))[:_LONGEST]
