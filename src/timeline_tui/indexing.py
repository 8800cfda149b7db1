"""How records get into the index: sorted, encoded, folded, and counted into facets."""

from __future__ import annotations

from array import array
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec

from timeline_tui.dates import END, Date
from timeline_tui.edtf import bounds, moments
from timeline_tui.records import Header, Status
from timeline_tui.text import words
from timeline_tui.vocabulary import folded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.records import Event, Quote, Record, Wording

SCHEMA = "1"
"""Told apart from databases that another version of this program has made."""

IDENTIFIED = frozenset({"actor", "speaker", "source", "topic"})
"""Fields whose values are ids; those of the others are words, compared folded."""

# Stands between texts, so that no phrase is found across two of them; no text has it as a word.
_BOUNDARY = " ¶ "
_MARK = "\x01"


def fill(connection: sqlite3.Connection, header: Header, events: Iterable[Event]) -> None:
    """Create the tables in an empty database and fill them, in one transaction."""
    tables, _, indexes = Path(__file__).with_name("index.sql").read_text("utf-8").partition("-- filled")
    # A database half built is thrown away, so nothing is kept for undoing.
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;"
        f"PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN; {tables}"
    )
    ordered = sorted(events, key=lambda event: event.date.key)
    _fill_events(connection, ordered)
    _fill_register(connection, header)
    connection.executemany("INSERT INTO facet VALUES (?, ?, ?, ?)", _facets(header, ordered))
    connection.executemany("INSERT OR IGNORE INTO link VALUES (?, ?, ?)", _links(ordered))
    connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta(header, ordered))
    connection.execute("COMMIT")
    connection.executescript(f"--{indexes}; PRAGMA locking_mode = NORMAL;")


def searchable(texts: Iterable[str]) -> str:
    """Texts as the full-text table takes them: words in ASCII or folded, with boundaries between texts.

    It holds the words of `text.words()`, so that what is typed and what is searched always agree.
    """
    joined = f" {_MARK} ".join(filter(None, texts))
    if not joined.isascii():
        joined = " ".join([chunk if chunk.isascii() else _folded_chunk(chunk) for chunk in joined.split()])
    return joined.replace(_MARK, _BOUNDARY)


@lru_cache(maxsize=65_536)
def _folded_chunk(chunk: str) -> str:
    return " ".join(words(chunk))


def _fill_events(connection: sqlite3.Connection, events: Sequence[Event]) -> None:
    encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
    connection.executemany(
        "INSERT INTO event VALUES (?, ?, ?)",
        ((key, event.id, encode(event)) for key, event in enumerate(events)),
    )
    connection.executemany(
        "INSERT INTO words (rowid, text) VALUES (?, ?)",
        ((key, searchable(_texts(event))) for key, event in enumerate(events)),
    )


def _fill_register(connection: sqlite3.Connection, header: Header) -> None:
    encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
    registers: list[tuple[str, str, str, Record]] = [
        *(("actor", id_, actor.name, actor) for id_, actor in header.actors.items()),
        *(("source", id_, source.title, source) for id_, source in header.sources.items()),
        *(("topic", id_, topic.question, topic) for id_, topic in header.topics.items()),
    ]
    connection.executemany(
        "INSERT INTO register VALUES (?, ?, ?, ?, ?)",
        (
            (number, kind, id_, label, encode(record))
            for number, (kind, id_, label, record) in enumerate(registers)
        ),
    )
    connection.executemany(
        "INSERT INTO names (rowid, text) VALUES (?, ?)",
        (
            (number, searchable((actor.name, *actor.aliases)))
            for number, actor in enumerate(header.actors.values())
        ),
    )


def _meta(header: Header, events: Sequence[Event]) -> Iterator[tuple[str, object]]:
    encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
    yield "schema", SCHEMA
    yield "total", len(events)
    yield "title", header.title
    yield "header", encode(msgspec.structs.replace(header, sources={}, actors={}, topics={}))
    yield "earliest", array("q", [event.date.earliest for event in events]).tobytes()
    yield "latest", array("q", [event.date.latest for event in events]).tobytes()
    yield "lines", array("q", [event.line for event in events]).tobytes()
    yield "reached", array("q", [_reached(event.date) for event in events]).tobytes()


def _reached(date: Date) -> int:
    """The last day that a date may mean; of what goes on without an end, the last on which it may begin."""
    if date.latest != END:
        return date.latest
    return bounds(moments(date.form)[0]).latest


def _plain(value: object) -> str:
    if isinstance(value, Date):
        return value.text
    raise NotImplementedError(type(value))


def _texts(event: Event) -> Iterator[str]:
    yield from (event.title, event.text, event.outcome, event.place)
    for quote in event.quotes:
        yield from (quote.text, quote.note)
        for wording in quote.wordings:
            yield from (wording.text, wording.note)
    for claim in event.claims:
        yield claim.note


def _links(events: Sequence[Event]) -> Iterator[tuple[int, int, str]]:
    keys = {event.id: key for key, event in reversed(list(enumerate(events)))}
    for origin, event in enumerate(events):
        for relation, targets in event.links.items():
            yield from ((keys[target], origin, relation) for target in targets if target in keys)


def _facets(header: Header, events: Iterable[Event]) -> Iterator[tuple[str, str, str, bytes]]:
    languages = {id_: source.language for id_, source in header.sources.items()}
    keys: dict[str, dict[str, array[int]]] = defaultdict(lambda: defaultdict(lambda: array("I")))
    for key, event in enumerate(events):
        for field, values in _values(event, languages):
            held = keys[field]
            for value in values:
                held[value].append(key)
    for field, known in (("actor", header.actors), ("status", get_args(Status))):
        for value in known:
            keys[field].setdefault(value, array("I"))
    labels = _labels(header)
    for field, held in keys.items():
        for value, (label, packed) in _merged(field, held).items():
            yield field, value, labels.get((field, value), label), packed.tobytes()


def _merged(field: str, held: Mapping[str, array[int]]) -> dict[str, tuple[str, array[int]]]:
    """Label and keys by value, where the spellings of one word are one value."""
    if field in IDENTIFIED:
        return {id_: (id_, keys) for id_, keys in held.items()}
    merged: dict[str, tuple[str, array[int]]] = {}
    for spelling, keys in held.items():
        if spelling:
            value = folded(spelling)
            label, others = merged.get(value, (spelling, array("I")))
            merged[value] = label, array("I", sorted({*others, *keys})) if others else keys
    return merged


def _labels(header: Header) -> dict[tuple[str, str], str]:
    labels = {("source", id_): source.title for id_, source in header.sources.items()}
    labels |= {("topic", id_): topic.question for id_, topic in header.topics.items()}
    labels |= {
        (field, id_): actor.name for id_, actor in header.actors.items() for field in ("actor", "speaker")
    }
    return labels


def _values(event: Event, languages: Mapping[str, str]) -> Iterator[tuple[str, Iterable[str]]]:
    """What each field of the search language finds this event by, each once; empty ones count for nothing."""
    quotes, claims = event.quotes, event.claims
    cited = {citation.id for citation in event.sources}
    actors = {*event.actors, *event.by}
    spoken: set[str] = set()
    if quotes:
        wordings = [wording for quote in quotes for wording in quote.wordings]
        utterances: list[Quote | Wording] = [*quotes, *wordings]
        spoken = {utterance.language for utterance in utterances}
        cited.update(citation.id for utterance in utterances for citation in utterance.sources)
        speakers = {quote.speaker for quote in quotes}
        actors.update(speakers, *(quote.to for quote in quotes))
        yield "speaker", speakers
        if wordings:
            yield "has", ("wordings",)
    if claims:
        cited.update(citation.id for claim in claims for citation in claim.sources)
        actors.update(claim.by for claim in claims)
        yield "topic", {claim.about for claim in claims}
    if cited:
        yield "source", cited
        yield "has", ("sources",)
    yield "language", spoken.union([languages.get(id_, "") for id_ in cited])
    yield "status", (event.status,)
    yield "kind", (event.kind,)
    yield "place", (event.place,)
    yield "tag", set(event.tags)
    yield "actor", actors
    yield "has", [name for name in _HELD if getattr(event, name)]


_HELD = ("text", "outcome", "place", "tags", "actors", "quotes", "claims", "links")
