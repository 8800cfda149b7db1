"""Reads a file of another format piece by piece, and adds its events to a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from timeline_tui.dates.edtf import END
from timeline_tui.exchange.contract import Imported
from timeline_tui.exchange.native.yaml import yaml_with_lines
from timeline_tui.index.prepare import entries_of
from timeline_tui.index.searched import header_facts
from timeline_tui.loading.source_file import FileReport
from timeline_tui.mapping.quick_records import RecordMaker
from timeline_tui.mapping.records import actor_of, is_plain_actor, is_plain_source, source_of
from timeline_tui.model.records import FORMAT, Header
from timeline_tui.reading.reader import read_text
from timeline_tui.text.ids import UniqueIds, id_from_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.exchange.stream import Stream
    from timeline_tui.index.prepare import Entries
    from timeline_tui.index.searched import HeaderFacts
    from timeline_tui.index.writer import IndexWriter
    from timeline_tui.model.records import Event

    Records: TypeAlias = dict[str, dict[str, object]]


class StreamReading:
    """Reads the events of a stream, and keeps the sources and actors that they name.

    Args:
        stream: The file.
        most: How many of its pieces are read; None for all of them.
    """

    def __init__(self, stream: Stream, most: int | None = None) -> None:
        self._stream = stream
        survey = stream.survey(most)
        self._pieces = survey.pieces
        self._maker = RecordMaker(stream.maker(survey))
        self._ids = UniqueIds(bytearray())
        self._ids.reserve(survey.given)
        self._facts: HeaderFacts = header_facts(Header(title=""))
        self.header = Header(title=stream.title, format=FORMAT)
        """With the sources and actors of what was read so far."""

    @property
    def guesses(self) -> list[str]:
        """What was guessed, as in `Imported`; complete once all was read."""
        return [*self._maker.guesses(), *self._stream.source.guesses]

    def entries(self) -> Iterator[tuple[int, Entries]]:
        """The events prepared for the index, a piece at a time, with the bytes of the file that are read."""
        for piece in self._pieces:
            events = list(map(self._maker.record, self._stream.source.entries(piece)))
            if not events:
                continue
            self._take_registers()
            entries = entries_of(events, self._facts)
            entries.ids = list(map(self._id, events))
            yield piece.end, entries

    def _id(self, event: Event) -> str:
        return event.id or self._ids.unique(id_from_title(event.title))

    def _take_registers(self) -> None:
        """Take over the actors and sources that are new."""
        maker = self._maker.maker
        sources = {id_: maker.sources.records[id_] for id_ in maker.sources.new}
        actors = {id_: maker.actors.records[id_] for id_ in maker.actors.new}
        places = {id_: maker.places.records[id_] for id_ in maker.places.new}
        maker.places.new.clear()
        maker.sources.new.clear()
        maker.actors.new.clear()
        found = Header(
            title="",
            sources={id_: source_of(record) for id_, record in sources.items() if is_plain_source(record)},
            actors={id_: actor_of(record) for id_, record in actors.items() if is_plain_actor(record)},
        )
        _add_read(found, sources, actors, places)
        self.header.places.update(found.places)
        self.header.sources.update(found.sources)
        self.header.actors.update(found.actors)
        more = header_facts(found)
        self._facts.languages.update(more.languages)
        self._facts.publishers.update(more.publishers)
        self._facts.days.update(more.days)


def _add_read(found: Header, sources: Records, actors: Records, places: Records) -> None:
    """Add the records with keys that only the reader of the format can judge."""
    others: dict[str, object] = {
        "sources": {id_: record for id_, record in sources.items() if id_ not in found.sources},
        "actors": {id_: record for id_, record in actors.items() if id_ not in found.actors},
        "places": places,
    }
    if not any(others.values()):
        return
    text, _ = yaml_with_lines(Imported("", [], header=others))
    header = read_text(bytearray(text, "utf-8"), "").header
    if header is not None:
        found.sources.update(header.sources)
        found.actors.update(header.actors)
        found.places.update(header.places)


def read_stream(
    stream: Stream,
    writer: IndexWriter,
    report: Callable[[int, int, IndexWriter | None, Header], None],
    most: int | None = None,
) -> tuple[FileReport, list[str]]:
    """Read a stream, and add its events to a database; what was found, and what was guessed.

    Args:
        stream: The file.
        writer: Of an empty database.
        report: Called after each piece with the bytes and events that are done, the writer and the header.
        most: How many pieces of the file are read; None for all of them.

    Raises:
        DatabaseError: The database cannot be written.
    """
    reading = StreamReading(stream, most)
    for done, entries in reading.entries():
        writer.add(entries)
        report(done, writer.count, writer, reading.header)
    return FileReport(reading.header, writer.count, [], END, {}), reading.guesses
