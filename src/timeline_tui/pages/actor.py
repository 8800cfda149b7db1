"""An actor's own page: who it is, when it is heard, with whom, what it says; and a line for every actor."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.silences import silence_in_words, silence_of, silence_reference
from timeline_tui.answers.statements import claim_in_words, quotation_marks, source_ids
from timeline_tui.dates.wording import span_in_words
from timeline_tui.drawing.lines import BLANK, Line, Span, Target, count_of, line, paragraph
from timeline_tui.pages.page import Page
from timeline_tui.text.cells import cells, clipped, padded, wrapped
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.drawing.lines import Part
    from timeline_tui.model.records import Actor, Claim, Event, Quote
    from timeline_tui.timeline.view import View

_BARS = " ▁▂▃▄▅▆▇█"
_MOST_BARS = 100
_MOST_EVENTS = 300
"""Events that are read whole; where there are more, the last ones are."""
_MOST_LINES = 200
_COMPANY = 10
_SPELLINGS = 40
_LONGEST = 2_000
"""Characters of a text that are looked at."""
_LONGEST_DATE = 24
_LEAST_WORDS = 30
"""Cells without which words get a line of their own."""
_LONGEST_NAME = 30
_UNUSUAL = "(unusually long)"


class _Said(NamedTuple):
    date: str
    text: str
    """Opened by a quotation mark, or by what it is instead of the very words."""
    closing: str
    """The quotation mark that stands after it, also where it is cut."""
    part: Part
    target: Target


def actor_page(view: View, actor_id: str, width: int) -> Page:
    """What the events of a view say of an actor; of one whom the file does not describe, too."""
    keys: Sequence[int] = view.keys_with("actor", actor_id)
    lines = list(_who(view, actor_id, width))
    if keys:
        lines += _silence(view, actor_id, width)
        lines += _activity(view, keys, width)
        lines += _company(view, actor_id, keys, width)
        lines += _quotes(view, actor_id, width)
        lines += _claims(view, actor_id, keys, width)
    else:
        known = "" if view.known_on is None else f", as known on {view.day_in_words(view.known_on)}"
        absence = view.nothing_known or f"in none of these events{known}"
        lines += [BLANK, *paragraph(absence, width, "faint")]
    return Page(clipped(view.actor_name(actor_id), width), tuple(lines))


def all_actors(view: View, width: int) -> Iterator[Line]:
    """For each actor of the events of a view how many they are, and when it was last heard."""
    account = silence_reference(view)
    if account.is_over:
        day = view.day_in_words(account.reference)
        yield from paragraph(
            f"Silences are measured from {day}, the last day of the account.", width, "faint"
        )
        yield BLANK
    room = min(_LONGEST_NAME, width // 3)
    for actor in view.actors():
        count = len(view.keys_with("actor", actor.id))
        if not count:
            continue
        silence = silence_of(view, actor.id, account)
        said = silence_in_words(silence, end_is_said=True) if silence else "still to come"
        part: Part = "detail"
        if silence and silence.is_unusual:
            said, part = f"{said} {_UNUSUAL}", "doubt"
        number = f"{count:>7,}  "
        first, *others = wrapped(said, width - room - len(number))
        spans = Span(padded(actor.name, room), "name"), Span(number, "figure"), Span(first, part)
        yield Line(spans, (Target(choice=actor.id),))
        for other in others:
            yield line(f"{' ' * (room + len(number))}{other}", part)


def _who(view: View, actor_id: str, width: int) -> Iterator[Line]:
    actor = view.actor(actor_id)
    if actor is None:
        yield from paragraph("The file names this actor and does not describe it.", width, "faint")
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


def _facts(view: View, actor: Actor) -> Iterator[str]:
    for fact in (actor.kind, actor.role):
        if fact:
            yield one_line(_start(fact))
    if actor.of and not actor.roles:
        yield f"of {_start(view.actor_name(actor.of))}"


def _silence(view: View, actor_id: str, width: int) -> Iterator[Line]:
    yield BLANK
    found = silence_of(view, actor_id)
    if found is None:
        yield line("not heard until now", "faint")
        return
    said = f"{silence_in_words(found)} {_UNUSUAL}" if found.is_unusual else silence_in_words(found)
    for text in wrapped(said, width):
        yield line(text, "doubt" if found.is_unusual else "text", Target(found.key))


def _activity(view: View, keys: Sequence[int], width: int) -> Iterator[Line]:
    """Bars over the time of the whole view, so that silences before and after show too."""
    first, last = view.span
    days = last - first + 1
    room = min(width, _MOST_BARS, days)
    # What began before all dates stands in the first bar.
    days_at = view.days_as_known()
    counts = Counter(min(max(days_at(key)[0] - first, 0) * room // days, room - 1) for key in keys)
    most = max(counts.values())
    yield BLANK
    yield line(count_of(len(keys), "event"), "heading")
    if room == 1:
        yield from paragraph(f"all on {view.day_in_words(first)}", width, "faint")
        return
    # Whatever there is has a bar, however low.
    bars = "".join(_BARS[-(-counts[place] * 8 // most)] for place in range(room))
    yield line(bars.rstrip(), "figure")
    ends = view.day_in_words(first), view.day_in_words(last)
    gap = room - cells("".join(ends))
    said = f"{ends[0]}{' ' * gap}{ends[1]}"
    for text in [said] if gap > 1 else wrapped(" to ".join(ends), width):
        yield line(text, "faint")
    span = span_in_words(max(days // room, 1))
    yield from paragraph(f"a bar is about {span}, the highest {count_of(most, 'event')}", width, "faint")


def _company(view: View, actor_id: str, keys: Sequence[int], width: int) -> Iterator[Line]:
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
        yield Line((Span(number, "figure"), Span(name, "name")), (Target(choice=id_),))
    if len(ranked) > _COMPANY:
        yield line(f"        and {len(ranked) - _COMPANY:,} more", "faint")


def _others(view: View, keys: Sequence[int]) -> Counter[str]:
    """In how many of these events each actor is, this one as well."""
    if len(keys) <= _MOST_EVENTS:
        return Counter(id_ for key in keys for id_ in _involved(view.event(key)))
    here = bytearray(view.total)
    for key in keys:
        here[key] = 1
    counts = Counter({id_: sum(map(here.__getitem__, theirs)) for id_, theirs in view.keys_by_actor()})
    return +counts


def _involved(event: Event) -> set[str]:
    """Who the index says is in an event."""
    found = {*event.actors, *event.by, *(claim.by for claim in event.claims)}
    return found.union(*((quote.speaker, *quote.to) for quote in event.quotes))


def _quotes(view: View, actor_id: str, width: int) -> Iterator[Line]:
    keys = view.chronological(view.keys_with("speaker", actor_id))
    quotes = (
        _quoted(view, key, number, quote, event)
        for key in reversed(keys[-_MOST_EVENTS:])
        for event in (view.event(key),)
        for number, quote in enumerate(event.quotes)
        if quote.speaker == actor_id
    )
    yield from _listed("quote", quotes, len(keys), width)


def _claims(view: View, actor_id: str, keys: Sequence[int], width: int) -> Iterator[Line]:
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


def _quoted(view: View, key: int, number: int, quote: Quote, event: Event) -> _Said:
    opening, closing = quotation_marks(quote.kind)
    text = f"{'' if quote.kind == 'direct' else f'{quote.kind}: '}{opening}{one_line(_start(quote.text))}"
    part: Part = "words" if quote.kind == "direct" else "doubt"
    target = Target(key, number, source_ids(quote.sources))
    return _Said(view.date_in_words(quote.date or event.date), text, closing, part, target)


def _claimed(view: View, key: int, number: int, claim: Claim, event: Event) -> _Said:
    topic = view.topic(claim.about)
    value = claim_in_words(view, claim, _LONGEST)
    question = one_line(_start(topic.question) if topic else claim.about)
    date = view.date_in_words(claim.date or event.date)
    # The answer first: what does not fit is the end of the question.
    return _Said(
        date,
        f"{value} — {question}",
        "",
        "figure",
        Target(key, sources=source_ids(claim.sources), claim=number),
    )


def _listed(what: str, things: Iterator[_Said], events: int, width: int) -> Iterator[Line]:
    """Lines with aligned dates, the latest first, and what is left out.

    Args:
        what: `quote` or `claim`.
        things: Those of the last `_MOST_EVENTS` events.
        events: How many events there are in all.
        width: In cells.
    """
    said = list(islice(things, _MOST_LINES))
    more, unread = sum(1 for _ in things), max(events - _MOST_EVENTS, 0)
    if not said and not unread:
        return
    number = len(said) + more
    title = count_of(number, what)
    if unread:
        title += f" in the last {_MOST_EVENTS} of {events:,} events with {what}s"
    yield BLANK
    yield from paragraph(f"{title}, the latest first" if number > 1 else title, width, "heading")
    room = min(_LONGEST_DATE, max((cells(each.date) for each in said), default=0))
    for each in said:
        yield from _said(each, room, width)
    if more:
        yield line(f"and {more:,} more", "faint")


def _said(said: _Said, room: int, width: int) -> Iterator[Line]:
    """A line with the date in `room` cells, two where that would leave too few for the words."""
    left = width - room - 2
    date = padded(said.date, room) + "  "
    if left < _LEAST_WORDS:
        yield line(date.rstrip(), "detail")
        date, left = "  ", width - 2
    text = clipped(said.text, left - cells(said.closing)) + said.closing
    yield Line((Span(date, "detail"), Span(text, said.part)), (said.target,))


def _start(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
