"""Integer columns by event, read lazily: a few values or all of them."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, groupby, repeat
from operator import sub
from typing import TYPE_CHECKING, overload
from zlib import crc32

from timeline_tui.dates.day_numbers import SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = "12"
"""The version of the database; one of another version is not read."""

NEVER = 2**31 - 1
"""What stands for the day after the last where nothing ends a span; no clock is set to such a day."""

BLOCK = 48
"""Records that are compressed together: fewer take more room, more take longer to read one of them."""
RUN = 16 * BLOCK
"""Records that are stored together: the more, the less room is lost at the ends of pages."""

_SHORT = 64
"""Arrays of fewer bytes are kept as they are."""
_SQUEEZED = 0x80
"""Added to the type code of an array that is compressed."""

CHUNK = 1 << 16
"""Number of values that are read at a time."""


class Column(Sequence[int]):
    """A sequence of unsigned 32-bit integers, of which a chunk is read when it is first needed.

    Args:
        read: Gives a chunk as `packed()` by its number, from 0.
        total: The number of integers.
    """

    def __init__(self, read: Callable[[int], bytes], total: int) -> None:
        self._read, self._total = read, total
        self._chunks: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return self._total

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return self.whole[place]
        if not 0 <= place < self._total:
            raise IndexError(place)
        number, offset = divmod(place, CHUNK)
        if number not in self._chunks:
            self._chunks[number] = unpacked(self._read(number))
        return self._chunks[number][offset]

    @cached_property
    def whole(self) -> array[int]:
        """All the integers."""
        values = array("I")
        for number in range(-(-self._total // CHUNK)):
            values.extend(unpacked(self._read(number)))
        return values


class Days(Sequence[int]):
    """A sequence of day numbers in ascending order, run-length encoded.

    Args:
        days: The distinct days.
        starts: The first place of each.
        total: The number of places.
    """

    def __init__(self, days: array[int], starts: array[int], total: int) -> None:
        self._days, self._starts, self._total = days, starts, total

    def __len__(self) -> int:
        return self._total

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return array("q", self)[place]
        place += self._total if place < 0 else 0
        if not 0 <= place < self._total:
            raise IndexError(place)
        return self._days[bisect_right(self._starts, place) - 1]

    def __iter__(self) -> Iterator[int]:
        ends = [*self._starts[1:], self._total]
        return chain.from_iterable(map(repeat, self._days, map(sub, ends, self._starts)))

    def first_from(self, day: int) -> int:
        """The first place with that day or a later one; the number of places if there is none."""
        number = bisect_left(self._days, day)
        return self._starts[number] if number < len(self._starts) else self._total


def keys_at(places: array[int], numbers: array[int]) -> array[int]:
    """The keys of events by their numbers, ascending.

    Args:
        places: The key of each event by number.
        numbers: Ascending, but for those that two spellings of a word have together.
    """
    return array("I", sorted(map(places.__getitem__, numbers)))


def check_of(id_: str) -> bytes:
    """Four bytes by which an id is found among others: equal for equal ids, and hardly ever for two."""
    return crc32(id_.encode("utf-8", "surrogatepass")).to_bytes(4, "little")


class Moments:
    """When events begin: steps that count from day 0 on, by key, ascending.

    Of a timeline with times of day, a step is a second, else a day. Seconds are those of the clocks that
    times are written with; on a day on which these differ, of UTC. None is on another day than the event.

    Args:
        standing: The day that each event is on.
        timed: The keys of the events that do not begin with their day, ascending.
        seconds: For each of these, the second of the day.
        several: The days on which clocks differ; None for a timeline without times of day.
    """

    def __init__(
        self, standing: Days, timed: Sequence[int], seconds: Sequence[int], several: Sequence[int] | None
    ) -> None:
        self._standing, self._timed, self._seconds = standing, timed, seconds
        self._several = several or ()
        self.per_day = 1 if several is None else SECONDS
        """Steps of a day."""

    def __getitem__(self, key: int) -> int:
        start = self._standing[key] * self.per_day
        place = bisect_left(self._timed, key)
        is_later = place < len(self._timed) and self._timed[place] == key
        return start + self._seconds[place] if is_later else start

    @cached_property
    def seconds(self) -> array[int]:
        """The second of its day at which each event begins, by key."""
        seconds = array("i", bytes(4 * len(self._standing)))
        for key, second in zip(self._timed, self._seconds, strict=True):
            seconds[key] = second
        return seconds

    def is_in_utc(self, first: int, last: int) -> bool:
        """Whether times are in UTC on any of the days from one to another, as clocks differ there."""
        return bisect_left(self._several, first) < bisect_right(self._several, last)

    def first_from(self, moment: int) -> int:
        """The key of the first event at a moment or later; the number of events if there is none."""
        day, second = divmod(moment, self.per_day)
        first = self._standing.first_from(day)
        if not second:
            return first
        after = self._standing.first_from(day + 1)
        # What begins with a day comes before all that begins later on it.
        start, stop = bisect_left(self._timed, first), bisect_left(self._timed, after)
        place = bisect_left(self._seconds, second, start, stop)
        return self._timed[place] if place < stop else after


def run_lengths(days: array[int]) -> tuple[array[int], array[int]]:
    """The distinct days of an ascending sequence, and the first place of each."""
    different, starts = array("q"), array("I")
    place = 0
    for day, same in groupby(days):
        different.append(day)
        starts.append(place)
        place += sum(1 for _ in same)
    return different, starts


def chunks(values: array[int]) -> Iterator[bytes]:
    """The chunks of a `Column`."""
    for start in range(0, len(values), CHUNK):
        yield packed(values[start : start + CHUNK])


def packed(values: array[int]) -> bytes:
    """Keys, numbers, days or lines as bytes for the database; `unpacked()` gives them back.

    The first byte is the type code of an array; 32 bits are enough except for days long before people. Longer
    arrays have that code with `_SQUEEZED` added, and are compressed with the lowest byte of all values first,
    then the next: the higher bytes hardly ever change, so that little more than the lowest ones takes room.
    """
    if values.typecode == "q":
        values = _narrowed(values)
    code, data = ord(values.typecode), values.tobytes()
    if len(data) < _SHORT:
        return bytes((code,)) + data
    planes = b"".join(data[place :: values.itemsize] for place in range(values.itemsize))
    return bytes((code | _SQUEEZED,)) + zlib.compress(planes, 1)


def _narrowed(values: array[int]) -> array[int]:
    try:
        return array("i", values)
    except OverflowError:
        return values


def unpacked(data: bytes) -> array[int]:
    """The values that were given to `packed()`.

    Raises:
        DatabaseError: They are damaged.
    """
    try:
        values = array(chr(data[0] & ~_SQUEEZED))
        if not data[0] & _SQUEEZED:
            values.frombytes(memoryview(data)[1:])
            return values
        planes = zlib.decompress(memoryview(data)[1:])
        size = len(planes) // values.itemsize
        whole = bytearray(len(planes))
        for place in range(values.itemsize):
            whole[place :: values.itemsize] = planes[place * size : (place + 1) * size]
        values.frombytes(whole)
    except (IndexError, TypeError, ValueError, zlib.error) as error:
        # `check` counts days too, and needs no database.
        from timeline_tui.index.errors import DatabaseError  # noqa: PLC0415

        raise DatabaseError("columns of the index are damaged") from error
    return values
