"""What stands in an index on a day, without some sources.

The index holds what stands now, and beside it, for the events that changed, what was otherwise and on which
days. A snapshot is made of sets of keys that are asked for, and events are decoded when they are shown.
"""

from __future__ import annotations

from array import array
from collections import Counter
from functools import partial
from itertools import chain, compress, filterfalse
from typing import TYPE_CHECKING, Final

from timeline_tui.dates.date import END, parse_date
from timeline_tui.index.key_set import KeySet
from timeline_tui.index.matching import PLANS_CHANGED, combined, fts_expression, having
from timeline_tui.index.support_columns import AHEAD, MOVE
from timeline_tui.model.known_on import (
    date_history,
    event_as_known,
    source_as_known,
    status_of_plan,
    topic_as_known,
)
from timeline_tui.model.support import State, standing_dates, standing_event
from timeline_tui.model.validity import known_statements, statements_by
from timeline_tui.query.language import (
    AGAINST,
    CORRECTED,
    DURING,
    IS,
    MARKED,
    PHRASE,
    RETRACTED,
    SETTLED,
    SUPPORT,
    WITHDRAWN,
    WITHIN,
    WITHOUT,
    WORD,
    Term,
)
from timeline_tui.query.vocabulary import ARROW, IDENTIFIED, TOGETHER, folded
from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.index.index import Index
    from timeline_tui.model.known_on import DateHistory
    from timeline_tui.model.records import Claim, Event, Quote
    from timeline_tui.model.support import Ground, Statement
    from timeline_tui.query.language import Query

SUPPORT_FIELDS: Final = frozenset({AGAINST, IS, SUPPORT, WITHOUT})
"""The fields of a query that ask what statements rest on, or which of them contradict others."""
_HISTORIES: Final = ("status", "update", "outcome")
"""The statements that say what an event is now."""
_CHANGING: Final = {
    **dict.fromkeys(("place", "at", "actor", "has", "hour"), ("update", "outcome")),
}
"""By field of a query, the statements that may change its values."""
_SAYS: Final = {"actor": "actors", "place": "place", "at": "place", "hour": "date"}
"""What an update says that may change a field of a query."""
_NONE: Final[frozenset[int]] = frozenset()
_REMEMBERED = 4096
"""How many events, or terms of a query, are remembered as they were known."""


def _may_change(whole: Event, field: str) -> bool:
    """Whether updates or outcomes of an event may change a field of a query."""
    says = _SAYS.get(field)
    return says is None or any(getattr(update, says) for update in whole.updates)


class Fallen:
    """The statements that have fallen, because all that they rest on is gone.

    Args:
        index: The index of the timeline.
        gone: The sources that support nothing.
        day: The day number; `END` for all that is known.
        known: The events that are known.
    """

    def __init__(self, index: Index, gone: frozenset[str], day: int, known: KeySet) -> None:
        self.gone = gone
        """The sources that support nothing."""
        self.counts: Counter[str] = Counter()
        """How many statements have fallen, by kind."""
        self.statements: dict[str, list[int]] = {}
        """The events that hold them, a key for each, by kind."""
        self.groups: bytes | bytearray = b""
        """One byte for each set of sources that statements rest on: 1 if it is gone; empty if none is."""
        self.known = known.marks
        """One byte for each event: 1 if it is known and no fallen date changes what else is known of it, so
        that the index knows all of that."""
        self.retimed: dict[int, tuple[Statement, ...]] = {}
        """By key, the known statements of the other known events, each with its place in the whole event."""
        self.redated: dict[int, Date | None] = {}
        """By key, the dates of the events of which a date has fallen; None where it is that of the index."""
        self._sources, self._day = index.sources, day
        if gone:
            self.groups = index.resting.fallen(gone, day)
            self.statements = dict(index.resting.keys(self.groups, known.marks, day))
            self._retime(index)
        self._by_kind = {kind: KeySet.of(keys, known.total) for kind, keys in self.statements.items()}
        self.statements.pop(MOVE, None)
        self.counts.update({kind: len(keys) for kind, keys in self.statements.items() if keys})
        self._total = known.total

    def has(self, grounds: Sequence[Ground]) -> bool:
        """Whether a statement that rests on these sources has fallen."""
        return self._sources.support(grounds, self.gone, self._day).state is State.FALLEN

    def dates(self, whole: Event) -> DateHistory:
        """The dates of an event, given with all that is known, that have not fallen."""
        return standing_dates(whole, self.has)

    def _retime(self, index: Index) -> None:
        """Work out what is known of events of which a date has fallen, where other days count then."""
        marks = bytearray(self.known)
        for key in sorted(set(self.statements.get(MOVE, ()))):
            whole = index.event(key)
            dates = self.dates(whole)
            date = dates.date(self._day)
            self.redated[key] = None if date == whole.date else date
            if self._tells_otherwise(dates, date_history(whole)):
                marks[key] = 0
                self.retimed[key] = tuple(statements_by(whole, self._day, index.published, dates))
        if not self.retimed:
            return
        self.known = bytes(marks)
        for kind, held in self.statements.items():
            if kind != MOVE:
                self.statements[kind] = list(compress(held, map(marks.__getitem__, held)))
        for key, statements in self.retimed.items():
            for each in statements:
                if self.has(each.grounds):
                    self.statements.setdefault(each.kind, []).append(key)

    def _tells_otherwise(self, dates: DateHistory, own: DateHistory) -> bool:
        """Whether other statements are known on the day by some dates of an event than by its own."""
        day = self._day
        return dates.is_ahead(day) != own.is_ahead(day) or (dates.came <= day) != (own.came <= day)

    def keys(self, *kinds: str) -> KeySet:
        """The events with a statement of these kinds that has fallen; without kinds, of any kind."""
        found = KeySet.empty(self._total)
        for kind in kinds or self._by_kind:
            if kind in self._by_kind:
                found |= self._by_kind[kind]
        return found


class Snapshot:
    """What stood on a day, without some sources.

    The index is read when it is given and not kept: other views of it, with other connections, share this
    snapshot.

    Args:
        index: All that is known.
        day: A day number; None for all that is known.
        today: The day number after which everything is still to come, where there is no such day.
        without: The ids of the sources that are taken away.
    """

    def __init__(
        self, index: Index, day: int | None, today: int, without: frozenset[str] = frozenset()
    ) -> None:
        total = index.total
        self.day, self._today = day, today
        self._last = END if day is None else day
        self._without = without
        self.known = (
            KeySet.full(total)
            if day is None
            else KeySet.marked(bytes(map(day.__ge__, index.known_from)), total)
        )
        """The events that were known."""
        self._marks = self.known.marks
        self.fallen = Fallen(index, index.sources.gone(without, self._last), self._last, self.known)
        """What has fallen."""
        fallen = self.fallen.keys("event")
        self._fallen_marks = fallen.marks if fallen else b""
        histories = self.fallen.keys(*_HISTORIES)
        self._history_marks = histories.marks if histories else b""
        self._events: dict[int, Event] = {}
        self._found: dict[tuple[str, str], KeySet] = {}
        self._contradictions: Mapping[tuple[str, str], array[int]] | None = None
        self.unread_denials = 0
        """How many links that deny `contradictions()` has left out."""
        self._retold: dict[int, tuple[str, ...]] | None = None
        self._values: dict[str, tuple[frozenset[int], Mapping[str, set[int]]]] = {}
        self.moved: dict[int, Date] = self._earlier_dates(index)
        """By key, the dates of the events that were on another day than they are now, known or not."""
        self._take_back_dates()

    def is_known(self, key: int) -> bool:
        """Whether the event with that key was known.

        Raises:
            IndexError: There is none.
        """
        return bool(self._marks[key])

    def is_fallen(self, key: int) -> bool:
        """Whether the event with that key has fallen."""
        return bool(self._fallen_marks) and bool(self._fallen_marks[key])

    def event(self, index: Index, key: int) -> Event | None:
        """The event with that key as it stood, if it was known and is not as the index has it."""
        is_changed = self.day is not None and index.changes_after(key, self.day)
        has_fallen = bool(self._history_marks) and bool(self._history_marks[key])
        if not self._marks[key] or not (is_changed or has_fallen):
            return None
        if key not in self._events:
            if len(self._events) >= _REMEMBERED:
                self._events.clear()
            event = whole = index.event(key)
            if is_changed:
                event = event_as_known(whole, self._last, index.published)
            self._events[key] = self._without_fallen(index, event, whole) if has_fallen else event
        return self._events[key]

    def is_ahead(self, index: Index, key: int) -> bool | None:
        """Whether the event with that key was still to come; None where its date alone says so."""
        is_changed = self.day is not None and index.changes_after(key, self.day)
        if self.day is None or not (is_changed or key in self.fallen.redated):
            return None
        return self._dates(index.event(key), key).is_ahead(self.day)

    def statements(self, index: Index, key: int) -> Iterator[Statement]:
        """The statements of an event that is known, each with its place in the event as it is shown."""
        whole, shown = index.event(key), self.event(index, key)
        return known_statements(whole, shown or whole, self._last, index.published, self._dates(whole, key))

    def _dates(self, whole: Event, key: int) -> DateHistory:
        return self.fallen.dates(whole) if key in self.fallen.redated else date_history(whole)

    def select(self, index: Index, query: Query, marked: Collection[str]) -> KeySet:
        """The events that a query finds among what was known.

        Args:
            index: The index of the timeline.
            query: What to find.
            marked: The ids of the events that the reader has marked, which change without the timeline.
        """
        return combined(query, index.total, partial(self._matching, index, marked)) & self.known

    def keys_with(self, index: Index, field: str, value: str) -> array[int]:
        """The keys of the events that had an id or a folded word in a field, ascending; known or not."""
        keys = index.keys_with(field, value)
        return self._adjusted(index, field, value, keys)

    def actors(self, index: Index) -> Iterator[tuple[str, str, str, array[int]]]:
        """As `Index.actors()`, with the keys of the events that they were in, known or not."""
        for id_, name, kind, keys in index.actors():
            yield id_, name, kind, self._adjusted(index, "actor", id_, keys)

    def _adjusted(self, index: Index, field: str, value: str, keys: array[int]) -> array[int]:
        absent: frozenset[int] = _NONE
        present: frozenset[int] = _NONE
        if self.day is not None:
            absent, present = (frozenset(spells.on(self.day)) for spells in index.spells(field, value))
        changing, values = self._changed_values(index, field)
        if changing:
            present = present - changing | values.get(value, _NONE)
            absent |= changing
        if gone := absent.intersection(keys):
            keys = array("I", filterfalse(gone.__contains__, keys))
        if present:
            keys = array("I", sorted(present.union(keys)))
        return keys

    def _matching(self, index: Index, marked: Collection[str], term: Term) -> KeySet:
        place = term.field, term.value
        if place == (IS, MARKED):
            keys = {key for key in map(index.key_of, marked) if key is not None}
            return KeySet.of(sorted(keys), index.total)
        if place not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[place] = self._find(index, term)
        return self._found[place]

    def _find(self, index: Index, term: Term) -> KeySet:
        field, value = term.field, term.value
        if field in (WORD, PHRASE):
            return self._containing(index, field, value)
        if field in ("since", "until", DURING, WITHIN):
            return self._within(index, term)
        if field in SUPPORT_FIELDS:
            return self._resting(index, field, value)
        if field == "status" and self.day is None:
            return self._as_of_today(index, folded(value))
        return having(field, value, index, partial(self.keys_with, index))

    def _with_value(self, index: Index, field: str, value: str) -> KeySet:
        return KeySet.of(self.keys_with(index, field, value), index.total)

    def _containing(self, index: Index, field: str, value: str) -> KeySet:
        expression = fts_expression(field, value)
        found = KeySet.of(index.keys_with_words(expression), index.total)
        if self.day is not None:
            told = index.passages_with_words(expression).on(self.day)
            found = (found - index.retold) | KeySet.of(told, index.total)
        if self.fallen.retimed:
            found = (found - KeySet.of(self.fallen.retimed, index.total)) | self._telling(index, field, value)
        for actor in index.actors_named(expression):
            found |= self._with_value(index, "actor", actor)
        return found

    def _telling(self, index: Index, field: str, value: str) -> KeySet:
        """The events with words in their texts, of those of which more or less is known since a date fell."""
        if self._retold is None:
            from timeline_tui.index.prepare import texts_of  # noqa: PLC0415  not before the first frame
            from timeline_tui.index.searched import folded_texts  # noqa: PLC0415  not before the first frame

            self._retold = {
                key: folded_texts(texts_of(self.event(index, key) or index.event(key)))
                for key in sorted(self.fallen.retimed)
            }
        asked = " ".join(words(value))
        sought = f" {asked}" if field == WORD else f" {asked} "
        found = (key for key, texts in self._retold.items() if any(sought in text for text in texts))
        return KeySet.of(found, index.total)

    def _within(self, index: Index, term: Term) -> KeySet:
        found = index.matcher.found(term.field, term.value)
        if not self.moved:
            return found
        first, last = term.days
        if term.field == WITHIN:
            here = [key for key, date in self.moved.items() if first <= date.earliest and date.latest <= last]
        else:
            here = [key for key, date in self.moved.items() if date.earliest <= last and date.latest >= first]
        return (found - KeySet.of(self.moved, index.total)) | KeySet.of(here, index.total)

    def _as_of_today(self, index: Index, status: str) -> KeySet:
        stated = self._with_value(index, "status", status)
        if status in PLANS_CHANGED:
            return stated
        begun = KeySet.marked(index.begun_by(self._today), index.total)
        moved = [key for key, date in self.moved.items() if date.earliest <= self._today]
        begun = (begun - KeySet.of(self.moved, index.total)) | KeySet.of(moved, index.total)
        if status != "scheduled":
            return stated & begun
        ahead = KeySet.full(index.total) - begun
        for changed in PLANS_CHANGED:
            ahead -= self._with_value(index, "status", changed)
        return stated | ahead

    def _resting(self, index: Index, field: str, value: str) -> KeySet:
        if field == IS:
            return self._being(index, value)
        if field == AGAINST:
            return self._against(index, value)
        if field == WITHOUT:
            gone = index.sources.gone(self._without | {value}, self._last)
            return self.known - Fallen(index, gone, self._last, self.known).keys("event")
        return self._with_origins(index, int(value))

    def contradictions(self, index: Index) -> Mapping[tuple[str, str], array[int]]:
        """By who contradicts whom, the keys of the known events in which the first does so, ascending."""
        if self._contradictions is None and self.day is None and not self.fallen.gone:
            from timeline_tui.timeline.contradictions import kept  # noqa: PLC0415  not before the first frame

            self._contradictions, self.unread_denials = kept(index)
        if self._contradictions is None:
            from timeline_tui.timeline.contradictions import (  # noqa: PLC0415  not before the first frame
                DENYING,
                MOST_LINKS,
                contradictions,
            )

            marks, values = self._marks, index.values("topic")
            topics = {
                topic: [key for key in self.keys_with(index, "topic", topic) if marks[key]]
                for topic in values
            }
            links = [ends for ends in index.links_of(DENYING) if all(map(marks.__getitem__, ends))]
            self.unread_denials = max(0, len(links) - MOST_LINKS)
            self._contradictions = contradictions(
                topics,
                links[self.unread_denials :],
                index.number,
                lambda key: self.event(index, key) or index.event(key),
                partial(self._claim_has_fallen, index),
            )
        return self._contradictions

    def _claim_has_fallen(self, index: Index, key: int, number: int) -> bool:
        if not self.fallen.gone or key not in self.fallen.keys("claim"):
            return False
        known = self.statements(index, key)
        return any(each.path == ("claims", number) and self.fallen.has(each.grounds) for each in known)

    def _against(self, index: Index, value: str) -> KeySet:
        """The events that have what `against:` asks for; for several pairs joined together, all of it."""
        found = KeySet.full(index.total)
        for part in value.split(TOGETHER):
            by, arrow, other = part.rpartition(ARROW)
            keys = (
                held
                for pair, held in self.contradictions(index).items()
                if pair == (by, other) or (not arrow and pair[1] == other)
            )
            found &= KeySet.of(chain.from_iterable(keys), index.total)
        return found

    def _being(self, index: Index, value: str) -> KeySet:
        """The events that are what `is:` asks for."""
        if value == WITHDRAWN:
            return self._with_value(index, IS, value)
        if value not in (RETRACTED, CORRECTED, SETTLED):
            return self.fallen.keys()
        found = KeySet.empty(index.total)
        for field, id_ in self._remarkable(index, value):
            found |= self._with_value(index, field, id_)
        return found

    def _remarkable(self, index: Index, value: str) -> Iterator[tuple[str, str]]:
        """The sources or topics that were what `is:` asks for, each as a term of a query."""
        day, header = self._last, index.header
        if value == RETRACTED:
            yield from (("source", id_) for id_ in index.sources.retracted_by(day))
        elif value == CORRECTED:
            for id_, source in header.sources.items():
                if source_as_known(source, day).corrections:
                    yield "source", id_
        elif value == SETTLED:
            for id_, topic in header.topics.items():
                answers = topic_as_known(topic, day, {}).settled
                if answers and not answers[-1].open:
                    yield "topic", id_

    def _with_origins(self, index: Index, number: int) -> KeySet:
        """The events with a statement that rests on so many origins."""
        gone, sources, resting = self.fallen.gone, index.sources, index.resting
        left = ([id_ for id_ in cited if id_ not in gone] for cited in resting.cited(self._last))
        groups = bytes(len(sources.roots_of(each) - gone) == number for each in left)
        known = self.fallen.known
        steady = (
            compress(keys, map(known.__getitem__, keys))
            for _, keys in resting.keys(groups, known, self._last)
        )
        retimed = (
            key
            for key, statements in self.fallen.retimed.items()
            for each in statements
            if len(sources.roots_of(sources.support(each.grounds, gone, self._last).left) - gone) == number
        )
        return KeySet.of(chain(chain.from_iterable(steady), retimed), index.total)

    def resting(self, index: Index, marks: bytes) -> Iterator[tuple[Sequence[str], int]]:
        """The sources that can be cited and that statements of some events rest on, and how many do.

        Args:
            index: The index of the timeline.
            marks: One byte for each event, 1 for those asked for, all of them known.
        """
        resting, retimed = index.resting, self.fallen.retimed
        here = bytes(map(int.__and__, marks, self.fallen.known)) if retimed else marks
        counts = resting.counts(here, self._last)
        yield from compress(zip(resting.cited(self._last), counts, strict=True), counts)
        for each in chain.from_iterable(held for key, held in retimed.items() if marks[key]):
            support = index.sources.support(each.grounds, self.fallen.gone, self._last)
            if cited := (*support.left, *support.lost):
                yield cited, 1

    def _earlier_dates(self, index: Index) -> dict[int, Date]:
        if self.day is None:
            return {}
        return {key: parse_date(text) for key, text in index.earlier_dates(self.day)}

    def _take_back_dates(self) -> None:
        """Give the events back the dates that they had before updates that have fallen."""
        for key, date in self.fallen.redated.items():
            if date is None:
                self.moved.pop(key, None)
            else:
                self.moved[key] = date

    def _without_fallen(self, index: Index, event: Event, whole: Event) -> Event:
        """An event as known in which what has fallen changes nothing."""
        return standing_event(whole, event, self._last, index.published, self.fallen.has)

    def _changed_values(self, index: Index, field: str) -> tuple[frozenset[int], Mapping[str, set[int]]]:
        """The events in which something fallen may change a field, and those that each value finds then."""
        if field not in self._values:
            left = {"status": self._statuses_left, IS: self._withdrawn_left}
            keys, found = left[field](index) if field in left else self._values_left(index, field)
            self._values[field] = frozenset(keys), found
        return self._values[field]

    def _values_left(self, index: Index, field: str) -> tuple[KeySet, Mapping[str, set[int]]]:
        retimed = self.fallen.retimed
        fallen = self.fallen.keys(*_CHANGING[field]) if field in _CHANGING else ()
        keys = [
            key
            for key in sorted({*fallen, *retimed})
            if key in retimed or _may_change(index.event(key), field)
        ]
        found: dict[str, set[int]] = {}
        if keys:
            from timeline_tui.index.prepare import values_of  # noqa: PLC0415  not before the first frame
            from timeline_tui.index.searched import header_facts  # noqa: PLC0415  not before the first frame

            facts = header_facts(index.header)
            for key in keys:
                event = self.event(index, key) or index.event(key)
                named = chain.from_iterable(held for name, held in values_of(event, facts) if name == field)
                for value in filter(None, named):
                    found.setdefault(value if field in IDENTIFIED else folded(value), set()).add(key)
        return KeySet.of(keys, index.total), found

    def _statuses_left(self, index: Index) -> tuple[KeySet, Mapping[str, set[int]]]:
        """The events in which a status has fallen, and those that each status finds then.

        As in `support.standing_event()`, but no event is decoded. Events without a status that is left, and
        shown as they are, are left out.
        """
        left: dict[int, str] = {}
        ahead: set[int] = set()
        keys = self.fallen.keys("status")
        for key, holder, status, group in self._held(index, keys):
            if holder:
                continue
            if status != AHEAD:
                if not self.fallen.groups[group]:
                    left[key] = status
            elif self.day is not None:
                ahead.add(key)
        left |= {key: status_of_plan(left.get(key, "")) for key in ahead}
        left |= {key: (self.event(index, key) or index.summary(key)).status for key in self.fallen.retimed}
        found: dict[str, set[int]] = {}
        for key, status in left.items():
            found.setdefault(status, set()).add(key)
        return KeySet.of(left, index.total), found

    def _withdrawn_left(self, index: Index) -> tuple[KeySet, Mapping[str, set[int]]]:
        """The events in which a status has fallen, and those in which something is withdrawn then.

        As in `support.standing_event()`, but no event is decoded, unless other days count for it.
        """
        keys = self.fallen.keys("status", MOVE)
        last: dict[tuple[int, int], str] = {}
        standing: dict[tuple[int, int], str] = {}
        for key, holder, status, group in self._held(index, keys):
            if holder and key not in self.fallen.retimed:
                last[key, holder] = status
                if not self.fallen.groups[group]:
                    standing[key, holder] = status
        found = {key for (key, _), status in (last | standing).items() if status == WITHDRAWN}
        for key in self.fallen.retimed:
            event = self.event(index, key) or index.event(key)
            said: tuple[Quote | Claim, ...] = (*event.quotes, *event.claims)
            if any(each.status == WITHDRAWN for each in said):
                found.add(key)
        return keys, {WITHDRAWN: found}

    def _held(self, index: Index, keys: KeySet) -> Iterator[tuple[int, int, str, int]]:
        """The statuses of some events as known: key, holder, status, and the set of sources it rests on."""
        for key, holder, status, group, since, until in index.resting.statuses(keys.marks) if keys else ():
            if self.day is None or since <= self.day < until:
                yield key, holder, status, group
