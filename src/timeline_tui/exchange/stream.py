"""Files of any length as events, piece by piece: nothing of the file is held but the piece that is read.

A file is gone through once to find where its pieces begin and how its dates are written, and once more to
make events of its entries. What comes out does not depend on where the pieces are cut.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias

from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.decode import title_of
from timeline_tui.mapping.columns import check_names, decide
from timeline_tui.mapping.event_dates import DateEvidence, Dates
from timeline_tui.mapping.fields import EventMaker, fitting_id, in_order, keys_of_ids
from timeline_tui.mapping.find_events import find
from timeline_tui.mapping.walk import TooWide, flat_entry, refuse_wide

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterator, Sequence

    from timeline_tui.exchange.contract import LeftOut
    from timeline_tui.exchange.pieces import Piece
    from timeline_tui.mapping.columns import Mapping, Role
    from timeline_tui.mapping.event_dates import DateKeys
    from timeline_tui.mapping.walk import Entry

SAMPLE: Final = 2_000
"""Entries at the beginning of a file by which its columns are decided."""


Row: TypeAlias = tuple[dict[str, Any], int]
"""The values of an entry by key, and the line that it begins on, from 1."""


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

    @property
    def names(self) -> Sequence[str]:
        """The columns in the order of the file; empty where each entry has its own keys."""

    def some(self) -> list[Entry]:
        """A sample: the first entries, and some from all over a file whose entries have their own keys."""

    def texts(self, names: Sequence[str]) -> Iterator[tuple[Piece, int, list[list[str]]]]:
        """The pieces of the file, the number of entries of each, and the texts of each of some columns.

        An entry without a text in a column has an empty one.
        """

    def rows(self, piece: Piece) -> list[Row]:
        """The entries of a piece, and the line that each begins on, from 1."""


_SHAPED = 200
"""Entries by which it is judged whether each of them is one event."""


Choose: TypeAlias = "abc.Callable[[Sequence[str]], abc.Mapping[Role, str]]"
"""Gives what a person has said about some columns."""


def as_guessed(_: Sequence[str]) -> dict[Role, str]:
    """Nothing was said about any columns."""
    return {}


class Survey(NamedTuple):
    """What going through a file once has shown."""

    keys: DateKeys
    pieces: list[Piece]
    given: frozenset[str]
    """The ids that entries have in the file."""


@dataclass(frozen=True)
class Stream:
    """A file whose events can be made piece by piece."""

    title: str
    source: Entries
    mapping: Mapping
    lost: dict[str, int] = field(default_factory=dict)
    """What is left out on purpose, as in `Imported`."""

    @property
    def left_out(self) -> list[LeftOut]:
        """What could not be read, once the file was gone through."""
        return self.source.left_out

    def go_through(self) -> None:
        """Read it to find what cannot be read."""
        self.survey()

    def survey(self) -> Survey:
        """Go through the file: where its pieces are, and how dates are written."""
        evidence = DateEvidence(self.mapping)
        pieces: list[Piece] = []
        count = 0
        given: set[str] = set()
        ids = keys_of_ids(self.mapping)
        for piece, number, columns in self.source.texts([*evidence.names, *ids]):
            pieces.append(piece)
            count += number
            for column, texts in zip(evidence.names, columns, strict=False):
                evidence.add_texts(column, texts)
            for held in zip(*columns[len(evidence.names) :], strict=True):
                given.add(fitting_id(next(filter(None, held), "")))
        return Survey(evidence.keys(count), pieces, frozenset(given))

    def maker(self, survey: Survey) -> EventMaker:
        """Makes the events of all pieces, in their order."""
        return EventMaker(Dates(survey.keys), self.source.prefix, self.mapping)

    def imported(self) -> Imported:
        """All of the file at once."""
        survey = self.survey()
        maker = self.maker(survey)
        entries = [flat_entry(*row) for piece in survey.pieces for row in self.source.rows(piece)]
        events = [in_order(maker.event(entry)) for entry in entries]
        return Imported(
            self.title,
            events,
            [entry.line for entry in entries],
            maker.header(),
            [*maker.guesses(), *self.source.guesses],
            list(self.source.left_out),
            dict(self.lost),
            mapping=self.mapping,
        )


def stream_of(source: Entries, name: str, choose: Choose) -> Stream | None:
    """The stream of a file; None if its entries are not all events by themselves.

    Args:
        source: The file.
        name: Its name.
        choose: Gives what a person has said about its columns.

    Raises:
        UsageError: A column that was chosen is not there.
    """
    mapping = mapping_in(source, choose)
    return None if mapping is None else Stream(title_of(name), source, mapping)


def mapping_in(source: Entries, choose: Choose) -> Mapping | None:
    """What the columns of a file are taken for, by its first entries; None if not each entry is one event.

    Raises:
        UsageError: A column that was chosen is not there.
    """
    rows: list[dict[str, Any]] = [entry.fields for entry in source.some()]
    header = source.names or list(dict.fromkeys(name for row in rows[:_SHAPED] for name in row))
    names = source.names or list(dict.fromkeys(name for row in rows for name in row))
    try:
        refuse_wide(names)
    except TooWide as error:
        raise CannotImport(str(error)) from None
    mapping = decide(names, rows, choose(header), header=header)
    check_names(mapping)
    some = rows[:: max(1, len(rows) // _SHAPED)]
    found = find(some, lambda _, __: 0)
    if found is None:
        return mapping if mapping.of("date") else None
    slots = {entry.slot for entry in found.entries if entry.parent is None}
    is_plain = len(found.entries) == len(some) and slots == {(id(row), None) for row in some}
    return mapping if is_plain and found.rest is None else None
