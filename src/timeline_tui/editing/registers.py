"""New records in a file's sources or actors, every other byte of which stays as it was."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from timeline_tui.editing.change_guard import story_after, story_of
from timeline_tui.editing.event_places import Form, List
from timeline_tui.editing.yaml_writer import document, key, scalar
from timeline_tui.errors import TimelineError
from timeline_tui.reading.plain_yaml import plain_documents
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.editing.event_places import Places, RegisterPlace

_INDENT = 2


def with_records(data: bytes, section: str, records: Mapping[str, Mapping[str, str]], name: str) -> bytes:
    """A file with more records in one of its registers, behind those that are there; in braces, before them.

    A register that is not there yet is put in front of the events.

    Args:
        data: The file, in UTF-8.
        section: The key of the register: `sources` or `actors`.
        records: By ids that the file does not have, each of texts on one line.
        name: What the file is called in errors.

    Raises:
        TimelineError: The file is no timeline, its YAML is broken, the register is written in a way that
            nothing can be put into, or the file would not say the same as before; the text says why.
    """
    if not records:
        return data
    before = story_of(data, name)
    places = before.places
    if places.form is List.OTHER and not places.registers:
        raise TimelineError(f"{visible(name)}: the timeline itself is in {{ }}: nothing can be put into it")
    place = places.registers.get(section)
    text = _with_section(places, section, records) if place is None else _put_in(places, place, records)
    if text is None:
        raise TimelineError(f"{visible(name)}: write `{section}:` as lines of their own, each with an id")
    result = places.bytes_of(text)
    story_after(before, result, name)
    _compare(data, result, section, records, name)
    return result


def _put_in(places: Places, place: RegisterPlace, records: Mapping[str, Mapping[str, str]]) -> str | None:
    """The file with records in a register that is there; None if that cannot be."""
    text = places.text
    match place.form:
        case Form.LINES:
            return put(text, place.end, _lines(places, records, place.column), places.line_end)
        case Form.BRACES:
            # In front, where it does not matter whether a comma or a comment stands behind the last.
            at = place.start + 1
            return f"{text[:at]}{_in_braces(records)}, {text[at:]}"
        case Form.EMPTY | Form.NOTHING:
            kept = text[: place.start].rstrip(" ") if place.start < place.end else text[: place.start]
            at = text.find("\n", place.end) + 1 or len(text)
            whole = kept + text[place.end : at]
            return (
                put(whole, len(whole), _lines(places, records, places.root + _INDENT), places.line_end)
                + text[at:]
            )
        case Form.OTHER:
            return None


def _with_section(places: Places, section: str, records: Mapping[str, Mapping[str, str]]) -> str:
    """The file with a register that was not there, in front of the events and the comments above them."""
    margin = " " * places.root
    new = f"{margin}{section}:{places.line_end}{_lines(places, records, places.root + _INDENT)}"
    text = places.text
    if places.form is List.MISSING:
        return put(text, len(text), new, places.line_end)
    line = text.rfind("\n", 0, places.key) + 1
    lines = text[:line].splitlines(keepends=True)
    count = len(lines)
    while count and lines[count - 1].lstrip().startswith("#"):
        count -= 1
    # Comments at the beginning are about the file.
    at = sum(map(len, lines[:count])) if count else line
    has_blank = bool(count) and not lines[count - 1].strip()
    return text[:at] + new + places.line_end * has_blank + text[at:]


def put(text: str, place: int, new: str, line_end: str) -> str:
    """`text` with lines put in at a place; if its last line has no end, the new last one has none."""
    if text[place - 1 : place] in ("\n", ""):
        return text[:place] + new + text[place:]
    return text[:place] + line_end + new.removesuffix(line_end) + text[place:]


def _lines(places: Places, records: Mapping[str, Mapping[str, str]], column: int) -> str:
    return textwrap.indent("".join(document(records)), " " * column).replace("\n", places.line_end)


def _in_braces(records: Mapping[str, Mapping[str, str]]) -> str:
    parts = []
    for id_, record in records.items():
        fields = ", ".join(f"{name}: {scalar(value, flow=True)}" for name, value in record.items())
        parts.append(f"{key(id_)}: {{{fields}}}")
    return ", ".join(parts)


def _compare(
    data: bytes, result: bytes, section: str, records: Mapping[str, Mapping[str, str]], name: str
) -> None:
    """Make sure that a file says what it said, and the records.

    Raises:
        TimelineError: It does not.
    """
    before, after = (plain_documents(each).data for each in (data, result))
    if len(before) == len(after) == 1 and isinstance(before[0], dict):
        register = before[0].get(section) or {}
        expected = {**before[0], section: {**register, **records}} if isinstance(register, dict) else None
        if after[0] == expected:
            return
    raise TimelineError(f"{visible(name)}: nothing is added, as this would change what stands beside it")
