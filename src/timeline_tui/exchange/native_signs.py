"""Whether a YAML file is meant in our format, sound or not, told from its beginning."""

from __future__ import annotations

import re

from timeline_tui.exchange.foreign_dates import edtf_of
from timeline_tui.exchange.foreign_words import date_rank, is_synonym, is_telling
from timeline_tui.fields import fields_of
from timeline_tui.records import Event

_LOOKED_AT = 1 << 17
_NO_CONTENT = re.compile(r"\s*(?:#.*|---.*|%.*)?\Z")
_EVENTS = re.compile(r"(?m)^[\"']?events[\"']?\s*:")
_ANY_KEY = re.compile(r"(?m)^[ \t]*(?:- +)*(?:\{ *)?[\"']?([\w .-]+?)[\"']?[ \t]*:[ \t]+[\"']?([^\n\"'#]+)")
_TOP_NUMBER = re.compile(r"(?m)^[\"']?([0-9]{4}[0-9-]*)[\"']?\s*:(?=\s|$)")
_ITEM_KEY = re.compile(r"(?m)^( *)(- +)?[\"']?([^\s:#\"'\-][^:\n\"']*)[\"']?\s*:(?=\s|$)")
_REGISTER = re.compile(
    r"(?m)^(?:sources|actors|topics)\s*:[ \t]*(?:#.*)?\n(?:\s*#.*\n)*[ ]+[^\s\-#][^:\n]*:[ \t]*\n"
)
_LONGEST_DATE = 60
_OURS = frozenset(field.name for field in fields_of(Event))


def is_native(data: bytes) -> bool:
    """Whether a YAML file is meant in our format, sound or not: told from its beginning.

    Only a file that shows that it is of another make is not: a list, a file without `events:` that has dates
    of its own, or one whose events have other keys for what the format has a key for, or mostly other keys.
    """
    text = data[:_LOOKED_AT].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    first = next((line for line in text.splitlines() if not _NO_CONTENT.match(line)), "")
    if first.startswith(("- ", "-\t", "[")) or first == "-":
        return False
    if _REGISTER.search(text):
        return True
    start = _EVENTS.search(text)
    if start is not None:
        return _has_our_keys(text[start.end() :])
    if any(edtf_of(key) for key in _TOP_NUMBER.findall(text)):
        return False
    return b"\nevents:" in data or not any(_is_dated(match) for match in _ANY_KEY.finditer(text))


def _is_dated(match: re.Match[str]) -> bool:
    key, value = match[1].strip(), match[2].strip()
    if len(value) > _LONGEST_DATE:
        return len(key) > 3 and key[0].isdigit() and bool(edtf_of(key))
    if is_telling(date_rank(key)):
        return bool(edtf_of(value)) or any(map(str.isdigit, value))
    return len(key) > 3 and key[0].isdigit() and bool(edtf_of(key))


def _has_our_keys(text: str) -> bool:
    """Whether the keys of the events at the beginning of a list are mostly ours."""
    indent = -1
    events, ours, others, instead = 0, 0, 0, 0
    for match in _ITEM_KEY.finditer(text):
        spaces, dash, key = match.groups()
        if not dash and not spaces:
            # The list is over.
            break
        column = len(spaces) + len(dash or "")
        if dash and indent < 0:
            indent = column
        if column != indent:
            continue
        events += bool(dash)
        ours += key in _OURS
        others += key not in _OURS
        instead += key not in _OURS and is_synonym(key)
    return ours >= others and 2 * instead <= events
