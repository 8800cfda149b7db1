"""Reads timelines of any structure: YAML, Markdown with YAML front matter, plain data, folders.

The rules are general: `find_events` finds the longest list of dated maps, `key_names` has the usual names of
keys, and `fields` looks at their values. Nothing is dropped: a key that becomes no field of the format stays
in its event, and data that is not an event is kept in the header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.native.detect import is_native
from timeline_tui.exchange.stream import as_guessed
from timeline_tui.exchange.unknown_shape.yaml import documents
from timeline_tui.mapping.columns import check_names, decide
from timeline_tui.mapping.fields import in_order, maker_of
from timeline_tui.mapping.find_events import find
from timeline_tui.mapping.key_names import is_list_of_events
from timeline_tui.mapping.walk import SAMPLE, TooWide, flat_entry, flat_map, refuse_wide
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Header
from timeline_tui.reading.gc_paused import gc_paused
from timeline_tui.reading.plain_yaml import LinedList, LinedMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.exchange.stream import Choose
    from timeline_tui.mapping.columns import Mapping as ColumnMapping
    from timeline_tui.mapping.walk import Entry

__all__ = ["is_native", "of_plain", "read"]

_DEEPEST = 40
"""Levels of nested lists and maps that are kept; deeper ones become text."""
_NO_EVENTS = "no list of entries with dates was found; an event needs a key such as date, year or start"
_DEEPEST_LIST = 4
"""Maps around a list that has events under names that say nothing."""
_HEADER_TEXTS = ("description", "summary", "subtitle")
_HEADER = frozenset(field.name for field in fields_of(Header)) | {"events"}


def read(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """A timeline of any structure in YAML, or in Markdown with YAML between two lines of `---` at the top.

    Args:
        data: The file.
        name: Its name; the suffix shows whether it is Markdown.
        choose: Gives what a person has said about its keys.

    Raises:
        CannotImport: It is not valid YAML, or nothing in it is dated.
    """
    with gc_paused():
        found = documents(data, name)
        if not found.data:
            raise CannotImport("the file has only comments: there is nothing to import")
        imported = _own(found.data, name) if is_native(data) else None
        if imported is None:
            imported = of_plain(found.data[0] if len(found.data) == 1 else found.data, name, choose=choose)
    imported.guesses[:0] = found.guesses
    imported.left_out += found.left_out
    return imported


def _own(data: Sequence[object], name: str) -> Imported | None:
    """A file that is in our format already; None if that is not certain."""
    from timeline_tui.exchange.native.folder import Part, combined, is_ours  # noqa: PLC0415  it imports this

    parts = [Part(name, PurePath(name).stem or name, part, len(data) == 1) for part in data]
    return combined(parts, PurePath(name).stem or name)[0] if len(parts) == 1 and is_ours(parts) else None


def of_plain(  # noqa: PLR0913  the last three are named, and seldom given
    data: object,
    name: str,
    lines: Mapping[int, int] | None = None,
    *,
    prefix: str = "yaml",
    choose: Choose = as_guessed,
    own: Sequence[str] = (),
) -> Imported:
    """A timeline of any structure in plain data, as read from JSON or a table.

    Args:
        data: Text, numbers, lists and dicts.
        name: The name of the file.
        lines: The line of each dict by its `id()`; without it, the attribute `line` of a dict is used.
        choose: Gives what a person has said about its keys.
        prefix: Set before the name of what the format has under that name, but with another meaning.
        own: Keys of entries that are kept as they are, and not taken for anything.

    Raises:
        CannotImport: Nothing in it is dated.
    """
    known = {} if lines is None else lines
    data = _all_text(data, known)
    try:
        found = find(data, _line_of)
    except TooWide as error:
        raise CannotImport(str(error)) from None
    if found is None:
        return _by_content(data, name, prefix, choose, own)
    kept = _taken_out(found.entries, own)
    mapping = _mapping_of(found.entries, choose)
    maker = maker_of(found.entries, prefix, found.rest, mapping)
    events = [
        in_order(maker.event(entry)) | fields for entry, fields in zip(found.entries, kept, strict=True)
    ]
    header = {**_header_of(found.rest, prefix), **maker.header()}
    title = header.pop("title", "") or PurePath(name).stem or name
    guesses = [f"events are {found.where}"] if found.where else []
    return Imported(
        str(title),
        events,
        [entry.line for entry in found.entries],
        header,
        [*guesses, *maker.guesses()],
        mapping=mapping,
    )


def _by_content(data: object, name: str, prefix: str, choose: Choose, own: Sequence[str]) -> Imported:
    """The timeline in the longest list whose entries have dates under any names, also in maps inside them.

    Raises:
        CannotImport: There is none.
    """
    for where, items in sorted(_lists(data), key=lambda found: -len(found[1])):
        entries = [flat_entry(flat_map(item), getattr(item, "line", 0)) for item in items]
        try:
            refuse_wide({key for entry in entries[:SAMPLE] for key in entry.fields})
        except TooWide as error:
            raise CannotImport(str(error)) from None
        kept = _taken_out(entries, own)
        mapping = _mapping_of(entries, choose)
        if not mapping.of("date"):
            continue
        maker = maker_of(entries, prefix, None, mapping)
        events = [in_order(maker.event(entry)) | fields for entry, fields in zip(entries, kept, strict=True)]
        lines = [entry.line for entry in entries]
        title = PurePath(name).stem or name
        told = [f"events are the list `{where}`"] if where else []
        return Imported(title, events, lines, maker.header(), [*told, *maker.guesses()], mapping=mapping)
    raise CannotImport(_NO_EVENTS)


def _taken_out(entries: Sequence[Entry], own: Sequence[str]) -> list[dict[str, Any]]:
    """Take some keys out of each entry; what they were."""
    return [{key: entry.fields.pop(key) for key in own if key in entry.fields} for entry in entries]


def _lists(data: object, name: str = "", depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lists of at least two maps in plain data, the outer ones first, each with its key."""
    if depth > _DEEPEST_LIST:
        return
    if isinstance(data, list):
        maps = [item for item in data if isinstance(item, dict)]
        if len(maps) > 1 and len(maps) == len(data):
            yield name, maps
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(value, key, depth + 1)


def _mapping_of(entries: Sequence[Entry], choose: Choose) -> ColumnMapping:
    """What the keys of entries are taken for."""
    some = entries[:: max(1, len(entries) // SAMPLE)]
    names = list(dict.fromkeys(name for entry in some for name in entry.fields))
    mapping = decide(names, [entry.fields for entry in some], choose(names), header=names)
    check_names(mapping)
    return mapping


def _line_of(part: object, slot: object) -> int:
    """The line of a map, or of a text in a map or list."""
    if isinstance(part, LinedMap):
        return part.places.get(str(slot), part.line)
    if isinstance(part, LinedList) and isinstance(slot, int):
        return part.lines[slot]
    return 0


def _all_text(data: object, lines: Mapping[int, int], depth: int = 0) -> Any:  # noqa: ANN401  any plain data
    """Plain data with its scalars as text, and with line numbers; empty values are removed."""
    if isinstance(data, Mapping | list | tuple) and depth <= _DEEPEST:
        if isinstance(data, Mapping):
            return _map_of_text(data, lines, depth + 1)
        return _list_of_text(data, lines, depth + 1)
    if isinstance(data, bool):
        return "true" if data else "false"
    return None if data is None else str(data)


def _list_of_text(data: Sequence[Any], lines: Mapping[int, int], depth: int) -> LinedList:
    known = getattr(data, "lines", None) or [0] * len(data)
    pairs = [(_all_text(item, lines, depth), line) for item, line in zip(data, known, strict=True)]
    found = LinedList(item for item, _ in pairs if item is not None)
    found.lines = [line for item, line in pairs if item is not None]
    return found


def _map_of_text(data: Mapping[Any, Any], lines: Mapping[int, int], depth: int) -> LinedMap:
    found = LinedMap()
    found.line = lines.get(id(data)) or int(getattr(data, "line", 0))
    found.places = getattr(data, "places", {})
    for key, value in data.items():
        if (part := _all_text(value, lines, depth)) is not None:
            found[str(key)] = part
    return found


def _header_of(rest: object, prefix: str) -> dict[str, Any]:
    """The data of a file without its events, under the keys of a timeline."""
    if rest is None:
        return {}
    header: dict[str, Any] = {}
    for part in rest if isinstance(rest, list) else [rest]:
        if isinstance(part, dict):
            for key, value in _unwrapped(part).items():
                _put(header, key, value, prefix)
        elif part:
            header.setdefault("rest", []).append(part)
    for key in ("name", "headline"):
        if "title" not in header and _is_title(header.get(key)):
            header["title"] = header.pop(key)
    for key in _HEADER_TEXTS:
        if "description" not in header and isinstance(header.get(key), str) and header[key].strip():
            header["description"] = header.pop(key)
    return header


def _unwrapped(part: dict[str, Any]) -> dict[str, Any]:
    """The map inside `timeline: {title: …}`, if the data is only that."""
    key, inner = next(iter(part.items()), ("", None))
    is_wrapped = len(part) == 1 and isinstance(inner, dict) and (is_list_of_events(key) or "title" in inner)
    return inner if isinstance(inner, dict) and is_wrapped else part


def _put(header: dict[str, Any], key: str, value: object, prefix: str) -> None:
    if value in ("", [], {}):
        return
    fits = isinstance(value, str) and (
        (key == "title" and _is_title(value))
        or key == "description"
        or (key == "language" and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value) is not None)
    )
    if key == "updated" and isinstance(value, str) and (edtf := edtf_of(value)):
        fits, value = True, edtf
    name = key if fits or key not in _HEADER else f"{prefix}-{key}"
    number = 1
    while name in header:
        number += 1
        name = f"{key if fits or key not in _HEADER else f'{prefix}-{key}'}-{number}"
    header[name] = value


def _is_title(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= 300 and "\n" not in value.strip()
