"""What changed in a timeline since the last visit, found by comparing hashes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.model.fingerprints import (
    Change,
    changes_between,
    header_fingerprints,
    id_fingerprint,
    kind_of,
    record_changes,
    without_title,
)
from timeline_tui.storage.visits import repeated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline_tui.model.fingerprints import How, RecordKind
    from timeline_tui.model.records import Header
    from timeline_tui.storage.visits import Seen


_HEADER: Final = " header"
"""Stands for the header among the ids of a visit; no id has a blank."""


class RecordChange(NamedTuple):
    """A change of a source, an actor, a topic, a place or a story."""

    kind: RecordKind
    id: str
    how: How
    fields: tuple[str, ...] = ()
    """As in `Change`."""


@dataclass(frozen=True)
class Changes:
    """What was added, changed and removed in the whole file since the last visit."""

    changed: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)
    """The changes of each event, by its key; an event that was added has that one change."""
    removed: int = 0
    """Number of events that were removed; only their hashes were kept, so they cannot be named."""
    records: tuple[RecordChange, ...] = ()
    """The changes of the sources, actors, topics, places and stories, in the order of the file."""
    removed_records: Mapping[str, int] = field(default_factory=dict)
    """How many of them were removed, by kind."""
    first: bool = False
    """Whether no earlier visit is known."""
    notice: str = ""
    """As in `Seen`."""
    folder: str = ""
    """As in `Seen`."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed or self.records or self.removed_records)

    def is_added(self, key: int) -> bool:
        """Whether the event with that key was added."""
        return self.changed.get(key) == _ADDED


_ADDED = (Change("event", "added"),)


def visit_fingerprints(
    fingerprints: Iterable[tuple[int, str, bytes]], header: Header
) -> Iterator[tuple[str, bytes]]:
    """What a visit remembers of a timeline: id and fingerprint of its events and of its header's records.

    Args:
        fingerprints: Key, id and fingerprint of each event, in the order of the file.
        header: The header.
    """
    yield from ((id_, print_) for _, id_, print_ in fingerprints)
    yield _HEADER, b""
    yield from ((f"{kind} {id_}", print_) for kind, id_, print_ in header_fingerprints(header))


def changes_since(fingerprints: Iterable[tuple[int, str, bytes]], header: Header, seen: Seen) -> Changes:
    """What changed in a timeline since the last visit.

    Args:
        fingerprints: Key, id and fingerprint of each of its events, in the order of the file.
        header: Its header.
        seen: What was remembered from that visit.
    """
    if seen.first:
        return Changes(first=True, notice=seen.notice, folder=seen.folder)
    had, gone = seen.fingerprints, dict(seen.fingerprints)
    records, removed_records = _record_changes(header, gone)
    met: dict[bytes, int] = {}
    found: dict[int, tuple[Change, ...]] = {}
    added: dict[int, bytes] = {}
    for key, id_, new in fingerprints:
        name = id_fingerprint(id_)
        old = gone.pop(name, None)
        if old is None and name in had:
            # Another event has the same id.
            met[name] = times = met.get(name, 0) + 1
            old = gone.pop(repeated(name, times), None)
        if old is None:
            added[key] = new
        elif old != new:
            found[key] = _changes(old, new)
    removed = len(gone)
    for key, old in _renamed(gone, added).items():
        found[key] = _changes(old, added.pop(key))
        removed -= 1
    found.update(dict.fromkeys(added, _ADDED))
    changed = {key: found[key] for key in sorted(found) if found[key]}
    return Changes(changed, removed, records, removed_records, folder=seen.folder)


def _record_changes(
    header: Header, gone: dict[bytes, bytes]
) -> tuple[tuple[RecordChange, ...], dict[str, int]]:
    """What changed of the records of a header, and how many were removed, by kind.

    Args:
        header: As it is now.
        gone: What was remembered; all that is about records is taken from it. A visit of an older version of
            this program remembers events alone, and nothing is said about records then.
    """
    if gone.pop(id_fingerprint(_HEADER), None) is None:
        return (), {}
    had = {name: gone.pop(name) for name in [name for name, print_ in gone.items() if kind_of(print_)]}
    found = []
    for kind, id_, new in header_fingerprints(header):
        old = had.pop(id_fingerprint(f"{kind} {id_}"), None)
        if old is None:
            found.append(RecordChange(kind, id_, "added"))
        elif old != new:
            found.append(RecordChange(kind, id_, "changed", record_changes(old, new)))
    return tuple(found), Counter(map(kind_of, had.values()))


def _changes(old: bytes, new: bytes) -> tuple[Change, ...]:
    try:
        return tuple(changes_between(old, new))
    except ValueError:
        # What was kept is not a valid fingerprint, so it is not known what changed in the event.
        return (Change("event", "changed"),)


def _renamed(gone: Mapping[bytes, bytes], added: Mapping[int, bytes]) -> dict[int, bytes]:
    """The former fingerprints, by key, of events of which only the id or title changed.

    An event without an id is identified by its title, which people correct.
    """
    had: dict[bytes, list[bytes]] = {}
    if added:
        for old in gone.values():
            try:
                had.setdefault(without_title(old), []).append(old)
            except ValueError:
                continue
    if not had:
        return {}
    return {key: olds.pop() for key, new in added.items() if (olds := had.get(without_title(new)))}
