"""Detects from its beginning whether a YAML file is in our format, valid or not.

What counts is the parsed content, whether it is laid out in lines, in brackets or both. Only a file that is
not valid YAML, so that parsing gives little, is judged by its lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.mapping.key_names import date_rank, is_synonym, makes_event
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import FORMAT, Event, Header, Shape
from timeline_tui.reading.plain_yaml import DEEPEST, beginning_of
from timeline_tui.text.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LOOKED_AT = 1 << 17
_NO_CONTENT = re.compile(r"\s*(?:#.*|---.*|%.*)?\Z")
_EVENTS = re.compile(r"(?m)^[\"']?events[\"']?\s*:")
_ANY_KEY = re.compile(r"(?m)^[ \t]*(?:- +)*(?:\{ *)?[\"']?([\w .-]+?)[\"']?[ \t]*:[ \t]+[\"']?([^\n\"'#]+)")
_TOP_NUMBER = re.compile("[0-9]{4}[0-9-]*")
_TOP_KEY = re.compile(r"(?m)^[\"']?([0-9]{4}[0-9-]*)[\"']?\s*:(?=\s|$)")
_ITEM_KEY = re.compile(r"(?m)^( *)(- +)?[\"']?([^\s:#\"'\-][^:\n\"']*)[\"']?\s*:(?=\s|$)")
_REGISTER = re.compile(
    r"(?m)^(?:sources|actors|topics)\s*:[ \t]*(?:#.*)?\n(?:\s*#.*\n)*[ ]+[^\s\-#][^:\n]*:[ \t]*\n"
)
_LONGEST_DATE = 60
OURS = frozenset(field.name for field in fields_of(Event))
"""The keys of an event."""
REGISTERS = tuple(field.name for field in fields_of(Header) if field.shape is Shape.REGISTER)
"""The keys of maps from ids to records."""


def is_native(data: bytes) -> bool:  # noqa: PLR0911  one for each sign
    """Whether a YAML file is in our format, valid or not, judged by its beginning.

    It is, unless it is clearly in another format: a list, a file without `events:` that has dates of its own,
    or one whose events have mostly other keys, or other keys for what the format has a key for.
    """
    beginning = beginning_of(data[:_LOOKED_AT])
    root = beginning.root
    if isinstance(root, list):
        return False
    if not isinstance(root, dict) or (beginning.broken and not _tells(root)):
        return _looks_native(data)
    if root.get("format") == FORMAT and ("events" in root or b"\nevents:" in data):
        # What this program writes says so, however many fields of others its events have.
        return True
    if has_register(root):
        return "events" in root or b"\nevents:" in data or not has_other_list(root)
    if "events" in root:
        return _are_ours(root["events"])
    if any(_TOP_NUMBER.fullmatch(key) and edtf_of(key) for key in root):
        return False
    if any(_is_dated(key, value) for key, value in _texts(root)):
        # Only of a file that goes on may its own events still come.
        return len(data) > _LOOKED_AT and not beginning.broken and _has_our_events(data)
    return len(data) <= _LOOKED_AT or _has_our_events(data) or not _is_dated_anywhere(data)


def _has_our_events(data: bytes) -> bool:
    """Whether a long file has a list of events with our keys somewhere."""
    text = data.decode("utf-8-sig", "replace")
    start = _EVENTS.search(text)
    return start is not None and has_our_keys(_keys_in(text[start.end() : start.end() + _LOOKED_AT]))


def _is_dated_anywhere(data: bytes) -> bool:
    text = data.decode("utf-8-sig", "replace")
    return any(_is_dated(*match.groups()) for match in _ANY_KEY.finditer(text))


def shows_native(data: bytes) -> bool:
    """Whether a file of any name is YAML that is certainly in our format."""
    root = beginning_of(data[:_LOOKED_AT]).root
    return isinstance(root, dict) and "events" in root and _tells(root) and is_native(data)


def has_our_keys(events: Iterable[Iterable[str]]) -> bool:
    """Whether the keys of events are mostly ours, and none is another word for a key of the format."""
    count, ours, others, instead = 0, 0, 0, 0
    for event in events:
        count += 1
        for key in event:
            ours += key in OURS
            others += key not in OURS
            instead += key not in OURS and is_synonym(key)
    return ours >= others and 2 * instead <= count


def _tells(root: Mapping[str, Any]) -> bool:
    """Whether a map has enough in it to judge by, though it may be cut off."""
    return has_register(root) or any(_maps(root.get("events")))


def has_register(root: Mapping[str, Any]) -> bool:
    """Whether there are sources, actors or topics by id, as the format has them."""
    registers = (root.get(name) for name in REGISTERS)
    return any(
        isinstance(register, dict) and isinstance(next(iter(register.values()), None), dict)
        for register in registers
    )


def has_other_list(root: Mapping[str, Any]) -> bool:
    """Whether a map has its dated entries under another format's key, and not under a misspelt `events`."""
    return any(
        not nearest(key, ("events",))
        and any(_is_dated(name, text) for entry in _maps(value) for name, text in _texts(entry))
        for key, value in root.items()
    )


def _are_ours(events: object) -> bool:
    """Whether the value of `events:` is in our format, as far as can be judged."""
    if isinstance(events, dict):
        return not any(edtf_of(key) for key in events)
    return has_our_keys(_maps(events))


def _maps(events: object) -> Iterator[dict[str, Any]]:
    yield from (
        event for event in (events if isinstance(events, list) else ()) if isinstance(event, dict) and event
    )


def _texts(part: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    """The keys of all maps with their values, if these are text."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from [(key, value)] if isinstance(value, str) else ()
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if depth < DEEPEST:
        for each in inner:
            yield from _texts(each, depth + 1)


def _looks_native(data: bytes) -> bool:
    """As `is_native()`, for a file that is not valid YAML, judged by its lines."""
    text = data[:_LOOKED_AT].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    first = next((line for line in text.splitlines() if not _NO_CONTENT.match(line)), "")
    if first.startswith(("- ", "-\t", "[")) or first == "-":
        return False
    if _REGISTER.search(text):
        return True
    start = _EVENTS.search(text)
    if start is not None:
        return has_our_keys(_keys_in(text[start.end() :]))
    if any(edtf_of(key) for key in _TOP_KEY.findall(text)):
        return False
    return b"\nevents:" in data or not any(_is_dated(*match.groups()) for match in _ANY_KEY.finditer(text))


def _is_dated(key: str, value: str) -> bool:
    key, value = key.strip(), value.strip()
    is_date = len(key) > 3 and key[0].isdigit() and bool(edtf_of(key))
    if len(value) > _LONGEST_DATE or not makes_event(date_rank(key)):
        return is_date
    return bool(edtf_of(value)) or any(map(str.isdigit, value))


def _keys_in(text: str) -> Iterator[list[str]]:
    """The keys of the events at the beginning of a list, if they are on lines of their own."""
    indent = -1
    event: list[str] = []
    for match in _ITEM_KEY.finditer(text):
        spaces, dash, key = match.groups()
        if not dash and not spaces:
            # The list ends here.
            break
        column = len(spaces) + len(dash or "")
        if dash and indent < 0:
            indent = column
        if column != indent:
            continue
        if dash and event:
            yield event
            event = []
        event.append(key)
    if event:
        yield event
