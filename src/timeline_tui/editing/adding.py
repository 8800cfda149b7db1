"""A new event: asked for, made of the answers, and put into a file at its place by date.

Every byte of the file stays as it was, but for the lines of the new event.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.typed import read_typed
from timeline_tui.dates.wording import in_words
from timeline_tui.editing.change_guard import gap_of, start_of_first, story_after, story_of
from timeline_tui.editing.event_places import List, places_of
from timeline_tui.editing.naming import near, pair, parts
from timeline_tui.editing.questions import questions
from timeline_tui.editing.registers import put, with_records
from timeline_tui.editing.yaml_writer import document, item
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.model.fields import fields_of
from timeline_tui.model.problem_log import did_you_mean
from timeline_tui.model.problems import Severity
from timeline_tui.model.records import Event
from timeline_tui.reading.reader import read_text
from timeline_tui.text.ids import is_id, slug_of
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline_tui.editing.event_places import Places

_INDENT = 2
_NEED_LINES = "an event can be put in only if each begins on a line with a -"
_HALF = re.compile("[\ud800-\udfff]")
"""What is left of a byte that is no UTF-8, or of an emoji that was cut in two."""
_EMPTY_LIST = re.compile(r" *\[[ \t\r\n]*\]\Z")


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

    def with_made(self, made: Made) -> Known:
        """The same with what is going to be made."""
        actors = {id_: (record["name"],) for id_, record in made.actors.items()}
        sources = {id_: (record["title"],) for id_, record in made.sources.items()}
        return self._replace(actors={**actors, **self.actors}, sources={**sources, **self.sources})


class Made(NamedTuple):
    """Records that are written with a new event, as plain data by their ids."""

    actors: dict[str, dict[str, str]]
    sources: dict[str, dict[str, str]]


class NoSuchRecord(UsageError):  # noqa: N818  reads as what it says
    """An answer names an actor or a source that the file does not have."""

    def __init__(self, kind: str, name: str, hint: str) -> None:
        super().__init__(one_line(_with_hint(f"there is no {kind} {name} in the file", hint)))
        self.kind = kind
        """`actor` or `source`."""
        self.name = name
        """As it was typed."""


class NewEvent(NamedTuple):
    """An event made of answers."""

    event: dict[str, object]
    """Plain data under the keys of the format."""
    understood: str
    """How its date was read, in words, to be shown before anything is written."""


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
    for answer in given.values():
        need_text(answer)
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
    if tags := parts(given.get("tags", "")):
        event["tags"] = list(dict.fromkeys(tags))
    if sources := _pairs("source", given.get("sources", ""), known.sources):
        event["sources"] = [{"id": id_, "at": at} if at else id_ for id_, at in sources.items()]
    return NewEvent(event, understood)


def need_text(answer: str) -> None:
    """See that an answer is text that a file can hold.

    Raises:
        UsageError: It holds half a character.
    """
    if _HALF.search(answer):
        raise UsageError(one_line(f"{answer} holds half a character, which is no text"))


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


def _pairs(kind: str, answer: str, known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Ids with what stands behind their colons.

    Raises:
        NoSuchRecord: One of them is not in the file.
    """
    pairs = {}
    for part in parts(answer):
        id_, rest = pair(part)
        if id_ not in known:
            raise NoSuchRecord(kind, id_, near(id_, known))
        pairs[id_] = rest
    return pairs


def _with_hint(message: str, hint: str) -> str:
    return f"{message} ({hint})" if hint else message


def _most_first(words: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return tuple(sorted(counts, key=lambda word: -counts[word]))


def added(
    data: bytes, answers: Mapping[str, str], made: Made, *, today: int, name: str
) -> tuple[bytes, NewEvent]:
    """A file with one event more, and with the records that it needs.

    Args:
        data: The file, in UTF-8.
        answers: As for `event_of()`.
        made: Actors and sources to be written with it; one that is there already under its name is not.
        today: The day number that `yesterday` is told from.
        name: What the file is called in errors.

    Raises:
        UsageError: An answer cannot be used, or the file has another record with the id of a new one.
        TimelineError: The event cannot be put into the file.
    """
    known = known_in(data, name)
    new = event_of(answers, known.with_made(made), today=today)
    for section, records, there, text in (
        ("sources", made.sources, known.sources, "title"),
        ("actors", made.actors, known.actors, "name"),
    ):
        missing = {id_: record for id_, record in records.items() if id_ not in there}
        for id_, record in records.items():
            if id_ in there and record[text].casefold() not in map(str.casefold, there[id_]):
                message = (
                    f"there is already {id_} in the {section}: {there[id_][0]}; give the new one another id"
                )
                raise UsageError(one_line(message))
        data = with_records(data, section, missing, name)
    return add_event(data, new.event, name), new


def check_can_take(data: bytes, name: str) -> None:
    """See that an event can be put into a file, as far as that can be told before there is one.

    Raises:
        TimelineError: It cannot; the text says why.
    """
    if story_of(data, name).places.form in (List.BRACKETS, List.OTHER):
        raise TimelineError(f"{visible(name)}: {_NEED_LINES}")


def flaw_of(data: Mapping[str, object]) -> str:
    """What is wrong with a part of a timeline when it is read; empty if nothing is.

    Args:
        data: Plain data under the keys of a timeline.
    """
    text = "".join(document({"title": "x", "events": [], **data}))
    reading = read_text(bytearray(text, "utf-8"), "")
    wrong = (problem for problem in reading.problems if problem.severity is Severity.ERROR)
    return next((_with_hint(problem.message, problem.hint) for problem in wrong), "")


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
        raise TimelineError(f"{title}: {_NEED_LINES}")
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
    return index, put(text, end, blank + new, places.line_end)


def _with_first(places: Places, new: str) -> str:
    """A file with the first event in a list that is empty or not there."""
    text = places.text
    start, end = places.value
    if places.form is List.MISSING:
        return put(text, len(text), f"events:{places.line_end}{new}", places.line_end)
    if places.form is List.EMPTY and (found := _EMPTY_LIST.search(text[:end])):
        text, end = text[: found.start()] + text[end:], found.start()
    elif places.form is List.NOTHING and text[start:end] == "~":
        kept = text[:start].rstrip(" ")
        text, end = kept + text[end:], len(kept)
    place = text.find("\n", end) + 1 or len(text)
    return put(text, place, new, places.line_end)


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
