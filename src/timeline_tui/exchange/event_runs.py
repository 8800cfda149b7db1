"""The events of a file whose format says what each part means, run by run: no more than a run is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.decode import title_of
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.exchange.contract import LeftOut

RUN: Final = 2_000
"""About the events of a run."""

Parse: TypeAlias = "Callable[[TextLines, Gathering], Iterator[None]]"
"""Adds the events of some lines, and yields where it may be interrupted so that they are taken over."""


class Run(NamedTuple):
    """Some events that follow one another."""

    done: int
    """The bytes of the file that were read so far."""
    events: list[dict[str, object]]
    """As in `Imported`."""
    lines: list[int]


class EventRuns:
    """A file whose events are made run by run.

    Args:
        data: The file.
        name: Its name.
        prefix: As for `Gathering`.
        parse: Makes the events.
        empty: What to say if there are none.

    Raises:
        CannotImport: It is not text.
    """

    mapping = None
    """Its format defines what each part is."""

    def __init__(self, data: bytes | bytearray, name: str, prefix: str, parse: Parse, empty: str) -> None:
        self.title = title_of(name)
        self.gathered = Gathering(prefix)
        """What was gathered since the events were asked for last."""
        self._lines = TextLines(data)
        self._parse = parse
        self._empty = empty

    @property
    def guesses(self) -> list[str]:
        """What was guessed, as in `Imported`; complete once all was read."""
        return [*self.gathered.guesses, *undated_guess(self.gathered.undated)]

    @property
    def left_out(self) -> list[LeftOut]:
        """What could not be read so far."""
        return self.gathered.left_out

    @property
    def lost(self) -> dict[str, int]:
        """What the format of this program has no place for, as in `Imported`."""
        return dict(+self.gathered.lost)

    def runs(self, size: int = RUN) -> Iterator[Run]:
        """The events in the order of the file.

        Raises:
            CannotImport: There are none.
        """
        self._begin()
        for _ in self._parse(self._lines, self.gathered):
            if len(self.gathered.events) > size:
                yield Run(self._lines.done, *self.gathered.take())
        if not self.gathered.count:
            raise CannotImport(self._empty)
        yield Run(self._lines.done, self.gathered.events, self.gathered.lines)
        self.gathered.events, self.gathered.lines = [], []

    def imported(self) -> Imported:
        """All of the file at once.

        Raises:
            CannotImport: It has no events.
        """
        self._begin()
        for _ in self._parse(self._lines, self.gathered):
            pass
        if not self.gathered.count:
            raise CannotImport(self._empty)
        return self.gathered.imported(self.title)

    def go_through(self) -> None:
        """Read it to find what cannot be read.

        Raises:
            CannotImport: It has no events.
        """
        for _ in self.runs():
            pass

    def _begin(self) -> None:
        self.gathered = Gathering(self.gathered.prefix)
        self.gathered.guesses += self._lines.guesses


def undated_guess(count: int) -> list[str]:
    """How many events have no readable date, as a guess; nothing if all have one."""
    if not count:
        return []
    return [
        "1 event without a readable date is kept as undated"
        if count == 1
        else f"{count:,} events without a readable date are kept as undated"
    ]
