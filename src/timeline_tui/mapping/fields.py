"""Makes events of entries of any shape: which field each key becomes, by its name and value."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args

from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.mapping.actors_sources import (
    People,
    actors_of,
    declare,
    shortened,
    sources_of,
    tags_of,
)
from timeline_tui.mapping.columns import NOTHING_KNOWN, filled_in
from timeline_tui.mapping.event_dates import DateEvidence, Dates
from timeline_tui.mapping.key_names import (
    IDS,
    KINDS,
    PEOPLE,
    PLACES,
    TAGS,
    TEXTS,
    TITLES,
    is_list_of_events,
    keys_named,
    may_cite,
    may_lead,
    words_of,
)
from timeline_tui.mapping.walk import flat_entry
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Citation, Event, Status
from timeline_tui.text.ids import UniqueIds, id_from_title, is_id

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from collections.abc import Mapping as Mapping_

    from timeline_tui.mapping.columns import Mapping, Role
    from timeline_tui.mapping.event_dates import When
    from timeline_tui.mapping.walk import Entry

Fields = dict[str, Any]

NATIVE = frozenset(field.name for field in fields_of(Event))
"""The keys of an event in the format."""

_LONGEST_TITLE = 160
_CLIPPED_TITLE = 100
_LONGEST = {"kind": 60, "place": _LONGEST_TITLE, "text": sys.maxsize}
_LONGEST_DATE = 30
_STOP = re.compile(r"[.!?\u3002](?=[\s\"')\u201d\u2019]|\Z)")
_SHORTEST_SENTENCE = 15
_ABBREVIATED = frozenset(
    str.split(
        "inc co corp ltd no nos v vs mr mrs ms dr prof st jr sr art sec fig vol pp ed eds al etc cf ca "
        "approx dept est gen gov sen rep rev hon lt col sgt capt maj jan feb mar apr jun jul aug sep sept "
        "oct nov dec nr usw"
    )
)
_TAGGED = re.compile(
    r"</?(?:a|b|i|u|p|br|em|strong|span|div|ul|ol|li|font|sup|sub|small|h[1-6]|table|t[rdh]|img|hr|blockquote)"
    r"\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b[^<>]*?href=([\"'])(https?://[^\"'<>\s]+)\1[^<>]*>([^<>\[\]]+)</a>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}[0-9]?);", re.IGNORECASE)
_MEANT = {
    word: status
    for status, words in {
        "claimed": "alleged reported rumoured rumored unverified unconfirmed suspected purported rumour",
        "scheduled": "predicted planned upcoming expected tentative forecast projected future announced",
        "disputed": "contested controversial questioned",
        "denied": "refuted false debunked rejected",
        "cancelled": "canceled aborted",
        "confirmed": "verified happened occurred established proven",
        "postponed": "delayed deferred rescheduled",
    }.items()
    for word in words.split()
}
"""What others call a status, by our word for it."""
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile("[0-9]+")
_WORDY = re.compile(r"[^\W\d_]{3,}\W+(?:\w+\W+)*?[^\W\d_]{3,}")
_NUMBERS = (
    ("1910",), ("10", "1910"), ("1", "2", "1910"), ("10", "10", "1910"), ("1910", "1920"), ("10", "20"),
    ("10", "30", "1910"), ("1",), ("1910", "10", "20"), ("10", "1910", "10", "1920"), ("200", "100"),
    ("1", "1910", "1", "1920"), ("10", "30", "10", "1910"), ("10", "1910", "10", "30"),
    ("10", "1910", "10", "30", "10"), ("1910", "10", "20", "10", "30"), ("10", "10", "30", "10", "1910"),
    ("10", "1910", "20", "1920"),
)  # fmt: skip
"""Numbers by which it is tried whether some words with numbers are a date."""
_DIGIT = re.compile("[0-9]")
_STATUSES = frozenset(get_args(Status))
_MOST_HELD = 1 << 15
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NOT_TITLES = frozenset(("status", "state", *KINDS, *TAGS, *PLACES, *IDS, *PEOPLE))


class _Shape(NamedTuple):
    """The keys of entries with exactly these keys that may have each part of an event, likeliest first."""

    titles: Sequence[str]
    texts: Sequence[str]
    words: tuple[tuple[Literal["kind", "place"], Sequence[str]], ...]
    tags: Sequence[str]
    people: Sequence[str]
    leads: Sequence[str]
    """The keys that may have sources."""
    ids: Sequence[str]


class Usual(NamedTuple):
    """Where each part of an event is in entries with exactly the same keys, as long as they are as usual."""

    date: str
    texts: tuple[tuple[str, str, int], ...]
    """Field, key and greatest length of the title, and of text, kind and place where there are any."""
    status: str
    """The keys are empty where there are none."""
    tags: str
    people: tuple[str, ...]
    lead: str
    """The key that may have sources."""
    kept: tuple[str, ...]
    """The keys that are fields of the file's own."""
    kept_with_lead: tuple[str, ...]
    """The same with that of the sources, for an entry that cites none."""


class EventMaker:
    """Makes events of entries one by one, and records the actors and sources that they name.

    Args:
        dates: Reads the dates of the entries.
        prefix: Put before a key that has another meaning in the format.
        mapping: What a person has said about the columns.
        rest: The file without the entries; lists of actors and sources are removed from it.
        parents: The `id()` of each entry that contains others; an entry comes after the one it is in.
    """

    def __init__(
        self,
        dates: Dates,
        prefix: str,
        mapping: Mapping = NOTHING_KNOWN,
        rest: object = None,
        parents: Container[int] = (),
    ) -> None:
        self.actors = People("name", "actor")
        self.sources = People("title", "source")
        self.places = People("name", "place")
        declare(rest, self.actors, self.sources)
        self._prefix = prefix
        self._dates = dates
        self._mapping = mapping
        self._ids = UniqueIds()
        self._taken: dict[str, Counter[str]] = defaultdict(Counter)
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._template = mapping.template("title") or mapping.joined
        degrees = [*mapping.of("lat")[:1], *mapping.of("lon")[:1]]
        self._degrees = tuple(degrees) if len(degrees) == 2 else ()
        self._statuses = mapping.of("status") if "status" in mapping.chosen else ("status",)
        self._cites_all = "source" in mapping.chosen
        self._people_in: dict[str, tuple[tuple[str, str], ...]] = {}
        self._sources_in: dict[tuple[str, bool], tuple[str, ...]] = {}
        self._renamed: Counter[str] = Counter()
        self._undated = 0
        self._is_bare = False
        self._parents = parents
        self._id_by_entry: dict[int, str] = {}

    def header(self) -> Fields:
        """The actors and sources that the events name."""
        parts = {
            "actors": self.actors.records,
            "sources": self.sources.records,
            "places": self.places.records,
        }
        return {name: records for name, records in parts.items() if records}

    def guesses(self) -> Iterator[str]:
        """Sentences on which keys became which fields."""
        yield from self._dates.guesses()
        for field, words in _TOLD.items():
            if named := self._taken.get(field):
                keys = [f"`{key}`" for key, _ in named.most_common() if key]
                if keys and keys != [f"`{field}`"]:
                    yield f"{words} are taken from {', '.join(keys[:6])}{' and others' * (len(keys) > 6)}"
        if self._mapping.joined:
            parts = " and ".join(f"`{key}`" for key in re.findall(r"\{([^{}]+)\}", self._mapping.joined))
            yield f"titles are made of {parts}, which tell the events apart"
        for key in self._renamed:
            is_date = key in ("date", "known")
            why = "as not all of it could be read" if is_date else "as it means something else here"
            yield f"`{key}` is kept as `{self._prefix}-{key}`, {why}"
        if self._undated:
            yield f"{self._undated:,} events without a readable date are kept as undated"

    def event(self, entry: Entry) -> Fields:
        """The event that an entry means, as in `Imported`; `in_order()` puts its keys in order."""
        when = self._dates.when(entry)
        shape = self._shape(entry.fields)
        self._undated += when.edtf == UNDATED
        left = {key: _as_text(value) for key, value in entry.fields.items() if key not in when.covered}
        event: Fields = {}
        # The keys of a plain text are not from the file.
        self._is_bare = entry.slot[1] is not None
        if id_ := self._id(entry, left, shape):
            event["id"] = id_
        event["date"] = when.edtf
        if when.known:
            event["known"] = when.known
        event["title"] = self._title(entry, left, shape, when, event)
        self._text(left, shape, event)
        self._words(left, shape, event, when)
        self._people(left, shape, event)
        self._sources(left, shape, event)
        self._coordinates(left, event)
        if entry.parent is not None:
            event["links"] = {"part-of": [self._id_by_entry[id(entry.parent)]]}
        self._keep(left, event)
        for key, name in entry.place.sections:
            if key and name != event["title"] and entry.parent is None:
                event.setdefault(key if key not in NATIVE else f"{self._prefix}-{key}", name)
        return event

    def usual(self, entry: Entry) -> Usual | None:
        """Where the parts of entries with these keys are; None if each has to be looked at by itself."""
        fields, shape, date = entry.fields, self._shape(entry.fields), self._dates.only(entry)
        is_flat = not entry.place.key and not entry.place.sections and entry.slot[1] is None
        by_itself = (
            self._template or shape.ids or len(shape.leads) > 1 or not fields.keys().isdisjoint(self._degrees)
        )
        if not date or not is_flat or entry.parent is not None or by_itself:
            return None
        free = [key for key in fields if key != date]
        texts = []
        for name, keys in (("title", shape.titles), ("text", shape.texts), *shape.words):
            if key := next((key for key in keys if key in free), ""):
                texts.append((name, key, _LONGEST.get(name, _LONGEST_TITLE)))
                free.remove(key)
        tags = next((key for key in shape.tags if key in free), "")
        people = tuple(key for key in shape.people if key in free)
        named = [*filter(None, [tags]), *people, *(key for key in shape.leads if key in free)]
        statuses = [key for key in self._statuses if key in free]
        kept = tuple(key for key in free if key not in named and key not in statuses)
        is_clear = len(statuses) < 2 and len({*named, *statuses}) == len(named) + len(statuses)
        if not texts or texts[0][0] != "title" or not is_clear or not NATIVE.isdisjoint(kept):
            return None
        lead = next((key for key in shape.leads if key in free), "")
        with_lead = tuple(key for key in free if key == lead or key in kept)
        return Usual(date, tuple(texts), "".join(statuses), tags, people, lead, kept, with_lead)

    def count(self, usual: Usual, made: int, cited: int) -> None:
        """Note the number of entries that were made as usual, and how many of them cite sources."""
        taken = [
            *(each[:2] for each in usual.texts),
            ("tags", usual.tags),
            *(("actors", key) for key in usual.people),
        ]
        for field, key, count in (*((*each, made) for each in taken), ("sources", usual.lead, cited)):
            if key and count:
                self._taken[field][key] += count
        self._dates.count(usual.date, made)

    def is_whole_day(self, key: str, text: str) -> bool:
        """Whether a text is written as it is read, and to the day at least: nothing else bears on it then."""
        return self._dates.is_whole_day(key, text)

    def _shape(self, fields: Fields) -> _Shape:
        names = tuple(fields)
        shape = self._shapes.get(names)
        if shape is None:
            mapping = self._mapping
            shape = self._shapes[names] = _Shape(
                _keys(mapping, "title", fields, TITLES),
                _keys(mapping, "text", fields, TEXTS),
                (
                    ("kind", _keys(mapping, "kind", fields, KINDS)),
                    ("place", _keys(mapping, "place", fields, PLACES)),
                ),
                _keys(mapping, "tags", fields, TAGS),
                _keys(mapping, "actors", fields, PEOPLE),
                self._leading(fields),
                _keys(mapping, "id", fields, IDS),
            )
        return shape

    def _id(self, entry: Entry, left: Fields, shape: _Shape) -> str:
        """The id of an entry, or the key that it is listed under; made if another entry refers to it."""
        if not shape.ids and not entry.place.key and id(entry) not in self._parents:
            return ""
        key, _, fit = given_id(entry, self._mapping)
        if not fit and id(entry) not in self._parents:
            return ""
        found = self._ids.unique(fit or id_from_title(_first_words(entry.fields, shape)))
        self._id_by_entry[id(entry)] = found
        if key and left.get(key) == found:
            del left[key]
        return found

    def _leading(self, left: Fields) -> list[str]:
        """The keys that may have sources."""
        if "source" in self._mapping.chosen:
            return [key for key in self._mapping.of("source") if key in left]
        given = self._mapping.given
        return [key for key in left if may_lead(key) and key not in given]

    def _take(self, left: Fields, key: str, field: str) -> Any:  # noqa: ANN401  any plain data
        self._note(key, field)
        return left.pop(key)

    def _note(self, key: str, field: str) -> None:
        if not self._is_bare:
            self._taken[field][key] += 1

    def _title(self, entry: Entry, left: Fields, shape: _Shape, when: When, event: Fields) -> str:
        if self._template and (title := filled_in(self._template, entry.fields)):
            return title
        for key in shape.titles:
            title = left.get(key, "")
            if key in when.tried or not isinstance(title, str) or not _says(title) or is_date(title):
                continue
            if len(title) <= _LONGEST_TITLE and "\n" not in title.strip():
                self._take(left, key, "title")
                return title.strip() if _LETTER.search(title) else f"{_spaced(key)} {title.strip()}"
            self._note(key, "title")
            if not any(isinstance(left.get(other), str) and left[other] for other in shape.texts):
                event["text"] = left.pop(key)
            return _first_of(title)
        return (
            self._title_of_text(left, shape, when, event)
            or _title_inside(left)
            or self._title_of_place(entry)
        )

    def _title_of_text(self, left: Fields, shape: _Shape, when: When, event: Fields) -> str:
        """The start of the first text of the entry."""
        others = [key for key in left if words_of(key) and words_of(key)[-1] not in _NOT_TITLES]
        for key in (*shape.texts, *others):
            text = left.get(key, "")
            if (
                key in when.tried
                or not isinstance(text, str)
                or not _says(text)
                or not re.search(r"[^\W\d_]", text)
            ):
                continue
            self._take(left, key, "title")
            title = _first_of(text)
            if " ".join(text.split()) != title:
                event["text"] = text
            return title
        return ""

    def _title_of_place(self, entry: Entry) -> str:
        """A title for an entry without text: the key that it is listed under, or its id."""
        name = entry.place.key or given_id(entry, self._mapping)[1]
        if not name and entry.place.sections:
            name = entry.place.sections[-1][1]
        if not name or is_list_of_events(name):
            # The kind of what happened says more than that it has one.
            words = (value for value in entry.fields.values() if isinstance(value, str) and _says(value))
            if said := next((each for each in words if _LETTER.search(each) and not is_date(each)), ""):
                return _first_of(said)
            name = next((key for key, value in entry.fields.items() if value), "")
        return _as_written(name) or "(without a title)"

    def _text(self, left: Fields, shape: _Shape, event: Fields) -> None:
        if "text" in event:
            return
        for key in shape.texts:
            value = left.get(key)
            if isinstance(value, str) and value.strip():
                event["text"] = self._take(left, key, "text")
                return
            if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
                self._take(left, key, "text")
                event["text"] = "".join(f"- {item}\n" for item in value)
                return

    def _words(self, left: Fields, shape: _Shape, event: Fields, when: When) -> None:
        """Kind, place, status and tags."""
        for field, keys in shape.words:
            for key in keys:
                word = left.get(key)
                longest = _LONGEST[field]
                if isinstance(word, str) and _says(word) and len(word) <= longest and key not in when.tried:
                    event[field] = self._take(left, key, field)
                    break
        for key in self._statuses:
            status = left.get(key)
            if isinstance(status, str) and (meant := status_of(status)):
                event["status"] = meant
                if meant == status.lower():
                    del left[key]
        for key in shape.tags:
            if key in left and (tags := tags_of(left[key])):
                self._take(left, key, "tags")
                event["tags"] = tags
                break

    def _coordinates(self, left: Fields, event: Fields) -> None:
        """A latitude and a longitude make the place one with its degrees."""
        if not self._degrees:
            return
        lat, lon = (left.get(key, "") for key in self._degrees)
        if not (isinstance(lat, str) and isinstance(lon, str) and _is_place(lat, lon)):
            return
        for key in self._degrees:
            del left[key]
        name = event.get("place") or event["title"]
        event["place"] = self.places.id_of({"name": name, "lat": lat.strip(), "lon": lon.strip()})

    def _people(self, left: Fields, shape: _Shape, event: Fields) -> None:
        roles: dict[str, str] = {}
        for key in shape.people:
            if key in left and (found := self.named_in(left[key])):
                self._take(left, key, "actors")
                for id_, role in found:
                    roles[id_] = roles.get(id_) or role
        if roles:
            event["actors"] = roles if any(roles.values()) else list(roles)

    def named_in(self, value: object) -> tuple[tuple[str, str], ...]:
        """The ids and roles of the actors that a value names; most texts of a column come again and again."""
        known = self._people_in.get(value) if isinstance(value, str) else None
        if known is None:
            found = actors_of(value, self.actors.declared) or ()
            known = tuple([(each.id or self.actors.id_of(each.record), each.role) for each in found])
            if isinstance(value, str):
                _hold(self._people_in, value, known)
        return known

    def _sources(self, left: Fields, shape: _Shape, event: Fields) -> None:
        if len(shape.leads) == 1 and isinstance(value := left.get(shape.leads[0]), str):
            if ids := self.cited_by(value, shape.leads[0]):
                self._take(left, shape.leads[0], "sources")
                event["sources"] = list(ids)
            return
        found: dict[str, list[Fields | Citation]] = {}
        for key in shape.leads:
            cites = self._cites_all or may_cite(key)
            if key in left and (sources := sources_of(left[key], self.sources.declared, cites=cites)):
                found[key] = sources
                self._take(left, key, "sources")
        cited: dict[object, object] = {}
        for source in _paired(found):
            citation = source if isinstance(source, Citation) else Citation(self.sources.id_of(source))
            cited[citation.id, citation.at] = (
                {"id": citation.id, "at": citation.at} if citation.at else citation.id
            )
        if cited:
            event["sources"] = list(cited.values())

    def cited_by(self, text: str, key: str) -> tuple[str, ...]:
        """The ids of the sources that the text of a key names."""
        return self._cited_in(text, cites=self._cites_all or may_cite(key))

    def _cited_in(self, text: str, *, cites: bool) -> tuple[str, ...]:
        """The ids of the sources that a text names."""
        known = self._sources_in.get((text, cites))
        if known is None:
            found = sources_of(text, self.sources.declared, cites=cites) or ()
            ids = [each.id if isinstance(each, Citation) else self.sources.id_of(each) for each in found]
            known = tuple(dict.fromkeys(ids))
            _hold(self._sources_in, (text, cites), known)
        return known

    def _keep(self, left: Fields, event: Fields) -> None:
        """Keep all other keys under their names, with the prefix if the format has a key of that name."""
        for key, value in left.items():
            if not value:
                continue
            if key == "outcome" and isinstance(value, str):
                event[key] = value
            elif key in NATIVE:
                self._renamed[key] += 1
                event[f"{self._prefix}-{key}"] = value
            else:
                event[key] = value


def _title_inside(left: Fields) -> str:
    """The start of a text in a map of an entry that has no text of its own; empty if there is none."""
    for value in left.values():
        for key in keys_named(value, (*TITLES, *TEXTS)) if isinstance(value, dict) else ():
            text = _as_text(value[key])
            if isinstance(text, str) and _says(text) and not is_date(text) and _LETTER.search(text):
                return _first_of(text)
    return ""


def in_order(event: Fields) -> Fields:
    """An event with its keys in the order in which files have them."""
    return {key: event[key] for key in (*_FIRST, *event) if key in event}


def _first_words(fields: Fields, shape: _Shape) -> str:
    return next((fields[key] for key in shape.titles if isinstance(fields[key], str)), "") or "event"


def _hold(known: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Keep a value that may be needed again, and forget all others when there are many."""
    if len(known) >= _MOST_HELD:
        known.clear()
    known[key] = value


def compiled(mapping: Mapping, rows: Iterable[Mapping_[str, object]], prefix: str) -> EventMaker:
    """What makes events of the rows of a table, each as `flat_entry()`.

    Args:
        mapping: What the columns are taken for.
        rows: All rows, or a sample that shows how dates are written: values by column.
        prefix: Put before a column that has another meaning in the format.
    """
    evidence = DateEvidence(mapping)
    for row in rows:
        evidence.add(flat_entry(dict(row)))
    return EventMaker(Dates(evidence.keys()), prefix, mapping)


def maker_of(
    entries: Sequence[Entry], prefix: str, rest: object = None, mapping: Mapping = NOTHING_KNOWN
) -> EventMaker:
    """What makes events of these entries, which are all in memory."""
    evidence = DateEvidence(mapping)
    for entry in entries:
        evidence.add(entry)
    parents = {id(entry.parent) for entry in entries if entry.parent}
    return EventMaker(Dates(evidence.keys()), prefix, mapping, rest, parents)


_FIRST = (
    "id",
    "date",
    "known",
    "title",
    "text",
    "kind",
    "status",
    "place",
    "actors",
    "tags",
    "sources",
    "links",
)
_TOLD = {
    "title": "titles",
    "text": "texts",
    "kind": "kinds",
    "place": "places",
    "tags": "tags",
    "actors": "actors",
    "sources": "sources",
}


def given_id(entry: Entry, mapping: Mapping) -> tuple[str, str, str]:
    """The key with the id of an entry, the id as given, and as a valid id; each empty if there is none.

    An entry may be listed under its id; then there is no key.
    """
    key, given = "", entry.place.key
    for name in _keys(mapping, "id", entry.fields, IDS):
        value = entry.fields[name]
        if isinstance(value, str) and 0 < len(value) <= _LONGEST_TITLE and " " not in value.strip():
            key, given = name, value.strip()
            break
    return key, given, fitting_id(given)


def fitting_id(given: str) -> str:
    """A text that is meant as an id as a valid one; empty if it is none."""
    if not given or is_id(given):
        return given
    fit = given.lower().replace("_", "-").replace(" ", "-").replace(".", "-")
    return fit if fit and is_id(fit) else ""


def keys_of_ids(mapping: Mapping) -> Sequence[str]:
    """The columns that may have ids of events, the most likely first."""
    return _keys(mapping, "id", {column.name: None for column in mapping.columns}, IDS)


def _keys(mapping: Mapping, role: Role, left: Fields, names: tuple[str, ...]) -> Sequence[str]:
    """The keys that may have a part of an event, the most likely first, or those that were chosen."""
    if not mapping.chosen:
        return keys_named(left, names)
    if role in mapping.chosen:
        return [key for key in mapping.of(role) if key in left]
    given = mapping.given
    return [key for key in keys_named(left, names) if key not in given]


def _says(text: str) -> bool:
    return bool(text.strip()) and not text.startswith(("http://", "https://"))


def is_date(text: str) -> bool:
    """Whether a text that may be a title is only a date."""
    if len(text) > _LONGEST_DATE or _DIGIT.search(text) is None:
        return False
    if _WORDY.search(text) is not None and not _may_be_date(_NUMBER.sub("0", text)):
        return False
    return bool(edtf_of(text))


@lru_cache(maxsize=8192)
def _may_be_date(shape: str) -> bool:
    """Whether a text of words would be a date with other numbers: `Order 0 of Ada` is none with any.

    Titles that differ in their numbers alone are many in a table, and to read each as a date takes as long as
    all else that is done with its row.
    """
    return any(bool(edtf_of(_numbered(shape, numbers))) for numbers in _NUMBERS)


def _numbered(shape: str, numbers: tuple[str, ...]) -> str:
    count = iter((*numbers, *numbers[-1:] * shape.count("0")))
    return _NUMBER.sub(lambda _: next(count), shape)


def _spaced(key: str) -> str:
    return " ".join(words_of(key)) or key


def _first_of(text: str) -> str:
    """The first sentence or line of a text, cut off at a space."""
    line = next((line for line in text.strip().splitlines() if line.strip(" #*-")), text)
    line = " ".join(_MARKUP.sub("", line).strip(" #*-").split()) or " ".join(text.split())
    if len(line) > _LONGEST_TITLE:
        line = _first_sentence(line)
    if len(line) <= _LONGEST_TITLE:
        return line
    return f"{line[:_CLIPPED_TITLE].rpartition(' ')[0] or line[:_CLIPPED_TITLE]}…"


def _first_sentence(line: str) -> str:
    """The first sentence of a line: none ends at an initial, an abbreviation or before a small letter."""
    for match in _STOP.finditer(line):
        before = line[: match.start()].rpartition(" ")[2].strip("(\"'\u201c\u2018")
        after = line[match.end() :].lstrip("\"')”’ ")[:1]
        is_short = match[0] == "." and (len(before) < 2 or before.lower() in _ABBREVIATED or "." in before)
        if match.start() < _SHORTEST_SENTENCE or is_short or after.islower() or after.isdigit():
            continue
        return line[: match.end()]
    return line


def status_of(word: str) -> str:
    """The status that a word of others means; empty if it means none."""
    plain = word.strip().lower()
    return plain if plain in _STATUSES else _MEANT.get(plain, "")


def _is_place(lat: str, lon: str) -> bool:
    """Whether two texts are degrees, and not the zeros of what has no place."""
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        return False
    return abs(north) <= 90 and abs(east) <= 180 and (north, east) != (0, 0)


def _as_text(value: object) -> object:
    """A text without the marks and entities of HTML that some tables have in their cells."""
    if not isinstance(value, str) or ("&" not in value and "<" not in value):
        return value
    if _TAGGED.search(value):
        value = _LINK.sub(lambda match: f"[{match[3]}]({match[2]})", value)
        value = re.sub(r"<(?:br|/p|/div|/li)\b[^<>]*>\s*", "\n", value, flags=re.IGNORECASE)
        value = _TAGGED.sub("", value)
    if _ENTITY.search(value):
        value = unescape(value).replace("\u00a0", " ")
    return value.strip()


def _as_written(name: str) -> str:
    """A key as a title: its words, in the letters in which they are written."""
    return name.strip() if " " in name.strip() else " ".join(re.split(r"[\s_-]+", name)).strip()


def _paired(found: dict[str, list[Fields | Citation]]) -> Iterator[Fields | Citation]:
    """All sources; a name and an address in two keys, such as `source` and `source_url`, are one source."""
    if len(found) == 2 and all(len(records) == 1 for records in found.values()):
        one, other = sorted((records[0] for records in found.values()), key=_has_url)
        if isinstance(one, dict) and isinstance(other, dict) and one.keys() == {"title"} and _is_bare(other):
            yield {**one, "url": other["url"]}
            return
    for records in found.values():
        yield from records


def _has_url(source: Fields | Citation) -> bool:
    return isinstance(source, dict) and "url" in source


def _is_bare(source: Fields) -> bool:
    """Whether a source is only an address."""
    return source.keys() == {"title", "url"} and source["title"] == shortened(source["url"])
