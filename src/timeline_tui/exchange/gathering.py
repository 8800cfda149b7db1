"""Gathers the events of a file whose format says what each part of it means, and what could not be read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.contract import Imported, LeftOut
from timeline_tui.exchange.flat_event import EventBuilder
from timeline_tui.exchange.id_registry import Register
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST_TITLE = 160


class Gathering:
    """The events of a file, as far as it is read.

    Args:
        prefix: Put before a name that has another meaning in the format.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.builder = EventBuilder(prefix)
        self.places = Register("name")
        self.events: list[dict[str, object]] = []
        self.lines: list[int] = []
        self.left_out: list[LeftOut] = []
        self.guesses: list[str] = []
        self.title = ""
        """The title that the file gives; empty if it gives none."""
        self.header: dict[str, object] = {}
        self.lost: Counter[str] = Counter()
        self.count = self.undated = 0
        """How many events were added, and how many of these have no date."""

    def add(
        self, line: int, edtf: str, title: str, text: str = "", *, written: str = "", **fields: object
    ) -> dict[str, object]:
        """Add an event, and return it.

        Args:
            line: Where it begins, from 1; 0 if that is not known.
            edtf: Its date; empty if it has none that can be read.
            title: In any length; a longer one, or one of several lines, is cut, and is all of the text.
            text: What else it says.
            written: The date as it is written, which is kept unless `edtf` says all of it.
            fields: As `EventBuilder.fields()` takes them; empty ones are left out.
        """
        shown = title_of(title)
        if shown != title.strip() and not text:
            text = title.strip()
        event: dict[str, object] = {"date": edtf or UNDATED, "title": shown or "Untitled"}
        if text.strip():
            event["text"] = text.strip("\n")
        if written and not edtf:
            event[f"{self.prefix}-date"] = written
        event |= self.builder.fields(fields)
        self.put(line, event)
        return event

    def put(self, line: int, event: dict[str, object]) -> None:
        """Add an event that is as in `Imported`.

        Args:
            line: As for `add()`.
            event: What is added.
        """
        self.events.append(event)
        self.lines.append(line)
        self.count += 1
        self.undated += event["date"] == UNDATED

    def take(self) -> tuple[list[dict[str, object]], list[int]]:
        """Take out all events, with their lines, but the last: the next part of the file may belong to it."""
        taken = self.events[:-1], self.lines[:-1]
        del self.events[:-1], self.lines[:-1]
        return taken

    @property
    def actors(self) -> Register:
        """The actors that were named so far."""
        return self.builder.actors

    @property
    def sources(self) -> Register:
        """The sources that were named so far."""
        return self.builder.sources

    def leave_out(self, line: int, reason: str) -> None:
        """Record that a part of the file is not an event, and why."""
        self.left_out.append(LeftOut(line, reason))

    def place(self, name: str, lat: str = "", lon: str = "") -> str:
        """The id of a place, with its degrees if they are known."""
        return self.places.id_of(name, lat=lat, lon=lon)

    def imported(self, title: str) -> Imported:
        """All of it as a timeline."""
        self.builder.set_aside_dead_links(self.events)
        header = {**self.header, **self.builder.header()}
        if self.places.records:
            header["places"] = self.places.records
        return Imported(title, self.events, self.lines, header, self.guesses, self.left_out, dict(+self.lost))


def title_of(text: str) -> str:
    """The first line of a text, cut at a space if it is long."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    line = one_line(first).strip()
    if len(line) <= _LONGEST_TITLE:
        return line
    return f"{line[: _LONGEST_TITLE - 1].rpartition(' ')[0] or line[: _LONGEST_TITLE - 1]}…"


def texts(values: Mapping[str, object], *names: str) -> list[str]:
    """The texts under some names, in their order, without empty ones and other values."""
    return [value.strip() for name in names if isinstance(value := values.get(name), str) and value.strip()]


def first_text(values: Mapping[str, object], names: Sequence[str]) -> str:
    """The first text under one of some names; empty if there is none."""
    return next(iter(texts(values, *names)), "")
