"""The times of day of events while an index is written."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate, compress
from typing import TYPE_CHECKING

from timeline_tui.dates.day_numbers import SECONDS
from timeline_tui.dates.edtf import SECOND
from timeline_tui.index.columns import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Times:
    """The times of day of the events of a timeline, by number of the event."""

    def __init__(self) -> None:
        self._numbers, self._seconds = array("I"), array("i")

    def add(self, start: int, times: Iterable[tuple[int, int]]) -> None:
        """Add those of a run of events: offsets from its first event, and seconds of the day as written."""
        for offset, second in times:
            self._numbers.append(start + offset)
            self._seconds.append(second)

    def columns(
        self,
        instants: Sequence[Sequence[int]],
        firsts: Sequence[int],
        standing: Sequence[int],
        places: Sequence[int],
    ) -> Iterator[tuple[str, bytes | int]]:
        """What an index keeps of them, by name: see `Moments`.

        Args:
            instants: The day and the nanosecond in UTC at which each event begins, by number.
            firsts: The first day of each event as written, by number.
            standing: The day that each event is on, by key.
            places: The keys of the events by number.
        """
        keys = array("I", map(places.__getitem__, self._numbers))
        written = [
            firsts[number] * SECONDS + second
            for number, second in zip(self._numbers, self._seconds, strict=True)
        ]
        days, nanoseconds = instants[:2]
        in_utc = [days[number] * SECONDS + nanoseconds[number] // SECOND for number in self._numbers]
        several = _days_of_several_clocks(standing, keys, written, in_utc)
        seconds = array("i", bytes(4 * len(standing) * bool(keys)))
        for key, here, there in zip(keys, written, in_utc, strict=True):
            day = standing[key]
            moment = there if day in several else here
            seconds[key] = min(max(moment - day * SECONDS, 0), SECONDS - 1)
        for day in {standing[key] for key in keys}:
            # None is before another one that it follows.
            start, stop = bisect_left(standing, day), bisect_right(standing, day)
            seconds[start:stop] = array("i", accumulate(seconds[start:stop], max))
        later = bytes(map(bool, seconds))
        yield "has times", int(bool(keys))
        yield "days of several clocks", packed(array("q", sorted(several)))
        yield "timed", packed(array("I", compress(range(len(seconds)), later)))
        yield "seconds", packed(array("q", compress(seconds, later)))


def _days_of_several_clocks(
    standing: Sequence[int], keys: Sequence[int], written: Sequence[int], in_utc: Sequence[int]
) -> set[int]:
    """The days of whose times not all are written with the same offset from UTC."""
    offsets: dict[int, int] = {}
    found = set()
    for key, here, there in zip(keys, written, in_utc, strict=True):
        day = standing[key]
        if offsets.setdefault(day, here - there) != here - there:
            found.add(day)
    return found
