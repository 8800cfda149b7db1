"""Prepares events for the index: encodes them, folds their texts for search and sorts them into facets.

This is most of the work of indexing. It needs only the events and the header, so several processes can do it
at the same time.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from timeline_tui.dates.date import Date, Precision, reached_by
from timeline_tui.index.changes import Changes, Posting, RestingKind
from timeline_tui.index.columns import BLOCK, RUN
from timeline_tui.index.searched import file_of, hour_of, ids_of, places_of, said_to, searchable, second_of
from timeline_tui.index.support_columns import Grounds, NotedStatus
from timeline_tui.model.fingerprints import event_fingerprint
from timeline_tui.model.histories import parts_of
from timeline_tui.query.language import IS, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.index.searched import HeaderFacts
    from timeline_tui.model.records import Citation, Claim, Event, Quote, Wording

_QUICKLY = 1
"""The level of compression that takes the least time."""
_HAS_FIELDS = (
    "text", "outcome", "place", "tags", "actors", "quotes", "claims", "links", "statuses", "updates", "media",
)  # fmt: skip
_has = attrgetter(*_HAS_FIELDS)


class Entries(msgspec.Struct, array_like=True):
    """A run of events prepared for the index, column by column; offsets count within the run.

    Spans of days go from one day to before another; `END` where nothing ends them.
    """

    ids: list[str]
    runs: list[tuple[int, bytes, bytes]]
    """`RUN` events at a time: the offset of the first, their records, and their `event_fingerprint()`."""
    texts: list[str]
    """The results of `searchable()`."""
    moments: tuple[list[int], list[int], list[int], list[int]]
    """The four parts of `Date.key`."""
    days: tuple[list[int], list[int]]
    """The first and last day of each event, as written."""
    reached: list[int]
    """The results of `reached_by()`."""
    lines: list[int]
    facets: list[tuple[str, str, list[int]]]
    """Field of the search language, value, and the offsets of the events that it finds; none of a value that
    no event has any more."""
    links: list[tuple[int, str, str]]
    """The offset of the origin, the relation and the id of the target."""
    disclosures: list[tuple[str, int, list[int]]]
    """What became known (a `DisclosureKind`), the day, and the events' offsets, repeated for each time."""
    known: list[int] = []
    """The day from which each event is known."""
    settled: list[tuple[int, int]] = []
    """The offset of each event of which more became known later, and the last day on which something did."""
    dates: list[tuple[int, int, int, str]] = []
    """Dates that events had before the one that stands now: offset, first day, day after, EDTF."""
    passages: list[tuple[int, int, int, str]] = []
    """All texts of each event of which some text is not known on all days: offset, first day, day after, and
    the result of `searchable()`."""
    spells: list[tuple[str, str, bool, list[Posting]]] = []
    """Where a field differs from `facets` on days on which its events are known: field, folded value, whether
    the events have it then or do not, and when."""
    support: list[tuple[Grounds, RestingKind, list[int], list[Posting]]] = []
    """What statements rest on, their kind, the offsets of the events of those that last as long as these, and
    the others with their days."""
    statuses: list[NotedStatus] = []
    """The statuses of each event that has one with sources, and of each quote and claim that somebody
    withdrew, the oldest first: offset, holder, status, what it rests on, first day, day after. `AHEAD` on the
    days on which the event was known to be still to come."""
    times: list[tuple[int, int]] = []
    """The offset of each event with a time of day, and the result of `second_of()`."""


def entries_of(events: Sequence[Event], cited: HeaderFacts) -> Entries:
    """Prepare events for the index."""
    first_days, first_times, last_days, last_times = zip(*[event.date.key for event in events], strict=True)
    changes = Changes(cited)
    for offset, event in enumerate(events):
        changes.add(offset, event)
    return Entries(
        [event.id for event in events],
        [_run(start, events[start : start + RUN]) for start in range(0, len(events), RUN)],
        [searchable(_few_texts(event) if _is_plain(event) else texts_of(event)) for event in events],
        (list(first_days), list(first_times), list(last_days), list(last_times)),
        ([event.date.earliest for event in events], [event.date.latest for event in events]),
        [reached_by(event.date) for event in events],
        [event.line for event in events],
        [*_facets(events, cited), *((field, spelling, []) for (field, _), spelling in changes.past.items())],
        [
            (offset, relation, target)
            for offset, event in enumerate(events)
            for relation, targets in event.links.items()
            for target in targets
        ],
        *changes.columns(),
        times=[
            (offset, second) for offset, event in enumerate(events) if (second := second_of(event.date)) >= 0
        ],
    )


def _run(start: int, events: Sequence[Event]) -> tuple[int, bytes, bytes]:
    """A run of events from an offset on, as in `Entries`."""
    blocks = [_squeezed(events[place : place + BLOCK]) for place in range(0, len(events), BLOCK)]
    return start, _PLAIN.encode(blocks), _squeezed([event_fingerprint(event) for event in events])


def _squeezed(values: Sequence[object]) -> bytes:
    """A list in MessagePack, compressed; `summaries.unsqueezed()` gives it back."""
    return zlib.compress(_PLAIN.encode(values), _QUICKLY)


def packed_ids(ids: Sequence[str]) -> bytes:
    """The ids of a run of events."""
    return _squeezed(ids)


def date_as_text(value: object) -> str:
    """An `enc_hook` of msgspec: dates are encoded as EDTF."""
    if isinstance(value, Date):
        return value.text
    raise NotImplementedError(type(value))


_Found: TypeAlias = dict[str, dict[str, list[int]]]
"""Offsets of events by field of the search language and value."""
_PLAIN = msgspec.msgpack.Encoder(enc_hook=date_as_text)


def texts_of(event: Event) -> Iterator[str]:
    """The texts of an event that are searched; some may come twice."""
    yield from (event.title, event.text, event.outcome, event.place)
    if event.updates or event.outcomes or event.statuses or event.media:
        yield from _histories(event)
    for quote in event.quotes:
        yield quote.text
        yield quote.note
        for entry in quote.statuses:
            yield entry.note
        for wording in quote.wordings:
            yield from (wording.text, wording.note)
    for claim in event.claims:
        yield claim.note
        yield from (entry.note for entry in claim.statuses)


def _histories(event: Event) -> Iterator[str]:
    """What an event was called and said to be, beside what stands now."""
    if event.before_updates is not None:
        yield from filter(
            None, (event.before_updates.title, event.before_updates.place, event.before_updates.outcome)
        )
    for update in event.updates:
        yield from (update.text, update.title, update.place, update.outcome)
    yield from (outcome.text for outcome in event.outcomes)
    yield from (entry.note for entry in event.statuses)
    yield from (media.caption for media in event.media)


def _facets(events: Sequence[Event], cited: HeaderFacts) -> list[tuple[str, str, list[int]]]:
    found: _Found = defaultdict(lambda: defaultdict(list))
    knows_sources = any(cited.languages.values()) or any(cited.publishers.values())
    if not knows_sources and all(_is_plain(event) and not event.by and not event.places for event in events):
        _add_few_values(events, cited, found)
    else:
        for offset, event in enumerate(events):
            for field, values in values_of(event, cited):
                held = found[field]
                for value in values:
                    held[value].append(offset)
    return [(field, value, offsets) for field, held in found.items() for value, offsets in held.items()]


_parts = attrgetter("quotes", "claims", "statuses", "updates", "outcomes", "media")


def _is_plain(event: Event) -> bool:
    """Whether an event has neither statements nor a history: like nearly all that are not ours."""
    return not any(_parts(event))


def _few_texts(event: Event) -> tuple[str, ...]:
    """As `texts_of()`, for a plain event."""
    return event.title, event.text, event.outcome, event.place


def _add_few_values(events: Sequence[Event], of_sources: HeaderFacts, found: _Found) -> None:
    """Add what `values_of()` gives for plain events without `by` and `places`, field by field.

    Of their sources, the ids alone matter.
    """
    names = of_sources.places
    places = [event.place for event in events]
    _add_values([(event.status,) for event in events], found["status"])
    _add_values([(event.kind,) if event.kind else () for event in events], found["kind"])
    _add_values([names.get(place, (place,)) if place else () for place in places], found["place"])
    _add_values([(place,) if place in names else () for place in places], found["at"])
    _add_values([_ids(event.sources) if event.sources else () for event in events], found["source"])
    _add_values([set(event.tags) if event.tags else () for event in events], found["tag"])
    _add_values([event.actors for event in events], found["actor"])
    _add_values([(file,) if (file := file_of(event)) else () for event in events], found["file"])
    for offset, date in enumerate(event.date for event in events):
        if date.precision is Precision.TIME and (hour := hour_of(date)):
            found["hour"][hour].append(offset)
    for field in ("sources", *_HAS_FIELDS):
        if offsets := [offset for offset, value in enumerate(map(attrgetter(field), events)) if value]:
            found["has"][field] = offsets


def _ids(citations: Sequence[Citation]) -> Iterable[str]:
    return (citations[0].id,) if len(citations) == 1 else {citation.id for citation in citations}


def _add_values(column: Iterable[Iterable[str]], held: dict[str, list[int]]) -> None:
    for offset, values in enumerate(column):
        for value in values:
            held[value].append(offset)


def _cited(event: Event) -> set[str]:
    """The ids of all sources that an event and its parts cite."""
    return {citation.id for part in parts_of(event) if part.sources for citation in part.sources}


def values_of(event: Event, of_sources: HeaderFacts) -> Iterator[tuple[str, Iterable[str]]]:
    """The values of an event by field of the search language, each once; empty values are ignored."""
    quotes, claims = event.quotes, event.claims
    cited = _cited(event)
    said: tuple[Quote | Claim, ...] = (*quotes, *claims)
    actors = {*event.actors, *event.by}
    records: tuple[Event | Quote | Claim, ...] = (event, *said)
    for held in records:
        actors.update([id_ for entry in held.statuses for id_ in entry.by])
    spoken: set[str] = set()
    if quotes:
        wordings = [wording for quote in quotes for wording in quote.wordings]
        utterances: list[Quote | Wording] = [*quotes, *wordings]
        spoken = {utterance.language for utterance in utterances}
        speakers = {quote.speaker for quote in quotes}
        actors.update(speakers, *(quote.to for quote in quotes))
        yield "speaker", speakers
        yield "to", dict.fromkeys(value for quote in quotes for value in said_to(quote))
        if wordings:
            yield "has", ("wordings",)
            if any(wording.original for wording in wordings):
                yield "has", ("originals",)
    if claims:
        actors.update(claim.by for claim in claims)
        yield "topic", {claim.about for claim in claims}
    if cited:
        yield "source", cited
        yield "has", ("sources",)
        yield "publisher", {of_sources.publishers.get(id_, "") for id_ in cited}
        spoken.update([of_sources.languages.get(id_, "") for id_ in cited])
    yield "language", spoken
    yield "status", (event.status,)
    yield "kind", (event.kind,)
    if event.places:
        yield "place", places_of((event.place, *event.places), of_sources.places)
    else:
        yield "place", of_sources.places.get(event.place) or (event.place,)
    if event.place in of_sources.places or event.places:
        yield "at", ids_of((event.place, *event.places), of_sources.places)
    yield "tag", set(event.tags)
    yield "actor", actors
    yield "file", (file_of(event),)
    if hour := hour_of(event.date):
        yield "hour", (hour,)
    yield "has", compress(_HAS_FIELDS, _has(event))
    if not event.statuses and any(each.statuses for each in said):
        yield "has", ("statuses",)
    if any(each.status == WITHDRAWN for each in said):
        yield IS, (WITHDRAWN,)
