"""A folder of files in our format: timelines, events and registers in separate files, combined into one.

Unlike in files of another format, nothing is guessed. What two files both say is kept once, and what only one
says of a record is added to it. Where they differ, a file with events keeps its own record under another id:
nobody is made to say what another one said. Of registers alone, the first counts and the rest is reported.
"""

from __future__ import annotations

from operator import eq
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.contract import Imported, LeftOut
from timeline_tui.exchange.native.detect import REGISTERS, has_other_list, has_our_keys, has_register
from timeline_tui.exchange.native.shapes import is_certain
from timeline_tui.exchange.renamed_ids import (
    RECORDS,
    free_id,
    in_section,
    new_event_ids,
    new_record_ids,
    with_new_ids,
)
from timeline_tui.model.fields import SECTIONS, fields_of
from timeline_tui.model.records import Event, Header

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from timeline_tui.exchange.renamed_ids import Names

_HEADER = frozenset(field.name for field in fields_of(Header))
_BODY = "body"
_STORIES = "stories"
FROM = "file"
"""The own key of an event that says which file of a folder it is from."""


class Part(NamedTuple):
    """A document of a file in a folder."""

    label: str
    """The name of the file, as it is shown."""
    stem: str
    """The name of the file without its suffix, which is the default id of its event."""
    data: object
    """Its content as plain data."""
    alone: bool
    """Whether it is the only document of its file."""


def is_ours(parts: Sequence[Part]) -> bool:
    """Whether a folder is in our format: at least one of its files certainly is."""
    return any(_is_timeline(part) or any(map(is_certain, _events_of(part))) for part in parts)


def combined(parts: Sequence[Part], name: str, *, more: bool = False) -> tuple[Imported, list[Part]]:
    """One timeline of all parts that are in our format, and the other parts.

    Args:
        parts: The documents of a folder for which `is_ours()` is true.
        name: The name of the folder, used as the title if the files have none or several.
        more: Whether there are events in other files of the folder too.
    """
    join = _Join({part.label for part in parts if _events_of(part)})
    others = [part for part in parts if not join.takes(part)]
    return join.imported(name, more=more or bool(others)), others


def _is_timeline(part: Part) -> bool:
    """Whether a document is a timeline or a register, and not only an event or a list of events."""
    data = part.data
    if not isinstance(data, dict):
        return False
    events = data.get("events")
    has_events = isinstance(events, list) and all(map(_is_event, events))
    if has_register(data) and ("events" in data or not has_other_list(data)):
        return True
    return (has_events and bool(events)) or _is_register(part)


def _is_register(part: Part) -> bool:
    """Whether a file such as `actors.yaml` is a register without the key `actors`."""
    data = part.data
    return (
        part.stem in REGISTERS and isinstance(data, dict) and all(isinstance(v, dict) for v in data.values())
    )


def _is_event(data: object) -> bool:
    # The Markdown below the front matter is the text of the event.
    return (
        isinstance(data, dict) and {"date", "title"} <= data.keys() and has_our_keys([data.keys() - {_BODY}])
    )


def _events_of(part: Part) -> list[dict[str, Any]]:
    """The events in a document: it is one event, a list of them, or has them under `events`."""
    data = part.data
    if _is_event(data) and isinstance(data, dict):
        return [data]
    events = data.get("events") if isinstance(data, dict) else data
    if isinstance(events, list) and all(map(_is_event, events)):
        return [event for event in events if isinstance(event, dict)]
    return []


def _keys_of(part: Part) -> dict[str, Any]:
    """The keys of a timeline or a register; none of an event or a list of events."""
    data = part.data
    if not isinstance(data, dict) or _is_event(data):
        return {}
    return {part.stem: data} if _is_register(part) else data


def _agree(record: object, other: object) -> bool:
    """Whether two records can be one: what both say is the same."""
    if isinstance(record, dict) and isinstance(other, dict):
        return all(record[key] == other[key] for key in record.keys() & other.keys())
    return record == other


class _Join:
    """Combines documents into one timeline."""

    def __init__(self, with_events: Container[str]) -> None:
        """Args: with_events: The labels of the files that have events."""
        self._with_events = with_events
        self._names: dict[str, dict[str, dict[str, str]]] = {}
        """By label of a file and kind of record, the new ids of its records."""
        self._labels: dict[str, None] = {}
        self._header: dict[str, Any] = {}
        self._titles: dict[str, None] = {}
        self._events: dict[str, dict[str, object]] = {}
        self._files: list[str] = []
        """The labels of the files of the events."""
        self._lines: list[int] = []
        self._guesses: list[str] = []
        self._left_out: list[LeftOut] = []

    def takes(self, part: Part) -> bool:
        """Add a document, if it is in our format."""
        data = part.data
        events = _events_of(part)
        is_header = isinstance(data, dict) and "title" in data and data.keys() <= _HEADER
        if not (events or is_header or _is_timeline(part)):
            return False
        self._labels[part.label] = None
        keys = _keys_of(part)
        names = self._names.setdefault(part.label, {})
        self._rename(part.label, {key: keys[key] for key in keys if key != _STORIES}, names)
        names.setdefault("event", {}).update(self._take_events(part, events, names))
        # Only the steps of a story refer to events.
        self._rename(part.label, {key: keys[key] for key in keys if key == _STORIES}, names)
        for key, value in keys.items():
            if key == "title":
                self._titles[str(value)] = None
            elif key != "events":
                self._take(part.label, key, value, names)
        return True

    def imported(self, name: str, *, more: bool) -> Imported:
        """The combined timeline; its events say which file they are from if there are several, or more."""
        title = next(iter(self._titles)) if len(self._titles) == 1 else name
        guesses = self._guesses
        if len(self._titles) > 1:
            guess = f"the title is the name of the folder, as the files have {', '.join(self._titles)}"
            guesses = [guess, *guesses]
        if len(self._labels) > 1:
            guess = f"{len(self._labels):,} files in our format are one timeline: {', '.join(self._labels)}"
            guesses = [guess, *guesses]
        events = [*self._events.values()]
        if more or len(set(self._files)) > 1:
            for event, file in zip(events, self._files, strict=True):
                event.setdefault(FROM, file)
        return Imported(title, events, self._lines, self._header, guesses, self._left_out, is_ours=True)

    def _rename(self, label: str, keys: Mapping[str, Any], names: dict[str, dict[str, str]]) -> None:
        """Find new ids for the records of a file with events that say something else than those there."""
        if label not in self._with_events:
            return
        both = {
            key: (self._header[key], records)
            for key, records in keys.items()
            if key in RECORDS and isinstance(records, dict) and isinstance(self._header.get(key), dict)
        }
        for kind, renamed in new_record_ids(both, _agree, names).items():
            names.setdefault(kind, {}).update(renamed)
            self._guesses.extend(
                f"{label}: the {kind} {old} is renamed to {new}, as another file has a different {old}"
                for old, new in renamed.items()
            )

    def _take(self, label: str, key: str, value: object, names: Names) -> None:
        """Add the value of a key of a timeline; for a register, each record."""
        if key in REGISTERS and isinstance(value, dict) and isinstance(self._header.get(key, {}), dict):
            register = self._header.setdefault(key, {})
            for id_, record in value.items():
                id_new = names.get(SECTIONS[key], {}).get(id_, id_)
                self._merge(
                    register, id_new, in_section(key, record, names), f"{label}: of {id_} in `{key}`,"
                )
        else:
            self._merge(self._header, key, value, f"{label}:")

    def _merge(self, whole: dict[str, Any], key: str, value: object, where: str) -> None:
        """Add what is not there yet, and report what differs."""
        there = whole.get(key)
        if isinstance(there, dict) and isinstance(value, dict):
            for name, each in value.items():
                self._merge(there, name, each, where)
        elif key not in whole:
            whole[key] = dict(value) if isinstance(value, dict) else value
        elif there != value:
            self._left_out.append(
                LeftOut(0, f"{where} `{key}` is {value!s:.80}, in another file {there!s:.80}")
            )

    def _take_events(self, part: Part, events: Sequence[dict[str, Any]], records: Names) -> dict[str, str]:
        """Add events; the new ids of those whose id is that of another event.

        Args:
            part: The document that they are from.
            events: As they are in it.
            records: The new ids of the records of its file.
        """
        records = {kind: names for kind, names in records.items() if kind != "event"}
        own = [with_new_ids(self._with_id(event, part), Event, records) for event in events]
        names = new_event_ids(own, self._events, eq)
        for event, plain in zip(own, events, strict=True):
            found = with_new_ids(event, Event, {"event": names})
            id_ = str(found.get("id", ""))
            if id_ and self._events.get(id_) == found:
                continue
            if id_ in self._events:
                found["id"] = names.get(id_) or free_id(id_, self._events)
                self._guesses.append(
                    f"{part.label}: {id_} is renamed to {found['id']}, as another file has a different {id_}"
                )
            self._events[str(found.get("id") or f" {len(self._lines)}")] = found
            self._files.append(part.label)
            self._lines.append(int(getattr(plain, "line", 0)))
        return names

    def _with_id(self, event: dict[str, Any], part: Part) -> dict[str, Any]:
        """An event with a readable date, and with the id and the text that its file gives it."""
        found = self._dated(event, part.label)
        if part.alone and part.data is event and "id" not in event:
            found = {"id": part.stem, **found}
        if _BODY in found and "text" not in found:
            found["text"] = found.pop(_BODY)
        return found

    def _dated(self, event: Mapping[str, Any], label: str) -> dict[str, Any]:
        """An event with its date in EDTF, if it can be read."""
        date = str(event["date"])
        try:
            parse_date(date)
        except DateError:
            if edtf := edtf_of(date):
                self._guesses.append(f"{label}: {date} is read as {edtf}")
                return {**event, "date": edtf}
        return dict(event)
