"""Reads a file of another format piece by piece, and adds its events to a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from msgspec.structs import replace

from timeline_tui.dates.edtf import END
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.event_runs import RUN
from timeline_tui.exchange.stream import Stream
from timeline_tui.index.prepare import entries_of
from timeline_tui.index.searched import header_facts
from timeline_tui.loading.file_report import FileReport
from timeline_tui.mapping.quick_records import RecordMaker
from timeline_tui.mapping.records import actor_of, event_of, is_plain_actor, is_plain_source, source_of
from timeline_tui.model.records import FORMAT, Header
from timeline_tui.text.ids import UniqueIds, id_from_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.exchange.event_runs import EventRuns
    from timeline_tui.index.prepare import Entries
    from timeline_tui.index.searched import HeaderFacts
    from timeline_tui.index.writer import IndexWriter
    from timeline_tui.model.records import Event

    Records: TypeAlias = dict[str, dict[str, object]]
    Report: TypeAlias = Callable[[int, int, IndexWriter | None, Header], None]

    class Register(Protocol):
        """Records by id, and the ids of those that are new."""

        records: Records
        new: list[str]

    class Registers(Protocol):
        """The actors, sources and places that events name."""

        @property
        def actors(self) -> Register:
            """Those who take part."""

        @property
        def sources(self) -> Register:
            """What is cited."""

        @property
        def places(self) -> Register:
            """Where it happened."""


_FEW = 100
"""The events of a run of the beginning of a file."""


class StreamReading:
    """Reads the events of a stream, and keeps the sources and actors that they name.

    Args:
        stream: The file.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        survey = stream.survey()
        self._pieces = survey.pieces
        self._maker = RecordMaker(stream.maker(survey))
        self._ids = UniqueIds()
        self._ids.reserve(survey.given)
        self._growing = GrowingHeader(stream.title)
        self.header = self._growing.header
        """With the sources and actors of what was read so far."""

    @property
    def guesses(self) -> list[str]:
        """What was guessed, as in `Imported`; complete once all was read."""
        return [*self._maker.guesses(), *self._stream.source.guesses]

    def entries(self) -> Iterator[tuple[int, Entries]]:
        """The events prepared for the index, a piece at a time, with the bytes of the file that are read."""
        for piece in self._pieces:
            events = [self._maker.record(*row) for row in self._stream.source.rows(piece)]
            if not events:
                continue
            self._growing.take(self._maker.maker)
            entries = entries_of(events, self._growing.facts)
            entries.ids = list(map(self._id, events))
            yield piece.end, entries

    def _id(self, event: Event) -> str:
        return event.id or self._ids.unique(id_from_title(event.title))


class GrowingHeader:
    """The header of a timeline whose events name actors, sources and places while they are read.

    Args:
        title: Of the timeline.
    """

    def __init__(self, title: str) -> None:
        self.header = Header(title=title, format=FORMAT)
        self.facts: HeaderFacts = header_facts(Header(title=""))

    def take(self, registers: Registers) -> None:
        """Take over the records that are new."""
        sources, actors, places = (
            {id_: each.records[id_] for id_ in each.new}
            for each in (registers.sources, registers.actors, registers.places)
        )
        for each in (registers.sources, registers.actors, registers.places):
            each.new.clear()
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
        self.facts.languages.update(more.languages)
        self.facts.publishers.update(more.publishers)
        self.facts.days.update(more.days)

    def whole(self, source: EventRuns) -> Header:
        """The header with what the file says about itself, once all was read."""
        # Not for a table: they import a parser of YAML.
        from timeline_tui.exchange.native.yaml import header_of  # noqa: PLC0415
        from timeline_tui.reading.reader import read_plain  # noqa: PLC0415

        about = header_of(Imported(source.title, [], header=source.gathered.header))
        read = read_plain(about, [], [], "").header
        if read is None:
            return self.header
        found = self.header
        return replace(read, sources=found.sources, actors=found.actors, places=found.places)


def read_runs(
    source: EventRuns, writer: IndexWriter, report: Report, size: int = RUN
) -> tuple[FileReport, list[str]]:
    """Read a file run by run, and add its events to a database; as `read_stream()`.

    Args:
        source: The file.
        writer: Of an empty database.
        report: As for `read_stream()`.
        size: About the events of a run.

    Raises:
        CannotImport: There are none.
        DatabaseError: The database cannot be written.
    """
    growing, ids, words = GrowingHeader(source.title), UniqueIds(), dict[str, str]()
    for run in source.runs(size):
        events = [event_of(each, line, words) for each, line in zip(run.events, run.lines, strict=True)]
        growing.take(source.gathered)
        entries = entries_of(events, growing.facts)
        entries.ids = [each.id or ids.unique(id_from_title(each.title)) for each in events]
        writer.add(entries)
        report(run.done, writer.count, writer, growing.header)
    return FileReport(growing.whole(source), writer.count, [], END, {}), source.guesses


def read_beginning(source: Stream | EventRuns, writer: IndexWriter) -> Header:
    """Add the events at the beginning of a file to a database, of which the rest is not there; their header.

    Raises:
        CannotImport: There are none.
        DatabaseError: The database cannot be written.
    """
    seen: list[Header] = []

    def report(_: int, __: int, ___: IndexWriter | None, header: Header) -> None:
        seen[:] = [header]

    if isinstance(source, Stream):
        return read_stream(source, writer, report)[0].header or Header(title="")
    try:
        return read_runs(source, writer, report, _FEW)[0].header or Header(title="")
    except CannotImport:
        # XML breaks off in the middle, after entries that are whole.
        if not seen:
            raise
        return seen[0]


def _add_read(found: Header, sources: Records, actors: Records, places: Records) -> None:
    """Add the records with keys that only the reader of the format can judge."""
    others: dict[str, object] = {
        "sources": {id_: record for id_, record in sources.items() if id_ not in found.sources},
        "actors": {id_: record for id_, record in actors.items() if id_ not in found.actors},
        "places": places,
    }
    if not any(others.values()):
        return
    from timeline_tui.exchange.native.yaml import header_of  # noqa: PLC0415  as above
    from timeline_tui.reading.reader import read_plain  # noqa: PLC0415  as above

    header = read_plain(header_of(Imported("", [], header=others)), [], [], "").header
    if header is not None:
        found.sources.update(header.sources)
        found.actors.update(header.actors)
        found.places.update(header.places)


def read_stream(
    stream: Stream,
    writer: IndexWriter,
    report: Report,
) -> tuple[FileReport, list[str]]:
    """Read a stream, and add its events to a database; what was found, and what was guessed.

    Args:
        stream: The file.
        writer: Of an empty database.
        report: Called after each piece with the bytes and events that are done, the writer and the header.

    Raises:
        DatabaseError: The database cannot be written.
    """
    reading = StreamReading(stream)
    for done, entries in reading.entries():
        writer.add(entries)
        report(done, writer.count, writer, reading.header)
    return FileReport(reading.header, writer.count, [], END, {}), reading.guesses
