"""The events of a file whose format says what each part means, run by run: no more than a run is held."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar

from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.decode import title_of
from timeline_tui.exchange.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_tui.exchange.contract import LeftOut

RUN: Final = 2_000
"""About the events of a run."""


class Source(Protocol):
    """A file that is read from its beginning to its end, more than once if need be."""

    guesses: list[str]
    """What was guessed to read it, as in `Imported`."""
    done: int
    """The bytes that were read so far."""


S = TypeVar("S", bound=Source)


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
        source: The file.
        name: Its name.
        prefix: As for `Gathering`.
        parse: Adds the events of the source, and yields where they may be taken over.
        empty: What to say if there are none.
    """

    mapping = None
    """Its format defines what each part is."""

    def __init__(
        self,
        source: S,
        name: str,
        prefix: str,
        parse: Callable[[S, Gathering], Iterator[None]],
        empty: str,
    ) -> None:
        self.gathered = Gathering(prefix)
        """What was gathered since the events were asked for last."""
        self._name = name
        self._source: Source = source
        self._parse = partial(parse, source)
        self._empty = empty

    @property
    def title(self) -> str:
        """The title that the file gives, once it was read, or else its name."""
        return self.gathered.title or title_of(self._name)

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
        for _ in self._parse(self.gathered):
            if len(self.gathered.events) > size:
                yield Run(self._source.done, *self.gathered.take())
        if not self.gathered.count:
            raise CannotImport(self._empty)
        yield Run(self._source.done, self.gathered.events, self.gathered.lines)
        self.gathered.events, self.gathered.lines = [], []

    def imported(self) -> Imported:
        """All of the file at once.

        Raises:
            CannotImport: It has no events.
        """
        self._begin()
        for _ in self._parse(self.gathered):
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
        self.gathered.guesses += self._source.guesses


def undated_guess(count: int) -> list[str]:
    """How many events have no readable date, as a guess; nothing if all have one."""
    if not count:
        return []
    return [
        "1 event without a readable date is kept as undated"
        if count == 1
        else f"{count:,} events without a readable date are kept as undated"
    ]
