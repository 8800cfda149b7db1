"""Makes one timeline of several imported ones; what two of them call by the same id stays apart."""

from __future__ import annotations

from collections import Counter
from operator import eq
from typing import TYPE_CHECKING, Any

from timeline_tui.exchange.native.folder import FROM
from timeline_tui.exchange.renamed_ids import (
    RECORDS,
    in_section,
    new_event_ids,
    new_record_ids,
    with_new_ids,
)
from timeline_tui.model.fields import SECTIONS
from timeline_tui.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.exchange.contract import Imported

_TWICE = "events that two files have alike, of which one is kept"
_MOST_NAMED = 3


class Combined:
    """The events of several timelines, in the order in which these are added.

    Where two have something else under one id, that of the later one gets another; a record or an event that
    both have alike is kept once.
    """

    def __init__(self) -> None:
        self.guesses: list[str] = []
        """Which ids were renamed, with the file."""
        self._whole: Imported | None = None
        self._events: dict[str, dict[str, object]] = {}

    @property
    def imported(self) -> Imported | None:
        """The timeline; None if none was added."""
        return self._whole

    def add(self, other: Imported, label: str) -> None:
        """Add a timeline that is a file's, or several files'; it may be changed."""
        other.lines = other.lines or [0] * len(other.events)
        if self._whole is None:
            self._whole = other
            self._events = {str(event["id"]): event for event in other.events if event.get("id")}
            return
        whole = self._whole
        before = len(whole.events)
        names = self._add_records(whole.header, other.header)
        events = [with_new_ids(event, Event, names) for event in other.events]
        names["event"] = new = new_event_ids(events, self._events, _are_alike)
        twice = 0
        for event, line in zip(events, other.lines, strict=True):
            id_ = str(event.get("id") or "")
            if id_ in self._events and id_ not in new:
                twice += 1
                continue
            moved = with_new_ids(event, Event, {"event": new})
            whole.events.append(moved)
            whole.lines.append(line)
            if id_:
                moved["id"] = new.get(id_, id_)
        self._events |= {str(event["id"]): event for event in whole.events[before:] if event.get("id")}
        whole.lost = dict(Counter(whole.lost) + Counter(other.lost) + Counter({_TWICE: twice}))
        self._tell_renamed(names, label)

    def _add_records(self, into: dict[str, object], header: dict[str, object]) -> dict[str, dict[str, str]]:
        """Add the header of another timeline; by kind of record, the new ids of its records."""
        both: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        for name, records in header.items():
            register = into.setdefault(name, {} if name in RECORDS else records)
            if name in RECORDS and isinstance(records, dict) and isinstance(register, dict):
                both[name] = register, records
        names = new_record_ids(both, eq, {})
        for name, (register, records) in both.items():
            for id_, record in records.items():
                register.setdefault(names[SECTIONS[name]].get(id_, id_), in_section(name, record, names))
        return names

    def _tell_renamed(self, names: Mapping[str, Mapping[str, str]], label: str) -> None:
        for kind, renamed in names.items():
            named = [f"{old} to {new}" for old, new in list(renamed.items())[:_MOST_NAMED]]
            more = len(renamed) - len(named)
            if named:
                self.guesses.append(
                    f"{label}: ids that mean another {kind} in another file are renamed, "
                    f"{', '.join(named)}{f' and {more:,} more' if more else ''}"
                )


def _are_alike(event: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two events differ in nothing but the file that they are from."""
    one, two = ({key: value for key, value in each.items() if key != FROM} for each in (event, other))
    return one == two
