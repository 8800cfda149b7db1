"""Makes records of entries without a detour, once an entry with the same keys has shown what each key is.

Most rows of a table are alike: each has a date that is written as it is read, a short title, a kind, a place.
For these, what `fields.EventMaker` looks up and tries is settled once for all rows that have the same columns
filled. A row that is not as usual is made by `EventMaker`, so that the same comes of every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.date import parse_date
from timeline_tui.mapping.actors_sources import tags_of
from timeline_tui.mapping.fields import NATIVE, is_date, status_of
from timeline_tui.mapping.records import event_of
from timeline_tui.mapping.walk import flat_entry
from timeline_tui.model.records import Citation, Event

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date
    from timeline_tui.mapping.fields import EventMaker, Fields, Usual

_MOST_HELD = 1 << 15
"""Dates, and sets of sources, that are remembered."""


class RecordMaker:
    """Makes records of the entries of a file, one by one, in their order.

    Args:
        maker: Makes events of the entries that are not as usual.
    """

    def __init__(self, maker: EventMaker) -> None:
        self.maker = maker
        self._words: dict[str, str] = {}
        self._alike: dict[tuple[str, ...], _Alike | None] = {}

    def record(self, fields: Fields, line: int) -> Event:
        """The event that an entry of these values means, which begins on a line of the file."""
        names = tuple(fields)
        alike = self._alike.get(names)
        if alike is not None and (event := alike.event(fields, line)) is not None:
            return event
        entry = flat_entry(fields, line)
        event = event_of(self.maker.event(entry), entry.line, self._words)
        # The first is made in full, so that guesses are reported in the order of the file.
        if names not in self._alike:
            usual = self.maker.usual(entry)
            self._alike[names] = None if usual is None else _Alike(usual, self.maker)
        return event

    def guesses(self) -> list[str]:
        """Sentences on which keys became which fields, of all entries so far."""
        for alike in filter(None, self._alike.values()):
            self.maker.count(alike.usual, alike.made, alike.cited)
            alike.made = alike.cited = 0
        return list(self.maker.guesses())


class _Alike:
    """Makes events of entries that have exactly the same keys."""

    def __init__(self, usual: Usual, maker: EventMaker) -> None:
        self.usual = usual
        self.made = self.cited = 0
        """How many were made, and how many of these cite a source."""
        self._maker = maker
        self._dates: dict[str, Date] = {}
        self._citations: dict[tuple[str, ...], tuple[Citation, ...]] = {}

    def event(self, fields: Fields, line: int) -> Event | None:
        """The event of an entry; None if it is not as usual."""
        usual = self.usual
        date = self._date(fields[usual.date])
        if date is None or not _is_plain(fields):
            return None
        found: Fields = {"line": line or 1, "column": 1, "date": date}
        for name, key, longest in usual.texts:
            text = fields[key]
            if len(text) > longest or not text or text.isspace() or text.startswith("http"):
                return None
            found[name] = text
        title = found["title"]
        if not title[0].isalpha() or "\n" in title or is_date(title):
            return None
        found["title"] = title.strip()
        if usual.status:
            word = fields[usual.status]
            found["status"] = status_of(word)
            if not found["status"] or found["status"] != word.lower():
                return None
        if usual.tags:
            tags = tags_of(fields[usual.tags])
            if not tags:
                return None
            found["tags"] = tuple(tags)
        return Event(**found) if self._add_named(fields, found) else None

    def _add_named(self, fields: Fields, found: Fields) -> bool:
        """Add actors, sources and the fields of the file's own; whether they are as usual."""
        usual, maker = self.usual, self._maker
        if usual.people:
            actors: dict[str, str] = {}
            for key in usual.people:
                named = maker.named_in(fields[key])
                if not named:
                    return False
                for id_, role in named:
                    actors[id_] = actors.get(id_) or role
            found["actors"] = actors
        kept = usual.kept
        if usual.lead:
            ids = maker.cited_by(fields[usual.lead], usual.lead)
            if ids:
                found["sources"] = self._cited(ids)
                self.cited += 1
            elif usual.lead in NATIVE:
                return False
            else:
                kept = usual.kept_with_lead
        if extra := {key: value for key in kept if (value := fields[key])}:
            found["extra"] = extra
        self.made += 1
        return True

    def _date(self, text: object) -> Date | None:
        """The date of an entry; None if anything else in the entry bears on it."""
        if not isinstance(text, str):
            return None
        date = self._dates.get(text)
        if date is None and self._maker.is_whole_day(self.usual.date, text):
            date = parse_date(text)
            if len(self._dates) >= _MOST_HELD:
                self._dates.clear()
            self._dates[text] = date
        return date

    def _cited(self, ids: tuple[str, ...]) -> tuple[Citation, ...]:
        citations = self._citations.get(ids)
        if citations is None:
            if len(self._citations) >= _MOST_HELD:
                self._citations.clear()
            citations = self._citations[ids] = tuple(map(Citation, ids))
        return citations


def _is_plain(fields: Fields) -> bool:
    """Whether all values are texts without marks or entities of HTML."""
    try:
        together = "\n".join(fields.values())
    except TypeError:
        return False
    return "&" not in together and "<" not in together
