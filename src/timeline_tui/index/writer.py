"""Writes a timeline to a database: events as they are read, at the end what depends on their order."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from copy import copy
from itertools import accumulate, compress, count
from operator import lt
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, get_args

import msgspec

from timeline_tui.errors import TimelineError
from timeline_tui.index.columns import (
    CHUNK,
    NEVER,
    RUN,
    SCHEMA,
    check_of,
    chunks,
    keys_at,
    packed,
    run_lengths,
)
from timeline_tui.index.errors import DatabaseError
from timeline_tui.index.prepare import date_as_text, packed_ids
from timeline_tui.index.searched import searchable
from timeline_tui.index.summaries import ids_of
from timeline_tui.index.support_columns import Postings, RestingWriter
from timeline_tui.index.times import Times
from timeline_tui.model.known_on import publication_days
from timeline_tui.model.records import Status
from timeline_tui.model.support import origin_of
from timeline_tui.query.vocabulary import IDENTIFIED, folded
from timeline_tui.text.kept_texts import KeptTexts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.index.prepare import Entries
    from timeline_tui.model.records import Header, Record, Source


class IndexWriter:
    """Writes a timeline to a new database: `add()` its events in the order of the file, then `finish()`.

    Args:
        path: The database's file, which must not exist yet, or `:memory:`.
        most_bytes: What it may grow to; None for no limit.

    Raises:
        TimelineError: This Python's SQLite has no full-text search.
        DatabaseError: The database cannot be written.
    """

    def __init__(self, path: str = ":memory:", most_bytes: int | None = None) -> None:
        self.lines = array("q")
        """The line of the file where each event begins, by number."""
        self.firsts = array("q")
        """The first day of each event, by number."""
        self.lasts = array("q")
        """The last day of each event, by number."""
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._moments = (array("q"), array("q"), array("q"), array("q"))
        self._reached = array("q")
        self._checks = bytearray()
        self._times = Times()
        self._facets: dict[str, dict[str, array[int]]] = defaultdict(lambda: defaultdict(lambda: array("I")))
        self._origins, self._relations, self._targets = array("I"), list[str](), KeptTexts()
        self._disclosures: dict[tuple[str, int], array[int]] = defaultdict(lambda: array("I"))
        self._changes = _Changes()
        tables, _, self._indexes = (
            Path(__file__).with_name("index.sql").read_text("utf-8").partition("-- filled")
        )
        try:
            if most_bytes is not None:
                self.limit(most_bytes)
            self._create(tables)
        except (DatabaseError, TimelineError):
            self.close()
            raise

    def _create(self, tables: str) -> None:
        # A half-built database is thrown away, so it needs no journal.
        settings = (
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;"
            "PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE;"
        )
        try:
            self._connection.executescript(f"{settings} BEGIN; {tables}")
        except sqlite3.OperationalError as error:
            if "fts5" not in str(error):
                raise
            raise TimelineError("the SQLite of this Python has no full-text search (FTS5)") from error

    def limit(self, most_bytes: int) -> None:
        """Let the database grow to so many bytes and no further."""
        page = self._connection.execute("PRAGMA page_size").fetchone()[0]
        self._connection.execute(f"PRAGMA max_page_count = {max(1, most_bytes // page)}")

    def close(self) -> None:
        """Give up what was written, as far as no index was made of it."""
        self._connection.close()

    @property
    def count(self) -> int:
        """The number of events so far."""
        return len(self.lines)

    def add(self, entries: Entries) -> None:
        """Add the next events to the database.

        Raises:
            DatabaseError: It cannot be written.
        """
        start = self.count
        numbers = range(start, start + len(entries.ids))
        for offset, blocks, prints in entries.runs:
            ids = packed_ids(entries.ids[offset : offset + RUN])
            self._connection.execute("INSERT INTO body VALUES (?, ?)", (start + offset, blocks))
            self._connection.execute("INSERT INTO event VALUES (?, ?, ?)", (start + offset, ids, prints))
        self._checks += b"".join(map(check_of, entries.ids))
        texts = zip(numbers, entries.texts, strict=True)
        self._connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
        self.lines.extend(entries.lines)
        columns = (*self._moments, self.firsts, self.lasts)
        for column, values in zip(columns, (*entries.moments, *entries.days), strict=True):
            column.extend(values)
        self._reached.extend(entries.reached)
        self._times.add(start, entries.times)
        for field, value, offsets in entries.facets:
            self._facets[field][value].extend(map(start.__add__, offsets))
        for kind, day, offsets in entries.disclosures:
            self._disclosures[kind, day].extend(map(start.__add__, offsets))
        passages = self._changes.add(start, entries)
        self._connection.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", passages)
        self._origins.extend(start + offset for offset, _, _ in entries.links)
        self._relations += [intern(relation) for _, relation, _ in entries.links]
        self._targets.add([target for _, _, target in entries.links])

    def settle(self) -> None:
        """Write all events so far to the database's file, so that it can be copied.

        Raises:
            DatabaseError: It cannot be written.
        """
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN")

    def copied_to(self, path: Path, most_bytes: int) -> IndexWriter:
        """A writer that goes on from here in a copy of the settled database, made at `path` by the caller.

        Raises:
            DatabaseError: The copy cannot be written.
        """
        other = copy(self)
        other._connection = sqlite3.connect(path, isolation_level=None)  # noqa: SLF001  its own class
        other.limit(most_bytes)
        other._connection.execute("BEGIN")  # noqa: SLF001  its own class
        return other

    def finish(self, header: Header) -> sqlite3.Connection:
        """Write what depends on the order of the events, and index it all; the connection that was used.

        Raises:
            DatabaseError: It cannot be written.
        """
        order = self._chronological()
        places = array("I", bytes(4 * len(order)))
        for key, number in enumerate(order):
            places[number] = key
        connection = self._connection
        _fill_register(connection, header)
        connection.executemany("INSERT INTO facet VALUES (?, ?, ?, ?)", self._facet_rows(header, places))
        connection.executemany("INSERT INTO disclosure VALUES (?, ?, ?)", self._disclosure_rows(places))
        connection.executemany("INSERT INTO meta VALUES (?, ?)", self._meta(header, order, places))
        self._changes.write(connection, header.sources, order, places)
        connection.execute("COMMIT")
        connection.executescript(f"--{self._indexes}")
        connection.executemany("INSERT OR IGNORE INTO link VALUES (?, ?, ?)", self._link_rows(places))
        connection.execute("PRAGMA locking_mode = NORMAL")
        return connection

    def _chronological(self) -> array[int]:
        """The numbers of the events in the order of their dates; equal dates in the order of the file."""
        numbers = list(range(self.count))
        # Sorting is stable, so the least significant part goes first; a constant part costs next to nothing.
        for column in reversed(self._moments):
            numbers.sort(key=column.__getitem__)
        return array("I", numbers)

    def _meta(
        self, header: Header, order: array[int], places: array[int]
    ) -> Iterator[tuple[str, str | int | bytes]]:
        encode = msgspec.msgpack.Encoder(enc_hook=date_as_text).encode
        yield "schema", SCHEMA
        yield "total", len(order)
        yield "title", header.title
        origins = {id_: origin_of(source) for id_, source in header.sources.items()}
        yield "origins", encode(origins)
        yield "header", encode(msgspec.structs.replace(header, sources={}, actors={}, topics={}))
        for number, start in enumerate(range(0, len(self._checks), 4 * CHUNK)):
            yield f"checks {number}", bytes(self._checks[start : start + 4 * CHUNK])
        for name, values in (("numbers", order), ("places", places)):
            for number, chunk in enumerate(chunks(values)):
                yield f"{name} {number}", chunk
        firsts = array("q", map(self.firsts.__getitem__, order))
        standing = array("q", accumulate(firsts, max))
        days, starts = run_lengths(standing)
        yield "days", packed(days)
        yield "starts", packed(starts)
        behind = array("I", compress(count(), map(lt, firsts, standing)))
        yield "behind", packed(behind)
        yield "behind days", packed(array("q", map(firsts.__getitem__, behind)))
        yield from self._times.columns(self._moments, self.firsts, standing, places)
        for name, column in (("latest", self.lasts), ("reached", self._reached), ("lines", self.lines)):
            yield name, packed(array("q", map(column.__getitem__, order)))

    def _link_rows(self, places: array[int]) -> Iterator[tuple[int, int, str]]:
        numbers = self._numbers_of(set(self._targets))
        for origin, relation, target in zip(self._origins, self._relations, self._targets, strict=True):
            if target in numbers:
                yield places[numbers[target]], places[origin], relation

    def _numbers_of(self, wanted: set[str]) -> dict[str, int]:
        """The number of the first event with each of some ids, of those that there are."""
        found: dict[str, int] = {}
        if wanted:
            for first, ids in self._connection.execute("SELECT first, ids FROM event ORDER BY first"):
                for number, id_ in enumerate(ids_of(ids), first):
                    if id_ in wanted:
                        found.setdefault(id_, number)
        return found

    def _disclosure_rows(self, places: array[int]) -> Iterator[tuple[int, str, bytes]]:
        for (kind, day), numbers in sorted(self._disclosures.items()):
            yield day, kind, packed(keys_at(places, numbers))

    def _facet_rows(self, header: Header, places: array[int]) -> Iterator[tuple[str, str, str, bytes]]:
        for field, known in (("actor", header.actors), ("status", get_args(Status))):
            for value in known:
                self._facets[field].setdefault(value, array("I"))
        labels = _labels(header)
        for field, held in self._facets.items():
            for value, (label, numbers) in _merged(field, held).items():
                keys = keys_at(places, numbers)
                yield field, value, labels.get((field, value), label), packed(keys)


class _Changes:
    """What is not the same on all days, and what statements rest on, by number of the event."""

    def __init__(self) -> None:
        self._known = array("q")
        self._settled: dict[int, int] = {}
        self._dates: list[tuple[int, int, int, str]] = []
        self._passages = Postings()
        self._spells: dict[tuple[str, str, bool], Postings] = defaultdict(Postings)
        self._resting = RestingWriter()

    def add(self, start: int, entries: Entries) -> list[tuple[int, str]]:
        """Take the next events, whose first number is `start`; their passages with the numbers of these."""
        self._known.extend(entries.known)
        self._settled.update((start + offset, day) for offset, day in entries.settled)
        self._dates += [(since, until, start + offset, date) for offset, since, until, date in entries.dates]
        first = len(self._passages.numbers)
        self._passages.add(start, (passage[:3] for passage in entries.passages))
        for field, value, is_there, postings in entries.spells:
            self._spells[field, value, is_there].add(start, postings)
        for grounds, kind, offsets, postings in entries.support:
            self._resting.add(start, grounds, kind, offsets, postings)
        self._resting.add_statuses(start, entries.statuses)
        return [(number, passage[3]) for number, passage in enumerate(entries.passages, first)]

    def write(
        self,
        connection: sqlite3.Connection,
        sources: Mapping[str, Source],
        order: array[int],
        places: array[int],
    ) -> None:
        """Put all into the database.

        Args:
            connection: To the database.
            sources: Of the header.
            order: The numbers of the events by key.
            places: The keys of the events by number.
        """
        connection.executemany("INSERT INTO meta VALUES (?, ?)", self._meta(order, places))
        connection.executemany(
            "INSERT INTO earlier_date VALUES (?, ?, ?, ?)",
            ((since, min(until, NEVER), places[number], date) for since, until, number, date in self._dates),
        )
        connection.executemany(
            "INSERT INTO spell VALUES (?, ?, ?, ?, ?, ?)",
            ((*spell, *postings.packed(places)) for spell, postings in self._spells.items()),
        )
        resting = self._resting.packed(places, publication_days(sources))
        connection.execute("INSERT INTO meta VALUES ('resting', ?)", (resting,))

    def _meta(self, order: array[int], places: array[int]) -> Iterator[tuple[str, bytes]]:
        yield "known", packed(array("q", map(self._known.__getitem__, order)))
        changing = sorted((places[number], day) for number, day in self._settled.items())
        yield "changing", packed(array("I", (key for key, _ in changing)))
        yield "settled", packed(array("q", (day for _, day in changing)))
        for name, data in zip(("keys", "since", "until"), self._passages.packed(places), strict=True):
            yield f"passage {name}", data


def _fill_register(connection: sqlite3.Connection, header: Header) -> None:
    encode = msgspec.msgpack.Encoder(enc_hook=date_as_text).encode
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


def _merged(field: str, held: Mapping[str, array[int]]) -> dict[str, tuple[str, array[int]]]:
    """The label and event numbers by value; different spellings of a word are one value."""
    if field in IDENTIFIED:
        return {id_: (id_, numbers) for id_, numbers in held.items()}
    merged: dict[str, tuple[str, array[int]]] = {}
    for spelling, numbers in held.items():
        if spelling:
            value = folded(spelling)
            label, others = merged.get(value, (spelling, array("I")))
            merged[value] = label, array("I", {*others, *numbers}) if others else numbers
    return merged


def _labels(header: Header) -> dict[tuple[str, str], str]:
    labels = {("source", id_): source.title for id_, source in header.sources.items()}
    labels |= {("topic", id_): topic.question for id_, topic in header.topics.items()}
    labels |= {("at", id_): place.name for id_, place in header.places.items()}
    labels |= {
        (field, id_): actor.name
        for id_, actor in header.actors.items()
        for field in ("actor", "speaker", "to")
    }
    return labels
