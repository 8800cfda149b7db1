"""Steps are added to the stories of a file; every other byte stays the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.editing.change_guard import parse_edited, parse_file
from timeline_tui.editing.changing import field_places, record_lines
from timeline_tui.editing.registers import with_records
from timeline_tui.editing.yaml_writer import document
from timeline_tui.errors import TimelineError
from timeline_tui.reading.plain_yaml import plain_documents
from timeline_tui.text.ids import id_from_title
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECTION = "stories"


def with_story(data: bytes, title: str, name: str = "the file") -> tuple[bytes, str]:
    """A file with one more story, which has no steps yet, and its id.

    Args:
        data: The file, in UTF-8.
        title: Of the story; its id is made from it.
        name: The name of the file in error messages.

    Raises:
        TimelineError: The file is of version 1 of the format, has such a story, or cannot be added to.
    """
    header = parse_file(data, name).reading.header
    if header is None or not header.format:
        raise TimelineError(
            f'{visible(name)}: stories need version 1.1: write format: "1.1" as its first line'
        )
    id_ = id_from_title(title)
    if id_ in header.stories:
        raise TimelineError(f"{visible(name)}: there is a story {id_} already")
    return with_records(data, _SECTION, {id_: {"title": title}}, name), id_


def with_step(data: bytes, story: str, step: Mapping[str, object], name: str = "the file") -> bytes:
    """A file with one more step at the end of a story.

    Args:
        data: The file, in UTF-8.
        story: The id of the story.
        step: Texts and lists of texts by the fields of a step.
        name: The name of the file in error messages.

    Raises:
        TimelineError: The file is not a timeline, has no such story on lines of its own, or other parts of it
            would change; the text says why.
    """
    before = parse_file(data, name)
    places = before.places
    found = record_lines(places, _SECTION, story)
    if found is None:
        raise TimelineError(
            f"{visible(name)}: nothing can be added to the story {story}, because it is not on lines of its"
            f" own in `{_SECTION}:`; edit the file instead"
        )
    start, end = found
    lines = _with_step(places.text[start:end], step, places.line_end, name)
    result = places.bytes_of(places.text[:start] + lines + places.text[end:])
    parse_edited(before, result, name)
    _compare(data, result, story, step, name)
    return result


def _with_step(lines: str, step: Mapping[str, object], line_end: str, name: str) -> str:
    """The lines of a story with one more step, indented as the others are."""
    fields = field_places(lines)
    head, *rows = "".join(document({"steps": [dict(step)]})).splitlines(keepends=True)
    inner = len(rows[0]) - len(rows[0].lstrip())
    steps = fields.get("steps")
    if steps is None:
        column = _column(lines, next(iter(fields.values())).start)
        place, rows, inner = _end(lines), [head, *rows], 0
    elif lines[steps.value[0]] == "-":
        place, column = steps.end, _column(lines, steps.value[0])
    else:
        raise TimelineError(
            f"{visible(name)}: nothing can be added to the steps of this story; write each on a line of its"
            " own that begins with a dash"
        )
    new = "".join(" " * column + row[inner:] if row.strip() else row for row in rows)
    gap = "" if lines[:place].endswith("\n") else line_end
    return lines[:place] + gap + new.replace("\n", line_end) + lines[place:]


def _end(lines: str) -> int:
    """After the last line of a story that is not blank."""
    end = len(lines.rstrip())
    return lines.find("\n", end) + 1 or len(lines)


def _column(lines: str, place: int) -> int:
    return place - (lines.rfind("\n", 0, place) + 1)


def _compare(data: bytes, result: bytes, story: str, step: Mapping[str, object], name: str) -> None:
    """Check that the result is what the file said before, and the new step.

    Raises:
        TimelineError: It is not.
    """
    (before,), (after,) = (plain_documents(each).data for each in (data, result))
    if isinstance(before, dict) and isinstance(after, dict):
        told = before[_SECTION][story]
        expected = {**told, "steps": [*(told.get("steps") or []), dict(step)]}
        stories = {**before[_SECTION], story: expected}
        if after == {**before, _SECTION: stories}:
            return
    raise TimelineError(f"{visible(name)}: not added, because it would change the text next to it")
