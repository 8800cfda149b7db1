"""The page of an actor: who they are, when and with whom they appear, what they say; a list of all actors."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.silences import silence_in_brief, silence_in_words, silence_of, silence_reference
from timeline_tui.answers.statements import claim_in_words, question_of, quotation_marks, source_ids
from timeline_tui.dates.wording import span_in_words
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.drawing.symbols import bars
from timeline_tui.model.support import State
from timeline_tui.pages.page import Page
from timeline_tui.query.language import Query
from timeline_tui.text.cells import cells, clipped, padded, wrapped
from timeline_tui.text.sanitize import one_line, visible
from timeline_tui.timeline.signs import FALLEN, STATUS_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Actor, Claim, Event, Quote
    from timeline_tui.model.support import Path
    from timeline_tui.timeline.protocol import TimelineView

_MOST_BARS = 100
_MOST_EVENTS = 300
"""Number of events that are read in full; the last ones, if there are more."""
_MOST_LINES = 200
_COMPANY = 10
_SPELLINGS = 40
_LONGEST = 2_000
"""Number of characters of a text that are shown at most."""
_LONGEST_DATE = 24
_LEAST_WORDS = 30
"""Width in cells that words need beside a date; with less they get a line of their own."""
_LONGEST_NAME = 30


class _Statement(NamedTuple):
    """An event, a quote or a claim of the actor."""

    date: str
    text: str
    """With an opening quotation mark, or with the kind of quote in front."""
    closing: str
    """The closing quotation mark, which is kept when the text is cut; empty for none."""
    part: Part
    target: Target


def actor_page(view: TimelineView, actor_id: str, width: int) -> Page:
    """What the events of a view say about an actor, who need not be described in the file."""
    keys: Sequence[int] = view.keys_with("actor", actor_id)
    lines = list(_who(view, actor_id, width))
    if keys:
        lines += _silence(view, actor_id, width)
        lines += _activity(view, actor_id, keys, width)
        lines += _company(view, actor_id, keys, width)
        lines += _events(view, keys, width)
        lines += _quotes(view, actor_id, width)
        lines += _claims(view, actor_id, keys, width)
    else:
        known = "" if view.known_on is None else f", as known on {view.day_in_words(view.known_on)}"
        absence = view.nothing_known or f"in none of these events{known}"
        lines += [BLANK, *paragraph(absence, width, "faint")]
    return Page(clipped(view.actor_name(actor_id), width), tuple(lines))


def all_actors(view: TimelineView, width: int) -> Iterator[Line]:
    """A line for each actor in the events of a view: number of events, and how long they have been silent."""
    reference = silence_reference(view)
    if reference.is_over:
        day = view.day_in_words(reference.reference)
        yield from paragraph(f"Silences are counted to {day}, the last day of the story.", width, "faint")
        yield BLANK
    room = min(_LONGEST_NAME, width // 3)
    for actor in view.actors():
        count = len(view.keys_with("actor", actor.id))
        if not count:
            continue
        silence = silence_of(view, actor.id, reference)
        words = silence_in_brief(silence) if silence else "still to come"
        part: Part = "doubt" if silence and silence.is_unusual else "detail"
        number = f"{count:>7,}  "
        first, *others = wrapped(words, width - room - len(number))
        spans = Span(padded(actor.name, room), "name"), Span(number, "figure"), Span(first, part)
        yield Line(spans, (Target(leads="actor", id=actor.id),))
        for other in others:
            yield line(f"{' ' * (room + len(number))}{other}", part)


def _who(view: TimelineView, actor_id: str, width: int) -> Iterator[Line]:
    actor = view.actor(actor_id)
    if actor is None:
        yield from paragraph("The file names this actor but does not describe them.", width, "faint")
        return
    yield from paragraph(" · ".join(_facts(view, actor)), width, "detail")
    spellings = [one_line(_start(alias)) for alias in actor.aliases[:_SPELLINGS]]
    if len(actor.aliases) > _SPELLINGS:
        spellings.append(f"and {len(actor.aliases) - _SPELLINGS:,} more spellings")
    if spellings:
        yield from paragraph(f"also written {', '.join(spellings)}", width, "detail")
    if actor.description:
        yield BLANK
        yield from paragraph(visible(_start(actor.description)).strip(), width, "text")


def _facts(view: TimelineView, actor: Actor) -> Iterator[str]:
    for fact in (actor.kind, actor.role):
        if fact:
            yield one_line(_start(fact))
    if actor.of and not actor.roles:
        yield f"of {_start(view.actor_name(actor.of))}"


def _silence(view: TimelineView, actor_id: str, width: int) -> Iterator[Line]:
    yield BLANK
    found = silence_of(view, actor_id)
    if found is None:
        yield line("not seen so far", "faint")
        return
    for text in wrapped(silence_in_words(found), width):
        yield line(text, "doubt" if found.is_unusual else "text", Target(found.key))


def _activity(view: TimelineView, actor_id: str, keys: Sequence[int], width: int) -> Iterator[Line]:
    """Bars over the period of the whole view, so that silences before and after are visible too."""
    first, last = view.span
    days = last - first + 1
    room = min(width, _MOST_BARS, days)
    # An event without a beginning counts in the first bar.
    days_at = view.days_as_known()
    counts = Counter(min(max(days_at(key)[0] - first, 0) * room // days, room - 1) for key in keys)
    alone = Target(leads="filter", id=str(Query().with_term("actor", actor_id)))
    yield BLANK
    yield line(count_of(len(keys), "event"), "heading", alone)
    if room == 1:
        yield from paragraph(f"all on {view.day_in_words(first)}", width, "faint")
        return
    yield line(bars([counts[cell] for cell in range(room)]).rstrip(), "figure")
    ends = view.day_in_words(first), view.day_in_words(last)
    gap = room - cells("".join(ends))
    apart = f"{ends[0]}{' ' * gap}{ends[1]}"
    for text in [apart] if gap > 1 else wrapped(" to ".join(ends), width):
        yield line(text, "faint")
    span = span_in_words(max(days // room, 1))
    yield from paragraph(
        f"each bar is about {span}, the highest has {count_of(max(counts.values()), 'event')}", width, "faint"
    )


def _company(view: TimelineView, actor_id: str, keys: Sequence[int], width: int) -> Iterator[Line]:
    counts = _others(view, keys)
    counts.pop(actor_id, None)
    if not counts:
        return
    yield BLANK
    yield line("appears with", "heading")
    ranked = sorted((-count, view.actor_name(id_).casefold(), id_) for id_, count in counts.items())
    for count, _, id_ in ranked[:_COMPANY]:
        number = f"{-count:>6,}  "
        name = clipped(view.actor_name(id_), width - len(number))
        yield Line((Span(number, "figure"), Span(name, "name")), (Target(leads="actor", id=id_),))
    if len(ranked) > _COMPANY:
        yield line(f"        and {len(ranked) - _COMPANY:,} more", "faint")


def _others(view: TimelineView, keys: Sequence[int]) -> Counter[str]:
    """The number of these events that each actor is in, including the actor of the page."""
    if len(keys) <= _MOST_EVENTS:
        return Counter(id_ for key in keys for id_ in _involved(view.event(key)))
    here = bytearray(view.total)
    for key in keys:
        here[key] = 1
    counts = Counter({id_: sum(map(here.__getitem__, theirs)) for id_, theirs in view.keys_by_actor()})
    return +counts


def _involved(event: Event) -> set[str]:
    """The actors that the index counts as being in an event."""
    found = {*event.actors, *event.by, *(claim.by for claim in event.claims)}
    records: tuple[Event | Quote | Claim, ...] = (event, *event.quotes, *event.claims)
    for record in records:
        found.update(id_ for entry in record.statuses for id_ in entry.by)
    return found.union(*((quote.speaker, *quote.to) for quote in event.quotes))


def _events(view: TimelineView, keys: Sequence[int], width: int) -> Iterator[Line]:
    chronological = view.chronological(keys)
    events = (_event(view, key) for key in reversed(chronological[-_MOST_EVENTS:]))
    yield from _listed("event", events, len(chronological), width)


def _event(view: TimelineView, key: int) -> _Statement:
    place = view.position_of(key)
    (row,) = view.rows(place, place + 1)
    sign = FALLEN if row.is_fallen else STATUS_SIGNS.get(row.status, "")
    date = view.date_in_words(row.date)
    return _Statement(
        date, f"{sign} {row.title}".lstrip(), "", "fallen" if row.is_fallen else "text", Target(key)
    )


def _quotes(view: TimelineView, actor_id: str, width: int) -> Iterator[Line]:
    keys = view.chronological(view.keys_with("speaker", actor_id))
    quotes = (
        _quoted(view, key, number, quote, event)
        for key in reversed(keys[-_MOST_EVENTS:])
        for event in (view.event(key),)
        for number, quote in enumerate(event.quotes)
        if quote.speaker == actor_id
    )
    yield from _listed("quote", quotes, len(keys), width)


def _claims(view: TimelineView, actor_id: str, keys: Sequence[int], width: int) -> Iterator[Line]:
    claiming: set[int] = set(view.keys_with("has", "claims")) if keys else set()
    among = view.chronological([key for key in keys if key in claiming])
    claims = (
        _claimed(view, key, number, claim, event)
        for key in reversed(among[-_MOST_EVENTS:])
        for event in (view.event(key),)
        for number, claim in enumerate(event.claims)
        if claim.by == actor_id
    )
    yield from _listed("claim", claims, len(among), width)


def _quoted(view: TimelineView, key: int, number: int, quote: Quote, event: Event) -> _Statement:
    opening, closing = quotation_marks(quote.kind)
    text = f"{'' if quote.kind == 'direct' else f'{quote.kind}: '}{opening}{one_line(_start(quote.text))}"
    part: Part = "words" if quote.kind == "direct" else "doubt"
    target = Target(key, number, source_ids(quote.sources))
    said = _Statement(view.date_in_words(quote.date or event.date), text, closing, part, target)
    return _marked(view, said, ("quotes", number), quote.status)


def _claimed(view: TimelineView, key: int, number: int, claim: Claim, event: Event) -> _Statement:
    value = claim_in_words(view, claim, _LONGEST)
    question = question_of(view, claim.about, _LONGEST)
    date = view.date_in_words(claim.date or event.date)
    # The answer comes first, so that the end of the question is cut if there is no room.
    target = Target(key, sources=source_ids(claim.sources), claim=number)
    said = _Statement(date, f"{value} — {question}", "", "figure", target)
    return _marked(view, said, ("claims", number), claim.status)


def _marked(view: TimelineView, statement: _Statement, path: Path, status: str | None) -> _Statement:
    """A statement that is struck if it has fallen or was withdrawn."""
    if view.gone and view.support(statement.target.key)[path].state is State.FALLEN:
        return statement._replace(text=f"{FALLEN} {statement.text}", part="fallen")
    return statement._replace(part="fallen") if status == "withdrawn" else statement


def _listed(what: str, statements: Iterator[_Statement], events: int, width: int) -> Iterator[Line]:
    """Lines with aligned dates, the latest first, and the number of statements left out.

    Args:
        what: `event`, `quote` or `claim`.
        statements: Those of the last `_MOST_EVENTS` events.
        events: Number of events with such statements in all.
        width: In cells.
    """
    shown = list(islice(statements, _MOST_LINES))
    more, unread = sum(1 for _ in statements), max(events - _MOST_EVENTS, 0)
    if not shown and not unread:
        return
    number = len(shown) + more
    title = count_of(number, what)
    if unread:
        these = "events" if what == "event" else f"events with {what}s"
        title += f" in the last {_MOST_EVENTS} of {events:,} {these}"
    yield BLANK
    yield from paragraph(f"{title}, the latest first" if number > 1 else title, width, "heading")
    room = min(_LONGEST_DATE, max((cells(each.date) for each in shown), default=0))
    for each in shown:
        yield from _statement(each, room, width)
    if more:
        yield line(f"and {more:,} more", "faint")


def _statement(statement: _Statement, room: int, width: int) -> Iterator[Line]:
    """A line with the date in `room` cells; two lines if that leaves too little room for the words."""
    left = width - room - 2
    date = padded(statement.date, room) + "  "
    if left < _LEAST_WORDS:
        yield line(date.rstrip(), "detail")
        date, left = "  ", width - 2
    text = clipped(statement.text, left - cells(statement.closing)) + statement.closing
    yield Line((Span(date, "detail"), Span(text, statement.part)), (statement.target,))


def _start(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
