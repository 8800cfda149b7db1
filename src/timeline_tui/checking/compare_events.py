"""Compares all events of a timeline with each other, by a few of their fields, kept in columns.

The columns are filled while a file is read, in as many processes as read it; whole events are not kept.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from itertools import chain, groupby
from sys import intern
from typing import TYPE_CHECKING

import msgspec

from timeline_tui.dates.date import parse_date
from timeline_tui.model.problems import Code, ProblemLog
from timeline_tui.text.kept_texts import KeptTexts, Repeats
from timeline_tui.text.sanitize import words
from timeline_tui.text.similar import near_misses, similar_titles, spelling_variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline_tui.model.records import Event

_NEW_YEAR = re.compile(r"-?[0-9]{4}-01-01(?:T00:00(?::00(?:\.0+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?")
"""A 1 January that may stand for its year: without a time, or with that of midnight."""
_RUN = 3
"""The number of events in a row from which dates on a 1 January are doubtful."""
_AFTER = {"leads-to"}
_BEFORE = {"responds-to", "confirms", "denies", "ratifies"}
_MOST_COMPARED = 50
"""Up to this many titles of one date are compared word by word; among more, only equal words count."""

_MOST_TITLES = 100_000
"""The number of titles that are in memory at once, but for the last date of these."""


class EventColumns(msgspec.Struct, array_like=True):
    """The fields of consecutive events that comparing needs, in columns.

    Offsets count from the first of these events.
    """

    ids: list[str]
    lines: list[int]
    columns: list[int]
    titles: list[str]
    dates: list[str]
    days: tuple[list[int], list[int]]
    """Earliest and latest."""
    title_hashes: list[int]
    """A hash of the words in each title; processes can share it if they were forked from the same one."""
    new_years: list[tuple[int, str]]
    """Offset and year of each event dated on a 1 January."""
    words: list[tuple[str, str, int, int]]
    """Each kind, place and tag: its field, the word, the offset of the first event with it, and how many."""
    links: list[tuple[int, str, str]]
    """Offset, relation and target of each link between a cause and its effect."""
    first_asked: dict[str, int]
    """By topic, the first day on which a claim about it can have been made."""
    quote_ids: dict[str, list[str]]
    """By event id, the ids of its quotes."""
    places: set[str]
    """The places of all events, before and after updates: each a text or the id of a place."""


def columns_of(events: Sequence[Event]) -> EventColumns:
    """The columns of consecutive events."""
    return EventColumns(
        [event.id for event in events],
        [event.line for event in events],
        [event.column for event in events],
        [event.title for event in events],
        [event.date.text for event in events],
        ([event.date.earliest for event in events], [event.date.latest for event in events]),
        [hash(frozenset(words(event.title))) for event in events],
        [(offset, _year(event)) for offset, event in enumerate(events) if _is_new_year(event)],
        _words(events),
        [
            (offset, relation, target)
            for offset, event in enumerate(events)
            for relation, targets in event.links.items()
            if relation in _AFTER or relation in _BEFORE
            for target in targets
        ],
        _first_asked(events),
        {
            event.id: ids
            for event in events
            if event.quotes and (ids := [quote.id for quote in event.quotes if quote.id])
        },
        {place for event in events for place in _places(event)},
    )


def _words(events: Sequence[Event]) -> list[tuple[str, str, int, int]]:
    firsts: dict[tuple[str, str], int] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for offset, event in enumerate(events):
        for field in (("kind", event.kind), ("place", event.place), *(("tag", tag) for tag in event.tags)):
            if field[1]:
                firsts.setdefault(field, offset)
                counts[field] += 1
    return [(*field, offset, counts[field]) for field, offset in firsts.items()]


def _first_asked(events: Sequence[Event]) -> dict[str, int]:
    days: dict[str, int] = {}
    for event in events:
        for claim in event.claims:
            day = (claim.date or event.known or event.date).earliest
            days[claim.about] = min(day, days.get(claim.about, day))
    return days


def _places(event: Event) -> Iterator[str]:
    if event.place:
        yield event.place
    if event.before_updates is not None and event.before_updates.place:
        yield event.before_updates.place
    for update in event.updates:
        if update.place:
            yield update.place


class EventComparison:
    """Takes events in the order of the file with `add()`, and compares them at the end with `compare()`."""

    def __init__(self) -> None:
        self.ids = KeptTexts()
        """The id of each event, by its 0-based position in the file."""
        self.repeats = Repeats()
        """Whether two events have the same id."""
        self.lines = array("q")
        """The line on which each event begins, by position."""
        self._columns = array("q")
        self._titles, self._dates = KeptTexts(), KeptTexts()
        self._firsts = array("q")
        self._lasts = array("q")
        self._title_hashes = array("q")
        self._new_years: list[tuple[int, str]] = []
        self._words: dict[str, dict[str, tuple[int, int]]] = {"kind": {}, "place": {}, "tag": {}}
        self._linked = array("q")
        self._relations: list[str] = []
        self._targets = KeptTexts()
        self.first_asked: dict[str, int] = {}
        """By topic, the first day on which a claim about it can have been made."""
        self.quote_ids: dict[str, list[str]] = {}
        """By event id, the ids of its quotes."""
        self.places: set[str] = set()
        """The places of all events: each a text or the id of a place."""

    def add(self, columns: EventColumns) -> None:
        """Add the next events of the file."""
        start = len(self.lines)
        self.ids.add(columns.ids)
        self.repeats.add(columns.ids)
        self.lines.extend(columns.lines)
        self._columns.extend(columns.columns)
        self._titles.add(columns.titles)
        self._dates.add(columns.dates)
        self._firsts.extend(columns.days[0])
        self._lasts.extend(columns.days[1])
        self._title_hashes.extend(columns.title_hashes)
        self._new_years += [(start + offset, year) for offset, year in columns.new_years]
        for field, word, offset, count in columns.words:
            first, before = self._words[field].get(word, (start + offset, 0))
            self._words[field][word] = first, before + count
        self._linked.extend(start + offset for offset, _, _ in columns.links)
        self._relations += [intern(relation) for _, relation, _ in columns.links]
        self._targets.add([target for _, _, target in columns.links])
        for topic, day in columns.first_asked.items():
            self.first_asked[topic] = min(day, self.first_asked.get(topic, day))
        for id_, quotes in columns.quote_ids.items():
            self.quote_ids.setdefault(id_, quotes)
        self.places |= columns.places

    def compare(self, log: ProblemLog) -> None:
        """Report problems between events; the time that it takes is proportional to their number."""
        self._order(log)
        self._false_precision(log)
        self._twins(log)
        self._tag_spellings(log)
        self._slips(log)

    def _at(self, number: int) -> tuple[int, int]:
        return self.lines[number], self._columns[number]

    def _order(self, log: ProblemLog) -> None:
        targets = self.ids.numbers_of(self._targets)
        ends = {
            end
            for number, target in zip(self._linked, self._targets, strict=True)
            if target in targets
            for end in (number, targets[target])
        }
        dates = self._dates.at(ends)
        for number, relation, target in zip(self._linked, self._relations, self._targets, strict=True):
            other = targets.get(target)
            if other is None:
                continue
            cause, effect = (number, other) if relation in _AFTER else (other, number)
            if parse_date(dates[effect]).is_before(parse_date(dates[cause])):
                message = (
                    f"{relation} {target}: the effect ({dates[effect]}) is earlier than its cause "
                    f"({dates[cause]})"
                )
                log.warning(Code.EFFECT_FIRST, self._at(number), message)

    def _false_precision(self, log: ProblemLog) -> None:
        in_a_row = groupby(enumerate(self._new_years), key=lambda place: place[1][0] - place[0])
        for _, run in in_a_row:
            found = [new_year for _, new_year in run]
            if len(found) >= _RUN:
                message = f"{len(found)} events in a row are dated 1 January"
                hint = f"if only the year is known, write {found[0][1]}"
                log.warning(Code.FALSE_PRECISION, self._at(found[0][0]), message, hint)

    def _twins(self, log: ProblemLog) -> None:
        days: dict[tuple[int, int], array[int]] = defaultdict(lambda: array("I"))
        for number, day in enumerate(zip(self._firsts, self._lasts, strict=True)):
            days[day].append(number)
        for group, titles in self._with_titles(days.values()):
            pairs = self._alike(group) if titles is None else _near(group, titles)
            for number, twin in pairs:
                message = f"the event on line {self.lines[twin]} has the same date and nearly the same title"
                hint = "if they are the same event, merge them"
                log.warning(Code.TWIN_EVENT, self._at(number), message, hint)

    def _with_titles(
        self, groups: Iterable[array[int]]
    ) -> Iterator[tuple[array[int], dict[int, str] | None]]:
        """Groups of several events, each with their titles by number; None for those of very many."""
        several = (group for group in groups if len(group) > 1)
        while batch := list(_next_groups(several)):
            compared = [group for group in batch if len(group) <= _MOST_COMPARED]
            titles = self._titles.at(chain.from_iterable(compared))
            for group in batch:
                yield group, titles if len(group) <= _MOST_COMPARED else None

    def _alike(self, group: array[int]) -> list[tuple[int, int]]:
        first: dict[int, int] = {hash(frozenset()): -1}
        pairs = [(number, first.setdefault(self._title_hashes[number], number)) for number in group]
        return [(number, twin) for number, twin in pairs if twin not in (number, -1)]

    def _tag_spellings(self, log: ProblemLog) -> None:
        tags = self._words["tag"]
        for kept, *others in spelling_variants({tag: tag for tag in tags}):
            for tag in others:
                message = f"the tags {kept} and {tag} differ only in spelling"
                hint = f"use {kept} everywhere"
                log.warning(Code.NEAR_SPELLING, self._at(tags[tag][0]), message, hint)

    def _slips(self, log: ProblemLog) -> None:
        for field, uses in self._words.items():
            for word, meant in near_misses({word: count for word, (_, count) in uses.items()}):
                message = f"the {field} {word} stands only here; {meant} stands {uses[meant][1]:,} times"
                log.remark(
                    Code.NEAR_MISS, self._at(uses[word][0]), message, f"if it is a slip, write {meant}"
                )


def _next_groups(groups: Iterator[array[int]]) -> Iterator[array[int]]:
    """The next groups, up to the one with which their titles are `_MOST_TITLES`."""
    count = 0
    for group in groups:
        yield group
        count += len(group) if len(group) <= _MOST_COMPARED else 0
        if count >= _MOST_TITLES:
            return


def _near(group: array[int], titles: Mapping[int, str]) -> list[tuple[int, int]]:
    pairs = similar_titles([titles[number] for number in group])
    return [(group[at], group[twin]) for at, twin in pairs]


def _is_new_year(event: Event) -> bool:
    return _NEW_YEAR.fullmatch(event.date.text) is not None


def _year(event: Event) -> str:
    return event.date.text.split("-01-01")[0]
