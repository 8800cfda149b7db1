"""Spans wrapped to lines: as running text, or as pieces that stay whole where they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.drawing.lines import Span
from timeline_tui.text.cells import cells, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def flowed(pieces: Sequence[tuple[Span, ...]], gap: str, room: int) -> Iterator[list[Span]]:
    """Pieces with `gap` between them, as many on a line as fit; one that fits no line is wrapped."""
    between = Span(gap, "faint")
    line: list[Span] = []
    used = 0
    for piece in pieces:
        needed = sum(cells(span.text) for span in piece)
        if line and used + cells(between.text) + needed > room:
            yield line
            line, used = [], 0
        if line:
            line.append(between)
            used += cells(between.text)
        *full, last = wrapped_spans(piece, room)
        yield from full
        line += last
        used += sum(cells(span.text) for span in last)
    yield line


def wrapped_spans(spans: Sequence[Span], room: int) -> list[list[Span]]:
    """Spans wrapped as one text, in lines of at most `room` cells; each keeps its look and its target."""
    text = "".join(span.text for span in spans)
    if "\n" not in text and cells(text) <= room:
        return [list(spans)]
    rows = wrapped(text, room)
    if len(spans) == 1:
        return [[spans[0]._replace(text=row)] for row in rows]
    owners = (span for span in spans for character in span.text if not character.isspace())
    return [_owned(row, owners) for row in rows]


def _owned(row: str, owners: Iterator[Span]) -> list[Span]:
    """The characters of a row with the looks and targets of the spans that they come from, in order."""
    found: list[Span] = []
    for character in row:
        if character.isspace() and found:
            found[-1] = found[-1]._replace(text=found[-1].text + character)
            continue
        owner = next(owners)
        if found and (found[-1].part, found[-1].target) == owner[1:]:
            found[-1] = found[-1]._replace(text=found[-1].text + character)
        else:
            found.append(owner._replace(text=character))
    return found
