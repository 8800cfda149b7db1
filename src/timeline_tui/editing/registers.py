"""Add records to the sources or actors of a file; every other byte stays the same."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from timeline_tui.editing.change_guard import parse_edited, parse_file
from timeline_tui.editing.event_places import ListForm, RegisterForm
from timeline_tui.editing.yaml_writer import document, key, scalar
from timeline_tui.errors import TimelineError
from timeline_tui.reading.plain_yaml import plain_documents
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.editing.event_places import Places, RegisterPlace

_INDENT = 2


def with_records(data: bytes, section: str, records: Mapping[str, Mapping[str, str]], name: str) -> bytes:
    """A file with new records in one of its registers: after the others, or before them in braces.

    A missing register is added before the events.

    Args:
        data: The file, in UTF-8.
        section: The key of the register: `sources` or `actors`.
        records: By new ids; the values are texts of one line.
        name: The name of the file in error messages.

    Raises:
        TimelineError: The file is not a timeline, its YAML is invalid, nothing can be added to the register
            in the way it is written, or other parts of the file would change; the text says why.
    """
    if not records:
        return data
    before = parse_file(data, name)
    places = before.places
    if places.form is ListForm.OTHER and not places.registers:
        raise TimelineError(
            f"{visible(name)}: the whole timeline is in {{ }}, so nothing can be added; write it in lines"
        )
    place = places.registers.get(section)
    text = _with_section(places, section, records) if place is None else _put_in(places, place, records)
    if text is None:
        raise TimelineError(
            f"{visible(name)}: nothing can be added to `{section}:`; write each id on a line of its own"
        )
    result = places.bytes_of(text)
    parse_edited(before, result, name)
    _compare(data, result, section, records, name)
    return result


def _put_in(places: Places, place: RegisterPlace, records: Mapping[str, Mapping[str, str]]) -> str | None:
    """The text of a file with new records in an existing register; None if they cannot be added."""
    text = places.text
    match place.form:
        case RegisterForm.LINES:
            return put(text, place.end, _lines(places, records, place.column), places.line_end)
        case RegisterForm.BRACES:
            # At the front, because a comma or a comment may follow the last record.
            at = place.start + 1
            return f"{text[:at]}{_in_braces(records)}, {text[at:]}"
        case RegisterForm.EMPTY | RegisterForm.NOTHING:
            kept = text[: place.start].rstrip(" ") if place.start < place.end else text[: place.start]
            at = text.find("\n", place.end) + 1 or len(text)
            whole = kept + text[place.end : at]
            return (
                put(whole, len(whole), _lines(places, records, places.root + _INDENT), places.line_end)
                + text[at:]
            )
        case RegisterForm.OTHER:
            return None


def _with_section(places: Places, section: str, records: Mapping[str, Mapping[str, str]]) -> str:
    """The text of a file with a new register, before the events and the comments above them."""
    margin = " " * places.root
    new = f"{margin}{section}:{places.line_end}{_lines(places, records, places.root + _INDENT)}"
    text = places.text
    if places.form is ListForm.MISSING:
        return put(text, len(text), new, places.line_end)
    line = text.rfind("\n", 0, places.key) + 1
    lines = text[:line].splitlines(keepends=True)
    count = len(lines)
    while count and lines[count - 1].lstrip().startswith("#"):
        count -= 1
    # Comments at the beginning of the file are about the whole file.
    at = sum(map(len, lines[:count])) if count else line
    has_blank = bool(count) and not lines[count - 1].strip()
    return text[:at] + new + places.line_end * has_blank + text[at:]


def put(text: str, place: int, new: str, line_end: str) -> str:
    """Insert lines at a place; if the last line of `text` has no line end, the new last line has none."""
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
    """Check that the result is what the file said before, and the new records.

    Raises:
        TimelineError: It is not.
    """
    before, after = (plain_documents(each).data for each in (data, result))
    if len(before) == len(after) == 1 and isinstance(before[0], dict):
        register = before[0].get(section) or {}
        expected = {**before[0], section: {**register, **records}} if isinstance(register, dict) else None
        if after[0] == expected:
            return
    raise TimelineError(f"{visible(name)}: not added, because it would change the text next to it")
