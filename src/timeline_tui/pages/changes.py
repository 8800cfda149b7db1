"""The page of what changed since the last visit: event by event, then the records of the header."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from timeline_tui.answers.history import (
    actor_history,
    event_history,
    place_facts,
    source_history,
    statement_history,
    topic_history,
)
from timeline_tui.answers.provenance import is_later, source_name
from timeline_tui.answers.statements import claim_in_words, question_of, quoted, source_ids, status_notes
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Actor, Place, Source, Topic
from timeline_tui.pages.page import Page
from timeline_tui.query.vocabulary import folded
from timeline_tui.text.cells import cells, clipped, wrapped
from timeline_tui.text.languages import language_name
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.answers.changes import Changes, RecordChange
    from timeline_tui.model.fingerprints import Change, RecordKind
    from timeline_tui.model.records import Claim, Event, Quote, Record, Wording
    from timeline_tui.timeline.protocol import TimelineView
    from timeline_tui.timeline.rows import Row

TITLE: Final = "New since the last visit"
MOST_LINES: Final = 2_000

_INDENT = "    "
_FEWEST = 24
"""Width in cells that words need; with less they go to a second line."""
_LONGEST_NAME = 40
"""Cells."""

_TOLD: Final = {"status": "statuses", "updates": "updates", "outcome": "outcomes"}
"""The fields of an event that have a history, each with the part of the event that it is in."""
_OF_HISTORY: Final = frozenset({"roles", "updates", "settled", "retracted", "corrections"})
"""The fields of other records whose last entry is worth reading."""
_FOLLOWS: Final = {"roles": ("role", "of"), "statuses": ("by",)}
"""The fields that only follow from a history, which changes with them."""


class _Item(NamedTuple):
    """What the page says about a change: a head, and the words of the quote or claim."""

    head: str
    words: str = ""
    target: Target = Target()


class _Shown(NamedTuple):
    """An event as known in the view, and the whole event, which may have more parts."""

    key: int
    event: Event
    whole: Event
    quotes: dict[int, int]
    """0-based index in `event` of each quote, by its index in `whole`."""
    claims: dict[int, int]
    """0-based index in `event` of each claim, by its index in `whole`."""


def changes_page(view: TimelineView, changes: Changes, width: int) -> Page:
    """What was added, changed and removed since the last visit, for the events of the view."""
    lines: Iterable[Line]
    if changes.first:
        lines = _first(changes, width)
    elif not changes:
        lines = paragraph("Nothing was added, changed or removed since the last visit.", width)
    else:
        lines = _lines(view, changes, width)
    return Page(TITLE, tuple(lines))


def _first(changes: Changes, width: int) -> Iterator[Line]:
    if not changes.folder:
        yield from paragraph("Visits of standard input are not remembered.", width)
        return
    if changes.notice:
        yield from paragraph(f"{changes.notice[:1].upper()}{changes.notice[1:]}.", width, "doubt")
        yield from paragraph("So this counts as the first visit.", width)
    else:
        yield from paragraph("This is the first visit.", width)
    yield BLANK
    yield from paragraph(
        "From now on, this page lists what is added, changed or removed in this file between two visits. "
        "To find that out, hashes of its events, quotes, claims, wordings, sources, actors, topics, places "
        "and stories are kept, but no text and no names, and nothing is written into the file itself. The "
        "hashes are kept in",
        width,
    )
    yield from paragraph(changes.folder, width, "address")


def _lines(view: TimelineView, changes: Changes, width: int) -> Iterator[Line]:
    listed = 0
    keys = [key for key in changes.changed if view.has(key)]
    yield from _summary(view, changes, len(changes.changed) - len(keys), width)
    count = 0
    for key in keys:
        if count >= MOST_LINES:
            break
        listed += 1
        for found in _event(view, changes, key, width):
            count += 1
            yield found
    if more := len(keys) - listed:
        yield BLANK
        yield line(f"and {count_of(more, 'more event')}", "faint")
    yield from _records(view, changes, width)


def _summary(view: TimelineView, changes: Changes, outside: int, width: int) -> Iterator[Line]:
    if not changes.changed and not changes.removed:
        yield from paragraph("No event was added, changed or removed.", width, "heading")
        return
    added = sum(map(changes.is_added, changes.changed))
    counts = [(added, "added"), (len(changes.changed) - added, "changed"), (changes.removed, "removed")]
    parts = [f"{number:,} {word}" for number, word in counts if number]
    yield from paragraph(f"Events: {', '.join(parts)}.", width, "heading")
    if outside:
        are = "is" if outside == 1 else "are"
        day = "" if view.known_on is None else f", as known on {view.day_in_words(view.known_on)}"
        yield from paragraph(f"{outside:,} of them {are} outside the events shown{day}.", width)
    if changes.removed:
        removed = "1 event was removed. Only its hash was kept, so it cannot be named."
        if changes.removed > 1:
            removed = f"{changes.removed:,} events were removed. "
            removed += "Only their hashes were kept, so they cannot be named."
        yield from paragraph(removed, width)


def _event(view: TimelineView, changes: Changes, key: int, width: int) -> Iterator[Line]:
    position = view.position_of(key)
    row = view.rows(position, position + 1)[0]
    yield BLANK
    is_added = changes.is_added(key)
    mark = "+ added    " if is_added else "~ changed  "
    yield from _headline(mark, view.date_in_words(row.date), _title(row), width, Target(key))
    if is_added:
        counts = [count_of(row.quotes, "quote")] if row.quotes else []
        counts += [count_of(row.claims, "claim")] if row.claims else []
        if counts:
            yield line(f"{_INDENT}with {', '.join(counts)}", "detail")
        return
    shown = _shown(view, key)
    hidden = 0
    for change in changes.changed[key]:
        item = _item(view, shown, change, width - len(_INDENT))
        hidden += item is None
        if item is not None:
            yield from _change(item, width)
    if hidden:
        # A change must not reveal what is not known yet on the day that the story is shown as known on.
        yield from paragraph(
            f"{count_of(hidden, 'change')} outside of what is shown", width, "faint", len(_INDENT)
        )


def _title(row: Row) -> str:
    notes = ", ".join(status_notes(row))
    return f"{row.marked_title} ({notes})" if notes else row.marked_title


def _headline(mark: str, date: str, title: str, width: int, target: Target) -> Iterator[Line]:
    """Mark, date and title; the title stands beside them if there is room, else below."""
    left = f"{mark}{clipped(date, width - len(mark) - 2)}  "
    room = width - cells(left)
    if room < _FEWEST:
        yield Line((Span(mark, "name"), Span(left[len(mark) :].rstrip(), "detail")), (target,))
        yield from (line(f"  {part}", "title") for part in wrapped(title, width - 2))
        return
    first, *rest = wrapped(title, room)
    spans = (Span(mark, "name"), Span(left[len(mark) :], "detail"), Span(first, "title"))
    yield Line(spans, (target,))
    yield from (line(" " * cells(left) + part, "title") for part in rest)


def _change(item: _Item, width: int) -> Iterator[Line]:
    """The lines of a change; its words stand on the same line if they fit."""
    room = width - len(_INDENT)
    together = f"{item.head}: {item.words}" if item.words else item.head
    texts = [together] if cells(together) <= room else [item.head, item.words]
    leads = item.target.key >= 0 or item.target.id
    targets: tuple[Target, ...] = (item.target,) if leads else ()
    for deeper, text in enumerate(filter(None, texts)):
        indent = _INDENT + "  " * deeper
        for part in wrapped(text, width - len(indent)):
            yield Line((Span(f"{indent}{part}", "detail" if deeper else "text"),), targets)
            targets = ()


def _item(view: TimelineView, shown: _Shown, change: Change, room: int) -> _Item | None:
    """What the page says about a change; None if what changed is not known in the view."""
    match change.what:
        case "event":
            fields = _fields(change, shown.event, shown.whole)
            if fields is None:
                return None
            return _Item(f"event changed{fields}", _told(view, shown, change), Target(shown.key))
        case "quote" | "claim":
            return _part(view, shown, change, room)
        case "wording":
            return _wording(shown, change, room)


def _part(view: TimelineView, shown: _Shown, change: Change, room: int) -> _Item | None:
    """What the page says about a changed quote or claim."""
    name, number = change.what, change.number
    if change.how == "removed":
        return _Item(f"{name} removed (it was {name} {number + 1})", target=Target(shown.key))
    place = (shown.quotes if name == "quote" else shown.claims).get(number)
    if place is None:
        return None
    head = f"{name} {place + 1} {change.how}"
    if name == "quote":
        quote = shown.event.quotes[place]
        fields = _fields(change, quote, shown.whole.quotes[number])
        words, target = _quoted(view, quote, room), Target(shown.key, place, source_ids(quote.sources))
        words += _stands(view, change, quote)
    else:
        claim = shown.event.claims[place]
        fields = _fields(change, claim, shown.whole.claims[number])
        words = _claimed(view, claim, room) + _stands(view, change, claim)
        target = Target(shown.key, sources=source_ids(claim.sources), claim=place)
    return None if fields is None else _Item(head + fields, words, target)


def _wording(shown: _Shown, change: Change, room: int) -> _Item | None:
    place = shown.quotes.get(change.quote)
    if place is None:
        return None
    quote, whole = shown.event.quotes[place], shown.whole.quotes[change.quote]
    if change.how == "removed":
        head = f"wording of quote {place + 1} removed (it was wording {change.number + 1})"
        return _Item(head, target=Target(shown.key, place, source_ids(quote.sources)))
    number = _indexes(whole.wordings, quote.wordings, _of_wording).get(change.number)
    if number is None:
        return None
    wording = quote.wordings[number]
    fields = _fields(change, wording, whole.wordings[change.number])
    if fields is None:
        return None
    head = f"wording {number + 1} of quote {place + 1} {change.how}{fields}"
    language = one_line(wording.language)
    tail = f" ({clipped(language_name(language), _LONGEST_NAME)})" if language else ""
    words = _marked(quote, wording.text, room - cells(tail)) + tail
    return _Item(head, words, Target(shown.key, place, source_ids(wording.sources)))


def _quoted(view: TimelineView, quote: Quote, room: int) -> str:
    """`“Words” — speaker`, with the kind of quote unless it is direct."""
    tail = f" — {clipped(view.actor_name(quote.speaker), _LONGEST_NAME)}"
    tail += "" if quote.kind == "direct" else f" ({quote.kind})"
    return _marked(quote, quote.text, room - cells(tail)) + tail


def _marked(quote: Quote, text: str, room: int) -> str:
    """The words of a quote in quotation marks, in at most `room` cells."""
    return quoted(quote.kind, clipped(one_line(text), max(room - 4, _FEWEST)))


def _claimed(view: TimelineView, claim: Claim, room: int) -> str:
    """`Question? value — actor`."""
    value = clipped(claim_in_words(view, claim), 2 * _FEWEST)
    tail = f" {value} — {clipped(view.actor_name(claim.by), _LONGEST_NAME)}"
    question = question_of(view, claim.about)
    return clipped(question, max(room - cells(tail) - 2, _FEWEST)) + tail


def _fields(change: Change | RecordChange, shown: Record, whole: Record) -> str | None:
    """The names of the changed fields; None if none of them is known as a whole in the view."""
    fields = [name for name in change.fields if _is_shown(name, shown, whole)]
    follows = {name for history, names in _FOLLOWS.items() if getattr(whole, history, ()) for name in names}
    fields = [name for name in fields if name not in follows] or fields
    if not fields:
        return None if change.fields else ""
    return f": {', '.join('other keys' if name == 'extra' else name for name in fields)}"


def _is_shown(name: str, shown: Record, whole: Record) -> bool:
    """Whether a field with all its history is known in the view."""
    long = _long_forms(type(whole)).get(name, name)
    return bool(getattr(shown, name) == getattr(whole, name) and getattr(shown, long) == getattr(whole, long))


@cache
def _long_forms(record: type[Record]) -> dict[str, str]:
    """By field, the attribute for its long form, for those that have one."""
    return {field.name: field.long.name for field in fields_of(record) if field.long}


def _told(view: TimelineView, shown: _Shown, change: Change) -> str:
    """What a changed history of an event says now: its last status, update, outcome."""
    said: dict[str, str] = {}
    for entry in event_history(view, shown.event):
        part = str(entry.path[0]) if entry.path else "media"
        # Statuses come the last one first, the others last.
        if part != "statuses" or part not in said:
            said[part] = entry.text
    parts = [_TOLD.get(name, name) for name in change.fields if _is_shown(name, shown.event, shown.whole)]
    return "; ".join(said[part] for part in parts if part in said)


def _stands(view: TimelineView, change: Change, statement: Quote | Claim) -> str:
    """What became of a quote or claim, if its status has changed."""
    if "status" not in change.fields:
        return ""
    return "".join(f". {entry.text}" for entry in islice(statement_history(view, statement), 1))


def _records(view: TimelineView, changes: Changes, width: int) -> Iterator[Line]:
    """The changes of sources, actors, topics, places and stories."""
    if not changes.records and not changes.removed_records:
        return
    yield BLANK
    yield line("Sources, actors, topics, places and stories", "heading")
    hidden = 0
    for change in changes.records[:MOST_LINES]:
        item = _record(view, change)
        hidden += item is None
        if item is not None:
            yield from _change(item, width)
    if more := len(changes.records) - MOST_LINES:
        yield from [line(f"and {count_of(more, 'more change')}", "faint")] if more > 0 else []
    if hidden:
        yield from paragraph(f"{count_of(hidden, 'change')} outside of what is shown", width, "faint", 4)
    for kind, number in changes.removed_records.items():
        plural = "stories" if kind == "story" else f"{kind}s"
        words = f"1 {kind} was" if number == 1 else f"{number:,} {plural} were"
        yield from paragraph(f"{words} removed", width, "text", 4)


def _record(view: TimelineView, change: RecordChange) -> _Item | None:
    """What the page says about a record of the header; None if nothing of the change is known in the view."""
    whole, shown = _whole_record(view, change), _record_as_shown(view, change)
    if shown is None:
        return None
    name, target = _name_of(view, change)
    if change.how == "added":
        return _Item(f"{change.kind} added", name, target)
    fields = _fields(change, shown, whole)
    if fields is None:
        return None
    told = list(_history_of(view, shown)) if _OF_HISTORY.intersection(change.fields) else []
    return _Item(f"{change.kind} {name} changed{fields}", told[-1] if told else "", target)


def _whole_record(view: TimelineView, change: RecordChange) -> Record:
    header = view.whole_header
    registers: dict[RecordKind, Mapping[str, Record]] = {
        "source": header.sources, "actor": header.actors, "topic": header.topics, "place": header.places,
        "story": header.stories,
    }  # fmt: skip
    return registers[change.kind][change.id]


def _record_as_shown(view: TimelineView, change: RecordChange) -> Record | None:
    """A record as known in the view; None if nothing shown names it. Without a day, all is known."""
    is_whole = view.known_on is None
    match change.kind:
        case "source" if not is_later(view, change.id) and (is_whole or view.keys_with("source", change.id)):
            return view.source(change.id)
        case "actor" if is_whole or view.keys_with("actor", change.id):
            return view.actor(change.id)
        case "topic" if is_whole or view.keys_with("topic", change.id):
            return view.topic(change.id)
        case "place" if is_whole or view.keys_with("place", folded(view.place_name(change.id))):
            return view.place(change.id)
        case "story" if is_whole:
            return view.header.stories[change.id]
        case _:
            return None


def _name_of(view: TimelineView, change: RecordChange) -> tuple[str, Target]:
    """The name of a record, and what a line about it leads to."""
    id_ = change.id
    match change.kind:
        case "source":
            return source_name(view, id_), Target(leads="source", id=id_)
        case "actor":
            return view.actor_name(id_), Target(leads="actor", id=id_)
        case "topic":
            return question_of(view, id_), Target(leads="topic", id=id_)
        case "place":
            return view.place_name(id_), Target(leads="place", id=view.place_name(id_))
        case "story":
            return one_line(view.header.stories[id_].title), Target()


def _history_of(view: TimelineView, record: Record) -> Iterator[str]:
    match record:
        case Actor():
            yield from actor_history(view, record)
        case Topic():
            yield from topic_history(view, record)
        case Place():
            yield from place_facts(view, record)
        case Source():
            yield from source_history(view, record)
        case _:
            return


def _shown(view: TimelineView, key: int) -> _Shown:
    event, whole = view.event(key), view.whole_event(key)
    quotes = _indexes(whole.quotes, event.quotes, _of_quote)
    return _Shown(key, event, whole, quotes, _indexes(whole.claims, event.claims, _of_claim))


_Part = TypeVar("_Part")


def _indexes(
    whole: Sequence[_Part], shown: Sequence[_Part], identify: Callable[[_Part], object]
) -> dict[int, int]:
    """The index in `shown` of each part, by its index in `whole`; both have the same order."""
    if len(whole) == len(shown):
        return {place: place for place in range(len(whole))}
    found: dict[int, int] = {}
    left = iter(enumerate(whole))
    for place, part in enumerate(shown):
        identity = identify(part)
        number = next((number for number, other in left if identify(other) == identity), None)
        if number is not None:
            found[number] = place
    return found


def _of_quote(quote: Quote) -> object:
    return quote.line, quote.column, quote.speaker, quote.text


def _of_claim(claim: Claim) -> object:
    return claim.line, claim.column, claim.about, claim.by, claim.value


def _of_wording(wording: Wording) -> object:
    return wording.line, wording.column, wording.text
