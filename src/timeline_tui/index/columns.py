"""Integer columns by event, read lazily: a few values or all of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain, groupby, repeat
from operator import sub
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = "11"
"""The version of the database; one of another version is not read."""

NEVER = 2**31 - 1
"""What stands for the day after the last where nothing ends a span; no clock is set to such a day."""

CHUNK = 1 << 16
"""Number of values that are read at a time."""


class Column(Sequence[int]):
    """A sequence of unsigned 32-bit integers, of which a chunk is read when it is first needed.

    Args:
        read: Gives the bytes of a chunk by its number, from 0.
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
            self._chunks[number] = keys_of(self._read(number))
        return self._chunks[number][offset]

    @cached_property
    def whole(self) -> array[int]:
        """All the integers."""
        return keys_of(b"".join(self._read(number) for number in range(-(-self._total // CHUNK))))


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
        yield values[start : start + CHUNK].tobytes()


def packed(days: array[int]) -> bytes:
    """Days or lines as bytes for the database: the type code of an array, then the array.

    32 bits are enough except for days long before people.
    """
    with suppress(OverflowError):
        days = array("i", days)
    return days.typecode.encode() + days.tobytes()


def unpacked(data: bytes) -> array[int]:
    """The values that were given to `packed()`."""
    days = array(chr(data[0]))
    days.frombytes(memoryview(data)[1:])
    return days


def keys_of(data: bytes) -> array[int]:
    """Keys, as the database keeps them, as an array."""
    values = array("I")
    values.frombytes(data)
    return values
