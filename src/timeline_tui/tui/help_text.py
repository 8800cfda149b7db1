"""The text of the help: what it has, what a search leaves of it, and its columns. No widgets here."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.drawing.lines import BLANK, Line, Span
from timeline_tui.pictures.legend import legend
from timeline_tui.query.language import FIELDS
from timeline_tui.text.cells import cells, clipped, padded, wrapped
from timeline_tui.text.sanitize import words
from timeline_tui.timeline.signs import LEGEND, STATUS_SIGNS
from timeline_tui.tui.keys import Pane, commands, with_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_KEY_CELLS = 12
_INDENT = _KEY_CELLS + 3
_GUTTER = 3
_TWO_COLUMNS = 100
"""Cells of width from which on there are two columns."""


_PICTURES = {
    "lanes": "in lanes (2)",
    "clocks": "in the two clocks (3)",
    "map": "on the map (4)",
    "calendar": "in the matrix (5) and the calendar (6)",
}
"""Where the signs of each picture are."""


class Section(NamedTuple):
    """A heading and its entries: a key, sign or term, and what it does or means."""

    heading: str
    entries: tuple[tuple[str, str], ...]


def sections(here: Sequence[Pane], keys: Mapping[str, str] | None = None) -> list[Section]:
    """Everything that the help has: the signs, then the keys of where one is, then all else.

    Args:
        here: The panes whose keys work where one is.
        keys: The keys that the user's settings give commands, by their names.
    """
    own = keys or {}
    panes = [*here, *(pane for pane in Pane if pane not in here)]
    return [
        Section("Signs", LEGEND),
        *(Section(f"Keys {pane}", _keys(pane, own)) for pane in panes),
        *(Section(f"Signs {where}", tuple(_signs(name))) for name, where in _PICTURES.items()),
        Section("The search language, in find and in filter", tuple(_terms())),
    ]


def found(all_sections: Iterable[Section], search: str) -> list[Section]:
    """The sections with only the entries that have every word of a search; those without any are left out."""
    sought = words(search)
    left = []
    for section in all_sections:
        entries = tuple(
            entry for entry in section.entries if _has(" ".join((section.heading, *entry)), sought, search)
        )
        if entries:
            left.append(section._replace(entries=entries))
    return left


def help_lines(shown: Sequence[Section], width: int) -> list[Line]:
    """The sections as lines, in two columns if `width` cells are enough for them.

    The first two sections begin the two columns. Then, the longest first, each goes to the column that is
    shorter by then.
    """
    if width < _TWO_COLUMNS:
        return [line for section in shown for line in _section_lines(section, width)]
    room = (width - _GUTTER) // 2
    columns: tuple[list[Line], list[Line]] = ([], [])
    for section in (*shown[:2], *sorted(shown[2:], key=lambda section: -len(section.entries))):
        shorter = columns[1] if len(columns[1]) < len(columns[0]) else columns[0]
        shorter.extend(_section_lines(section, room))
    return [_beside(left, right, room) for left, right in zip_longest(*columns, fillvalue=BLANK)]


def _keys(pane: Pane, own: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((with_keys(command, own).called, command.does) for command in commands(pane))


def _signs(name: str) -> Iterator[tuple[str, str]]:
    """The signs of a picture; the signs of a status stand above, for every place."""
    return ((each.signs, each.meaning) for each in legend(name) if each.signs not in STATUS_SIGNS.values())


def _terms() -> Iterator[tuple[str, str]]:
    yield "troops", "beginnings of words in titles, texts, quotes, wordings and names; accents are ignored"
    yield '"day of victory"', "exactly these words in this order"
    yield "-munitions", "not; works before any term"
    for field in FIELDS.values():
        yield field.example, field.does
    yield "", "Events must match all terms; of terms with the same field, any one."


def _has(text: str, sought: Sequence[str], search: str) -> bool:
    """Whether a text has words that begin like those sought; a sign or key is found as it is typed."""
    if not sought:
        return search.strip() in text
    return all(any(word.startswith(part) for word in words(text)) for part in sought)


def _section_lines(section: Section, width: int) -> Iterator[Line]:
    yield Line((Span(clipped(section.heading, width), "heading"),))
    for key, does in section.entries:
        first, *rest = wrapped(does, max(width - _INDENT, 1)) or [""]
        if cells(key) > _KEY_CELLS:
            yield Line((Span(f"  {clipped(key, width - 2)}", "name"),))
            yield Line((Span(" " * _INDENT + first),))
        else:
            yield Line((Span(f"  {padded(key, _KEY_CELLS)} ", "name"), Span(first)))
        yield from (Line((Span(" " * _INDENT + row),)) for row in rest)
    yield BLANK


def _beside(left: Line, right: Line, room: int) -> Line:
    gap = " " * (room + _GUTTER - cells(left.text))
    return Line((*left.spans, Span(gap), *right.spans) if right.spans else left.spans)
