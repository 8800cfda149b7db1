"""Finding the events in the data of other people: the longest list of dated maps, wherever it stands.

Lists of one shape count as one, whatever keys they stand under; maps whose keys are dates, and maps of
named events, are lists. All of it is plain data: text, lists and dicts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline_tui.exchange.foreign_dates import edtf_of, edtf_of_all
from timeline_tui.exchange.foreign_months import is_month
from timeline_tui.exchange.foreign_words import (
    NAMES,
    date_rank,
    is_end,
    is_list_of_events,
    is_part_of_event,
    is_shown_date,
    is_telling,
    keys_named,
    plain_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Fields = dict[str, Any]

_SAMPLE = 200
"""How many entries of a list are looked at, to tell what sort of list it is."""
_MOST = 0.6
"""What share is most of a list."""
_LEADING_DATE = re.compile(r"(.{4,40}?)\s*(?::|\s[-\u2013\u2014]|\u2014)\s+(\S.*)", re.DOTALL)
_YEAR = re.compile(r"(?:1?[0-9]{3}|2[01][0-9]{2})")
_KEY = re.compile(r"\.[^.\[{]*")


class Place(NamedTuple):
    """What is known of an entry from where it stands."""

    path: str = ""
    """`[]` for a list, `{}` for a map of entries, `{date}` for a map by dates, `.key` for any other key."""
    when: str = ""
    """A date that is given for all that stands here, as written."""
    giver: int = 0
    """The `id()` of the map that gives it."""
    sections: tuple[tuple[str, str], ...] = ()
    """What the parts of the file around it are called: the key of the list, the name in it."""
    holders: tuple[int, ...] = ()
    """The `id()` of each map around it, the innermost last."""
    key: str = ""
    """The key that the entry itself stands under; empty for an item of a list."""


@dataclass
class Entry:
    """What may be an event."""

    fields: Fields
    place: Place
    slot: tuple[int, object]
    """The `id()` of the map and None; of a bare text, that of what holds it and its key or number there."""
    line: int = 0
    parent: Entry | None = None
    """The event that this is a part of."""


class Found(NamedTuple):
    """The events of a file, and the rest of it."""

    entries: list[Entry]
    """In the order of the file; a map that stands in another one comes after it."""
    rest: object
    """The data without the entries; None if nothing is left."""
    where: str
    """In words, where they stand: "the list `milestones`"; empty for the only list."""


@dataclass
class _Group:
    path: str
    entries: list[Entry] = field(default_factory=list)
    keys: frozenset[str] = frozenset()
    score: float = 0

    @property
    def name(self) -> str:
        """The last key of its path."""
        keys = _KEY.findall(self.path)
        return keys[-1][1:] if keys else ""


def find(data: object, line_of: Callable[[object], int]) -> Found | None:
    """The events in some data; None if there is nothing dated in it.

    Args:
        data: Text, lists and dicts.
        line_of: Gives the line of a dict or list, 0 if it is not known.
    """
    walk = _Walk(line_of)
    walk.value(data, Place())
    groups = list(walk.groups.values())
    for group in groups:
        _weigh(group)
    clusters = _clusters([group for group in groups if group.score and not _is_detail(group, walk.groups)])
    if not clusters:
        return None
    best = max(clusters, key=lambda groups: (_score(groups), -len(groups[0].path)))
    chosen = {group.path: group for part in best for group in (part, *_ancestors(part, groups))}
    entries = sorted((entry for group in chosen.values() for entry in group.entries), key=walk.number)
    return Found(*_apart(data, entries), _where(list(chosen.values()), len(clusters)))


class _Walk:
    """Goes through data and puts everything that may be an event into groups by path."""

    def __init__(self, line_of: Callable[[object], int]) -> None:
        self.groups: dict[str, _Group] = {}
        self._line_of = line_of
        self._numbers: dict[int, int] = {}

    def number(self, entry: Entry) -> int:
        """Where an entry stands among all."""
        return self._numbers[id(entry)]

    def value(self, data: object, place: Place) -> None:
        """Go through a value that is no entry."""
        if isinstance(data, list):
            self._list(data, place._replace(path=f"{place.path}[]", key=""))
        elif isinstance(data, dict):
            self._map(data, place)

    def _list(self, items: list[object], place: Place) -> None:
        for number, item in enumerate(items):
            if isinstance(item, str):
                self._add(_of_text(item), place, (id(items), number), items)
            elif isinstance(item, dict):
                self._entry(item, place)
            else:
                self.value(item, place)

    def _map(self, data: Fields, place: Place) -> None:
        if _is_by_date(data):
            for key, value in data.items():
                inner = place._replace(path=f"{place.path}{{date}}", when=key, giver=id(data), key="")
                if isinstance(value, str):
                    self._add({"text": value}, inner, (id(data), key), data)
                elif isinstance(value, dict):
                    self._entry(value, inner)
                else:
                    self.value(value, inner)
        elif _is_by_name(data):
            for key, value in data.items():
                inner = place._replace(path=f"{place.path}{{}}", key=key)
                if isinstance(value, dict):
                    self._entry(value, inner)
                else:
                    self.value(value, inner)
        else:
            self._entry(data, place)

    def _entry(self, data: Fields, place: Place) -> None:
        """A map that may be an event, and what there is in it."""
        if _is_by_date(data):
            self._map(data, place)
            return
        inner = next(iter(data.values()), None)
        if len(data) == 1 and isinstance(inner, dict) and not _is_by_date(inner) and not _is_by_name(inner):
            # `- event: {…}`
            self._entry(inner, place)
            return
        self._add(with_dates(data), place, (id(data), None), data)
        name = next((data[key] for key in keys_named(data, NAMES) if isinstance(data[key], str)), "")
        around = _KEY.findall(place.path)
        if name and around:
            place = place._replace(sections=(*place.sections, (around[-1][1:], name)))
        place = place._replace(holders=(*place.holders, id(data)), key="")
        when = next((data[key] for key in _date_keys(data) if edtf_of(data[key])), "")
        is_heading = bool(when) and not _tells(data)
        for key, value in data.items():
            inside = place._replace(path=f"{place.path}.{_escaped(key)}")
            if is_heading or (when and place.path and is_list_of_events(key)):
                inside = inside._replace(when=when, giver=id(data))
            elif is_month(key) and _YEAR.fullmatch(place.when):
                inside = inside._replace(when=f"{key} {place.when}", giver=id(data))
            elif not _is_between(place):
                # What is part of an event has not its date.
                inside = inside._replace(when="", giver=0)
            self.value(value, inside)

    def _add(self, fields: Fields, place: Place, slot: tuple[int, object], owner: object) -> None:
        entry = Entry(fields, place, slot, self._line_of(owner))
        self._numbers[id(entry)] = len(self._numbers)
        self.groups.setdefault(place.path, _Group(place.path)).entries.append(entry)


def with_dates(fields: Fields) -> Fields:
    """A map whose dates are text where they were maps: `{year: 1963, month: 8}` is `1963-8`."""
    found = dict(fields)
    for key, value in fields.items():
        if not isinstance(value, dict) or (date_rank(key) is None and not is_end(key)):
            continue
        parts = {plain_name(name): part for name, part in value.items() if isinstance(part, str) and part}
        if "year" in parts and parts.keys() <= {"year", "month", "day"}:
            found[key] = "-".join(parts[name] for name in ("year", "month", "day") if name in parts)
        elif len(parts) == len(value) and parts.keys() & {"start", "from"} and len(parts) <= 2:
            start, *end = [parts[name] for name in ("start", "from", "end", "to", "until") if name in parts]
            found[key] = " - ".join([start, *end])
    return found


def _tells(data: Fields) -> bool:
    """Whether a map says more than dates in text of its own."""
    return any(
        isinstance(value, str) and value and date_rank(key) is None and not is_end(key)
        for key, value in data.items()
    )


def _is_between(place: Place) -> bool:
    """Whether a map at this place only parts what stands in it, as a month does."""
    return place.path.endswith("{date}")


def _of_text(text: str) -> Fields:
    """`1999: Founded` as a date and a text."""
    match = _LEADING_DATE.fullmatch(text)
    return {"date": match[1], "text": match[2]} if match and edtf_of(match[1]) else {"text": text}


def _escaped(key: str) -> str:
    return re.sub(r"[.\[\]{}]", "_", key)


def _is_by_date(data: Fields) -> bool:
    """Whether the keys of a map are dates, and something is told behind them."""
    if not data or all(
        not value or (isinstance(value, str) and _is_number(value)) for value in data.values()
    ):
        return False
    dates = sum(_is_date_key(key) for key in list(data)[:_SAMPLE])
    return dates >= _MOST * min(len(data), _SAMPLE)


def _is_date_key(key: str) -> bool:
    return bool(_YEAR.fullmatch(key)) or (not key.isdigit() and len(key) > 3 and bool(edtf_of(key)))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9][0-9.,_ ]*%?", text) is not None


def _is_by_name(data: Fields) -> bool:
    """Whether a map is one of named entries: nearly all of them maps, most of these dated."""
    maps = [value for value in list(data.values())[:_SAMPLE] if isinstance(value, dict)]
    if len(maps) < 2 or len(maps) < 0.9 * min(len(data), _SAMPLE):
        return False
    return sum(map(_is_dated, maps)) >= _MOST * len(maps)


def _date_keys(fields: Fields) -> Iterator[str]:
    """The keys that hold something of a date by their names, the likeliest first."""
    ranked = [(date_rank(key), key) for key, value in fields.items() if isinstance(value, str) and value]
    yield from (key for _, key in sorted((rank, key) for rank, key in ranked if is_telling(rank)))


def _is_dated(fields: Fields) -> bool:
    if any(_reads(fields[key]) for key in _date_keys(fields)):
        return True
    return any(
        is_shown_date(key) and isinstance(value, str) and edtf_of(value) for key, value in fields.items()
    )


def _reads(text: str) -> bool:
    return bool(edtf_of(text)) or bool(edtf_of_all([text])[0])


def _weigh(group: _Group) -> None:
    """Estimate how many entries are dated, from some of them all over the list."""
    if (group.path and group.path[-1] not in "]}") or (group.name and is_part_of_event(group.name)):
        # A single map somewhere is none, and people are named under a date too.
        return
    entries = group.entries[:: max(1, len(group.entries) // _SAMPLE)]
    dated = told = 0
    keys: set[str] = set()
    for entry in entries:
        if _is_dated(entry.fields) or entry.place.when:
            dated += 1
        elif any(_date_keys(entry.fields)):
            told += 1
        keys |= entry.fields.keys()
    group.keys = frozenset(keys)
    # An event says something beside its date.
    says_something = any(not is_telling(date_rank(key)) for key in keys)
    # With dates that nobody can read, it is a list of events all the same, if there is no other.
    group.score = (dated + told / 100) * len(group.entries) / len(entries) if says_something else 0


def _is_detail(group: _Group, groups: dict[str, _Group]) -> bool:
    """Whether a list is part of the events that it stands in, as what they rest on: it leads elsewhere."""
    holder = group.path.removesuffix("[]").rpartition(".")[0]
    if not holder or holder not in groups or not groups[holder].score:
        return False
    entries = group.entries[:_SAMPLE]
    cited = sum(any(_is_url(value) for value in entry.fields.values()) for entry in entries)
    return cited > len(entries) / 2


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _clusters(groups: list[_Group]) -> list[list[_Group]]:
    """Groups of one shape together: only keys of their paths differ, and they have most keys in common."""
    clusters: dict[str, list[list[_Group]]] = {}
    for group in groups:
        path = _KEY.sub(".", group.path).replace("{date}[]", "{date}")
        alike = clusters.setdefault(path, [])
        for cluster in alike:
            both = cluster[0].keys & group.keys
            if "{date}" in path or 2 * len(both) >= len(cluster[0].keys | group.keys):
                cluster.append(group)
                break
        else:
            alike.append([group])
    return [cluster for alike in clusters.values() for cluster in alike]


def _score(groups: list[_Group]) -> float:
    named = any(is_list_of_events(group.name) for group in groups)
    return sum(group.score for group in groups) * (2 if named else 1)


def _ancestors(group: _Group, groups: list[_Group]) -> list[_Group]:
    """The lists that a list stands in, as far as they are of events themselves."""
    return [
        other
        for other in groups
        if other.path and group.path.startswith(f"{other.path}.") and _is_of_events(other)
    ]


def _is_of_events(group: _Group) -> bool:
    """Whether most entries are dated and say more than that."""
    told = sum(_tells(entry.fields) for entry in group.entries[:_SAMPLE])
    return group.score >= _MOST * len(group.entries) and told >= _MOST * len(group.entries[:_SAMPLE])


def _apart(data: object, entries: list[Entry]) -> tuple[list[Entry], object]:
    """The entries, each without those that stand in it, and the data without them all."""
    slots = {entry.slot for entry in entries}
    by_map = {entry.slot[0]: entry for entry in entries if entry.slot[1] is None}
    for entry in entries:
        holders = reversed(entry.place.holders)
        entry.parent = next((by_map[each] for each in holders if each in by_map), None)
    for entry in entries:
        left = ((key, _left(part, slots)) for key, part in entry.fields.items())
        entry.fields = {key: part for key, part in left if part is not None}
    return entries, _left(data, slots)


def _left(data: object, taken: set[tuple[int, object]]) -> object:
    """What is left of some data; None if all of it was taken."""
    here = id(data)
    if (here, None) in taken:
        return None
    left: dict[str, object] | list[object]
    if isinstance(data, dict):
        parts = {key: _left(part, taken) for key, part in data.items() if (here, key) not in taken}
        left = {key: part for key, part in parts.items() if part is not None}
    elif isinstance(data, list):
        items = [_left(part, taken) for number, part in enumerate(data) if (here, number) not in taken]
        left = [part for part in items if part is not None]
    else:
        return data
    return left if left or not data else None


def _where(groups: list[_Group], lists: int) -> str:
    names = list(dict.fromkeys(f"`{group.name}`" for group in groups if group.name))
    if not names or (lists == 1 and len(names) == 1 and is_list_of_events(groups[0].name)):
        return ""
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{'the list' if len(names) == 1 else 'the lists'} {shown}"
