"""A timeline as people keep them, of any length: `python -m bench.generate 100000 FILE`.

Written as it is made up, in constant memory, and the same for the same length and seed. About 580 bytes an
event: few actors in most of it, bursts and silences, dates known to the day or hardly at all, several
scripts. It has no errors and no warnings, whatever its length.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cast import Cast, actors, sources, topics
from bench.dating import Calendar
from bench.vocabulary import (
    ANSWERS,
    CODAS,
    COMMON_WORD,
    COORDINATES,
    EVENT_KINDS,
    LANGUAGES,
    MATTERS,
    NATIVE_PLACES,
    NATIVE_SPEECH,
    OBJECTS,
    OPENINGS,
    PLACES,
    RARE_WORD,
    ROLES,
    SPEECH,
    TAGS,
    TITLES,
    TOPICS,
    VERBS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_TITLE = "A border post opens"
"""Of the event that comes first whatever else there is."""
RARE_EVERY = 5_000
LINKED = 5
"""One event in so many has an id, and a later one that refers to it."""
CHANGING = 4
"""Of a timeline that changes, one event in so many has a history, most of which becomes known later."""
AGENCY = "agency"
"""The source that one event in `CITING` cites in a timeline that changes, half of them nothing else."""
CITING = 10
_KNOWN_LATE = 21
"""Days after which an event that is not known at once is known at the latest."""
_PLACED = 3_000
"""A timeline that changes, of so many events or more, has coordinates: each of its places is in an event."""
_CHUNK = 512
_STATUSES = ("claimed", "disputed", "denied")


def write_timeline(path: Path, count: int, seed: int = 1, *, changing: bool = False) -> None:
    """Write a timeline of `count` events to `path`, with the line ends of Unix."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(timeline(count, seed, changing=changing))


def timeline(count: int, seed: int = 1, *, changing: bool = False) -> Iterator[str]:
    """The pieces of a timeline of `count` events, in order, each of them whole lines.

    Args:
        count: How many events.
        seed: Another one makes another timeline.
        changing: Whether a quarter of the events have histories, as of format 1.1.
    """
    rng = random.Random(seed)  # noqa: S311  # it makes up stories, not keys
    calendar = Calendar(count, rng)
    cast = Cast(count, rng)
    if changing:
        yield "format: 1.1\n"
    yield from _header(count, cast, calendar, changing=changing)
    writer = _Writer(count, rng, cast, calendar)
    for start in range(0, count, _CHUNK):
        numbers = range(start, min(start + _CHUNK, count))
        events = [writer.changing(number) if changing else writer.event(number) for number in numbers]
        # Nobody keeps a long file in perfect order.
        if start % (7 * _CHUNK) == 0:
            rng.shuffle(events)
        yield "".join(events)


def _header(count: int, cast: Cast, calendar: Calendar, *, changing: bool) -> Iterator[str]:
    yield (
        f"title: A made-up story of {count} events\n"
        "description: >-\n  Made up by a program, to measure another one with.\nlanguage: en\n"
    )
    if count:
        yield from sources(cast, calendar)
        if changing:
            yield f"  {AGENCY}:\n    title: An agency\n    url: https://agency.example/\n    kind: wire\n"
        yield from actors(cast)
        yield from topics(cast)
        if changing and count >= _PLACED:
            yield "places:\n"
            for number, (name, (lat, lon)) in enumerate(COORDINATES.items()):
                yield f"  place-{number}: {{name: {name}, lat: {lat}, lon: {lon}}}\n"
        yield "events:\n"
    else:
        yield "events: []\n"


def title_of(number: int, name: str, place: str) -> str:
    """What somebody does in event `number`, in words that no other event has for that name and place."""
    if number == 0:
        return FIRST_TITLE
    title = f"{name} {VERBS[number % len(VERBS)]} the {OBJECTS[number % len(OBJECTS)]} in {place}"
    # From here on the same words come again, and an uncertain date may be that of a whole decade.
    turn = number // TITLES
    return f"{title}, in round {turn + 1} of the talks" if turn else title


_PLACE = re.compile(r"(?m)^    place: (.*)\n")
_PLACE_NUMBERS = {name: number for number, name in enumerate(COORDINATES)}


class _Writer:
    """Makes up events by their number, in chronological order."""

    def __init__(self, count: int, rng: random.Random, cast: Cast, calendar: Calendar) -> None:
        self.count = count
        self.rng = rng
        self.chance = rng.random
        self.cast = cast
        self.calendar = calendar
        self.rare = min(RARE_EVERY, count) // 2

    def event(self, number: int) -> str:
        """The lines of one event."""
        chance = self.chance
        who = self.cast.of_event(number)
        place, named = PLACES[number % len(PLACES)], ""
        if chance() >= 0.95:
            named = self._pick(NATIVE_PLACES)
        title = title_of(number, self.cast.names[who[0]], f"{place} and {named}" if named else place)
        refers = number % LINKED == 3
        known = number % LINKED == 0 and number + 3 < self.count
        parts = [
            f"  - id: event-{number}\n    date: " if known else "  - date: ",
            f"{self.calendar.date(number, answers=refers)}\n",
            f"    title: {title}\n    kind: {self._pick(EVENT_KINDS)}\n",
            f"    place: {named or place}\n" if chance() < 0.6 else "",
            self._standing(number, who) if chance() < 0.15 else "",
            self._text(number),
            self._actors(who),
            f"    tags: [{TAGS[number % len(TAGS)]}, {TAGS[(number * 7 + 3) % len(TAGS)]}]\n"
            if chance() < 0.6
            else "",
            f"    sources: [{self.cast.cited(number)}]\n",
            self._quote(number, who) if chance() < 0.33 else "",
            self._claim(number, who) if chance() < 0.06 or number < len(self.cast.topics) else "",
            self._links(number) if refers else "",
        ]
        return "".join(parts)

    def changing(self, number: int) -> str:
        """The lines of one event of a timeline in which one in `CHANGING` has a history."""
        event = self.event(number)
        if self.count >= _PLACED:
            event = _PLACE.sub(lambda found: f"    place: place-{_PLACE_NUMBERS[found[1]]}\n", event, count=1)
        if number % CITING == 0:
            event = event.replace("    sources: [", f"    sources: [{AGENCY}, ", 1)
        if number % (2 * CITING) == 0:
            event = re.sub(r"(?m)^    sources: .*$", f"    sources: [{AGENCY}]", event, count=1)
        if number % CHANGING:
            return event
        # Nothing is added to an event before it is known itself.
        after = (_KNOWN_LATE if "\n    known: " in event else 0) + 1
        days = sorted(after + int(self.chance() * 300) for _ in range(3))
        written = self.calendar.written
        first, then, last = (written[min(self.calendar.day(number) + day, len(written) - 1)] for day in days)
        cited = self.cast.cited(number)
        history = f"    updates:\n      - known: {first}\n        text: It was {self._pick(CODAS)}.\n"
        history += f"        sources: [{cited}]\n"
        if self.chance() < 0.3:
            title = event.partition("    title: ")[2].partition("\n")[0]
            history += f"      - known: {last}\n        title: {title}, as it turned out\n"
        if "\n    status:" not in event:
            history += (
                f"    status:\n      - is: claimed\n        sources: [{cited}]\n      - is: disputed\n"
                f"        known: {then}\n        sources: [{AGENCY if number % 8 else cited}]\n"
            )
        return event + history

    def _pick(self, choices: tuple[str, ...]) -> str:
        return choices[int(self.chance() * len(choices))]

    def _standing(self, number: int, who: list[str]) -> str:
        if self.chance() < 0.7:
            status = self._pick(_STATUSES)
            if number % LINKED == 0:
                # A later event may deny it, and a status without a date would tell that too early.
                status = "claimed"
            return f"    status: {status}\n    by: [{who[-1]}]\n"
        if self.chance() < 0.5:
            known = self.calendar.later(number, days=_KNOWN_LATE)
            return f"    known: {known}\n    outcome: It was {self._pick(CODAS)}.\n"
        planned, announced = self.calendar.earlier(number, days=30), self.calendar.earlier(number, days=60)
        return f"    postponed:\n      - date: {planned}\n        known: {announced}\n"

    def _text(self, number: int) -> str:
        if number % RARE_EVERY == self.rare:
            word = f" In the words of one delegate it is a {RARE_WORD}."
        elif number and self.chance() < 0.5:
            # Not in the first event, so that to find the word is to go somewhere.
            word = f" The {COMMON_WORD} of {number % 90 + 10} lorries is part of it."
        elif self.chance() < 0.15:
            return ""
        else:
            word = ""
        lines = [(self._sentence() if self.chance() < 0.9 else self._remark()) + word]
        more = 0.9 if self.chance() < 0.05 else 0.27
        while self.chance() < more:
            lines.append(self._sentence())
        if self.chance() < 0.1:
            lines.append(f"See document {number:x}.")
        return "    text: >-\n      " + "\n      ".join(lines) + "\n"

    def _sentence(self) -> str:
        return f"{self._pick(OPENINGS)} {self._pick(MATTERS)}, {self._pick(CODAS)}."

    def _remark(self) -> str:
        coda = self._pick(CODAS)
        return f"{coda[0].upper()}{coda[1:]}."

    def _actors(self, who: list[str]) -> str:
        if self.chance() < 0.7:
            return f"    actors: [{', '.join(who)}]\n"
        return "    actors:\n" + "".join(f"      {actor}: {self._pick(ROLES)}\n" for actor in who)

    def _quote(self, number: int, who: list[str]) -> str:
        words = f"{self._pick(SPEECH)}, {self._pick(CODAS)}"
        more = 0.8 if self.chance() < 0.03 else 0.15
        while self.chance() < more:
            words += f". {self._pick(SPEECH)}"
        quote = f'    quotes:\n      - speaker: {who[0]}\n        text: "{words}"\n'
        if self.chance() < 0.6:
            return quote + "        language: en\n"
        tongue = self._pick(LANGUAGES)
        quote += (
            f"        language: en\n        translated_from: {tongue}\n        wordings:\n"
            f'          - text: "{self._pick(NATIVE_SPEECH[tongue])}"\n            language: {tongue}\n'
        )
        if self.chance() < 0.3:
            quote += (
                f"          - text: {self._pick(SPEECH)}\n            language: en\n"
                f"            sources: [{self.cast.cited(number).partition(',')[0]}]\n"
            )
        return quote

    def _claim(self, number: int, who: list[str]) -> str:
        about = self.cast.topics[number % len(self.cast.topics)]
        figure = int(self.chance() * 400 + 1) * 50
        value = self._pick(
            (f"{figure}", f"~{figure}", f"{figure}..{figure * 2}", f'"..{figure}"', f'"{figure}.."')
        )
        if not TOPICS[number % len(self.cast.topics)].unit:
            value = self._pick(ANSWERS)
        return (
            f"    claims:\n      - about: {about}\n        by: {who[-1]}\n        value: {value}\n"
            f"        sources: [{self.cast.cited(number)}]\n"
        )

    def _links(self, number: int) -> str:
        relation = self._pick(("responds-to", "confirms", "denies", "contradicts"))
        links = f"    links:\n      {relation}: [event-{number - 3}]\n"
        earlier = (number - 3) // LINKED
        if earlier and self.chance() < 0.3:
            links += f"      part-of: [event-{int(self.chance() * earlier) * LINKED}]\n"
        return links


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench.generate", description=__doc__)
    parser.add_argument("count", type=int, metavar="N", help="how many events")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--changing", action="store_true", help="with histories")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_timeline(options.file, options.count, options.seed, changing=options.changing)


if __name__ == "__main__":
    main()
