"""A new event: asked for, made of the answers, and put into a file at its place by date.

Every byte of the file stays as it was, but for the lines of the new event.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.changing import gap_of, start_of_first, story_after, story_of
from timeline_tui.date_words import in_words
from timeline_tui.dates import DateError, parse_date
from timeline_tui.event_places import List, places_of
from timeline_tui.exchange.yaml_text import item
from timeline_tui.faults import did_you_mean, nearest
from timeline_tui.fields import fields_of
from timeline_tui.problems import TimelineError, UsageError
from timeline_tui.reader import read_text
from timeline_tui.records import Event
from timeline_tui.slugs import slug_of
from timeline_tui.text import one_line, visible
from timeline_tui.typed_dates import EXAMPLES, read_typed
from timeline_tui.values import is_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline_tui.event_places import Places

_INDENT = 2
_EMPTY_LIST = re.compile(r" *\[[ \t\r\n]*\]\Z")


class Question(NamedTuple):
    """What is asked for a new event."""

    name: str
    """The key of the event."""
    prompt: str
    """Without a colon at its end."""
    required: bool
    hint: str
    """What can be typed."""


class Known(NamedTuple):
    """What a file has already that a new event may name."""

    events: frozenset[str]
    """Ids."""
    actors: dict[str, tuple[str, ...]]
    """Ids, each with the names that it goes by."""
    sources: dict[str, tuple[str, ...]]
    """Ids, each with the title."""
    kinds: tuple[str, ...]
    tags: tuple[str, ...]
    """These two the most frequent first."""


class NewEvent(NamedTuple):
    """An event made of answers."""

    event: dict[str, object]
    """Plain data under the keys of the format."""
    understood: str
    """How its date was read, in words, to be shown before anything is written."""


def questions() -> tuple[Question, ...]:
    """What is to be asked, in this order; an empty answer leaves out what is not required."""
    return (
        Question("date", "Date", required=True, hint=EXAMPLES),
        Question("title", "What happened, in a line", required=True, hint=""),
        Question("kind", "Kind", required=False, hint="meeting, statement, vote, …"),
        Question("place", "Place", required=False, hint=""),
        Question("text", "What happened, in full", required=False, hint="Markdown"),
        Question("actors", "Actors", required=False, hint="ids with commas between, each with : role if any"),
        Question("tags", "Tags", required=False, hint="words with commas between"),
        Question(
            "sources", "Sources", required=False, hint="ids with commas between, each with : page 4 if any"
        ),
    )


def known_in(data: bytes, name: str = "the file") -> Known:
    """What a new event in this file may name."""
    reading = read_text(data, name)
    header = reading.header
    kinds = [event.kind for event in reading.events if event.kind]
    tags = [tag for event in reading.events for tag in event.tags]
    return Known(
        frozenset(event.id for event in reading.events)
        | {id_ for kind, id_ in reading.left_out if kind == "event"},
        {id_: (actor.name, *actor.aliases) for id_, actor in header.actors.items()} if header else {},
        {id_: (source.title,) for id_, source in header.sources.items()} if header else {},
        _most_first(kinds),
        _most_first(tags),
    )


def event_of(answers: Mapping[str, str], known: Known, *, today: int) -> NewEvent:
    """The event that answers make; one that has none of its own gets an id from its title.

    Args:
        answers: By the names of `questions()`, and `id`, as typed; empty ones are as if they were not there.
        known: What the file has.
        today: The day number that `yesterday` is told from.

    Raises:
        UsageError: An answer is missing or cannot be used; the text names it and says what could be.
    """
    names = {"id", *(question.name for question in questions())}
    if unknown := next((name for name in answers if name not in names), None):
        raise UsageError(_with_hint(f"{unknown} is not asked of a new event", did_you_mean(unknown, names)))
    given = {name: answer.strip() for name, answer in answers.items() if answer.strip()}
    for question in questions():
        if question.required and question.name not in given:
            raise UsageError(f"a new event needs a {question.name}")
    date, understood = read_date(given["date"], today=today)
    title = " ".join(given["title"].split())
    event: dict[str, object] = {
        "id": _own_id(given.get("id", ""), title, known),
        "date": date,
        "title": title,
    }
    event |= {name: given[name] for name in ("kind", "place", "text") if name in given}
    if actors := _pairs("actor", given.get("actors", ""), known.actors):
        event["actors"] = actors if any(actors.values()) else list(actors)
    if tags := _parts(given.get("tags", "")):
        event["tags"] = list(dict.fromkeys(tags))
    if sources := _pairs("source", given.get("sources", ""), known.sources):
        event["sources"] = [{"id": id_, "at": at} if at else id_ for id_, at in sources.items()]
    return NewEvent(event, understood)


def read_date(answer: str, *, today: int) -> tuple[str, str]:
    """A date as it is written in a file, and how it was understood, as in `2024-11: November 2024`.

    Raises:
        UsageError: It is no date.
    """
    try:
        typed = read_typed(answer, today=today)
    except DateError as error:
        raise UsageError(one_line(_with_hint(error.message, error.hint))) from None
    note = f" ({typed.note})" if typed.note else ""
    return typed.date.text, f"{typed.date.text}: {in_words(typed.date)}{note}"


def _own_id(answer: str, title: str, known: Known) -> str:
    if not answer:
        slug = slug_of(title)
        number, found = 1, slug
        while found in known.events:
            number += 1
            found = f"{slug}-{number}"
        return found
    if not is_id(answer):
        rule = "lower-case letters, digits and - only, with no - in front"
        raise UsageError(one_line(f"{answer} is no id: {rule}"))
    if answer in known.events:
        raise UsageError(one_line(f"there is already an event {answer}"))
    return answer


def _parts(answer: str) -> list[str]:
    return [" ".join(part.split()) for part in answer.split(",") if part.strip()]


def _pairs(kind: str, answer: str, known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Ids with what stands behind their colons.

    Raises:
        UsageError: One of them is not in the file.
    """
    pairs = {}
    for part in _parts(answer):
        name, _, rest = part.partition(":")
        id_ = name.strip()
        if id_ not in known:
            hint = _near(id_, known) or f"the file has no {kind}s yet: write them into it first" * (not known)
            raise UsageError(one_line(_with_hint(f"there is no {kind} {id_} in the file", hint)))
        pairs[id_] = rest.strip()
    return pairs


def _near(name: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """A hint at what is probably meant by a name that is no id."""
    ids = {each.casefold(): id_ for id_, names in known.items() for each in names}
    found = ids.get(name.casefold()) or nearest(name, known)
    found = found or ids.get(nearest(name.casefold(), ids), "")
    return f"did you mean {found}?" if found else ""


def _with_hint(message: str, hint: str) -> str:
    return f"{message} ({hint})" if hint else message


def _most_first(words: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return tuple(sorted(counts, key=lambda word: -counts[word]))


def add_event(data: bytes, event: Mapping[str, object], name: str = "the file") -> bytes:
    """A file with one event more: before the first one that is later, behind all others if none is.

    Comments directly above an event stay with it, and so does a heading in front of it. If there is a blank
    line between the other events, there is one beside the new one.

    Args:
        data: The file, in UTF-8.
        event: Plain data under the keys of the format; `date` in EDTF.
        name: What the file is called in errors.

    Raises:
        TimelineError: The file is no timeline, its YAML is broken, its events are in brackets, or it would
            not say the same as before with one event more; the text says where and why.
    """
    before = story_of(data, name)
    places = before.places
    title = visible(name)
    if places.form in (List.BRACKETS, List.OTHER):
        raise TimelineError(f"{title}: an event can be put in only if each begins on a line with a -")
    parse_date(str(event.get("date", "")))
    index, text = _with_event(places, event)
    result = places.bytes_of(text)
    after = story_after(before, result, name)
    digests = [one.digest for one in after.places.events]
    alone = places_of(f"events:\n{item(_in_order(event), 0)}".encode()).events[0].digest
    expected = [one.digest for one in places.events]
    expected.insert(index, alone)
    if after.places.digest != places.digest or digests != expected:
        hint = "let the file end with the end of a line, and put - behind the | or > above the place"
        raise TimelineError(f"{title}: nothing is added, as this would change what stands beside it; {hint}")
    if len(after.reading.events) != len(before.reading.events) + 1:
        raise TimelineError(f"{title}: nothing is added, as the new event could not be read")
    return result


def _with_event(places: Places, event: Mapping[str, object]) -> tuple[int, str]:
    """Where in the list the new event is, and the file with it."""
    new = item(_in_order(event), places.column if places.events else _INDENT)
    new = new.replace("\n", places.line_end)
    text = places.text
    if not places.events:
        return 0, _with_first(places, new)
    index = _index(places, str(event.get("date", "")))
    blank = _blank(places)
    if index == 0:
        start = start_of_first(places)
        return 0, text[:start] + new + blank + text[start:]
    end = places.events[index - 1].end
    following = places.events[index].start if index < len(places.events) else len(text)
    end += len(gap_of(text[end:following], places.column).above)
    return index, _put(text, end, blank + new, places.line_end)


def _put(text: str, place: int, new: str, line_end: str) -> str:
    """`text` with lines put in at a place; if its last line has no end, the new last one has none."""
    if text[place - 1 : place] in ("\n", ""):
        return text[:place] + new + text[place:]
    return text[:place] + line_end + new.removesuffix(line_end) + text[place:]


def _with_first(places: Places, new: str) -> str:
    """A file with the first event in a list that is empty or not there."""
    text = places.text
    start, end = places.value
    if places.form is List.MISSING:
        return _put(text, len(text), f"events:{places.line_end}{new}", places.line_end)
    if places.form is List.EMPTY and (found := _EMPTY_LIST.search(text[:end])):
        text, end = text[: found.start()] + text[end:], found.start()
    elif places.form is List.NOTHING and text[start:end] == "~":
        kept = text[:start].rstrip(" ")
        text, end = kept + text[end:], len(kept)
    place = text.find("\n", end) + 1 or len(text)
    return _put(text, place, new, places.line_end)


def _index(places: Places, date: str) -> int:
    """How many events stand before one of this date."""
    key = parse_date(date).key
    for index, event in enumerate(places.events):
        try:
            if parse_date(event.date).key > key:
                return index
        except DateError:
            continue
    return len(places.events)


def _blank(places: Places) -> str:
    """The blank line between events, if most of them have one."""
    events = places.events
    between = [gap_of(places.text[one.end : other.start], places.column) for one, other in pairwise(events)]
    count = sum(bool(gap.blank or gap.heading) for gap in between)
    return places.line_end if count * 2 > len(between) else ""


def _in_order(event: Mapping[str, object]) -> dict[str, object]:
    """The keys of an event in the order in which the format has them, its own ones last."""
    names = [field.name for field in fields_of(Event)]
    return {name: event[name] for name in [*names, *event] if name in event}
