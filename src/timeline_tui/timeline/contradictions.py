"""Who contradicts whom: claims on one question that cannot both be true, and links that deny."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from itertools import chain, product
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from timeline_tui.dates.date import END
from timeline_tui.index.columns import packed, unpacked
from timeline_tui.model.figures import parse_figure
from timeline_tui.text.sanitize import fold, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.index.index import Index
    from timeline_tui.model.figures import Figure
    from timeline_tui.model.records import Event

MOST_CLAIMS: Final = 400
"""The greatest number of claims on a question that are compared: the latest."""
MOST_LINKS: Final = 2_000
"""The greatest number of denying links that are read: those of the latest events."""
DENYING: Final = ("denies", "contradicts")
"""The relations of links by which an event contradicts another one."""


class Said(NamedTuple):
    """A claim in force: who makes it, in which event, from which day, and until before which."""

    key: int
    by: str
    figure: Figure | None
    text: str
    """Folded; for a claim without a figure."""
    since: int
    until: int
    low: Decimal | None = None
    """The lowest number that the figure can mean; None for no bound."""
    high: Decimal | None = None


def contradicting(first: Said, other: Said) -> bool:
    """Whether two claims on one question cannot both be true while both are in force."""
    if first.until <= other.since or other.until <= first.since:
        return False
    if first.figure is None or other.figure is None:
        return first.figure is None and other.figure is None and first.text != other.text
    low, high, other_low, other_high = first.low, first.high, other.low, other.high
    return bool(
        (high is not None and other_low is not None and high < other_low)
        or (other_high is not None and low is not None and other_high < low)
    )


def said(key: int, by: str, value: str, since: int, until: int) -> Said:
    """A claim with what it says, as it is compared."""
    figure = parse_figure(value)
    if figure is None:
        return Said(key, by, None, fold(one_line(value)), since, until)
    return Said(key, by, figure, "", since, until, *_bounds(figure))


def _bounds(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and the highest number that a figure can mean.

    An approximate number was rounded: it can be off by half of the place of its last digit that is not 0, as
    about 8,000 can be 7,500 to 8,500.
    """
    low, high = figure.low, figure.high
    if not figure.about:
        return low, high
    return None if low is None else low - _half(low), None if high is None else high + _half(high)


def _half(number: Decimal) -> Decimal:
    if not number:
        return Decimal(0)
    exponent = number.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


class _Heard(NamedTuple):
    """What an event has that is compared with other events."""

    claims: Sequence[tuple[str, str, str, int, int]]
    """Those that neither have fallen nor were withdrawn: topic, actor, value, first and last day."""
    speaking: Sequence[str]
    """As `speaking_in()`."""


def _heard(key: int, event: Event, fallen: Callable[[int, int], bool]) -> _Heard:
    claims = []
    for number, claim in enumerate(event.claims):
        if claim.status != "withdrawn" and not fallen(key, number):
            date = claim.date or event.date
            claims.append((claim.about, claim.by, claim.value, date.earliest, date.latest))
    return _Heard(claims, speaking_in(event))


def _claims_in_force(keys: Iterable[int], topic: str, heard: Mapping[int, _Heard]) -> list[Said]:
    """The claims on a topic in some events, each with the days it is in force.

    A claim is in force until a certainly later one of the same actor.

    Args:
        keys: The events, in chronological order.
        topic: The id of the topic.
        heard: What the events have, by key.
    """
    found = [(key, *claim[1:]) for key in keys for claim in heard[key].claims if claim[0] == topic]
    found = found[-MOST_CLAIMS:]
    begins: defaultdict[str, list[int]] = defaultdict(list)
    for _, by, _, first, _ in sorted(found, key=lambda each: each[3]):
        begins[by].append(first)
    claims = []
    for key, by, value, first, last in found:
        later = bisect_right(begins[by], last)
        until = begins[by][later] if later < len(begins[by]) else END + 1
        claims.append(said(key, by, value, first, until))
    return claims


def by_claims(claims: Sequence[Said]) -> Iterator[tuple[str, str, int]]:
    """Who contradicts whom in which event, by claims on one question; each may come several times."""
    for number, first in enumerate(claims):
        for other in claims[number + 1 :]:
            if first.by != other.by and contradicting(first, other):
                yield first.by, other.by, first.key
                yield other.by, first.by, other.key


def speaking_in(event: Event) -> Sequence[str]:
    """Who says something in an event: speakers, claimants and who claims the event; else who takes part."""
    said = [quote.speaker for quote in event.quotes] + [claim.by for claim in event.claims]
    return tuple(dict.fromkeys([*event.by, *said])) or tuple(event.actors)


def contradictions(
    topics: Mapping[str, Sequence[int]],
    links: Sequence[tuple[int, int]],
    number_of: Callable[[int], int],
    event_of: Callable[[int], Event],
    fallen: Callable[[int, int], bool],
) -> dict[tuple[str, str], array[int]]:
    """By who contradicts whom, the keys of the events in which the first does so, ascending.

    Args:
        topics: By topic, the keys of the events with claims on it.
        links: The keys of events that deny or contradict another one, and of these.
        number_of: Gives the place of an event in the file by its key. Neighbours there are compressed
            together, so events are read in that order, each once.
        event_of: Gives an event as known by its key.
        fallen: Whether the claim with a number in an event has fallen.
    """
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    compared = {topic: keys[-MOST_CLAIMS:] for topic, keys in topics.items()}
    wanted = {*chain.from_iterable(compared.values()), *chain.from_iterable(links)}
    heard = {key: _heard(key, event_of(key), fallen) for key in sorted(wanted, key=number_of)}
    for topic, keys in compared.items():
        for by, other, key in by_claims(_claims_in_force(keys, topic, heard)):
            found[by, other].add(key)
    for key, target in links:
        for by, other in product(heard[key].speaking, heard[target].speaking):
            if by != other:
                found[by, other].add(key)
    return {pair: array("I", sorted(keys)) for pair, keys in found.items()}


class _Kept(msgspec.Struct, array_like=True):
    """The contradictions of a whole timeline, as they are kept with the index."""

    pairs: list[tuple[str, str, bytes]]
    """Who contradicts whom, and the keys of the events."""
    unread: int
    """How many links that deny something were left out."""


_NAME = "contradictions"


def keep(index: Index, found: Mapping[tuple[str, str], array[int]], unread: int) -> None:
    """Store the contradictions of the whole timeline in an index that is being built."""
    pairs = [(by, other, packed(keys)) for (by, other), keys in found.items()]
    index.keep(_NAME, msgspec.msgpack.encode(_Kept(pairs, unread)))


def kept(index: Index) -> tuple[dict[tuple[str, str], array[int]] | None, int]:
    """What `keep()` stored, and how many links were left out; None if nothing was stored."""
    stored = index.kept(_NAME)
    if stored is None:
        return None, 0
    found = msgspec.msgpack.decode(stored, type=_Kept)
    return {(by, other): unpacked(keys) for by, other, keys in found.pairs}, found.unread
