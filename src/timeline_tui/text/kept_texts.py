"""Many texts that take little memory: compressed, in order, to be gone through at the end."""

from __future__ import annotations

import zlib
from array import array
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_QUICKLY: Final = 1
"""The level of compression that takes the least time."""
_RUN: Final = 4_096
"""The greatest number of texts that are compressed together."""
_BUCKETS: Final = 64
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[str]).decode


class KeptTexts:
    """Texts, numbered from 0 in the order in which they are added."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, bytes]] = []
        """The number of the first text of each run, and its texts."""
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        for _, texts in self._each_run():
            yield from texts

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts."""
        for start in range(0, len(texts), _RUN):
            run = texts[start : start + _RUN]
            self._runs.append((self._count, zlib.compress(_encode(run), _QUICKLY)))
            self._count += len(run)

    def at(self, numbers: Iterable[int]) -> dict[int, str]:
        """The texts with some numbers, by number, in one pass."""
        found: dict[int, str] = {}
        wanted = iter(sorted(set(numbers)))
        number = next(wanted, None)
        for place, (first, run) in enumerate(self._runs):
            end = self._runs[place + 1][0] if place + 1 < len(self._runs) else self._count
            if number is None:
                break
            if number < end:
                texts = _decode(zlib.decompress(run))
                while number is not None and number < end:
                    found[number] = texts[number - first]
                    number = next(wanted, None)
        return found

    def numbers_of(self, wanted: Iterable[str]) -> dict[str, int]:
        """The number of the first of each of some texts, of those that there are."""
        found: dict[str, int] = {}
        sought = set(wanted)
        for first, texts in self._each_run() if sought else ():
            if not sought.isdisjoint(texts):
                for number, text in enumerate(texts, first):
                    if text in sought:
                        found.setdefault(text, number)
        return found

    def _each_run(self) -> Iterator[tuple[int, list[str]]]:
        for first, run in self._runs:
            yield first, _decode(zlib.decompress(run))


class Repeats:
    """Whether any of many texts comes twice, by a hash of each: eight bytes in place of the text.

    Of ten million different texts, two have the same hash once in hundreds of thousands of times.
    """

    def __init__(self) -> None:
        self._hashes = [array("q") for _ in range(_BUCKETS)]
        self._count = 0
        self._next = _BUCKETS

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts."""
        hashes = self._hashes
        for value in map(hash, texts):
            hashes[value % _BUCKETS].append(value)
        self._count += len(texts)

    def found(self) -> bool:
        """Whether some text came twice."""
        return any(len(set(hashes)) < len(hashes) for hashes in self._hashes)

    def found_early(self) -> bool:
        """As `found()`, but looked at only now and then: whenever there are twice as many texts."""
        if self._count < self._next:
            return False
        self._next = 2 * self._count
        return self.found()
