"""The format's own YAML: an imported timeline, or a view without loss."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from timeline_tui.editing.yaml_writer import document, item
from timeline_tui.exchange.contract import Exported
from timeline_tui.exchange.losses import count_missing_statuses
from timeline_tui.exchange.native.plain import PlainTimeline
from timeline_tui.exchange.native.shapes import fits
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Event, Header, Shape
from timeline_tui.text.ids import is_id
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from timeline_tui.exchange.contract import Imported
    from timeline_tui.model.fields import Field
    from timeline_tui.model.records import Record
    from timeline_tui.timeline.view import View

_FIRST = ("format", "title", "description", "language", "updated")
_LAST = ("sources", "actors", "topics", "places", "stories")
_MADE = "# Imported from another format. What was guessed:"
_COMMENT_WIDTH = 100
_MOST_LEFT_OUT = 100
"""How many comments list what was left out; more are only counted."""


def write(imported: Imported) -> str:
    """An imported timeline as a file of the format, with comments on what was guessed and left out."""
    count_missing_statuses(imported)
    return _file(list(_comments(imported)), header_of(imported), imported.events)


def header_of(imported: Imported) -> dict[str, object]:
    """The keys of an imported timeline in the order of a file of the format, without its events.

    Keys of others that the format has for something else are renamed, in its events as well.
    """
    if imported.version and "format" not in imported.header:
        _set_aside_others_keys(imported)
    return _ordered_keys({"format": imported.version, "title": imported.title, **imported.header})


def _set_aside_others_keys(imported: Imported) -> None:
    """Rename the keys that version 1.1 has for something else than what is there.

    Other formats and files of version 1 may have a key such as `media` of their own; under that name the
    reader would leave out its record.
    """
    renamed: set[str] = set()

    def kept(entry: dict[str, object], record: type[Record]) -> dict[str, object]:
        others = {
            field.key
            for field in fields_of(record)
            if field.since and field.key in entry and not _is_ours(entry[field.key], field)
        }
        renamed.update(others)
        return {_free(key, entry) if key in others else key: value for key, value in entry.items()}

    imported.events = [kept(event, Event) for event in imported.events]
    imported.header = kept(imported.header, Header)
    for field in fields_of(Header):
        register = imported.header.get(field.key)
        if field.record is not None and isinstance(register, dict):
            imported.header[field.key] = {
                id_: kept(entry, field.record) if isinstance(entry, dict) else entry
                for id_, entry in register.items()
            }
    imported.guesses += [
        f"`{key}` has another meaning there, and is `own-{key}` here" for key in sorted(renamed)
    ]


def _is_ours(value: object, field: Field) -> bool:
    """Whether the reader would take a value for that of a field."""
    ids = value if isinstance(value, list) else [value]
    is_named = field.shape not in (Shape.ID, Shape.IDS) or all(is_id(str(id_)) for id_ in ids)
    return fits(value, field) and is_named


def _free(key: str, taken: Container[str]) -> str:
    """A name for a key of others that nothing in its record has."""
    name = f"own-{key}"
    while name in taken:
        name = f"own-{name}"
    return name


def write_view(view: View) -> Exported:
    """A view as a file of the format, without loss except for links to events that are not in the view."""
    timeline = PlainTimeline(view)
    text = _file([], _ordered_keys(timeline.header), timeline.events)
    return Exported(text, Counter({words: count for words, count in timeline.lost.items() if count}))


def _file(comments: Sequence[str], header: Mapping[str, object], events: Sequence[dict[str, object]]) -> str:
    # Reading takes less memory if sources and actors come before the events.
    parts = [*(f"{line}\n" for line in comments), *document(header)]
    parts.append("events:\n" if events else "events: []\n")
    parts += [item(event, 2) for event in events]
    return "".join(parts)


def _ordered_keys(header: Mapping[str, object]) -> dict[str, object]:
    """The keys of a timeline except its events: texts first, registers last, empty ones left out."""
    rest = [name for name in header if name not in {*_FIRST, *_LAST, "events"}]
    names = [*_FIRST, *rest, *_LAST]
    empty: tuple[object, ...] = (None, "", {}, [])
    return {
        name: header[name]
        for name in names
        if name in header and not (name in {*_FIRST, *_LAST} - {"title"} and header[name] in empty)
    }


def _comments(imported: Imported) -> Iterator[str]:
    if imported.guesses:
        yield "# From files in this format. What was combined or renamed:" if imported.is_ours else _MADE
        for guess in imported.guesses:
            yield from _wrapped(f"{guess}.")
    if imported.left_out:
        yield "# What could not be read and was left out:"
        for line, reason in imported.left_out[:_MOST_LEFT_OUT]:
            yield from _wrapped(f"line {line}: {reason}" if line else reason)
        if more := len(imported.left_out) - _MOST_LEFT_OUT:
            yield from _wrapped(f"and {more:,} more") if more > 0 else ()
    if imported.mapping is not None and imported.mapping.columns:
        yield "# What each column was taken for (timeline-tui import --explain tells why):"
        for column in imported.mapping.columns:
            yield from _wrapped(f"{column.taken_for or 'its own field'}: {column.name}")
        for role, text in imported.mapping.chosen.items():
            yield from _wrapped(f"--map {role}={text}")
    for words, count in imported.lost.items():
        if not count:
            continue
        yield from _wrapped(f"left out: {count:,} {words}")


def _wrapped(text: str) -> Iterator[str]:
    """A text as comment lines; nothing in it can end the comment."""
    lines = textwrap.wrap(one_line(text), _COMMENT_WIDTH, break_long_words=True, break_on_hyphens=False)
    for number, line in enumerate(lines):
        yield f"# {'  ' if number else '- '}{line}"
