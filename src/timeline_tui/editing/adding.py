"""A new event is made of answers and inserted into a file in its place by date.

Only the lines of the new event are added; every other byte of the file stays the same.
"""

from __future__ import annotations

import re
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.typed import read_typed
from timeline_tui.dates.wording import in_words
from timeline_tui.editing.change_guard import gap_of, parse_edited, parse_file, start_of_first
from timeline_tui.editing.event_places import ListForm, places_of
from timeline_tui.editing.naming import claimed, near, pair, parts
from timeline_tui.editing.questions import questions
from timeline_tui.editing.registers import put, with_records
from timeline_tui.editing.yaml_writer import document, item
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.model.fields import fields_of
from timeline_tui.model.problems import Severity
from timeline_tui.model.records import FORMAT, Event
from timeline_tui.reading.consistency import SHORT_NAME
from timeline_tui.reading.reader import read_text, version_of
from timeline_tui.text.cells import cells
from timeline_tui.text.ids import id_from_title, is_id
from timeline_tui.text.sanitize import one_line, visible
from timeline_tui.text.similar import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline_tui.editing.event_places import Places

_INDENT = 2
_NEED_LINES = "an event can be added only if each event begins on a line of its own, with a dash"
CLAIM_FORM = "a claim is a topic, a colon, a figure or words, and by whom: troops: 8000, by ukraine"
SHORT_HINT = f"at most {SHORT_NAME} cells, such as DPRK; nothing if there is none"
LINK_FORM = "a link is how, a colon and the id of an event: responds-to: invasion"
_HALF = re.compile("[\ud800-\udfff]")
"""A lone surrogate: the rest of a byte that is not UTF-8, or of an emoji that was cut in two."""
_EMPTY_LIST = re.compile(r" *\[[ \t\r\n]*\]\Z")


class KnownRecords(NamedTuple):
    """The records of a file that a new event can refer to, and the kinds and tags in use."""

    events: frozenset[str]
    """Ids."""
    actors: dict[str, tuple[str, ...]]
    """Names and aliases by id."""
    sources: dict[str, tuple[str, ...]]
    """Titles, and addresses where there are any, by id."""
    kinds: tuple[str, ...]
    tags: tuple[str, ...]
    """Like kinds, the most frequent first."""
    version: str = FORMAT
    """The version of the format of the file."""
    topics: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Questions by id."""
    places: tuple[str, ...] = ()
    """Ids."""

    def with_new(self, new_records: NewRecords) -> KnownRecords:
        """The same and the new records."""
        actors = {id_: (record["name"],) for id_, record in new_records.actors.items()}
        sources = {id_: (record["title"],) for id_, record in new_records.sources.items()}
        return self._replace(actors={**actors, **self.actors}, sources={**sources, **self.sources})


class NewRecords(NamedTuple):
    """Actors and sources that are added together with a new event, as plain data by id."""

    actors: dict[str, dict[str, str]]
    sources: dict[str, dict[str, str]]


class NoSuchRecord(UsageError):  # noqa: N818  reads as what it says
    """An answer refers to an actor or a source that is not in the file."""

    def __init__(self, kind: str, name: str, hint: str) -> None:
        super().__init__(one_line(_with_hint(f"there is no {kind} {name} in the file", hint)))
        self.kind = kind
        """`actor` or `source`."""
        self.name = name
        """As typed."""


class NewEvent(NamedTuple):
    """An event that was made of answers."""

    event: dict[str, object]
    """Plain data under the keys of the format."""
    understood: str
    """How its date was understood, in words."""


def known_records(data: bytes, name: str = "the file") -> KnownRecords:
    """The records that a new event in this file can refer to."""
    reading = read_text(data, name)
    header = reading.header
    kinds = [event.kind for event in reading.events if event.kind]
    tags = [tag for event in reading.events for tag in event.tags]
    return KnownRecords(
        frozenset(event.id for event in reading.events)
        | {id_ for kind, id_ in reading.left_out if kind == "event"},
        {id_: (actor.name, *actor.aliases) for id_, actor in header.actors.items()} if header else {},
        {id_: (source.title, *filter(None, [source.url])) for id_, source in header.sources.items()}
        if header
        else {},
        _most_first(kinds),
        _most_first(tags),
        version_of(data),
        {id_: (topic.question,) for id_, topic in header.topics.items()} if header else {},
        tuple(header.places) if header else (),
    )


def event_of(answers: Mapping[str, str], known: KnownRecords, *, today: int) -> NewEvent:
    """Make an event of answers; without an id of its own, it gets one made from the title.

    Args:
        answers: By the names of `questions()`, and `id`, as typed; empty answers are ignored.
        known: The records of the file.
        today: The day number that `yesterday` refers to.

    Raises:
        UsageError: An answer is missing or not valid; the text names it and says what is.
    """
    names = {"id", *(question.name for question in questions())}
    if unknown := next((name for name in answers if name not in names), None):
        raise UsageError(_with_hint(f"a new event has no field {unknown}", did_you_mean(unknown, names)))
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
    if "known" in given:
        event["known"] = read_date(given["known"], today=today)[0]
    event |= _status(given, known, today=today)
    if "quote" in given:
        event["quotes"] = [_quote(given, known)]
    if "claim" in given:
        event["claims"] = [_claim(given["claim"], known)]
    if "links" in given:
        event["links"] = links_of(given["links"], known)
    return NewEvent(event, understood)


def _status(given: Mapping[str, str], known: KnownRecords, *, today: int) -> dict[str, object]:
    """The status of a new event, and who says so: with a day, as a list of statuses.

    Raises:
        UsageError: One of the answers is not valid, or the file is in a version without such lists.
    """
    for name in ("by", "as_of"):
        if name in given and "status" not in given:
            raise UsageError(f"{name.replace('_', '-')} describes a status, but no status is given")
    if "status" not in given:
        return {}
    by = list(_pairs("actor", given.get("by", ""), known.actors))
    if "as_of" not in given:
        return {"status": given["status"], **({"by": by} if by else {})}
    if known.version != FORMAT:
        hint = f"write format: {FORMAT} as the first line of the file"
        raise UsageError(f"in this version of the format a status has no day ({hint})")
    day = read_date(given["as_of"], today=today)[0]
    return {"status": [{"is": given["status"], **({"by": by} if by else {}), "known": day}]}


def _quote(given: Mapping[str, str], known: KnownRecords) -> dict[str, object]:
    """The quote of a new event.

    Raises:
        UsageError: It has no speaker or no words, or its original has no language.
    """
    speaker, words = pair(given["quote"])
    if not speaker or not words:
        raise UsageError("a quote is a speaker, a colon and the words: lavrov: We agreed.")
    quote: dict[str, object] = {"speaker": next(iter(_pairs("actor", speaker, known.actors))), "text": words}
    quote |= {name: given[name] for name in ("language", "translated_from") if name in given}
    if "original" in given:
        if "translated_from" not in given:
            raise UsageError("the original words need the language that the quote was translated from")
        wording: dict[str, object] = {"text": given["original"], "language": given["translated_from"]}
        quote["wordings"] = [wording | ({"original": True} if known.version == FORMAT else {})]
    return quote


def _claim(answer: str, known: KnownRecords) -> dict[str, object]:
    """The claim of a new event.

    Raises:
        UsageError: It has no topic of the file, no words or no speaker.
    """
    topic, value, speaker = claimed(answer)
    if not topic or not value or not speaker:
        raise UsageError(CLAIM_FORM)
    if topic not in known.topics:
        raise no_such("topic", topic, known.topics)
    return {"about": topic, "by": next(iter(_pairs("actor", speaker, known.actors))), "value": value}


def links_of(answer: str, known: KnownRecords) -> dict[str, list[str]]:
    """The links of a new event: ids of events by their relation to it.

    Raises:
        UsageError: One has no relation, or leads to no event of the file.
    """
    links: dict[str, list[str]] = {}
    for part in parts(answer):
        relation, id_ = pair(part)
        if not relation or not id_:
            raise UsageError(LINK_FORM)
        if id_ not in known.events:
            raise no_such("event", id_, dict.fromkeys(known.events, ()))
        links.setdefault(relation, []).append(id_)
    return links


def no_such(kind: str, name: str, known: Mapping[str, tuple[str, ...]]) -> UsageError:
    """The error that a file has no topic or event of this name, with the one that is probably meant."""
    return UsageError(one_line(_with_hint(f"there is no {kind} {name} in the file", near(name, known))))


def need_text(answer: str) -> None:
    """Check that an answer is valid text.

    Raises:
        UsageError: It contains half a character.
    """
    if _HALF.search(answer):
        raise UsageError(one_line(f"{answer} contains half a character, which is not valid text"))


def read_date(answer: str, *, today: int) -> tuple[str, str]:
    """A date in EDTF, and how it was understood, as in `2024-11: November 2024`.

    Raises:
        UsageError: It is not a date.
    """
    try:
        typed = read_typed(answer, today=today)
    except DateError as error:
        raise UsageError(one_line(_with_hint(error.message, error.hint))) from None
    note = f" ({typed.note})" if typed.note else ""
    return typed.date.text, f"{typed.date.text}: {in_words(typed.date)}{note}"


def _own_id(answer: str, title: str, known: KnownRecords) -> str:
    if not answer:
        slug = id_from_title(title)
        number, found = 1, slug
        while found in known.events:
            number += 1
            found = f"{slug}-{number}"
        return found
    if not is_id(answer):
        rule = "use lower-case letters, digits and hyphens, and do not begin with a hyphen"
        raise UsageError(one_line(f"{answer} is not a valid id: {rule}"))
    if answer in known.events:
        raise UsageError(one_line(f"there is already an event {answer}"))
    return answer


def _pairs(kind: str, answer: str, known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The ids in an answer, each with the text after its colon.

    Raises:
        NoSuchRecord: One of the ids is not in the file.
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


def with_new_event(
    data: bytes, answers: Mapping[str, str], new_records: NewRecords, *, today: int, name: str
) -> tuple[bytes, NewEvent]:
    """A file with a new event that is made of answers, and with the new records.

    Args:
        data: The file, in UTF-8.
        answers: As for `event_of()`.
        new_records: Actors and sources to add; those that are already there under the same name are left out.
        today: The day number that `yesterday` refers to.
        name: The name of the file in error messages.

    Raises:
        UsageError: An answer is not valid, or the file has another record with the id of a new one.
        TimelineError: The event cannot be added to the file.
    """
    known = known_records(data, name)
    new = event_of(answers, known.with_new(new_records), today=today)
    for state in with_new_records(data, new_records, known, name):
        data = state
    return add_event(data, new.event, name), new


def with_new_records(data: bytes, new_records: NewRecords, known: KnownRecords, name: str) -> Iterator[bytes]:
    """A file after new sources were added to it, and then after new actors were.

    Args:
        data: The file, in UTF-8.
        new_records: Those that are already there under the same name are left out.
        known: The records of the file.
        name: The name of the file in error messages.

    Raises:
        UsageError: The file has another record with the id of a new one.
        TimelineError: They cannot be added to the file.
    """
    for section, records, there, text in (
        ("sources", new_records.sources, known.sources, "title"),
        ("actors", new_records.actors, known.actors, "name"),
    ):
        missing = {id_: record for id_, record in records.items() if id_ not in there}
        for id_, record in records.items():
            if id_ in there and record[text].casefold() not in map(str.casefold, there[id_]):
                message = f"{section} already has {id_}: {there[id_][0]}; give the new one another id"
                raise UsageError(one_line(message))
        if missing:
            data = with_records(data, section, missing, name)
            yield data


def check_can_take(data: bytes, name: str) -> None:
    """Check that events can be added to a file, as far as that is known before there is an event.

    Raises:
        TimelineError: They cannot; the text says why.
    """
    if parse_file(data, name).places.form in (ListForm.BRACKETS, ListForm.OTHER):
        raise TimelineError(f"{visible(name)}: {_NEED_LINES}")


def needs_short_name(name: str, known: KnownRecords) -> bool:
    """Whether a new actor of this name is asked for a short one: the name is too wide to do without."""
    return known.version == FORMAT and cells(name) > SHORT_NAME


def need_short(name: str) -> None:
    """Check that a short name fits into slim columns.

    Raises:
        UsageError: It is too wide.
    """
    if cells(name) > SHORT_NAME:
        raise UsageError(f"a short name has at most {SHORT_NAME} cells; this one has {cells(name)}")


def flaw_of(data: Mapping[str, object]) -> str:
    """The first error that reading a part of a timeline gives; empty if there is none.

    Args:
        data: Plain data under the keys of a timeline.
    """
    text = "".join(document({"title": "x", "events": [], **data}))
    reading = read_text(bytearray(text, "utf-8"), "")
    wrong = (problem for problem in reading.problems if problem.severity is Severity.ERROR)
    return next((_with_hint(problem.message, problem.hint) for problem in wrong), "")


def add_event(data: bytes, event: Mapping[str, object], name: str = "the file") -> bytes:
    """A file with a new event: before the first event that is later, or else after all others.

    A comment directly above an event stays with it, and so does a heading before it. If there are blank
    lines between the other events, there is one next to the new event.

    Args:
        data: The file, in UTF-8.
        event: Plain data under the keys of the format; `date` in EDTF.
        name: The name of the file in error messages.

    Raises:
        TimelineError: The file is not a timeline, its YAML is invalid, its events are in brackets, or the
            change would affect more than the new event; the text says where and why.
    """
    before = parse_file(data, name)
    places = before.places
    title = visible(name)
    if places.form in (ListForm.BRACKETS, ListForm.OTHER):
        raise TimelineError(f"{title}: {_NEED_LINES}")
    parse_date(str(event.get("date", "")))
    index, text = _with_event(places, event)
    result = places.bytes_of(text)
    after = parse_edited(before, result, name)
    digests = [one.digest for one in after.places.events]
    alone = places_of(f"events:\n{item(_by_format(event), 0)}".encode()).events[0].digest
    expected = [one.digest for one in places.events]
    expected.insert(index, alone)
    if after.places.digest != places.digest or digests != expected:
        hint = "end the file with a newline, and write |- or >- for the text above the place"
        raise TimelineError(f"{title}: not added, because it would change the text next to it; {hint}")
    if len(after.reading.events) != len(before.reading.events) + 1:
        raise TimelineError(f"{title}: not added, because the new event could not be read")
    return result


def _with_event(places: Places, event: Mapping[str, object]) -> tuple[int, str]:
    """The index of the new event in the list, and the text of the file with it."""
    new = item(_by_format(event), places.column if places.events else _INDENT)
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
    """The text of a file with its first event, where the list is empty or missing."""
    text = places.text
    start, end = places.value
    if places.form is ListForm.MISSING:
        return put(text, len(text), f"events:{places.line_end}{new}", places.line_end)
    if places.form is ListForm.EMPTY and (found := _EMPTY_LIST.search(text[:end])):
        text, end = text[: found.start()] + text[end:], found.start()
    elif places.form is ListForm.NOTHING and text[start:end] == "~":
        kept = text[:start].rstrip(" ")
        text, end = kept + text[end:], len(kept)
    place = text.find("\n", end) + 1 or len(text)
    return put(text, place, new, places.line_end)


def _index(places: Places, date: str) -> int:
    """How many events come before an event of this date."""
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


def _by_format(event: Mapping[str, object]) -> dict[str, object]:
    """The keys of an event in the order in which the format has them, its own ones last."""
    names = [field.name for field in fields_of(Event)]
    return {name: event[name] for name in [*names, *event] if name in event}
