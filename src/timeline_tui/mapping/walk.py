"""Walks through plain data of any shape and groups everything that may be an event by its path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from timeline_tui.dates.lenient import edtf_of, edtf_of_all, is_month
from timeline_tui.errors import TimelineError
from timeline_tui.mapping.key_names import (
    NAMES,
    date_rank,
    is_end,
    is_list_of_events,
    is_shown_date,
    keys_named,
    makes_event,
    plain_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sized


Fields = dict[str, Any]

SAMPLE = 200
"""How many entries of a list are looked at to judge what it is a list of."""
MOST = 0.6
"""The share of a list that counts as most of it."""
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_FLAT = 4
MOST_KEYS = 16_384
"""As many keys as a spreadsheet has columns: more than these no entry of a list has."""
YEAR = re.compile(r"(?:1?[0-9]{3}|2[01][0-9]{2})")
"""A year that may be a key, and not a port or a size."""


def flattened(fields: Fields) -> Fields:
    """A map with text for its nested maps: `1963-8` for `{year: 1963, month: 8}`, `A` for `{en: A, de: B}`.

    Texts in other languages are put beside it: `title-de`.
    """
    found: Fields = {}
    for key, value in fields.items():
        found[key] = value
        if not isinstance(value, dict):
            continue
        if value and all(isinstance(part, str) and _LANGUAGE.fullmatch(name) for name, part in value.items()):
            first = "en" if "en" in value else next(iter(value))
            found[key] = value[first]
            found |= {f"{key}-{name}": part for name, part in value.items() if name != first}
            continue
        if date_rank(key) is None and not is_end(key):
            continue
        parts = {plain_name(name): part for name, part in value.items() if isinstance(part, str) and part}
        if "year" in parts and parts.keys() <= {"year", "month", "day"}:
            found[key] = "-".join(parts[name] for name in ("year", "month", "day") if name in parts)
        elif len(parts) == len(value) and parts.keys() & {"start", "from"} and len(parts) <= 2:
            start, *end = [parts[name] for name in ("start", "from", "end", "to", "until") if name in parts]
            found[key] = " - ".join([start, *end])
    return found


def flat_map(data: Fields, within: str = "", depth: int = 0) -> Fields:
    """A map without maps in it: `{a: {b: c}}` as `{a.b: c}`; what is nested too deep stays as it is."""
    found: Fields = {}
    for key, value in data.items():
        name = f"{within}.{key}" if within else key
        if isinstance(value, dict) and value and depth < _FLAT:
            found |= flat_map(value, name, depth + 1)
        else:
            found[name] = value
    return found


def has_own_text(data: Fields) -> bool:
    """Whether a map has text that is not a date."""
    return any(
        isinstance(value, str) and value and date_rank(key) is None and not is_end(key)
        for key, value in data.items()
    )


def is_by_date(data: Fields) -> bool:
    """Whether the keys of a map are dates, and its values are not only numbers."""
    if not data or all(
        not value or (isinstance(value, str) and _is_number(value)) for value in data.values()
    ):
        return False
    dates = sum(is_date_key(key) for key in list(data)[:SAMPLE])
    return dates >= MOST * min(len(data), SAMPLE)


def is_date_key(key: str) -> bool:
    """Whether a key is a date."""
    return bool(YEAR.fullmatch(key)) or (not key.isdigit() and len(key) > 3 and bool(edtf_of(key)))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9][0-9.,_ ]*%?", text) is not None


def is_by_name(data: Fields) -> bool:
    """Whether a map has named entries: nearly all values are maps, and most of these are dated."""
    maps = [value for value in list(data.values())[:SAMPLE] if isinstance(value, dict)]
    if len(maps) < 2 or len(maps) < 0.9 * min(len(data), SAMPLE):
        return False
    return sum(is_dated(flattened(part)) for part in maps) >= MOST * len(maps)


def date_keys(fields: Fields) -> Iterator[str]:
    """The keys that have a date according to their names, the most likely first."""
    ranked = [(date_rank(key), key) for key, value in fields.items() if isinstance(value, str) and value]
    yield from (key for _, key in sorted((rank, key) for rank, key in ranked if makes_event(rank)))


def is_dated(fields: Fields) -> bool:
    """Whether a map has a readable date."""
    if any(_reads(fields[key]) for key in date_keys(fields)):
        return True
    return any(
        is_shown_date(key) and isinstance(value, str) and edtf_of(value) for key, value in fields.items()
    )


def _reads(text: str) -> bool:
    return bool(edtf_of(text)) or bool(edtf_of_all([text])[0])


BARE = "'"
"""Path suffix that marks plain strings, to group them apart from maps at the same path."""
KEY = re.compile(r"\.[^.\[{]*")
"""Matches a key in a path."""

LineOf: TypeAlias = "Callable[[object, object], int]"
"""Returns the line of a map, or of the value of a key or number in a map or list; 0 if it is not known."""

_LEADING_DATE = re.compile(r"(.{4,40}?)\s*(?::|\s[-\u2013\u2014]|\u2014)\s+(\S.*)", re.DOTALL)


class Place(NamedTuple):
    """The place of an entry in the data, and what it says about the entry."""

    path: str = ""
    """`[]` for a list, `{}` for a map of entries, `{date}` for a map by dates, `.key` for any other key."""
    when: str = ""
    """The date that everything here is listed under, as written."""
    giver: int = 0
    """The `id()` of the map that has this date as a key."""
    sections: tuple[tuple[str, str], ...] = ()
    """The names of the sections around it: keys of lists, or names in maps."""
    holders: tuple[int, ...] = ()
    """The `id()` of each map around it, the innermost last."""
    key: str = ""
    """The key of the entry itself; empty for an item of a list."""


@dataclass(slots=True, eq=False)
class Entry:
    """A map or text that may be an event."""

    fields: Fields
    place: Place
    slot: tuple[int, object]
    """The `id()` of the map, and None; for a plain text, that of its container, and its key or index."""
    within: int
    """The `id()` of the list or map that contains it."""
    line: int = 0
    parent: Entry | None = None
    """The entry that contains this one."""


_IN_TABLE = Place("[]")


def flat_entry(fields: Fields, line: int = 0) -> Entry:
    """A row of a table as an entry.

    Args:
        fields: Values by column, without empty ones.
        line: The line of the file that it begins on, from 1; 0 if that is not known.
    """
    return Entry(fields, _IN_TABLE, (id(fields), None), 0, line)


@dataclass
class Group:
    """The entries with the same path."""

    path: str
    entries: list[Entry] = field(default_factory=list)
    keys: frozenset[str] = frozenset()
    score: float = 0

    @property
    def name(self) -> str:
        """The last key of its path."""
        keys = KEY.findall(self.path)
        return keys[-1][1:].removesuffix(BARE) if keys else ""

    def name_sections(self) -> None:
        """Record for each entry the key of its list, as its section."""
        for entry in self.entries:
            entry.place = entry.place._replace(sections=(*entry.place.sections, ("section", self.name)))


class TooWide(TimelineError):  # noqa: N818  reads as what it says
    """An entry of a list has too many keys to be looked at one by one."""


def refuse_wide(names: Sized) -> None:
    """Raise TooWide if an entry has more keys than a spreadsheet has columns."""
    if len(names) > MOST_KEYS:
        raise TooWide(
            f"an entry of {len(names):,} keys is wider than any spreadsheet ({MOST_KEYS:,});"
            " keep those with dates and texts"
        )


class Walk:
    """Walks through data and groups everything that may be an event by its path."""

    def __init__(self, line_of: LineOf) -> None:
        self.groups: dict[str, Group] = {}
        self.headings: set[int] = set()
        """The `id()` of each map that only gives the date of the entries in it."""
        self._line_of = line_of
        self._numbers: dict[int, int] = {}

    def number(self, entry: Entry) -> int:
        """The number of an entry among all entries."""
        return self._numbers[id(entry)]

    def value(self, data: object, place: Place) -> None:
        """Walk through a value that is not an entry."""
        if isinstance(data, list):
            self._list(data, place._replace(path=f"{place.path}[]", key=""))
        elif isinstance(data, dict):
            self._map(data, place)

    def _list(self, items: list[object], place: Place) -> None:
        for number, item in enumerate(items):
            if isinstance(item, str):
                self._add_text(item, place, items, number)
            elif isinstance(item, dict):
                refuse_wide(item)
                self._entry(item, place, id(items))
            else:
                self.value(item, place)

    def _map(self, data: Fields, place: Place) -> None:
        if is_by_date(data):
            self._by_date(data, place)
        elif YEAR.fullmatch(place.when) and data and all(map(is_month, data)):
            for key, value in data.items():
                self._under(value, place._replace(when=f"{key} {place.when}", giver=id(data)), data, key)
        elif is_by_name(data):
            for key, value in data.items():
                inner = place._replace(path=f"{place.path}{{}}", key=key)
                if isinstance(value, dict):
                    self._entry(value, inner, id(data))
                else:
                    self.value(value, inner)
        else:
            self._entry(data, place, 0)

    def _by_date(self, data: Fields, place: Place) -> None:
        for key, value in data.items():
            if is_date_key(key):
                inner = place._replace(path=f"{place.path}{{date}}", when=key, giver=id(data), key="")
                self._under(value, inner, data, key)
            else:
                # A `title: …` above the years.
                self.value(value, place._replace(path=f"{place.path}.{_escaped(key)}"))

    def _under(self, value: object, place: Place, data: Fields, key: str) -> None:
        """Walk through the value under a date."""
        if isinstance(value, str):
            self._add_text(value, place, data, key)
        elif isinstance(value, dict) and not all(map(is_month, value)):
            self._entry(value, place, id(data))
        else:
            self.value(value, place)

    def _entry(self, data: Fields, place: Place, within: int) -> None:
        """Add a map that may be an event, and walk through it."""
        if is_by_date(data):
            self._map(data, place)
            return
        only = next(iter(data.values()), None)
        if len(data) == 1 and isinstance(only, dict) and not is_by_date(only) and not is_by_name(only):
            # `- event: {…}`
            self._entry(only, place, within)
            return
        fields = flattened(data)
        when = next((fields[key] for key in date_keys(fields) if edtf_of(fields[key])), "")
        is_heading = bool(when or place.path.endswith("{date}")) and not has_own_text(fields)
        if is_heading and any(isinstance(part, list | dict) for part in data.values()):
            self.headings.add(id(data))
        else:
            slot = (id(data), None)
            self._add(Entry(fields, place, slot, within, self._line_of(data, None)), place.path)
        name = next((fields[key] for key in keys_named(fields, NAMES) if isinstance(fields[key], str)), "")
        around = KEY.findall(place.path)
        if name and around:
            place = place._replace(sections=(*place.sections, (around[-1][1:], name)))
        place = place._replace(holders=(*place.holders, id(data)), key="")
        for key, value in data.items():
            inside = place._replace(path=f"{place.path}.{_escaped(key)}")
            if when and (is_heading or (place.path and is_list_of_events(key))):
                inside = inside._replace(when=when, giver=id(data))
            elif not is_heading:
                # Parts of an event do not have its date.
                inside = inside._replace(when="", giver=0)
            self.value(value, inside)

    def _add_text(self, text: str, place: Place, owner: Fields | list[object], slot: object) -> None:
        fields = _of_text(text, place.when)
        entry = Entry(fields, place, (id(owner), slot), id(owner), self._line_of(owner, slot))
        self._add(entry, place.path + BARE)

    def _add(self, entry: Entry, path: str) -> None:
        self._numbers[id(entry)] = len(self._numbers)
        self.groups.setdefault(path, Group(path)).entries.append(entry)


def _of_text(text: str, when: str) -> Fields:
    """`1999: Founded` as a map with a date and a text; under a year, `8 May: Founded` as well."""
    match = _LEADING_DATE.fullmatch(text)
    if match is None:
        return {"text": text}
    year = when if YEAR.fullmatch(when) else ""
    is_dated = edtf_of(match[1]) or (year and edtf_of(f"{match[1]} {year}"))
    return {"date": match[1], "text": match[2]} if is_dated else {"text": text}


def _escaped(key: str) -> str:
    return re.sub(r"[.\[\]{}]", "_", key)
