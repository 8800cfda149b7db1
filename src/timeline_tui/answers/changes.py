"""What is new in a timeline since the last visit, by comparing hashes."""

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
    """What was added, changed and removed in the whole file."""

    changed: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)
    """What became of each event, by its key; of one that was added, that and nothing more."""
    removed: int = 0
    """How many events are gone. Only their hashes were kept: they cannot be named."""
    first: bool = False
    """Whether this is the first visit, or nothing is known of another one."""
    notice: str = ""
    """As in `Seen`."""
    folder: str = ""
    """As in `Seen`."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed)

    def is_added(self, key: int) -> bool:
        """Whether the event with that key is new as a whole."""
        return self.changed.get(key) == _ADDED


_ADDED = (Change("event", "added"),)


def changes_since(prints: Iterable[tuple[int, str, bytes]], seen: Seen) -> Changes:
    """What is new since a timeline was last seen.

    Args:
        prints: Key, id and print of each of its events, in the order of the file.
        seen: What was remembered of it.
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
            # An id comes again.
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
        # What was kept is no print: in what the event differs is not known.
        return (Change("event", "changed"),)


def _renamed(gone: Mapping[bytes, bytes], added: Mapping[int, bytes]) -> dict[int, bytes]:
    """The prints that those events had which only have another id or title now, by their keys.

    An event that is given no id is known by its title, which people correct.
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
