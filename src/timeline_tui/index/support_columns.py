"""What the statements of a timeline rest on, column by column: sets of sources, and the events with each.

A source is taken away or a clock is set in one pass over these columns, however many sets there are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate, chain, compress, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, get_args

import msgspec

from timeline_tui.dates.date import BEGINNING
from timeline_tui.index.columns import NEVER, keys_at, packed, unpacked
from timeline_tui.model.records import Status
from timeline_tui.query.language import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

MOVE: Final = "move"
"""How an update or a status is noted once more that has a say in when its event took place."""
AHEAD: Final = ""
"""The status that stands for: still to come."""
Grounds: TypeAlias = tuple[tuple[str, int], ...]
"""As in `model.support`, by source."""
NotedStatus: TypeAlias = tuple[int, int, str, Grounds, int, int]
"""As `HeldStatus`, with the offset of the event, and what it rests on."""

_STATUSES: Final = (AHEAD, *get_args(Status), WITHDRAWN)


class Postings:
    """Numbers or keys of events, each with a span of days: a first day and the day after the last."""

    __slots__ = ("numbers", "since", "until")

    def __init__(self) -> None:
        self.numbers, self.since, self.until = array("I"), array("q"), array("q")

    def add(self, start: int, postings: Iterable[tuple[int, int, int]]) -> None:
        """Add what is given by offset from a number."""
        if columns := list(zip(*postings, strict=True)):
            offsets, since, until = columns
            self.numbers.extend(map(start.__add__, offsets))
            self.since.extend(since)
            self.until.extend([min(day, NEVER) for day in until])

    def packed(self, places: array[int]) -> tuple[bytes, bytes, bytes]:
        """Keys, first days and days after the last, as the database keeps them."""
        keys = array("I", map(places.__getitem__, self.numbers))
        return packed(keys), packed(self.since), packed(self.until)


class HeldStatus(NamedTuple):
    """A status in a history, and days on which it is known."""

    key: int
    holder: int
    """Whose it is: 0 for the event itself, from 1 on for its quotes and then its claims."""
    status: str
    """`AHEAD` on days on which the event was known to be still to come."""
    group: int
    """The set of sources that it rests on; that without any is the first."""
    since: int
    until: int
    """The day after the last."""


class _Stored(msgspec.Struct, array_like=True):
    """All columns as `packed()` makes them."""

    sources: list[str]
    starts: bytes
    """Where in `cited` each set of sources begins, and where the last ends."""
    cited: bytes
    """Places in `sources`."""
    counts_from: bytes
    """For each of `cited`, the day from which it can be cited and counts."""
    kinds: list[_StoredKind]
    entries: tuple[bytes, bytes, bytes, bytes, bytes, bytes]
    """Those of `HeldStatus`, by key and holder, the oldest first; statuses as one byte each."""


class _StoredKind(msgspec.Struct, array_like=True):
    kind: str
    groups: bytes
    """The sets of sources on which statements of this kind rest."""
    starts: bytes
    """Where in `keys` the events of each of these begin, and where the last end."""
    keys: bytes
    """A key once for each statement that is there as long as its event."""
    timed_starts: bytes
    timed: tuple[bytes, bytes, bytes]
    """The other statements: keys, first days, days after the last."""


class _Kind:
    """The statements of one kind, by the set of sources that they rest on."""

    def __init__(self, stored: _StoredKind) -> None:
        self.kind = stored.kind
        self.groups, self.starts, self.keys = map(unpacked, (stored.groups, stored.starts, stored.keys))
        self.timed_starts, self.timed = unpacked(stored.timed_starts), unpacked(stored.timed[0])
        self.since, self.until = map(unpacked, stored.timed[1:])

    def known(self, day: int) -> bytes:
        """One byte for each of `timed`: 1 if its span covers a day."""
        day = min(day, NEVER - 1)
        return bytes([since <= day < until for since, until in zip(self.since, self.until, strict=True)])


class Resting:
    """What all statements rest on.

    A set of sources is known by its number, its *group*; group 0 is that of statements without any.

    Args:
        data: As `RestingWriter.packed()` gives it.
    """

    def __init__(self, data: bytes) -> None:
        stored = msgspec.msgpack.decode(data, type=_Stored)
        self._sources = stored.sources
        self._starts, self._cited = unpacked(stored.starts), unpacked(stored.cited)
        self._counts_from = unpacked(stored.counts_from)
        self._latest = max(self._counts_from, default=BEGINNING)
        self._kinds = list(map(_Kind, stored.kinds))
        keys, holders, words, groups, since, until = stored.entries
        self._entry_keys, self._holders, self._entry_groups = map(unpacked, (keys, holders, groups))
        self._words = words
        self._entry_since, self._entry_until = unpacked(since), unpacked(until)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def cited(self, day: int) -> Iterator[list[str]]:
        """For each group, the sources that can be cited by a day and count."""
        names = list(map(self._sources.__getitem__, self._cited))
        spans = pairwise(self._starts)
        if self._latest <= day:
            return (names[start:stop] for start, stop in spans)
        shown = [since <= day for since in self._counts_from]
        return (list(compress(names[start:stop], shown[start:stop])) for start, stop in spans)

    def fallen(self, gone: AbstractSet[str], day: int) -> bytearray:
        """One byte for each group: 1 if sources of it can be cited by a day, and all of these are gone."""
        marks = bytearray(len(self))
        is_gone = bytes(id_ in gone for id_ in self._sources)
        lost = bytes(map(is_gone.__getitem__, self._cited))
        place = lost.find(1)
        while place >= 0:
            group = bisect_right(self._starts, place) - 1
            start, stop = self._starts[group : group + 2]
            if self._latest <= day:
                marks[group] = lost.count(1, start, stop) == stop - start
            else:
                days = self._counts_from[start:stop]
                left = [
                    is_lost for is_lost, since in zip(lost[start:stop], days, strict=True) if since <= day
                ]
                marks[group] = bool(left) and all(left)
            place = lost.find(1, stop)
        return marks

    def keys(self, groups: bytes | bytearray, known: bytes, day: int) -> Iterator[tuple[str, list[int]]]:
        """The statements that rest on some groups: their kind, and the events that hold them.

        Those with a say in when their event took place come once more, as the kind `MOVE`.

        Args:
            groups: One byte for each group, 1 for those asked for.
            known: One byte for each event, 1 for those that are known.
            day: The day on which the statements are known.
        """
        for kind in self._kinds:
            chosen = list(map(groups.__getitem__, kind.groups))
            if any(chosen):
                keys: list[int] = []
                for start, stop in compress(pairwise(kind.starts), chosen):
                    keys += kind.keys[start:stop]
                keys = list(compress(keys, map(known.__getitem__, keys)))
                on_day = kind.known(day)
                for start, stop in compress(pairwise(kind.timed_starts), chosen):
                    keys += compress(kind.timed[start:stop], on_day[start:stop])
                yield kind.kind, keys

    def counts(self, known: bytes, day: int) -> list[int]:
        """How many statements rest on each group; for the arguments see `keys()`."""
        counts = [0] * len(self)
        for kind in self._kinds:
            if kind.kind != MOVE:
                held = bytes(map(known.__getitem__, kind.keys))
                of_event = bytes(map(known.__getitem__, kind.timed))
                timed = bytes(map(int.__and__, of_event, kind.known(day)))
                spans = zip(kind.groups, pairwise(kind.starts), pairwise(kind.timed_starts), strict=True)
                for group, (start, stop), (first, last) in spans:
                    counts[group] += held.count(1, start, stop)
                    if first != last:
                        counts[group] += timed.count(1, first, last)
        return counts

    def statuses(self, events: bytes) -> Iterator[HeldStatus]:
        """The histories of the statuses of some events, by key and holder, the oldest first.

        Events none of whose statuses has a source are left out, and of quotes and claims all that nobody
        withdrew.

        Args:
            events: One byte for each event, 1 for those asked for.
        """
        entries = zip(
            self._entry_keys,
            self._holders,
            map(_STATUSES.__getitem__, self._words),
            self._entry_groups,
            self._entry_since,
            self._entry_until,
            strict=True,
        )
        return map(HeldStatus._make, compress(entries, map(events.__getitem__, self._entry_keys)))


class RestingWriter:
    """Gathers the columns, by numbers of events, whose order is known only at the end."""

    def __init__(self) -> None:
        self._groups: dict[Grounds, int] = {(): 0}
        # One for all groups that have it: else these are most of what is held of a long file.
        self._cited: dict[tuple[str, int], tuple[str, int]] = {}
        self._constant: dict[str, dict[int, array[int]]] = defaultdict(
            lambda: defaultdict(lambda: array("I"))
        )
        self._timed: dict[str, dict[int, Postings]] = defaultdict(lambda: defaultdict(Postings))
        self._entries = Postings()
        self._holders, self._words, self._entry_groups = array("I"), bytearray(), array("I")

    def add(
        self, start: int, grounds: Grounds, kind: str, offsets: list[int], timed: list[tuple[int, int, int]]
    ) -> None:
        """Take statements that rest on the same; their events are given by offset from a number."""
        group = self._group(grounds)
        self._constant[kind][group].extend(map(start.__add__, offsets))
        if timed:
            self._timed[kind][group].add(start, timed)

    def add_statuses(self, start: int, entries: Iterable[NotedStatus]) -> None:
        """Take histories of statuses, as `Entries.statuses` has them."""
        for offset, holder, status, grounds, since, until in entries:
            self._entries.add(start, ((offset, since, until),))
            self._holders.append(holder)
            self._words.append(_STATUSES.index(status))
            self._entry_groups.append(self._group(grounds))

    def packed(self, places: array[int], published: Mapping[str, int]) -> bytes:
        """All columns, the same for the same events, in whatever parts they were added.

        Args:
            places: The keys of the events by number.
            published: The day from which each source can be cited, by id.
        """
        groups = sorted(self._groups)
        ranks = array("I", bytes(4 * len(groups)))
        for rank, grounds in enumerate(groups):
            ranks[self._groups[grounds]] = rank
        cited = list(chain.from_iterable(groups))
        sources = {id_: place for place, id_ in enumerate(dict.fromkeys(id_ for id_, _ in cited))}
        stored = _Stored(
            list(sources),
            _starts(map(len, groups)),
            packed(array("I", (sources[id_] for id_, _ in cited))),
            packed(array("q", (max(day, published.get(id_, BEGINNING)) for id_, day in cited))),
            [self._packed_kind(kind, ranks, places) for kind in sorted(self._constant)],
            self._packed_entries(ranks, places),
        )
        return msgspec.msgpack.encode(stored)

    def _group(self, grounds: Grounds) -> int:
        group = self._groups.get(grounds)
        if group is None:
            group = len(self._groups)
            self._groups[tuple(self._cited.setdefault(one, one) for one in grounds)] = group
        return group

    def _packed_kind(self, kind: str, ranks: array[int], places: array[int]) -> _StoredKind:
        none, timed = Postings(), Postings()
        groups = sorted(self._constant[kind], key=ranks.__getitem__)
        keys = [keys_at(places, self._constant[kind][group]) for group in groups]
        timed_by_group = [self._timed[kind].get(group, none) for group in groups]
        for held in timed_by_group:
            timed.numbers.extend(held.numbers)
            timed.since.extend(held.since)
            timed.until.extend(held.until)
        return _StoredKind(
            kind,
            packed(array("I", map(ranks.__getitem__, groups))),
            _starts(map(len, keys)),
            packed(array("I", chain.from_iterable(keys))),
            _starts(len(held.numbers) for held in timed_by_group),
            timed.packed(places),
        )

    def _packed_entries(
        self, ranks: array[int], places: array[int]
    ) -> tuple[bytes, bytes, bytes, bytes, bytes, bytes]:
        entries = self._entries
        keys = array("I", map(places.__getitem__, entries.numbers))
        order = sorted(range(len(keys)), key=keys.__getitem__)
        groups = (ranks[self._entry_groups[number]] for number in order)
        return (
            packed(array("I", map(keys.__getitem__, order))),
            packed(array("I", map(self._holders.__getitem__, order))),
            bytes(map(self._words.__getitem__, order)),
            packed(array("I", groups)),
            packed(array("q", map(entries.since.__getitem__, order))),
            packed(array("q", map(entries.until.__getitem__, order))),
        )


def _starts(lengths: Iterable[int]) -> bytes:
    """Where each of several runs begins that follow one another, and where the last ends."""
    return packed(array("I", accumulate(lengths, initial=0)))
