"""The index: a timeline in a SQLite database, and everything that is read from it."""

from __future__ import annotations

import sqlite3
import weakref
from array import array
from bisect import bisect_left, bisect_right
from contextlib import suppress
from functools import cached_property, lru_cache, partial
from itertools import compress, islice
from operator import ne
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

import msgspec

from timeline_tui.index.columns import (
    BLOCK,
    CHUNK,
    NEVER,
    SCHEMA,
    Column,
    Days,
    Moments,
    check_of,
    unpacked,
)
from timeline_tui.index.errors import DatabaseError, Interrupted
from timeline_tui.index.key_set import KeySet
from timeline_tui.index.matching import Matcher
from timeline_tui.index.summaries import (
    Link,
    Summary,
    blocks_of,
    bodies_of,
    date_from_text,
    ids_of,
    prints_of,
)
from timeline_tui.index.support_columns import Resting
from timeline_tui.model.records import Actor, Event, Header, Place, Source, Topic
from timeline_tui.model.support import Origin, Sources
from timeline_tui.query.language import AGAINST, AT, FIELDS, HAS, IS, IS_VALUES, WITHOUT
from timeline_tui.query.vocabulary import IDENTIFIED, Vocabulary, folded
from timeline_tui.text.sanitize import has_hidden, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.index.writer import IndexWriter

_COLUMNS = frozenset(
    {
        "standing",
        "earliest",
        "latest",
        "reached",
        "lasting",
        "lines",
        "moments",
        "known_from",
        "retold",
        "sources",
        "resting",
        "_settled",
        "_passages",
    }
)
"""Columns that are kept in memory once they have been read; readers of one database share them."""
_REMEMBERED = 32
"""How many blocks of records are remembered, so that reading one record after another is quick."""
_REMEMBERED_RUNS = 8
"""How many runs of blocks, and of ids, are remembered."""
_RUN = 1_000
"""Number of events that are prepared at a time."""

_Record = TypeVar("_Record", Source, Actor, Topic)


_Event = TypeVar("_Event", Event, Summary)


class _WithPlaces(msgspec.Struct):
    """Of a header, what the rows of a timeline need: to decode a whole one takes several times as long."""

    places: dict[str, Place] = {}


_EVENT = msgspec.msgpack.Decoder(Event, dec_hook=date_from_text)
_SUMMARY = msgspec.msgpack.Decoder(Summary, dec_hook=date_from_text)


class Spells(NamedTuple):
    """Events with spans of days: a first day and the day after the last; an event may come several times."""

    keys: array[int]
    since: array[int]
    until: array[int]

    def on(self, day: int) -> Iterator[int]:
        """The keys of those of a day; of the last day of all, `END`, those that nothing ends."""
        day = min(day, NEVER - 1)
        return compress(
            self.keys, [since <= day < until for since, until in zip(self.since, self.until, strict=True)]
        )


NO_SPELLS: Final = Spells(array("I"), array("q"), array("q"))


def _spells(keys: bytes, since: bytes, until: bytes) -> Spells:
    return Spells(unpacked(keys), unpacked(since), unpacked(until))


FOREIGN = "foreign"
"""The name under which is stored that the events come from another format."""


class Index:
    """A timeline in a database; whatever is remembered here can be read from it again.

    An event's key is its place in chronological order, its number its place in the file; both count from 0.
    The connection must allow several threads (`check_same_thread=False`); it is closed with the index.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.close = weakref.finalize(self, connection.close)
        """Closes the database; also called when the index is garbage-collected."""
        self._name = lru_cache(maxsize=4096)(self._read_name)
        self._event = lru_cache(maxsize=4096)(partial(self._decoded, _EVENT))
        self._blocks = lru_cache(maxsize=_REMEMBERED_RUNS)(self._read_blocks)
        self._bodies = lru_cache(maxsize=_REMEMBERED)(self._read_bodies)
        self._ids = lru_cache(maxsize=_REMEMBERED_RUNS)(self._read_ids)
        self._checks = lru_cache(maxsize=1)(self._read_checks)

    @classmethod
    def build(cls, header: Header, events: Iterable[Event], path: str = ":memory:") -> Index:
        """A new index of records in the order of their file.

        No text of a record may contain a lone surrogate. `path` must not exist yet.

        Raises:
            TimelineError: This Python's SQLite has no full-text search.
            DatabaseError: The database at `path` cannot be written.
        """
        from timeline_tui.index.prepare import entries_of  # noqa: PLC0415  only to build one
        from timeline_tui.index.searched import header_facts  # noqa: PLC0415  only to build one
        from timeline_tui.index.writer import IndexWriter  # noqa: PLC0415  only to build one

        writer = IndexWriter(path)
        cited, left = header_facts(header), iter(events)
        while run := list(islice(left, _RUN)):
            writer.add(entries_of(run, cited))
        return cls.written_by(writer, header)

    @classmethod
    def written_by(cls, writer: IndexWriter, header: Header) -> Index:
        """The index of all events that were added to a writer, which is finished by this.

        Raises:
            DatabaseError: The database cannot be written.
        """
        return cls(writer.finish(header))

    @classmethod
    def opened(cls, path: Path) -> Index:
        """The index in a file that is no longer written to.

        Raises:
            DatabaseError: It is not an index, or not one of this version.
        """
        # Immutable: no locks, which are unsound on some networks' file systems, and no journals.
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        index = cls(connection)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        if index._meta("schema") != SCHEMA:
            raise DatabaseError("an index of another version")
        return index

    @classmethod
    def restored(cls, dump: bytes) -> Index:
        """An index in memory, from the bytes that `dump()` gave."""
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.deserialize(dump)
        return cls(connection)

    def dump(self) -> bytes:
        """The whole database as bytes, for another process."""
        return self._connection.serialize()

    def keep(self, name: str, value: bytes) -> None:
        """Store something about the whole timeline under a name; only while the index is being built."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def kept(self, name: str) -> bytes | None:
        """What was stored under a name; None if nothing was."""
        value: bytes | None = self._meta(name)
        return value

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the events come from a format in which an event without a status is not a confirmed one."""
        return self.kept(FOREIGN) is not None

    def reader(self) -> Index:
        """The same timeline for another thread: a new connection if it is in a file, else this index itself.

        If it is in memory, or the file is gone, the threads take turns at the database, one row at a time.
        """
        path = self._one("SELECT file FROM pragma_database_list WHERE name = 'main'")
        with suppress(Interrupted):
            if path:
                other = Index.opened(Path(path))
                vars(other).update({name: vars(self)[name] for name in _COLUMNS & vars(self).keys()})
                return other
        return self

    def interrupt(self) -> None:
        """Make what another thread is reading from this index end with `Interrupted`."""
        self._connection.interrupt()

    @cached_property
    def total(self) -> int:
        """How many events there are."""
        return int(self._meta("total"))

    @cached_property
    def title(self) -> str:
        """The timeline's title, raw."""
        return str(self._meta("title"))

    @cached_property
    def header(self) -> Header:
        """The whole header, with all sources, actors and topics."""
        return msgspec.structs.replace(
            self._bare,
            sources=dict(self._register("source", Source)),
            actors=dict(self._register("actor", Actor)),
            topics=dict(self._register("topic", Topic)),
        )

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places by id, in the order of the file."""
        header = self._meta("header")
        return msgspec.msgpack.decode(header, type=_WithPlaces, dec_hook=date_from_text).places

    @cached_property
    def _bare(self) -> Header:
        """The header without sources, actors and topics."""
        return msgspec.msgpack.decode(self._meta("header"), type=Header, dec_hook=date_from_text)

    @cached_property
    def standing(self) -> Days:
        """The day number that each event is on, by key, ascending.

        It is the first day of the event, or that of an event before it if that is later: the order is by
        instants, whose days differ where times are written with different offsets.
        """
        return Days(self._days("days"), self._days("starts"), self.total)

    @cached_property
    def moments(self) -> Moments:
        """When each event begins."""
        several = self._days("days of several clocks") if self._meta("has times") else None
        return Moments(self.standing, self._days("timed"), self._days("seconds"), several)

    @cached_property
    def earliest(self) -> Sequence[int]:
        """The first day number of each event, by key."""
        behind = self._days("behind")
        if not behind:
            return self.standing
        days = array("q", self.standing)
        for key, day in zip(behind, self._days("behind days"), strict=True):
            days[key] = day
        return days

    def begun_by(self, day: int) -> bytes:
        """One byte an event, by key: 1 if it begins on a day or before; up to the last such event."""
        begun = self.standing.first_from(day + 1)
        if self.earliest is self.standing:
            return b"\1" * begun
        # Offsets differ by 26 hours at most: an event on a day may have begun two days before.
        late = self.standing.first_from(day + 3)
        return b"\1" * begun + bytes(map(day.__ge__, self.earliest[begun:late]))

    @cached_property
    def latest(self) -> array[int]:
        """The last day number of each event, by key."""
        return self._days("latest")

    @cached_property
    def reached(self) -> array[int]:
        """As `latest`; of an event without an end, the last day on which it may have begun."""
        return self._days("reached")

    @cached_property
    def lasting(self) -> bytes:
        """One byte an event, by key: 1 if its date can mean more than one day."""
        return bytes(map(ne, self.earliest, self.latest))

    @cached_property
    def lines(self) -> array[int]:
        """The line of the file where each event begins, by key."""
        return self._days("lines")

    @cached_property
    def known_from(self) -> array[int]:
        """The day number from which each event is known, by key."""
        return self._days("known")

    def changes_after(self, key: int, day: int) -> bool:
        """Whether more became known of an event after a day that is not before it became known itself."""
        keys, days = self._settled
        place = bisect_left(keys, key)
        return place < len(keys) and keys[place] == key and days[place] > day

    def changing_after(self, day: int) -> array[int]:
        """The keys of the events of which something became known after a day, ascending."""
        keys, days = self._settled
        return array("I", compress(keys, map(day.__lt__, days)))

    @cached_property
    def _settled(self) -> tuple[array[int], array[int]]:
        """The keys of the events of which more became known, and when something last did."""
        return unpacked(self._meta("changing")), self._days("settled")

    @cached_property
    def retold(self) -> KeySet:
        """The events of which some texts are not known on all days."""
        return KeySet.of(self._passages[0], self.total)

    @cached_property
    def _passages(self) -> tuple[array[int], array[int], array[int]]:
        """Key, first day and day after the last of each passage."""
        return unpacked(self._meta("passage keys")), self._days("passage since"), self._days("passage until")

    def passages_with_words(self, expression: str) -> Spells:
        """Where texts that match an FTS5 expression are known, of the events in `retold`."""
        rows = self._matching("passages", expression)
        keys, since, until = self._passages
        return Spells(
            *(array(column.typecode, map(column.__getitem__, rows)) for column in (keys, since, until))
        )

    def spells(self, field: str, value: str) -> tuple[Spells, Spells]:
        """Where a value of a field differs from `keys_with()`: by events it did not find, by some it did."""
        rows = self._connection.execute(
            "SELECT is_there, keys, since, until FROM spell WHERE field = ? AND value = ?", (field, value)
        )
        found = {is_there: _spells(*columns) for is_there, *columns in rows}
        return found.get(0, NO_SPELLS), found.get(1, NO_SPELLS)

    def earlier_dates(self, day: int) -> Iterator[tuple[int, str]]:
        """Key and date, as EDTF, of the events that were known on a day to have another date than now."""
        rows = self._connection.execute(
            "SELECT key, date FROM earlier_date WHERE since <= ? AND until > ?", (day, day)
        )
        return iter(rows.fetchall())

    def all_earlier_dates(self, key: int | None = None) -> list[tuple[int, int, int, str]]:
        """Every date that events had before the one that stands now: key, first day, day after, EDTF.

        The days are those on which the date was known, in their order.

        Args:
            key: Of the only event that is asked for; None for all.
        """
        statement = (
            "SELECT key, since, until, date FROM earlier_date WHERE ?1 IS NULL OR key = ?1"
            " ORDER BY since, key"
        )
        return self._connection.execute(statement, (key,)).fetchall()

    def count_earlier_dates(self) -> int:
        """How many dates events had before the ones that stand now."""
        return int(self._one("SELECT count(*) FROM earlier_date"))

    @cached_property
    def published(self) -> dict[str, int]:
        """The day number from which each source can be cited, by id."""
        return {id_: self.sources.published(id_) for id_ in self.sources}

    @cached_property
    def sources(self) -> Sources:
        """What the support of statements depends on, of all sources."""
        return Sources(msgspec.msgpack.decode(self._meta("origins"), type=dict[str, Origin]))

    @cached_property
    def resting(self) -> Resting:
        """What all statements rest on."""
        return Resting(self._meta("resting"))

    @cached_property
    def matcher(self) -> Matcher:
        """Answers queries."""
        return Matcher(self)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The values that a query can use, and how people spell them."""
        values: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
        spellings: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
        for field, value, label in self._connection.execute(
            "SELECT field, value, label FROM facet ORDER BY rowid"
        ):
            # A label that cannot be typed is replaced by its folded form.
            typed = value if field in IDENTIFIED or has_hidden(label) else label
            values[field][typed] = label
            spellings[field][value] = typed
        named: list[tuple[str, str, Actor | Place]] = [
            (field, id_, actor)
            for field in ("actor", "speaker", "to")
            for id_, actor in self._register("actor", Actor)
        ]
        for field, id_, record in (*named, *((AT, id_, place) for id_, place in self.places.items())):
            if id_ in values[field]:
                for name in (record.name, *record.aliases):
                    # A name that two of them share means neither; they are told apart by their ids.
                    known = spellings[field].setdefault(folded(name), id_)
                    spellings[field][folded(name)] = id_ if known == id_ else ""
        values[AGAINST] = values["actor"]
        spellings[AGAINST] = spellings["actor"]
        values["has"] = {name: name for name in HAS}
        values[IS] = {name: name for name in IS_VALUES}
        for id_ in self.sources:
            values[WITHOUT][id_] = self.name("source", id_)
            spellings[WITHOUT][id_] = id_
        return Vocabulary(values, spellings)

    def event(self, key: int) -> Event:
        """The event with that key.

        Raises:
            KeyError: There is none.
        """
        return self._event(key)

    def summary(self, key: int) -> Summary:
        """What a list shows of the event with that key.

        Raises:
            KeyError: There is none.
        """
        return self._decoded(_SUMMARY, key)

    def key_of(self, id_: str) -> int | None:
        """The key of the event with that id; None if there is none."""
        check = check_of(id_)
        for number in self._checked(check):
            if self._id(number) == id_:
                return self._places[number]
        return None

    def _checked(self, check: bytes) -> Iterator[int]:
        """The numbers of the events whose ids have a check, ascending."""
        for chunk in range(-(-self.total // CHUNK)):
            checks = self._checks(chunk)
            place = checks.find(check)
            while place >= 0:
                if place % len(check) == 0:
                    yield chunk * CHUNK + place // len(check)
                place = checks.find(check, place + 1)

    def _id(self, number: int) -> str:
        first = self._one("SELECT max(first) FROM event WHERE first <= ?", number)
        id_: str = self._ids(first)[number - first]
        return id_

    def _read_ids(self, first: int) -> list[str]:
        return ids_of(self._one("SELECT ids FROM event WHERE first = ?", first))

    def _read_checks(self, chunk: int) -> bytes:
        return bytes(self._meta(f"checks {chunk}"))

    def number(self, key: int) -> int:
        """The place in the file, from 0, of the event with that key."""
        return self._numbers[key]

    def key_at_line(self, line: int) -> int:
        """The key of the event at a line of the file, or of the last one before it, else of the first.

        -1 if there are no events.
        """
        in_file = self._places.whole
        number = bisect_right(in_file, line, key=self.lines.__getitem__) - 1
        return in_file[max(number, 0)] if in_file else -1

    def source(self, id_: str) -> Source | None:
        """The source with that id."""
        return self._record("source", id_, Source)

    def actor(self, id_: str) -> Actor | None:
        """The actor with that id."""
        return self._record("actor", id_, Actor)

    def topic(self, id_: str) -> Topic | None:
        """The topic with that id."""
        return self._record("topic", id_, Topic)

    def name(self, kind: str, id_: str) -> str:
        """The name of an actor, title of a source or question of a topic; the id if there is none.

        Visible and on one line.
        """
        return self._name(kind, id_)

    def label(self, field: str, value: str) -> str:
        """The name to show for the value of a field of the search language, visible and on one line."""
        return self._name(
            {"speaker": "actor", "to": "actor", AGAINST: "actor", WITHOUT: "source"}.get(field, field),
            value,
        )

    def links_to(self, key: int) -> list[Link]:
        """The events that link to this one, in chronological order."""
        return [self._link(relation, origin) for relation, origin in self.origins(key)]

    def origins(self, key: int) -> list[tuple[str, int]]:
        """The relation, raw, and key of each event that links to this one, in chronological order."""
        statement = "SELECT relation, origin FROM link WHERE target = ? ORDER BY origin, relation"
        return self._connection.execute(statement, (key,)).fetchall()

    def links_of(self, relations: Sequence[str]) -> list[tuple[int, int]]:
        """The keys of both ends of each link with one of these relations, that of its event first."""
        marks = ", ".join("?" * len(relations))
        statement = f"SELECT origin, target FROM link WHERE relation IN ({marks}) ORDER BY origin, target"  # noqa: S608  only question marks
        return self._connection.execute(statement, tuple(relations)).fetchall()

    def values(self, field: str) -> list[str]:
        """The values that a field of the search language has in this timeline: ids, or folded words."""
        rows = self._connection.execute("SELECT value FROM facet WHERE field = ?", (field,))
        return [value for (value,) in rows]

    def keys_with(self, field: str, value: str) -> array[int]:
        """The keys of the events with an id or a folded word in a field, ascending."""
        found = self._one("SELECT keys FROM facet WHERE field = ? AND value = ?", field, value)
        return unpacked(found) if found else array("I")

    def keys_by_value(self, field: str) -> Iterator[tuple[str, array[int]]]:
        """Each value that a field of the search language has, with the keys of its events, ascending."""
        rows = self._connection.execute("SELECT value, keys FROM facet WHERE field = ?", (field,))
        return ((value, unpacked(packed)) for value, packed in rows.fetchall())

    def actors(self) -> Iterator[tuple[str, str, str, array[int]]]:
        """The id, name (raw), kind and keys of the events of every actor named in the file."""
        kinds = {id_: actor.kind for id_, actor in self._register("actor", Actor)}
        rows = self._connection.execute("SELECT value, label, keys FROM facet WHERE field = 'actor'")
        for id_, name, packed in rows.fetchall():
            yield id_, name, kinds.get(id_, ""), unpacked(packed)

    def disclosures(
        self, first: int, last: int, kinds: Iterable[str]
    ) -> Iterator[tuple[int, str, array[int]]]:
        """What of `kinds` became known from one day to another: day, kind and keys.

        A key comes once for each thing that became known of its event.
        """
        for kind in kinds:
            rows = self._connection.execute(
                "SELECT day, keys FROM disclosure WHERE kind = ? AND day BETWEEN ? AND ? ORDER BY day",
                (kind, first, last),
            )
            for day, packed in rows.fetchall():
                yield day, kind, unpacked(packed)

    def disclosure_days(self, kinds: Iterable[str]) -> list[int]:
        """The days on which something of `kinds` became known, ascending."""
        days: set[int] = set()
        for kind in kinds:
            rows = self._connection.execute("SELECT day FROM disclosure WHERE kind = ?", (kind,))
            days.update(day for (day,) in rows)
        return sorted(days)

    def fingerprints(self) -> Iterator[tuple[int, str, bytes]]:
        """The key, id and fingerprint of each event, in the order of the file."""
        rows = self._connection.execute("SELECT ids, prints FROM event ORDER BY first")
        found = (row for ids, prints in rows for row in zip(ids_of(ids), prints_of(prints), strict=True))
        return ((key, *row) for key, row in zip(self._places.whole, found, strict=True))

    def keys_with_words(self, expression: str) -> Iterator[int]:
        """The keys of the events whose texts match an FTS5 expression, in the order of the file."""
        return map(self._places.whole.__getitem__, self._matching("words", expression))

    def _matching(self, table: Literal["words", "passages"], expression: str) -> list[int]:
        # SQLite joins them into one text: that takes a tenth of the time of fetching a row each, and lets
        # other threads run meanwhile.
        statement = f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?"  # noqa: S608  one of two names
        found = self._one(statement, expression) or ""
        return msgspec.json.decode(f"[{found}]", type=list[int])

    def actors_named(self, expression: str) -> list[str]:
        """The ids of the actors one of whose names matches an FTS5 expression."""
        rows = self._connection.execute(
            "SELECT id FROM register WHERE number IN (SELECT rowid FROM names WHERE names MATCH ?)",
            (expression,),
        )
        return [id_ for (id_,) in rows]

    def _one(self, statement: str, *values: object) -> Any:  # noqa: ANN401  as sqlite3 itself
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]

    def _meta(self, name: str) -> Any:  # noqa: ANN401  as sqlite3 itself
        return self._one("SELECT value FROM meta WHERE name = ?", name)

    def _days(self, name: str) -> array[int]:
        return unpacked(self._meta(name))

    @cached_property
    def _numbers(self) -> Column:
        """The place in the file of each event, by key."""
        return Column(lambda chunk: bytes(self._meta(f"numbers {chunk}")), self.total)

    @cached_property
    def _places(self) -> Column:
        """The key of each event, by its place in the file."""
        return Column(lambda chunk: bytes(self._meta(f"places {chunk}")), self.total)

    def _decoded(self, decoder: msgspec.msgpack.Decoder[_Event], key: int) -> _Event:
        if not 0 <= key < len(self._numbers):
            raise KeyError(key)
        number = self._numbers[key]
        first = self._one("SELECT max(first) FROM body WHERE first <= ?", number)
        block, place = divmod(number - first, BLOCK)
        event = decoder.decode(self._bodies(first, block)[place])
        # An event without an id in the file was encoded before its id was made.
        return event if event.id else msgspec.structs.replace(event, id=self._id(number))

    def _read_blocks(self, first: int) -> list[bytes]:
        return blocks_of(self._one("SELECT blocks FROM body WHERE first = ?", first))

    def _read_bodies(self, first: int, block: int) -> list[msgspec.Raw]:
        return bodies_of(self._blocks(first)[block])

    def _record(self, kind: str, id_: str, type_: type[_Record]) -> _Record | None:
        body = self._one("SELECT body FROM register WHERE kind = ? AND id = ?", kind, id_)
        return None if body is None else msgspec.msgpack.decode(body, type=type_, dec_hook=date_from_text)

    def _register(self, kind: str, type_: type[_Record]) -> Iterator[tuple[str, _Record]]:
        decoder = msgspec.msgpack.Decoder(type_, dec_hook=date_from_text)
        rows = self._connection.execute(
            "SELECT id, body FROM register WHERE kind = ? ORDER BY number", (kind,)
        )
        return ((id_, decoder.decode(body)) for id_, body in rows.fetchall())

    def _read_name(self, kind: str, id_: str) -> str:
        return one_line(self._one("SELECT label FROM register WHERE kind = ? AND id = ?", kind, id_) or id_)

    def _link(self, relation: str, key: int) -> Link:
        summary = self.summary(key)
        return Link(one_line(relation), key, summary.id, one_line(summary.title))
