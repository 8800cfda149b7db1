"""Prepares events for the index: encodes them, folds their texts for search and sorts them into facets.

This is most of the work of indexing. It needs only the events and the header, so several processes can do it
at the same time.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from timeline_tui.dates.date import Date, reached_by
from timeline_tui.model.fingerprints import event_fingerprint
from timeline_tui.model.histories import parts_of
from timeline_tui.model.known_on import disclosures, publication_days
from timeline_tui.text.sanitize import syllable_pairs, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.model.records import Claim, Event, Header, Place, Quote, Wording

# Put between texts, so that no phrase matches across two of them; it is not a word of any text.
_BOUNDARY = " ¶ "
_MARK = "\x01"

_HAS_FIELDS = ("text", "outcome", "place", "tags", "actors", "quotes", "claims", "links")


class Entries(msgspec.Struct, array_like=True):
    """A run of events prepared for the index, column by column; offsets count within the run."""

    ids: list[str]
    bodies: list[bytes]
    """Records in MessagePack, dates as EDTF."""
    texts: list[str]
    """The results of `searchable()`."""
    moments: tuple[list[int], list[int], list[int], list[int]]
    """The four parts of `Date.key`."""
    days: tuple[list[int], list[int]]
    """The first and last day of each event, as written."""
    reached: list[int]
    """The results of `reached_by()`."""
    prints: list[bytes]
    """The results of `event_fingerprint()`."""
    lines: list[int]
    facets: list[tuple[str, str, list[int]]]
    """Field of the search language, value, and the offsets of the events that it finds."""
    links: list[tuple[int, str, str]]
    """The offset of the origin, the relation and the id of the target."""
    disclosures: list[tuple[str, int, list[int]]]
    """What became known (a `DisclosureKind`), the day, and the events' offsets, repeated for each time."""


class HeaderFacts(NamedTuple):
    """What preparing an event needs of its sources and places, by their ids."""

    languages: dict[str, str]
    publishers: dict[str, str]
    days: dict[str, int]
    """The result of `publication_days()`."""
    places: dict[str, tuple[str, ...]]
    """The name of a place and those of the places that it is within."""


def header_facts(header: Header) -> HeaderFacts:
    """What preparing events needs of a header."""
    sources, places = header.sources, header.places
    return HeaderFacts(
        {id_: source.language for id_, source in sources.items()},
        {id_: source.publisher for id_, source in sources.items()},
        publication_days(sources),
        {id_: tuple(places[each].name for each in _containers(places, id_)) for id_ in places},
    )


def _containers(places: Mapping[str, Place], id_: str) -> Iterator[str]:
    """The ids of a place and of those that it is within, each once."""
    met: set[str] = set()
    while id_ in places and id_ not in met:
        met.add(id_)
        yield id_
        id_ = places[id_].within


def entries_of(events: Sequence[Event], cited: HeaderFacts) -> Entries:
    """Prepare events for the index."""
    encode = msgspec.msgpack.Encoder(enc_hook=date_as_text).encode
    first_days, first_times, last_days, last_times = zip(*[event.date.key for event in events], strict=True)
    return Entries(
        [event.id for event in events],
        [encode(event) for event in events],
        [searchable(_texts(event)) for event in events],
        (list(first_days), list(first_times), list(last_days), list(last_times)),
        ([event.date.earliest for event in events], [event.date.latest for event in events]),
        [reached_by(event.date) for event in events],
        [event_fingerprint(event) for event in events],
        [event.line for event in events],
        _facets(events, cited),
        [
            (offset, relation, target)
            for offset, event in enumerate(events)
            for relation, targets in event.links.items()
            for target in targets
        ],
        _disclosures(events, cited),
    )


def searchable(texts: Iterable[str]) -> str:
    """Texts for the full-text table: words in ASCII or folded, with boundaries between texts.

    These are the words of `sanitize.words()`, as in queries, and then those of `sanitize.syllable_pairs()`.
    """
    joined = f" {_MARK} ".join(filter(None, texts))
    if not joined.isascii():
        together = syllable_pairs(joined)
        joined = " ".join([chunk if chunk.isascii() else _folded_chunk(chunk) for chunk in joined.split()])
        joined = f" {_MARK} ".join([joined, *together])
    return joined.replace(_MARK, _BOUNDARY)


def date_as_text(value: object) -> str:
    """An `enc_hook` of msgspec: dates are encoded as EDTF."""
    if isinstance(value, Date):
        return value.text
    raise NotImplementedError(type(value))


@lru_cache(maxsize=65_536)
def _folded_chunk(chunk: str) -> str:
    return " ".join(words(chunk))


def _texts(event: Event) -> Iterator[str]:
    yield from (event.title, event.text, event.outcome, event.place)
    yield from _histories(event)
    for quote in event.quotes:
        yield from (quote.text, quote.note)
        yield from (entry.note for entry in quote.statuses)
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


def _disclosures(events: Sequence[Event], cited: HeaderFacts) -> list[tuple[str, int, list[int]]]:
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for offset, event in enumerate(events):
        for day, kind in disclosures(event, cited.days):
            found[kind, day].append(offset)
    return [(kind, day, offsets) for (kind, day), offsets in found.items()]


def _facets(events: Sequence[Event], cited: HeaderFacts) -> list[tuple[str, str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for offset, event in enumerate(events):
        for field, values in _values(event, cited):
            held = found[field]
            for value in values:
                held[value].append(offset)
    return [(field, value, offsets) for field, held in found.items() for value, offsets in held.items()]


def _values(event: Event, of_sources: HeaderFacts) -> Iterator[tuple[str, Iterable[str]]]:
    """The values of an event by field of the search language, each once; empty values are ignored."""
    quotes, claims = event.quotes, event.claims
    cited = {citation.id for part in parts_of(event) for citation in part.sources}
    actors = {*event.actors, *event.by}
    records: tuple[Event | Quote | Claim, ...] = (event, *quotes, *claims)
    for held in records:
        actors.update(id_ for entry in held.statuses for id_ in entry.by)
    spoken: set[str] = set()
    if quotes:
        wordings = [wording for quote in quotes for wording in quote.wordings]
        utterances: list[Quote | Wording] = [*quotes, *wordings]
        spoken = {utterance.language for utterance in utterances}
        speakers = {quote.speaker for quote in quotes}
        actors.update(speakers, *(quote.to for quote in quotes))
        yield "speaker", speakers
        if wordings:
            yield "has", ("wordings",)
    if claims:
        actors.update(claim.by for claim in claims)
        yield "topic", {claim.about for claim in claims}
    if cited:
        yield "source", cited
        yield "has", ("sources",)
        yield "publisher", {of_sources.publishers.get(id_, "") for id_ in cited}
    yield "language", spoken.union([of_sources.languages.get(id_, "") for id_ in cited])
    yield "status", (event.status,)
    yield "kind", (event.kind,)
    yield "place", _places(event, of_sources.places)
    yield "tag", set(event.tags)
    yield "actor", actors
    yield "has", [name for name in _HAS_FIELDS if getattr(event, name)]


def _places(event: Event, known: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Where an event was: its places by name, and those that they lie within."""
    if not event.places and event.place not in known:
        return (event.place,)
    named = (name for place in (event.place, *event.places) for name in known.get(place, (place,)))
    return dict.fromkeys(named)
