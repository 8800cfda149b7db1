"""What is new since the last visit, event by event, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from timeline_tui.answers.statements import claim_in_words, quoted, source_ids
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped, wrapped
from timeline_tui.text.languages import language_name
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline_tui.answers.changes import Changes
    from timeline_tui.model.fingerprints import Change
    from timeline_tui.model.records import Claim, Event, Quote, Record, Wording
    from timeline_tui.timeline.rows import Row
    from timeline_tui.timeline.view import View

TITLE: Final = "New since the last visit"
MOST_LINES: Final = 2_000

_INDENT = "    "
_FEWEST = 24
"""Cells that words have at least, if need be on a second line."""
_LONGEST_NAME = 40
"""Cells."""


class _Item(NamedTuple):
    """What is said of a part of an event."""

    head: str
    words: str = ""
    target: Target = Target()


class _Shown(NamedTuple):
    """An event as it is to be shown, and where in it the parts of the whole event are."""

    key: int
    event: Event
    whole: Event
    quotes: dict[int, int]
    claims: dict[int, int]


def changes_page(view: View, news: Changes, width: int) -> Page:
    """What was added, changed and removed since the last visit, of the events of the view."""
    lines: Iterable[Line]
    if news.first:
        lines = _first(news, width)
    elif not news:
        lines = paragraph("Nothing was added, changed or removed since the last visit.", width)
    else:
        lines = _lines(view, news, width)
    return Page(TITLE, tuple(lines))


def _first(news: Changes, width: int) -> Iterator[Line]:
    if not news.folder:
        yield from paragraph("What is read from standard input is not remembered from visit to visit.", width)
        return
    if news.notice:
        yield from paragraph(f"{news.notice[:1].upper()}{news.notice[1:]}.", width, "doubt")
        yield from paragraph("So this counts as the first visit.", width)
    else:
        yield from paragraph("This is the first visit.", width)
    yield BLANK
    yield from paragraph(
        "From now on, what is added, changed or removed in this file between two visits is told here. "
        "For that, hashes of its events, quotes, claims and wordings are kept, no text and no names, and "
        "nothing is written into the file itself. They are kept in",
        width,
    )
    yield from paragraph(news.folder, width, "address")


def _lines(view: View, news: Changes, width: int) -> Iterator[Line]:
    listed = 0
    keys = [key for key in news.changed if view.has(key)]
    yield from _summary(view, news, len(news.changed) - len(keys), width)
    count = 0
    for key in keys:
        if count >= MOST_LINES:
            break
        listed += 1
        for found in _event(view, news, key, width):
            count += 1
            yield found
    if more := len(keys) - listed:
        yield BLANK
        yield line(f"and {count_of(more, 'more event')}", "faint")


def _summary(view: View, news: Changes, outside: int, width: int) -> Iterator[Line]:
    added = sum(map(news.is_added, news.changed))
    counts = [(added, "added"), (len(news.changed) - added, "changed"), (news.removed, "gone")]
    parts = [f"{number:,} {word}" for number, word in counts if number]
    yield from paragraph(f"Events: {', '.join(parts)}.", width, "heading")
    if outside:
        lie = "lies" if outside == 1 else "lie"
        day = "" if view.known_on is None else f", as known on {view.day_in_words(view.known_on)}"
        yield from paragraph(f"{outside:,} of them {lie} outside of what is shown{day}.", width)
    if news.removed:
        gone = "1 event is gone; only its hash was kept, so it cannot be named."
        if news.removed > 1:
            gone = f"{news.removed:,} events are gone; only their hashes were kept, so they cannot be named."
        yield from paragraph(gone, width)


def _event(view: View, news: Changes, key: int, width: int) -> Iterator[Line]:
    position = view.position_of(key)
    row = view.rows(position, position + 1)[0]
    yield BLANK
    is_added = news.is_added(key)
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
    for change in news.changed[key]:
        item = _item(view, shown, change, width - len(_INDENT))
        hidden += item is None
        if item is not None:
            yield from _said(item, width)
    if hidden:
        # What is not known yet on the day that the story is shown as known on is not told by its changes.
        yield from paragraph(
            f"{count_of(hidden, 'change')} outside of what is shown", width, "faint", len(_INDENT)
        )


def _title(row: Row) -> str:
    by = f"claimed by {', '.join(row.by)}" if row.by else ""
    status = "" if row.status == "confirmed" or (by and row.status == "claimed") else row.status
    notes = ", ".join(note for note in (status, by) if note)
    return f"{row.title} ({notes})" if notes else row.title


def _headline(mark: str, date: str, title: str, width: int, target: Target) -> Iterator[Line]:
    """Mark, date and title; the title beside them where there is room, else below."""
    left = f"{mark}{clipped(date, width - len(mark) - 2)}  "
    room = width - cells(left)
    if room < _FEWEST:
        yield Line((Span(mark, "differs"), Span(left[len(mark) :].rstrip(), "detail")), (target,))
        yield from (line(f"  {part}", "title") for part in wrapped(title, width - 2))
        return
    first, *rest = wrapped(title, room)
    spans = (Span(mark, "differs"), Span(left[len(mark) :], "detail"), Span(first, "title"))
    yield Line(spans, (target,))
    yield from (line(" " * cells(left) + part, "title") for part in rest)


def _said(item: _Item, width: int) -> Iterator[Line]:
    """An item, its words on the same line where they fit."""
    room = width - len(_INDENT)
    together = f"{item.head}: {item.words}" if item.words else item.head
    texts = [together] if cells(together) <= room else [item.head, item.words]
    targets: tuple[Target, ...] = (item.target,)
    for deeper, text in enumerate(filter(None, texts)):
        indent = _INDENT + "  " * deeper
        for part in wrapped(text, width - len(indent)):
            yield Line((Span(f"{indent}{part}", "detail" if deeper else "text"),), targets)
            targets = ()


def _item(view: View, shown: _Shown, change: Change, room: int) -> _Item | None:
    """What a change is told as; None if what changed is not to be shown."""
    match change.what:
        case "event":
            fields = _told(change, shown.event, shown.whole)
            return None if fields is None else _Item(f"event changed{fields}", target=Target(shown.key))
        case "quote" | "claim":
            return _part(view, shown, change, room)
        case "wording":
            return _wording(shown, change, room)


def _part(view: View, shown: _Shown, change: Change, room: int) -> _Item | None:
    """A quote or a claim."""
    name, number = change.what, change.number
    if change.how == "removed":
        return _Item(f"{name} removed, it was {name} {number + 1}", target=Target(shown.key))
    place = (shown.quotes if name == "quote" else shown.claims).get(number)
    if place is None:
        return None
    head = f"{name} {place + 1} {change.how}"
    if name == "quote":
        quote = shown.event.quotes[place]
        fields = _told(change, quote, shown.whole.quotes[number])
        words, target = _quoted(view, quote, room), Target(shown.key, place, source_ids(quote.sources))
    else:
        claim = shown.event.claims[place]
        fields = _told(change, claim, shown.whole.claims[number])
        words = _claimed(view, claim, room)
        target = Target(shown.key, sources=source_ids(claim.sources), claim=place)
    return None if fields is None else _Item(head + fields, words, target)


def _wording(shown: _Shown, change: Change, room: int) -> _Item | None:
    place = shown.quotes.get(change.quote)
    if place is None:
        return None
    quote, whole = shown.event.quotes[place], shown.whole.quotes[change.quote]
    if change.how == "removed":
        head = f"wording of quote {place + 1} removed, it was wording {change.number + 1}"
        return _Item(head, target=Target(shown.key, place, source_ids(quote.sources)))
    number = _places(whole.wordings, quote.wordings, _of_wording).get(change.number)
    if number is None:
        return None
    wording = quote.wordings[number]
    fields = _told(change, wording, whole.wordings[change.number])
    if fields is None:
        return None
    head = f"wording {number + 1} of quote {place + 1} {change.how}{fields}"
    language = one_line(wording.language)
    tail = f" ({clipped(language_name(language), _LONGEST_NAME)})" if language else ""
    words = _marked(quote, wording.text, room - cells(tail)) + tail
    return _Item(head, words, Target(shown.key, place, source_ids(wording.sources)))


def _quoted(view: View, quote: Quote, room: int) -> str:
    """`“Words” — speaker`, and what sort of words if they are not the speaker's."""
    tail = f" — {clipped(view.actor_name(quote.speaker), _LONGEST_NAME)}"
    tail += "" if quote.kind == "direct" else f" ({quote.kind})"
    return _marked(quote, quote.text, room - cells(tail)) + tail


def _marked(quote: Quote, text: str, room: int) -> str:
    """Words of a quote in at most `room` cells."""
    return quoted(quote.kind, clipped(one_line(text), max(room - 4, _FEWEST)))


def _claimed(view: View, claim: Claim, room: int) -> str:
    """`Question? value — actor`."""
    topic = view.topic(claim.about)
    value = clipped(claim_in_words(view, claim), 2 * _FEWEST)
    tail = f" {value} — {clipped(view.actor_name(claim.by), _LONGEST_NAME)}"
    question = one_line(topic.question if topic else claim.about)
    return clipped(question, max(room - cells(tail) - 2, _FEWEST)) + tail


def _told(change: Change, shown: Record, whole: Record) -> str | None:
    """The fields that changed, as they are called in the file; None if none of them is to be shown whole."""
    fields = [name for name in change.fields if getattr(shown, name) == getattr(whole, name)]
    if not fields:
        return None if change.fields else ""
    return f": {', '.join('other keys' if name == 'extra' else name for name in fields)}"


def _shown(view: View, key: int) -> _Shown:
    event, whole = view.event(key), view.whole_event(key)
    quotes = _places(whole.quotes, event.quotes, _of_quote)
    return _Shown(key, event, whole, quotes, _places(whole.claims, event.claims, _of_claim))


_Part = TypeVar("_Part")


def _places(
    whole: Sequence[_Part], shown: Sequence[_Part], mark: Callable[[_Part], object]
) -> dict[int, int]:
    """Where each of the `whole` is in what is shown of it: the same order, with some left out."""
    if len(whole) == len(shown):
        return {place: place for place in range(len(whole))}
    found: dict[int, int] = {}
    left = iter(enumerate(whole))
    for place, part in enumerate(shown):
        wanted = mark(part)
        number = next((number for number, other in left if mark(other) == wanted), None)
        if number is not None:
            found[number] = place
    return found


def _of_quote(quote: Quote) -> object:
    return quote.line, quote.column, quote.speaker, quote.text


def _of_claim(claim: Claim) -> object:
    return claim.line, claim.column, claim.about, claim.by, claim.value


def _of_wording(wording: Wording) -> object:
    return wording.line, wording.column, wording.text
