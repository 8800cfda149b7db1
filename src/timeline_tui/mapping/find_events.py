"""Finds the events in plain data of any shape: the longest list of dated maps, wherever it is.

Lists of one shape count as one list, whatever their keys; maps whose keys are dates, and maps of named
events, count as lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.mapping.key_names import date_rank, is_list_of_events, is_part_of_event
from timeline_tui.mapping.walk import (
    BARE,
    KEY,
    MOST,
    SAMPLE,
    Place,
    Walk,
    date_keys,
    has_own_text,
    is_dated,
)

if TYPE_CHECKING:
    from timeline_tui.mapping.walk import Entry, Group, LineOf


class Found(NamedTuple):
    """The events of a file, and its other data."""

    entries: list[Entry]
    """In the order of the file; an entry inside another one comes after it."""
    rest: object
    """The data without the entries; None if nothing is left."""
    where: str
    """Where they are, in words: "the list `milestones`"; empty for the only list."""


def find(data: object, line_of: LineOf) -> Found | None:
    """The events in plain data; None if there is no date in it.

    Args:
        data: Text, lists and dicts.
        line_of: Gives the lines of maps, and of texts in lists and maps.
    """
    walk = Walk(line_of)
    walk.value(data, Place())
    groups = list(walk.groups.values())
    for group in groups:
        _weigh(group)
    clusters = _clusters([group for group in groups if group.score and not _is_detail(group, walk.groups)])
    if not clusters:
        return None
    best = max(clusters, key=lambda groups: (_score(groups), -len(groups[0].path)))
    if len({group.name for group in best}) > 1:
        for group in best:
            group.name_sections()
    chosen = {group.path: group for part in best for group in (part, *_ancestors(part, groups))}
    found = [entry for group in chosen.values() for entry in group.entries]
    found += _beside(found, [group for group in groups if group.path not in chosen])
    entries = sorted(found, key=walk.number)
    return Found(*_apart(data, entries, walk.headings), _where(list(chosen.values()), len(clusters)))


def _weigh(group: Group) -> None:
    """Estimate how many entries are dated, from a sample of the whole list."""
    if (group.path and group.path.removesuffix(BARE)[-1:] not in ("]", "}")) or (
        group.name and is_part_of_event(group.name)
    ):
        # A single map somewhere is not a list of events, and lists of people may be under dates too.
        return
    entries = group.entries[:: max(1, len(group.entries) // SAMPLE)]
    dated = with_text = 0
    keys: set[str] = set()
    for entry in entries:
        if is_dated(entry.fields) or entry.place.when:
            dated += 1
        elif any(date_keys(entry.fields)):
            with_text += 1
        keys |= entry.fields.keys()
    group.keys = frozenset(keys)
    # An event has more text than its date.
    has_text = any(has_own_text(entry.fields) or _is_named(entry) for entry in entries)
    # A list with unreadable dates is still a list of events, if there is no other.
    group.score = (dated + with_text / 100) * len(group.entries) / len(entries) if has_text else 0


def _is_named(entry: Entry) -> bool:
    """Whether an entry is listed under a name, which is its title."""
    return bool(entry.place.key) and not entry.place.key.isdigit()


def _is_detail(group: Group, groups: dict[str, Group]) -> bool:
    """Whether a list is a detail of the events around it, such as their sources: most entries have URLs."""
    holder = group.path.removesuffix(BARE).removesuffix("[]").rpartition(".")[0]
    if not holder or holder not in groups or not groups[holder].score:
        return False
    entries = group.entries[:SAMPLE]
    cited = sum(any(_is_url(value) for value in entry.fields.values()) for entry in entries)
    return cited > len(entries) / 2


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _clusters(groups: list[Group]) -> list[list[Group]]:
    """Groups of the same shape together: their paths differ only in keys, and they share most fields."""
    clusters: dict[str, list[list[Group]]] = {}
    for group in groups:
        path = KEY.sub(".", group.path).replace("{date}[]", "{date}")
        if "{date}" in path:
            path = path.removesuffix(BARE)
        alike = clusters.setdefault(path, [])
        for cluster in alike:
            both = cluster[0].keys & group.keys
            if "{date}" in path or 2 * len(both) >= len(cluster[0].keys | group.keys):
                cluster.append(group)
                break
        else:
            alike.append([group])
    return [cluster for alike in clusters.values() for cluster in alike]


def _score(groups: list[Group]) -> float:
    named = any(is_list_of_events(group.name) for group in groups)
    return sum(group.score for group in groups) * (2 if named else 1)


def _ancestors(group: Group, groups: list[Group]) -> list[Group]:
    """The lists of events that contain a list."""
    return [
        other
        for other in groups
        if other.path and group.path.startswith(f"{other.path}.") and _is_of_events(other)
    ]


def _is_of_events(group: Group) -> bool:
    """Whether most entries are dated and have other text."""
    with_text = sum(has_own_text(entry.fields) or _is_named(entry) for entry in group.entries[:SAMPLE])
    return group.score >= MOST * len(group.entries) and with_text >= MOST * len(group.entries[:SAMPLE])


def _beside(found: list[Entry], others: list[Group]) -> list[Entry]:
    """Plain texts in the same list as the maps that were found, or maps among plain texts."""
    lists = {entry.within for entry in found if entry.within}
    alike = {entry.place.path for entry in found}
    return [
        entry
        for group in others
        if group.path.removesuffix(BARE) in alike
        for entry in group.entries
        if entry.within in lists
    ]


def _apart(data: object, entries: list[Entry], headings: set[int]) -> tuple[list[Entry], object]:
    """The entries, each without the entries inside it, and the data without any of them."""
    slots = {entry.slot for entry in entries}
    by_map = {entry.slot[0]: entry for entry in entries if entry.slot[1] is None}
    for entry in entries:
        holders = reversed(entry.place.holders)
        entry.parent = next((by_map[each] for each in holders if each in by_map), None)
    for entry in entries:
        left = ((key, _left(part, slots, headings)) for key, part in entry.fields.items())
        entry.fields = {key: part for key, part in left if part is not None}
    return entries, _left(data, slots, headings)


def _left(data: object, taken: set[tuple[int, object]], headings: set[int]) -> object:
    """The rest of some data; None if nothing is left except the date that entries are listed under."""
    here = id(data)
    if (here, None) in taken:
        return None
    left: dict[str, object] | list[object]
    if isinstance(data, dict):
        parts = {key: _left(part, taken, headings) for key, part in data.items() if (here, key) not in taken}
        left = {key: part for key, part in parts.items() if part is not None}
        if here in headings and len(left) < len(data) and not any(date_rank(key) is None for key in left):
            return None
    elif isinstance(data, list):
        items = [
            _left(part, taken, headings) for number, part in enumerate(data) if (here, number) not in taken
        ]
        left = [part for part in items if part is not None]
    else:
        return data
    return left if left or not data else None


def _where(groups: list[Group], lists: int) -> str:
    names = list(dict.fromkeys(f"`{group.name}`" for group in groups if group.name))
    if not names or (lists == 1 and len(names) == 1 and is_list_of_events(groups[0].name)):
        return ""
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{'the list' if len(names) == 1 else 'the lists'} {shown}"
