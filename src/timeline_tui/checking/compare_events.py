"""The comparison of a timeline's events: the little of each that is needed to compare them all.

It is called as the file is read, by as many processes as read it, and takes no event whole.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.dates.date import Precision, parse_date
from timeline_tui.model.problems import Code, ProblemLog
from timeline_tui.text.sanitize import words
from timeline_tui.text.similar import similar_titles, spelling_variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.model.records import Event

_RUN = 3
_AFTER = {"leads-to"}
_BEFORE = {"responds-to", "confirms", "denies", "ratifies"}
_MOST_COMPARED = 50
"""Titles of one date that are compared with one another; among more, only the same words count."""


class EventColumns(msgspec.Struct, array_like=True):
    """What is called out of a run of events, column by column; offsets count within the run."""

    ids: list[str]
    lines: list[int]
    columns: list[int]
    titles: list[str]
    dates: list[str]
    days: tuple[list[int], list[int]]
    """Earliest and latest."""
    bags: list[int]
    """What titles made of the same words have in common, in processes with one ancestor."""
    new_years: list[tuple[int, str]]
    """Offsets of events dated on a 1 January, and the year."""
    tags: list[tuple[int, str]]
    """The first offset of each tag."""
    links: list[tuple[int, str, str]]
    """Offset, relation and target of the links that have a direction in time."""
    first_asked: dict[str, int]
    """By topic, the first day on which somebody may have claimed something about it."""
    quote_ids: dict[str, list[str]]
    """By event, the ids of its quotes."""
    places: set[str]
    """What stands as a place in one of them: a text, or the id of one."""


def columns_of(events: Sequence[Event]) -> EventColumns:
    """What is called out of a run of events."""
    tags: dict[str, int] = {}
    for offset, event in enumerate(events):
        for tag in event.tags:
            tags.setdefault(tag, offset)
    return EventColumns(
        [event.id for event in events],
        [event.line for event in events],
        [event.column for event in events],
        [event.title for event in events],
        [event.date.text for event in events],
        ([event.date.earliest for event in events], [event.date.latest for event in events]),
        [hash(frozenset(words(event.title))) for event in events],
        [(offset, _year(event)) for offset, event in enumerate(events) if _is_new_year(event)],
        [(offset, tag) for tag, offset in tags.items()],
        [
            (offset, relation, target)
            for offset, event in enumerate(events)
            for relation, targets in event.links.items()
            if relation in _AFTER or relation in _BEFORE
            for target in targets
        ],
        _asked(events),
        {
            event.id: ids
            for event in events
            if event.quotes and (ids := [quote.id for quote in event.quotes if quote.id])
        },
        {place for event in events for place in _places(event)},
    )


def _asked(events: Sequence[Event]) -> dict[str, int]:
    asked: dict[str, int] = {}
    for event in events:
        for claim in event.claims:
            day = (claim.date or event.known or event.date).earliest
            asked[claim.about] = min(day, asked.get(claim.about, day))
    return asked


def _places(event: Event) -> Iterator[str]:
    if event.place:
        yield event.place
    if event.before_updates is not None and event.before_updates.place:
        yield event.before_updates.place
    for update in event.updates:
        if update.place:
            yield update.place


class EventComparison:
    """Called in the order of the file with `add()`, compared at the end with `compare()`."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        """The place in the file of each event by its id."""
        self.lines = array("q")
        """The line on which each event begins."""
        self._columns = array("q")
        self._titles: list[str] = []
        self._dates: list[str] = []
        self._firsts = array("q")
        self._lasts = array("q")
        self._bags = array("q")
        self._new_years: list[tuple[int, str]] = []
        self._tags: dict[str, int] = {}
        self._links: list[tuple[int, str, str]] = []
        self._spelt: dict[str, str] = {}
        self.first_asked: dict[str, int] = {}
        """By topic, the first day on which somebody may have claimed something about it."""
        self.quote_ids: dict[str, list[str]] = {}
        """By event, the ids of its quotes."""
        self.places: set[str] = set()
        """What stands as a place in an event: a text, or the id of one."""

    def add(self, columns: EventColumns) -> None:
        """The next events."""
        start = len(self.lines)
        for number, id_ in enumerate(columns.ids, start):
            self.numbers.setdefault(id_, number)
        self.lines.extend(columns.lines)
        self._columns.extend(columns.columns)
        self._titles += columns.titles
        self._dates += [self._spelt.setdefault(date, date) for date in columns.dates]
        self._firsts.extend(columns.days[0])
        self._lasts.extend(columns.days[1])
        self._bags.extend(columns.bags)
        self._new_years += [(start + offset, year) for offset, year in columns.new_years]
        for offset, tag in columns.tags:
            self._tags.setdefault(tag, start + offset)
        self._links += [(start + offset, relation, target) for offset, relation, target in columns.links]

        for topic, day in columns.first_asked.items():
            self.first_asked[topic] = min(day, self.first_asked.get(topic, day))
        for id_, quotes in columns.quote_ids.items():
            self.quote_ids.setdefault(id_, quotes)
        self.places |= columns.places

    def compare(self, log: ProblemLog) -> None:
        """Report what is doubtful about events side by side, in time in proportion to their number."""
        self._order(log)
        self._false_precision(log)
        self._twins(log)
        self._tag_spellings(log)

    def _at(self, number: int) -> tuple[int, int]:
        return self.lines[number], self._columns[number]

    def _order(self, log: ProblemLog) -> None:
        for number, relation, target in self._links:
            other = self.numbers.get(target)
            if other is None:
                continue
            cause, effect = (number, other) if relation in _AFTER else (other, number)
            if parse_date(self._dates[effect]).is_before(parse_date(self._dates[cause])):
                message = (
                    f"{relation} {target}: the effect ({self._dates[effect]}) is before its cause "
                    f"({self._dates[cause]})"
                )
                log.warning(Code.EFFECT_FIRST, self._at(number), message)

    def _false_precision(self, log: ProblemLog) -> None:
        in_a_row = groupby(enumerate(self._new_years), key=lambda place: place[1][0] - place[0])
        for _, run in in_a_row:
            found = [new_year for _, new_year in run]
            if len(found) >= _RUN:
                message = f"{len(found)} events in a row are dated on a 1 January"
                hint = f"if only the year is known, write {found[0][1]}"
                log.warning(Code.FALSE_PRECISION, self._at(found[0][0]), message, hint)

    def _twins(self, log: ProblemLog) -> None:
        days: dict[tuple[int, int], array[int]] = defaultdict(lambda: array("I"))
        for number, day in enumerate(zip(self._firsts, self._lasts, strict=True)):
            days[day].append(number)
        for group in days.values():
            pairs = self._alike(group) if len(group) > _MOST_COMPARED else self._near(group)
            for number, twin in pairs:
                message = f"on the same date, the event in line {self.lines[twin]} has almost the same title"
                hint = "if they are one, put them together"
                log.warning(Code.TWIN_EVENT, self._at(number), message, hint)

    def _near(self, group: array[int]) -> list[tuple[int, int]]:
        if len(group) == 1:
            return []
        pairs = similar_titles([self._titles[number] for number in group])
        return [(group[at], group[twin]) for at, twin in pairs]

    def _alike(self, group: array[int]) -> list[tuple[int, int]]:
        first: dict[int, int] = {hash(frozenset()): -1}
        pairs = [(number, first.setdefault(self._bags[number], number)) for number in group]
        return [(number, twin) for number, twin in pairs if twin not in (number, -1)]

    def _tag_spellings(self, log: ProblemLog) -> None:
        for kept, *others in spelling_variants({tag: tag for tag in self._tags}):
            for tag in others:
                message = f"the tags {kept} and {tag} differ only in spelling"
                hint = f"write {kept} everywhere"
                log.warning(Code.NEAR_SPELLING, self._at(self._tags[tag]), message, hint)


def _is_new_year(event: Event) -> bool:
    return event.date.precision is Precision.DAY and event.date.text.endswith("-01-01")


def _year(event: Event) -> str:
    return event.date.text.split("-01-01")[0]
