"""Files of any length as events, piece by piece: nothing of the file is held but the piece that is read.

A file is gone through once to find where its pieces begin and how its dates are written, and once more to
make events of its entries. What comes out does not depend on where the pieces are cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from timeline_tui.exchange.contract import Imported
from timeline_tui.exchange.decode import title_of
from timeline_tui.mapping.columns import check_names, decide
from timeline_tui.mapping.event_dates import DateEvidence, Dates
from timeline_tui.mapping.fields import EventMaker, given_id
from timeline_tui.mapping.find_events import find

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterator, Sequence

    from timeline_tui.exchange.contract import LeftOut
    from timeline_tui.exchange.pieces import Piece
    from timeline_tui.mapping.columns import Mapping, Role
    from timeline_tui.mapping.event_dates import DateKeys
    from timeline_tui.mapping.walk import Entry

SAMPLE: Final = 2_000
"""Entries at the beginning of the file, and as many spread over the rest, by which columns are decided."""


class Entries(Protocol):
    """A file of entries of one shape, that can be read piece by piece and more than once."""

    prefix: str
    """Put before a key that has another meaning in the format."""

    @property
    def guesses(self) -> list[str]:
        """What was guessed, as in `Imported`."""

    @property
    def left_out(self) -> list[LeftOut]:
        """What could not be read, once the file was gone through."""

    def pieces(self) -> Iterator[tuple[Piece, list[Entry]]]:
        """The pieces of the file in its order, with their entries."""

    def entries(self, piece: Piece) -> list[Entry]:
        """The entries of a piece."""


_SHAPED = 200
"""Entries by which it is judged whether each of them is one event."""


Choose: TypeAlias = "abc.Callable[[Sequence[str]], abc.Mapping[Role, str]]"
"""Gives what a person has said about some columns."""


def as_guessed(_: Sequence[str]) -> dict[Role, str]:
    """Nothing was said about any columns."""
    return {}


@dataclass
class Stream:
    """A file whose events can be made piece by piece."""

    title: str
    source: Entries
    mapping: Mapping
    keys: DateKeys
    pieces: list[Piece]
    count: int
    """The number of entries."""
    given: frozenset[str]
    """The ids that entries have in the file."""

    def maker(self) -> EventMaker:
        """Makes the events of all pieces, in their order."""
        return EventMaker(Dates(self.keys), self.source.prefix, self.mapping)

    def imported(self) -> Imported:
        """All of the file at once."""
        maker = self.maker()
        entries = [entry for piece in self.pieces for entry in self.source.entries(piece)]
        events = list(map(maker.event, entries))
        return Imported(
            self.title,
            events,
            [entry.line for entry in entries],
            maker.header(),
            [*maker.guesses(), *self.source.guesses],
            list(self.source.left_out),
            mapping=self.mapping,
        )


def stream_of(source: Entries, name: str, choose: Choose) -> Stream | None:
    """The stream of a file; None if its entries are not all events by themselves.

    Args:
        source: The file.
        name: Its name.
        choose: Gives what a person has said about its columns.

    Raises:
        CannotImport: It has no entries.
        UsageError: A column that was chosen is not there.
    """
    mapping = mapping_in(source, choose)
    if mapping is None:
        return None
    evidence = DateEvidence(mapping)
    pieces: list[Piece] = []
    count = 0
    given: set[str] = set()
    for piece, entries in source.pieces():
        pieces.append(piece)
        count += len(entries)
        for entry in entries:
            evidence.add(entry)
            given.add(given_id(entry, mapping)[2])
    return Stream(title_of(name), source, mapping, evidence.keys(), pieces, count, frozenset(given))


def _sample(source: Entries) -> list[Entry]:
    found: list[Entry] = []
    for _, entries in source.pieces():
        found += entries
        if len(found) >= SAMPLE:
            break
    return found[:SAMPLE]


def mapping_in(source: Entries, choose: Choose) -> Mapping | None:
    """What the columns of a file are taken for, by its first entries; None if not each entry is one event.

    Raises:
        UsageError: A column that was chosen is not there.
    """
    sample = _sample(source)
    header = list(dict.fromkeys(name for entry in sample[:_SHAPED] for name in entry.fields))
    rows: list[dict[str, Any]] = [entry.fields for entry in sample]
    names = list(dict.fromkeys(name for row in rows for name in row))
    mapping = decide(names, rows, choose(header), header=header)
    check_names(mapping)
    some = rows[:: max(1, len(rows) // _SHAPED)]
    found = find(some, lambda _, __: 0)
    if found is None:
        return mapping if mapping.of("date") else None
    slots = {entry.slot for entry in found.entries if entry.parent is None}
    is_plain = len(found.entries) == len(some) and slots == {(id(row), None) for row in some}
    return mapping if is_plain and found.rest is None else None
