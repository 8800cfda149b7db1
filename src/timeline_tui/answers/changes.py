"""What changed in a timeline since the last visit, found by comparing hashes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline_tui.model.fingerprints import Change, changes_between, id_fingerprint, without_title
from timeline_tui.storage.visits import repeated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline_tui.storage.visits import Seen


@dataclass(frozen=True)
class Changes:
    """What was added, changed and removed in the whole file since the last visit."""

    changed: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)
    """The changes of each event, by its key; an event that was added has that one change."""
    removed: int = 0
    """Number of events that were removed; only their hashes were kept, so they cannot be named."""
    first: bool = False
    """Whether no earlier visit is known."""
    notice: str = ""
    """As in `Seen`."""
    folder: str = ""
    """As in `Seen`."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed)

    def is_added(self, key: int) -> bool:
        """Whether the event with that key was added."""
        return self.changed.get(key) == _ADDED


_ADDED = (Change("event", "added"),)


def changes_since(prints: Iterable[tuple[int, str, bytes]], seen: Seen) -> Changes:
    """What changed in a timeline since the last visit.

    Args:
        prints: Key, id and fingerprint of each of its events, in the order of the file.
        seen: What was remembered from that visit.
    """
    if seen.first:
        return Changes(first=True, notice=seen.notice, folder=seen.folder)
    had, gone = seen.prints, dict(seen.prints)
    met: dict[bytes, int] = {}
    found: dict[int, tuple[Change, ...]] = {}
    added: dict[int, bytes] = {}
    for key, id_, new in prints:
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
    return Changes(changed, removed, folder=seen.folder)


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
