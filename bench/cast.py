"""Who acts in a generated timeline, and who reports it."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from bench.vocabulary import (
    BODIES,
    FIRST_NAMES,
    LAST_NAMES,
    NATIVE_NAMES,
    PLACES,
    STATES,
    TOPICS,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from bench.dating import Calendar

_ACTORS = 200
_SOURCES = 500
_UNDATED = 5
"""One source in so many has an address and no date; any event may cite it."""
_TABLE = 4_096


class Cast:
    """The ids of a timeline of `count` events; every one of them is referred to."""

    def __init__(self, count: int, rng: random.Random) -> None:
        self.chance = rng.random
        self.names = dict(_names(min(_ACTORS, count)))
        self.ids = list(self.names)
        self.topics = [topic.id for topic in TOPICS[:count]]
        total = min(_SOURCES, count)
        self.undated = total // _UNDATED
        self.dated = total - self.undated
        self.count = count
        # Zipf: the second actor is in half as many events as the first, the third in a third.
        self.weighted = rng.choices(
            self.ids, cum_weights=list(accumulate(1 / rank for rank in range(1, len(self.ids) + 1))), k=_TABLE
        ) if self.ids else []  # fmt: skip

    def of_event(self, number: int) -> list[str]:
        """One to four actors of event `number`, each once; the first takes the lead."""
        weighted, chance = self.weighted, self.chance
        who = [weighted[int(chance() * _TABLE)] for _ in range(1 + int(chance() * chance() * 4.5))]
        if number < len(self.ids):
            who.append(self.ids[number])
        return list(dict.fromkeys(who))

    def cited(self, number: int) -> str:
        """The sources of event `number`, with commas."""
        dated = f"report-{number * self.dated // self.count}"
        if number < self.undated:
            return f"{dated}, archive-{number}"
        if not self.undated or self.chance() < 0.6:
            return dated
        return f"{dated}, {{id: archive-{int(self.chance() * self.undated)}, at: para. {number % 17 + 1}}}"


def sources(cast: Cast, calendar: Calendar) -> Iterator[str]:
    """The register of sources; those with a date are published after what they report."""
    yield "sources:\n"
    for number in range(cast.dated):
        last = -(-(number + 1) * cast.count // cast.dated) - 1
        place = PLACES[number % len(PLACES)]
        yield (
            f"  report-{number}:\n    title: {place} diary, part {number + 1}\n"
            f"    publisher: The {place} {BODIES[number % len(BODIES)]}\n"
            f"    date: {calendar.later(last, days=5)}\n    url: https://news.example/{number}\n"
            f"    language: en\n    kind: {'wire' if number % 3 else 'report'}\n"
        )
    for number in range(cast.undated):
        place = PLACES[number % len(PLACES)]
        yield (
            f"  archive-{number}:\n    title: Archive of {place}, shelf {number + 1}\n    kind: data\n"
            f"    url: https://archive.example/{number}\n    note: Undated; looked up when needed.\n"
        )


def actors(cast: Cast) -> Iterator[str]:
    """The register of actors, with other spellings for some of them."""
    yield "actors:\n"
    for number, (actor, name) in enumerate(cast.names.items()):
        yield f"  {actor}:\n    name: {name}\n"
        if number < len(STATES):
            yield "    kind: state\n"
        elif number % 4 == 0:
            yield f"    kind: {'media' if number % 8 else 'organisation'}\n"
        else:
            yield f"    kind: person\n    role: Delegate {number}\n    of: {cast.ids[number % len(STATES)]}\n"
            yield f'    aliases: ["{NATIVE_NAMES[number % len(NATIVE_NAMES)]} {number}"]\n'


def topics(cast: Cast) -> Iterator[str]:
    """The register of topics: some are counted, some are answered in words."""
    yield "topics:\n"
    for topic in TOPICS[: len(cast.topics)]:
        yield f"  {topic.id}:\n    question: {topic.question}\n" + (
            f"    unit: {topic.unit}\n" if topic.unit else ""
        )


def _names(count: int) -> Iterator[tuple[str, str]]:
    for number in range(count):
        if number < len(STATES):
            name = STATES[number]
        elif number % 4 == 0:
            name = f"{PLACES[number // 4 % len(PLACES)]} {BODIES[number // 4 % len(BODIES)]}"
        elif number % 10 == 1:
            name = f"{NATIVE_NAMES[number // 10 % len(NATIVE_NAMES)]} {'I' * (1 + number // 150)}"
        else:
            first = FIRST_NAMES[number % len(FIRST_NAMES)]
            name = f"{first} {LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]}"
        yield f"actor-{number}", name
